package org.postbag.backlog;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.backlog.Batch.Kind;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.IdentityKey;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.Reconciliation;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Takes in a backlog, batch by batch, by the same way as what comes by a route. Safe to be given the same items again, also by several at once. */
@Component
public final class Imports {

    private static final String ERASED = "erased";
    /** Or waiting to be filed again, for which it is enough that it is sent once more. */
    private static final String NOT_YET_FILED = "waiting";

    private final Receiver receiver;
    private final RawStore raw;
    private final IdentityKey identity;
    private final Reconciliation record;
    private final AuditTrail audit;
    private final Clock clock;

    Imports(
            Receiver receiver,
            RawStore raw,
            IdentityKey identity,
            Reconciliation record,
            AuditTrail audit,
            Clock clock) {
        this.receiver = receiver;
        this.raw = raw;
        this.identity = identity;
        this.record = record;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What became of a batch.
     *
     * @param taken items that are new
     * @param known items that were there before, or were erased: these aren't brought back
     * @param refused items that are too large, or no rows
     */
    public record Taken(int taken, int known, int refused) {

        public static final Taken NONE = new Taken(0, 0, 0);

        public Taken plus(Taken more) {
            return new Taken(taken + more.taken, known + more.known, refused + more.refused);
        }
    }

    /**
     * On return every item that is not refused is durable.
     *
     * @param actor in whose name, for the trail
     * @throws ReceivingUnavailable if the database, the raw store or Kafka is away: the batch is to be given again
     */
    public Taken take(Batch batch, String actor) {
        var arrivals = arrivals(batch);
        var states = states(arrivals);
        var handed = new ArrayList<Arrival>();
        int listedAgain = 0;
        for (var arrival : arrivals) {
            switch (states.getOrDefault(identity.receiptId(arrival), NOT_YET_FILED)) {
                case NOT_YET_FILED -> handed.add(arrival);
                // What was erased by the law is in no count.
                case ERASED -> {}
                default -> listedAgain++;
            }
        }
        int taken = 0;
        for (var one : receiver.receive(handed)) {
            taken += one.known() || states.containsKey(one.receipt().id()) ? 0 : 1;
        }
        if (listedAgain > 0) {
            record.listedAgain(arrivals.getFirst().channel(), Receipt.BACKLOG_ROUTE, listedAgain, clock.instant());
        }
        var result = new Taken(taken, arrivals.size() - taken, batch.items().size() - arrivals.size());
        if (taken > 0) {
            record(result, arrivals.getFirst(), actor);
        }
        return result;
    }

    /** What {@link #take} would do with it, which isn't done. */
    public Taken look(Batch batch) {
        var arrivals = arrivals(batch);
        var known = new HashSet<>(states(arrivals).keySet());
        int fresh = 0;
        for (var arrival : arrivals) {
            var id = identity.receiptId(arrival);
            fresh += known.add(id) && !isStored(id, arrival) ? 1 : 0;
        }
        return new Taken(fresh, arrivals.size() - fresh, batch.items().size() - arrivals.size());
    }

    private boolean isStored(ReceiptId id, Arrival arrival) {
        try {
            return raw.receipt(id, arrival.channel()).isPresent();
        } catch (IOException away) {
            throw new ReceivingUnavailable("The raw store is away", away);
        }
    }

    /** Those that can be taken. Who each is takes a hash of all of it: so that is worked out in parallel. */
    private List<Arrival> arrivals(Batch read) {
        var batch = new Batch(
                switch (read.kind()) {
                    case Kind.Mails mails -> mails;
                    case Kind.Rows(var profile, var file) ->
                        new Kind.Rows(profile, file == null ? null : identity.importedFile(file));
                },
                read.items());
        return batch.items().parallelStream()
                .filter(item -> item.content().length <= Receiver.CONTENT_BYTES_MAX)
                .map(batch::arrival)
                .flatMap(Optional::stream)
                .toList();
    }

    private Map<ReceiptId, String> states(List<Arrival> arrivals) {
        try {
            return record.statesOf(arrivals.stream().map(identity::receiptId).toList());
        } catch (DataAccessException away) {
            throw new ReceivingUnavailable("The database is away", away);
        }
    }

    private void record(Taken taken, Arrival first, String actor) {
        var what = "%,d new, %,d known".formatted(taken.taken(), taken.known());
        try {
            audit.record(List.of(new AuditEvent(
                    actor,
                    Action.IMPORTED,
                    new Subject("import", first.channel().code()),
                    what)));
        } catch (DataAccessException away) {
            throw new ReceivingUnavailable("The database is away", away);
        }
    }
}
