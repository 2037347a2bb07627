package org.postbag.receiving;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends the receipts of raw files that the database doesn't know again: a crash between the raw file and Kafka leaves one whose source may never come
 * back, and a lost topic many. Filing takes a receipt that it knows as done, so one too many changes nothing.
 */
@Component
@Profile("!command")
public class ReceiptsSentAgain {

    /** What is younger may be on its way. */
    private static final Duration AGE_MIN = Duration.ofMinutes(1);

    private static final int RECEIPTS_AT_ONCE_MAX = 1_000;
    /** Where items come in all the time, filing is always a little behind; a receipt that is sent twice costs little. */
    private static final int RECEIPTS_BEHIND_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptsSentAgain.class);

    private final RawStore rawStore;
    private final Reconciliation reconciliation;
    private final FilingLag lag;
    private final KafkaReceiver receiver;
    private final Clock clock;
    private LocalDate from = LocalDate.EPOCH;

    ReceiptsSentAgain(
            RawStore rawStore, Reconciliation reconciliation, FilingLag lag, KafkaReceiver receiver, Clock clock) {
        this.rawStore = rawStore;
        this.reconciliation = reconciliation;
        this.lag = lag;
        this.receiver = receiver;
        this.clock = clock;
    }

    /** Every day after a start, then only those that may still have changed. While filing is far behind, it may well know them soon. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT5M")
    void sendWhatFilingDoesNotKnow() {
        try {
            if (lag.receipts() > RECEIPTS_BEHIND_MAX) {
                return;
            }
            var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            int sent = sendSince(from);
            from = today.minusDays(1);
            if (sent > 0) {
                LOG.warn("{} raw items were not known to the database; their receipts were sent again", sent);
            }
        } catch (IOException | ReceivingUnavailable | DataAccessException away) {
            LOG.warn(
                    "Raw items that the database doesn't know are looked for again later: {}",
                    away.getClass().getSimpleName());
        }
    }

    /**
     * Sends the receipts of raw files since a day that the database doesn't know, also while filing is behind.
     *
     * @return how many
     * @throws IOException if the raw store is away
     * @throws ReceivingUnavailable if Kafka is away; sending again is safe
     */
    public int sendSince(LocalDate first) throws IOException {
        int sent = 0;
        for (Channel channel : Channel.values()) {
            for (LocalDate day : rawStore.days(channel)) {
                if (!day.isBefore(first)) {
                    sent += send(channel, day);
                }
            }
        }
        return sent;
    }

    /**
     * Sends receipts whose items lie in the raw store. Filing takes those that it knows as done.
     *
     * @throws ReceivingUnavailable if Kafka is away; sending again is safe
     */
    public void sendAgain(List<Receipt> receipts) {
        if (!receipts.isEmpty()) {
            receiver.send(receipts);
        }
    }

    private int send(Channel channel, LocalDate day) throws IOException {
        var unknown = new ArrayList<>(rawStore.ids(channel, day));
        unknown.removeAll(reconciliation.statesOf(unknown).keySet());
        var limit = clock.instant().minus(AGE_MIN);
        var batch = new ArrayList<Receipt>();
        int sent = 0;
        for (ReceiptId id : unknown) {
            try {
                rawStore.receipt(id, channel)
                        .filter(receipt -> receipt.receivedAt().isBefore(limit))
                        .ifPresent(batch::add);
            } catch (DamagedRawItem damaged) {
                // It keeps none of the others up; reconciliation counts it as waiting.
                LOG.error(
                        "{}, and the database doesn't know the item. Bring it back from a backup",
                        damaged.getMessage());
            }
            if (batch.size() >= RECEIPTS_AT_ONCE_MAX) {
                sent += send(batch);
            }
        }
        return sent + send(batch);
    }

    private int send(List<Receipt> batch) {
        int sent = batch.size();
        receiver.send(batch);
        batch.clear();
        return sent;
    }
}
