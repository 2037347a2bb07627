package org.postbag.enquiries;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Listings;
import org.postbag.contacts.Resolving;
import org.postbag.contacts.Resolving.KeptClaim;
import org.postbag.contacts.Resolving.Resolved;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.work.IndexWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files batches: reads the items in parallel, then records them in one transaction. Filing the same receipts again, in any order, in any number of
 * threads and processes at once, changes nothing.
 */
@Component
public class Filer {

    static final String ACTOR = "job:filing";

    /** What is read into memory for one transaction; one larger item has a transaction of its own. */
    private static final long BATCH_BYTES_MAX = 32L << 20;

    private static final int BATCH_ITEMS_MAX = 500;
    private static final int MEETINGS_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Filer.class);

    private final BatchReader reader;
    private final FilingTables tables;
    private final Threads threads;
    private final SentMail sentMail;
    private final SentTables sent;
    private final Resolving resolving;
    private final Listings listings;
    private final Withdrawals withdrawals;
    private final AuditTrail audit;
    private final IndexWork work;
    private final RecordedByHand recorded;
    private final Acknowledgements acknowledgements;
    private final Answered answered;
    private final Answering answering;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Filer(
            BatchReader reader,
            FilingTables tables,
            Threads threads,
            SentMail sentMail,
            SentTables sent,
            Resolving resolving,
            Listings listings,
            Withdrawals withdrawals,
            AuditTrail audit,
            IndexWork work,
            RecordedByHand recorded,
            Acknowledgements acknowledgements,
            Answered answered,
            Answering answering,
            TransactionTemplate transaction,
            Clock clock) {
        this.reader = reader;
        this.tables = tables;
        this.threads = threads;
        this.sentMail = sentMail;
        this.sent = sent;
        this.resolving = resolving;
        this.listings = listings;
        this.withdrawals = withdrawals;
        this.audit = audit;
        this.work = work;
        this.recorded = recorded;
        this.acknowledgements = acknowledgements;
        this.answered = answered;
        this.answering = answering;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * On return every item is filed, in quarantine, or was known.
     *
     * @throws ServerAway if the database, the raw store or memory was away: some of the items may be filed; all are to be given again
     */
    public void file(List<Receipt> receipts) {
        var byId = new TreeMap<ReceiptId, Receipt>();
        receipts.forEach(r -> byId.putIfAbsent(r.id(), r));
        if (byId.isEmpty()) {
            return;
        }
        try {
            tables.known(byId.values(), clock.instant()).forEach(byId::remove);
            var batch = new ArrayList<Receipt>();
            long bytes = 0;
            for (var receipt : byId.values()) {
                if (!batch.isEmpty() && (bytes + receipt.size() > BATCH_BYTES_MAX || batch.size() == BATCH_ITEMS_MAX)) {
                    record(reader.read(batch));
                    batch.clear();
                    bytes = 0;
                }
                batch.add(receipt);
                bytes += receipt.size();
            }
            record(reader.read(batch));
        } catch (ServerAway away) {
            throw away;
        } catch (RuntimeException | Error | IOException fault) {
            throw new ServerAway(fault);
        }
    }

    /**
     * What came in before what we sent in answer to it. Entries of public lists apart from both, since they lock more.
     *
     * @param items sorted by receipt id
     */
    private void record(List<Item> items) {
        var listed = new ArrayList<Item>();
        var cameIn = new ArrayList<Item>();
        var sentOut = new ArrayList<Item>();
        for (var item : items) {
            if (item instanceof Item.Listed) {
                listed.add(item);
            } else {
                (item.receipt().direction() == Direction.INBOUND ? cameIn : sentOut).add(item);
            }
        }
        for (var part : List.of(listed, cameIn, sentOut)) {
            if (!part.isEmpty()) {
                recordAtOnce(part);
            }
        }
    }

    private void recordAtOnce(List<Item> items) {
        for (int meeting = 0; ; meeting++) {
            try {
                transaction.executeWithoutResult(status -> recordInTransaction(items));
                return;
            } catch (RuntimeException | Error fault) {
                switch (Fault.of(fault)) {
                    case SERVER -> throw new ServerAway(fault);
                    case MEETING -> {
                        if (meeting == MEETINGS_MAX) {
                            throw new ServerAway(fault);
                        }
                    }
                    case ITEM -> {
                        recordApart(items, fault);
                        return;
                    }
                }
            }
        }
    }

    /** One of them is at fault: each is filed by itself, and the one that cannot be goes to quarantine. */
    private void recordApart(List<Item> items, Throwable fault) {
        if (items.size() > 1) {
            items.forEach(item -> record(List.of(item)));
            return;
        }
        var item = items.getFirst();
        LOG.error("Filing the item of receipt {} failed: {}", item.receipt().id(), ItemReader.where(fault));
        if (item instanceof Item.Refused) {
            // Quarantine itself cannot take it: that is no fault of the item.
            throw new ServerAway(fault);
        }
        record(
                List.of(
                        new Item.Refused(
                                item.receipt(),
                                "could-not-be-filed",
                                "The item was read, but Postbag failed in filing it. It is kept as it came; the fault is ours and has been logged.")));
    }

    private void recordInTransaction(List<Item> read) {
        var now = clock.instant();
        var items = sentMail.place(withdrawals.withoutThoseTakenBack(read));
        var taken = tables.take(items, now);
        var readable = new ArrayList<Item.Readable>();
        var refused = new ArrayList<Item.Refused>();
        var withdrawn = new ArrayList<Item.Withdrawn>();
        var listed = new ArrayList<Item.Listed>();
        for (var item : items) {
            if (taken.contains(item.receipt().id())) {
                switch (item) {
                    case Item.Readable one -> readable.add(one);
                    case Item.Refused one -> refused.add(one);
                    case Item.Withdrawn one -> withdrawn.add(one);
                    case Item.Listed one -> listed.add(one);
                }
            }
        }
        var events = new ArrayList<AuditEvent>();
        tables.quarantine(refused, now);
        sent.await(refused);
        for (var item : refused) {
            events.add(new AuditEvent(
                    ACTOR,
                    Action.QUARANTINED,
                    Subject.receipt(item.receipt().id().hex()),
                    item.code()));
        }
        if (!readable.isEmpty()) {
            recordReadable(readable, events);
        }
        if (!listed.isEmpty()) {
            tables.release(listed);
            listings.file(listed.stream()
                    .map(one -> new Listings.Listed(one.receipt(), one.entry()))
                    .toList());
        }
        withdrawals.erase(withdrawn);
        withdrawals.honour(readable, now);
        audit.record(events);
    }

    private void recordReadable(List<Item.Readable> items, List<AuditEvent> events) {
        tables.release(items);
        var resolved =
                resolving.resolve(items.stream().map(Item.Readable::appearance).toList());
        var threadIds =
                threads.place(items, resolved.stream().map(Resolved::contactId).toList());
        var ids = tables.insertEnquiries(items, places(items, resolved, threadIds));
        tables.insertFiles(items, ids);
        tables.insertFailures(items, ids);
        var claims = new ArrayList<KeptClaim>();
        for (int i = 0; i < items.size(); i++) {
            long enquiryId = ids.get(i);
            var one = resolved.get(i);
            one.claims().forEach(claim -> claims.add(new KeptClaim(enquiryId, one.contactId(), claim)));
            if (one.created()) {
                events.add(new AuditEvent(ACTOR, Action.CREATED, Subject.contact(one.contactId()), one.because()));
            }
            events.add(new AuditEvent(ACTOR, Action.FILED, Subject.enquiry(enquiryId), one.because()));
        }
        resolving.keep(claims);
        answered.note(items, threadIds);
        events.addAll(recorded.insert(items, ids));
        events.addAll(answering.note(threadIds));
        acknowledgements.add(items, ids);
        work.add(ids);
    }

    private List<FilingTables.Place> places(List<Item.Readable> items, List<Resolved> resolved, List<Long> threadIds) {
        var sentBy = sent.members(items.stream()
                .filter(item -> item.appearance().direction() == Direction.OUTBOUND)
                .flatMap(item -> item.senders().stream())
                .distinct()
                .toList());
        var places = new ArrayList<FilingTables.Place>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var one = resolved.get(i);
            places.add(new FilingTables.Place(
                    one.contactId(),
                    threadIds.get(i),
                    one.because(),
                    one.identifierId(),
                    sentBy(items.get(i), sentBy)));
        }
        return places;
    }

    /** The member who wrote what we sent: of the address that handed it in before that of the mailbox. */
    private static @Nullable Long sentBy(Item.Readable item, Map<String, Long> members) {
        return item.appearance().direction() == Direction.INBOUND
                ? null
                : item.senders().stream()
                        .map(members::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /**
     * Files what we sent and waits in quarantine, where somebody is there now whom it fits; at most {@code limit} items at once.
     *
     * @return how many
     * @throws ServerAway as {@link #file}; those that are not filed then are waiting receipts
     */
    int fileFitting(int limit) {
        var fitting = Objects.requireNonNull(
                transaction.<List<Receipt>>execute(status -> sent.release(clock.instant(), limit)));
        file(fitting);
        return fitting.size();
    }
}
