package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.FilingLag;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.staff.Wording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many receipts wait in Kafka to be filed: asked in the background, and only while somebody looks or the alarms are due. */
@Component
@Profile("!command")
class FilingQueue {

    private static final Duration WATCHED_FOR = Duration.ofMinutes(1);
    private static final Duration OLD = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(FilingQueue.class);

    private final FilingLag lag;
    private final Wording wording;
    private final Clock clock;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Instant wantedUntil = Instant.MIN;
    private volatile @Nullable Asked latest;

    FilingQueue(FilingLag lag, Wording wording, Clock clock) {
        this.lag = lag;
        this.wording = wording;
        this.clock = clock;
    }

    /** @param receipts null where Kafka did not answer */
    record Asked(Instant at, @Nullable Long receipts) {}

    @Nullable
    Asked latest() {
        wantedUntil = clock.instant().plus(WATCHED_FOR);
        return latest;
    }

    String words() {
        var asked = latest();
        if (asked == null) {
            return "";
        }
        if (asked.receipts() == null) {
            return "Kafka does not answer, since " + TimeWords.at(asked.at(), clock);
        }
        var count = asked.receipts() == 0 ? "Nothing" : wording.count(asked.receipts(), "receipt", "receipts");
        return asked.at().plus(OLD).isBefore(clock.instant())
                ? count + " at " + TimeWords.at(asked.at(), clock)
                : count;
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void look() {
        if (clock.instant().isBefore(wantedUntil) && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("filing lag").start(this::ask);
        }
    }

    private void ask() {
        try {
            latest = new Asked(clock.instant(), lag.receipts());
        } catch (ReceivingUnavailable away) {
            LOG.debug("What waits to be filed can't be asked now", away);
            var before = latest;
            // Since when it is so is kept.
            latest = before != null && before.receipts() == null ? before : new Asked(clock.instant(), null);
        } finally {
            asking.set(false);
        }
    }
}
