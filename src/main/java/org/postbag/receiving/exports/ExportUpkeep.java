package org.postbag.receiving.exports;

import java.io.IOException;
import java.time.Clock;
import org.postbag.receiving.HeldExports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Whole exports hold many people's data, so none is kept for ever, whether finished or held. */
class ExportUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(ExportUpkeep.class);
    private static final String ACTOR = "job:exports";

    private final HeldExports held;
    private final ExportRecords records;
    private final ExportVault vault;
    private final ExportSettings settings;
    private final Clock clock;

    ExportUpkeep(HeldExports held, ExportRecords records, ExportVault vault, ExportSettings settings, Clock clock) {
        this.held = held;
        this.records = records;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT6H")
    void deleteWhatIsDue() {
        var now = clock.instant();
        for (long id : records.heldBefore(now.minus(settings.heldFor()))) {
            held.discard(id, ACTOR, "Held for longer than " + settings.heldFor().toDays() + " days");
        }
        try {
            vault.deleteFinishedBefore(now.minus(settings.keptFor()));
        } catch (IOException away) {
            LOG.warn("Finished exports that are due can't be deleted yet: their folder is away");
        }
    }
}
