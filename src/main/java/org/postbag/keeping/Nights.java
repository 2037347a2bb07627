package org.postbag.keeping;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** When keeping runs. On every node: one of them does it, and the others find nothing left to do. */
@Component
@ConditionalOnProperty(name = "postbag.keeping.enabled", matchIfMissing = true)
@Profile("!command")
class Nights {

    private static final Logger LOG = LoggerFactory.getLogger(Nights.class);

    private final NightlyKeeping keeping;

    Nights(NightlyKeeping keeping) {
        this.keeping = keeping;
    }

    @Scheduled(cron = "0 0 2 * * *", zone = "Europe/London")
    void everyNight() {
        run();
    }

    /** A program that was off at two in the morning does what it missed. */
    @Scheduled(initialDelayString = "PT10M")
    void afterTheStart() {
        run();
    }

    /** What a crash or an absence of the raw store left behind. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT10M")
    void rawFilesLeftBehind() {
        keeping.eraseRawFiles();
    }

    private void run() {
        var done = keeping.run();
        LOG.info(
                "Retention: {} enquiries, {} contacts and {} items in quarantine were due and are erased; {} records failed and are tried again",
                done.enquiries(),
                done.contacts(),
                done.unfiled(),
                done.failed());
    }
}
