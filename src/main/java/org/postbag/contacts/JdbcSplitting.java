package org.postbag.contacts;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcSplitting implements Splitting {

    private final Families families;
    private final ContactTables contacts;
    private final MoveTables tables;
    private final MergeTables merges;
    private final MatchTables matches;
    private final Moves moves;
    private final AuditTrail audit;
    private final Clock clock;

    JdbcSplitting(
            JdbcClient jdbc,
            Families families,
            ContactTables contacts,
            MatchTables matches,
            Moves moves,
            AuditTrail audit,
            Clock clock) {
        this.families = families;
        this.contacts = contacts;
        this.tables = new MoveTables(jdbc);
        this.merges = new MergeTables(jdbc);
        this.matches = matches;
        this.moves = moves;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Optional<Choice> choice(long contactId, Set<Long> identifiers) {
        return contacts.contacts(List.of(contactId)).stream().findFirst().map(contact -> {
            var own = contacts.uses(List.of(contactId)).getOrDefault(contactId, List.of()).stream()
                    .filter(use -> use.contactId() == contactId)
                    .toList();
            return new Choice(
                    contact,
                    own,
                    tables.lines(contactId, identifiers, ENQUIRIES_SHOWN_MAX),
                    tables.enquiriesOf(contactId).size(),
                    tables.by(identifiers, contactId).size());
        });
    }

    @Override
    public Outcome split(Split asked, String actor) {
        if (asked.identifiers().isEmpty() && asked.enquiries().isEmpty()) {
            return new Outcome.NothingChosen();
        }
        return families.change(() -> {
            tables.lock(List.of(asked.contactId()), asked.identifiers());
            var contact = contacts.lock(asked.contactId());
            if (contact.isEmpty()) {
                return new Outcome.Unknown();
            }
            if (contact.get().erasedAt() != null) {
                return new Outcome.Erased();
            }
            var own = new HashSet<>(tables.enquiriesOf(asked.contactId()));
            var uses = tables.identifiersOf(asked.contactId());
            if (contact.get().version() != asked.version()
                    || !own.containsAll(asked.enquiries())
                    || !uses.containsAll(asked.identifiers())) {
                return new Outcome.Changed();
            }
            var going = new TreeSet<>(tables.by(asked.identifiers(), asked.contactId()));
            going.removeAll(asked.staying());
            going.addAll(asked.enquiries());
            if (going.size() == own.size() && asked.identifiers().size() == uses.size()) {
                return new Outcome.NothingLeft();
            }
            return new Outcome.Done(split(asked, going, actor));
        });
    }

    private MoveRecord split(Split asked, Collection<Long> going, String actor) {
        long from = asked.contactId();
        long made = tables.make(
                from, !asked.identifiers().isEmpty(), isSharedMailbox(asked.identifiers()), clock.instant());
        families.touch(List.of(from));
        matches.sayTwo(from, made, actor, clock.instant());
        var move = moves.move(
                new Moves.Order(from, made, true, null, JdbcMerging.text(asked.reason())),
                going,
                asked.identifiers(),
                actor);
        note(actor, Action.CORRECTED, from, "Split: contact %d was made from it".formatted(made), move.reason());
        note(actor, Action.CREATED, made, "Split from contact " + from, move.reason());
        return move;
    }

    private boolean isSharedMailbox(Collection<Long> identifiers) {
        return identifiers.stream()
                .map(contacts::identifier)
                .flatMap(Optional::stream)
                .anyMatch(Mailboxes::isOfMany);
    }

    @Override
    public Undoing undo(long moveId, String actor) {
        return families.change(() -> {
            var asked = tables.byId(moveId);
            if (asked.isEmpty()) {
                return new Undoing.Unknown();
            }
            var pair = List.of(asked.get().from(), asked.get().to());
            var identifiers = tables.identifiersOf(asked.get().to());
            tables.lock(pair, identifiers);
            var locked = families.lock(pair);
            if (!tables.identifiersOf(asked.get().to()).equals(identifiers)) {
                throw new CannotAcquireLockException("A contact came to use another identifier while it was locked");
            }
            // Read again once they are locked: somebody else may have undone it meanwhile.
            var move = tables.byId(moveId).orElseThrow();
            if (!move.stands()) {
                return new Undoing.UndoneBefore(move);
            }
            var from = Objects.requireNonNull(locked.get(move.from()));
            var to = Objects.requireNonNull(locked.get(move.to()));
            if (from.erasedAt() != null || to.erasedAt() != null) {
                return new Undoing.Erased();
            }
            boolean merged = to.mergedInto() != null || families.below(to.id()).size() > 1;
            if (move.makes() && (merged || tables.isSplit(to.id()))) {
                return new Undoing.ChangedSince(to.id());
            }
            return new Undoing.Undone(putBack(move, locked.keySet(), actor));
        });
    }

    private MoveRecord putBack(MoveRecord move, Collection<Long> members, String actor) {
        // First: whoever compares contacts takes pairs, then work.
        if (move.makes()) {
            matches.unsayTwo(move.from(), move.to());
        }
        moves.putBack(move, actor);
        if (move.makes()) {
            merges.insert(move.from(), move.to(), null, actor, clock.instant());
            families.settle(members);
        }
        families.touch(List.of(move.from(), move.to()));
        note(actor, Action.RESTORED, move.from(), "What was moved to contact %d is back".formatted(move.to()), null);
        note(
                actor,
                Action.RESTORED,
                move.to(),
                "What was moved from contact %d is back there".formatted(move.from()),
                null);
        return tables.byId(move.id()).orElseThrow();
    }

    @Override
    public Optional<MoveRecord> byId(long moveId) {
        return tables.byId(moveId);
    }

    @Override
    public List<MoveRecord> of(long contactId) {
        return tables.of(families.members(List.of(contactId)));
    }

    private void note(String actor, Action action, long contactId, String what, @Nullable String reason) {
        audit.record(new AuditEvent(actor, action, Subject.contact(contactId), what, null, reason));
    }
}
