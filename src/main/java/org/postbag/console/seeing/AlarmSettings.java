package org.postbag.console.seeing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told of alarms by mail.
 *
 * @param mailTo addresses; with none nobody is told by mail
 * @param from the address that it comes from; else the body's own
 */
@ConfigurationProperties("postbag.alarms")
record AlarmSettings(
        @DefaultValue List<String> mailTo, @Nullable String from) {

    AlarmSettings {
        mailTo = List.copyOf(mailTo);
    }
}
