package org.postbag.enquiries;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether people who write by mail are told that their mail has come.
 *
 * @param from the address that it comes from, best the mailbox that people write to; else the body's own
 */
@ConfigurationProperties("postbag.acknowledgement")
record AcknowledgementSettings(
        @DefaultValue("false") boolean enabled, @Nullable String from) {}
