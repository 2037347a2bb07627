package org.postbag.receiving.exports;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param keepFinished whether finished exports are kept encrypted; else they are deleted, since each row is kept as an item of its own
 * @param keptFor how long a finished export is kept, if it is: it holds many people's data, and no request for erasure reaches into it
 * @param heldFor how long an export that doesn't fit its profile waits for someone to mend it
 * @param patience for how long an export that looks unfinished must have been still before it is taken as it is
 */
@ConfigurationProperties("postbag.exports")
record ExportSettings(
        @DefaultValue("false") boolean keepFinished,
        @DefaultValue("30d") Duration keptFor,
        @DefaultValue("180d") Duration heldFor,
        @DefaultValue("1m") Duration patience) {}
