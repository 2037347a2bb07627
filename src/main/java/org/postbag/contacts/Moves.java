package org.postbag.contacts;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Splitting.MoveRecord;
import org.postbag.work.IndexWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves identifiers and enquiries between locked contacts, and puts them back: both contacts are then what their items say. */
@Component
class Moves {

    private final MoveTables tables;
    private final EnquiryMoving enquiries;
    private final ListedContacts listed;
    private final MatterTables matters;
    private final Recount recount;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final Clock clock;

    Moves(
            JdbcClient jdbc,
            @Lazy EnquiryMoving enquiries,
            Recount recount,
            IndexWork work,
            MatchWork matchWork,
            Clock clock) {
        this.tables = new MoveTables(jdbc);
        this.enquiries = enquiries;
        this.listed = new ListedContacts(jdbc);
        this.matters = new MatterTables(jdbc);
        this.recount = recount;
        this.work = work;
        this.matchWork = matchWork;
        this.clock = clock;
    }

    /**
     * What to move where.
     *
     * @param makes whether {@code to} was made for it
     * @param mergeId the merge with whose end it goes, or null
     */
    record Order(
            long from,
            long to,
            boolean makes,
            @Nullable Long mergeId,
            @Nullable String reason) {}

    MoveRecord move(Order order, Collection<Long> enquiryIds, Collection<Long> identifierIds, String actor) {
        long id = tables.insert(
                order.from(), order.to(), order.makes(), order.mergeId(), order.reason(), actor, clock.instant());
        tables.keep(id, enquiryIds, identifierIds);
        carry(enquiryIds, identifierIds, order.from(), order.to());
        return tables.byId(id).orElseThrow();
    }

    /** Of what was moved to a contact that was there, what is there still; of one that was made for it, all. */
    void putBack(MoveRecord move, String actor) {
        var back = move.makes() ? tables.enquiriesOf(move.to()) : tables.movedThere(move);
        var uses = move.makes() ? tables.identifiersOf(move.to()) : List.<Long>of();
        if (move.makes()) {
            tables.moveEntries(move.to(), move.from());
            tables.moveReviews(move.to(), move.from());
        }
        carry(back, uses, move.to(), move.from());
        tables.end(move.id(), actor, clock.instant());
    }

    private void carry(Collection<Long> enquiryIds, Collection<Long> identifierIds, long from, long to) {
        if (!identifierIds.isEmpty()) {
            tables.moveUses(identifierIds, from, to);
        }
        if (!enquiryIds.isEmpty()) {
            enquiries.move(enquiryIds, from, to);
        }
        var namesDiffer = recount.whole(List.of(from, to));
        matters.raise(
                new MatterTables.Matters(namesDiffer, Set.of(), Set.of(), List.of(), List.of(), Set.of()),
                clock.instant());
        // The trail isn't told what they were called before: it may be the other's name.
        listed.takeWhatListsSay(List.of(from, to), Set.of(from, to));
        work.addContacts(List.of(from, to));
        matchWork.add(List.of(from, to));
    }
}
