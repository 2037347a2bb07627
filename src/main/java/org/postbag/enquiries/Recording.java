package org.postbag.enquiries;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.postbag.work.IndexWork;
import org.springframework.stereotype.Component;

/** Records items that were read, in the transaction of whoever calls: who wrote, on which thread, the enquiry, and all that follows from it. */
@Component
class Recording {

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
    private final Backlog backlog;
    private final Clock clock;

    Recording(
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
            Backlog backlog,
            Clock clock) {
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
        this.backlog = backlog;
        this.clock = clock;
    }

    /**
     * What can't be read goes to quarantine; all else is filed.
     *
     * @param read sorted by receipt id, and of the kinds that are recorded together
     */
    void record(List<Item> read) {
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
                    Filer.ACTOR,
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
                events.add(
                        new AuditEvent(Filer.ACTOR, Action.CREATED, Subject.contact(one.contactId()), one.because()));
            }
            events.add(new AuditEvent(Filer.ACTOR, Action.FILED, Subject.enquiry(enquiryId), one.because()));
        }
        resolving.keep(claims);
        answered.note(items, threadIds);
        events.addAll(recorded.insert(items, ids));
        events.addAll(answering.note(threadIds));
        events.addAll(backlog.close(items, ids));
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
}
