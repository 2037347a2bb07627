package org.postbag.contacts;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.stereotype.Component;

@Component
class JdbcMatches implements Matches {

    /** Of more pairs the likeliest are shown; the others come when these are decided. */
    private static final int PAIRS_READ_MAX = 20_000;
    /** Up to here the count of the navigation is exact. */
    private static final int COUNTED_EXACTLY_MAX = 500;

    private static final int OF_CONTACT_MAX = 20;

    private final MatchTables tables;
    private final Families families;
    private final ContactTables contacts;
    private final Merging merging;
    private final AuditTrail audit;
    private final Clock clock;

    JdbcMatches(
            MatchTables tables,
            Families families,
            ContactTables contacts,
            Merging merging,
            AuditTrail audit,
            Clock clock) {
        this.tables = tables;
        this.families = families;
        this.contacts = contacts;
        this.merging = merging;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Queue queue() {
        var undecided = tables.undecided(PAIRS_READ_MAX);
        return MatchQueue.of(undecided, tables.notSame(undecided), undecided.size() < PAIRS_READ_MAX);
    }

    @Override
    public long openCount() {
        long unseen = tables.unseen(PAIRS_READ_MAX);
        return unseen == 0 || unseen > COUNTED_EXACTLY_MAX ? unseen : queue().pairs();
    }

    @Override
    public Optional<Match> pair(long one, long other) {
        return tables.pair(one, other);
    }

    @Override
    public List<Match> ofContact(long contactId) {
        var undecided = tables.ofContact(contactId, OF_CONTACT_MAX);
        var queue = MatchQueue.of(undecided, tables.notSame(undecided), true);
        var found = new ArrayList<>(
                queue.groups().stream().flatMap(group -> group.pairs().stream()).toList());
        found.addAll(queue.notSure());
        found.sort(Comparator.comparingDouble(Match::logOdds).reversed());
        return found;
    }

    @Override
    public Outcome decide(Decision decision, String actor) {
        return whole(() -> {
            var found = locked(decision.one(), decision.other());
            if (found.isEmpty()) {
                return new Outcome.Gone();
            }
            var match = found.get();
            if (match.isJoined()) {
                return new Outcome.NothingToDo();
            }
            var before = match.said();
            if (before != null && (before.verdict() == Verdict.NOT_SAME || before.verdict() != decision.seen())) {
                return new Outcome.SaidAlready(before);
            }
            return decision.verdict() == Verdict.SAME
                    ? join(match, decision, actor)
                    : say(match, decision.verdict(), actor);
        });
    }

    /** The pair, with all contacts that are one with its two locked. */
    private Optional<Match> locked(long one, long other) {
        families.lock(List.of(one, other));
        return tables.pair(one, other);
    }

    private Outcome join(Match match, Decision decision, String actor) {
        var both = List.of(match.oneNow(), match.otherNow());
        long survivor =
                decision.survivor() != null && both.contains(decision.survivor()) ? decision.survivor() : older(both);
        long merged = survivor == match.oneNow() ? match.otherNow() : match.oneNow();
        var refused = merge(survivor, merged, actor);
        if (refused.isPresent()) {
            return refused.get();
        }
        tables.say(match, new Said(Verdict.SAME, actor, clock.instant()), merged);
        record(match, Verdict.SAME, actor);
        return new Outcome.Done(survivor);
    }

    /** Why it could not be done, if so. */
    private Optional<Outcome> merge(long survivor, long other, String actor) {
        return switch (merging.merge(survivor, other, actor, "Said in review to be the same person")) {
            case Merging.Outcome.Merged _ -> Optional.empty();
            case Merging.Outcome.SaidNotSame said ->
                Optional.of(new Outcome.Refused("Contacts " + said.one() + " and " + said.other()
                        + ", which would become one by it, were said by " + said.byName() + " not to be the same."));
            case Merging.Outcome.Unknown _, Merging.Outcome.Erased _ -> Optional.of(new Outcome.Gone());
            case Merging.Outcome.Itself _,
                    Merging.Outcome.AlreadyOne _,
                    Merging.Outcome.PartOfAnother _,
                    Merging.Outcome.Changed _ -> Optional.of(new Outcome.NothingToDo());
        };
    }

    private Outcome say(Match match, Verdict verdict, String actor) {
        tables.say(match, new Said(verdict, actor, clock.instant()), null);
        record(match, verdict, actor);
        return new Outcome.Done(null);
    }

    @Override
    public Outcome undo(long one, long other, String actor) {
        return whole(() -> locked(one, other).map(match -> undo(match, actor)).orElseGet(Outcome.Gone::new));
    }

    private Outcome undo(Match match, String actor) {
        var said = match.said();
        if (said == null) {
            return new Outcome.NothingToDo();
        }
        if (said.verdict() == Verdict.SAME && match.isJoined()) {
            var refused = separate(tables.merged(match), actor);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        takeBack(match, said, actor);
        return new Outcome.Done(null);
    }

    /** Why it could not be done, if so: what came since the merge and belongs to neither for sure is for staff to place. */
    private Optional<Outcome> separate(Optional<Long> contact, String actor) {
        var merge = contact.flatMap(merging::mergeOf);
        if (merge.isEmpty()) {
            return Optional.of(new Outcome.Refused(
                    "They were joined through other contacts: separate them on the contact’s page."));
        }
        var preview = merging.preview(merge.get().id());
        if (preview.isPresent() && !preview.get().doubtful().isEmpty()) {
            return Optional.of(
                    new Outcome.Refused(
                            "Something came since that may be of either: separate them on the contact’s page, which asks whose it is."));
        }
        return switch (merging.unmerge(merge.get().id(), Set.of(), actor)) {
            case Merging.Parting.Parted _ -> Optional.empty();
            case Merging.Parting.Erased _ -> Optional.of(new Outcome.Gone());
            case Merging.Parting.Unknown _, Merging.Parting.EndedBefore _, Merging.Parting.Changed _ ->
                Optional.of(new Outcome.NothingToDo());
        };
    }

    private void takeBack(Match match, Said said, String actor) {
        tables.unsay(match);
        recordBoth(
                match, actor, Action.RESTORED, "Taken back: " + said.verdict().label() + " as contact ");
    }

    @Override
    public Outcome decideGroup(Group group, Verdict verdict, String actor) {
        return whole(() -> {
            families.lock(group.contacts());
            for (var match : group.pairs()) {
                var now = tables.pair(match.one(), match.other());
                if (now.isEmpty()) {
                    return new Outcome.Gone();
                }
                var said = now.get().said();
                if (said != null) {
                    return new Outcome.SaidAlready(said);
                }
                if (!now.get().equals(match)) {
                    return new Outcome.NothingToDo();
                }
            }
            if (verdict == Verdict.SAME) {
                return joinAll(group, actor);
            }
            group.pairs().forEach(match -> say(match, verdict, actor));
            return new Outcome.Done(null);
        });
    }

    private Outcome joinAll(Group group, String actor) {
        long survivor = older(group.contacts());
        for (long contact : group.contacts()) {
            if (contact != survivor) {
                var refused = merge(survivor, contact, actor);
                if (refused.isPresent()) {
                    return refused.get();
                }
            }
        }
        var said = new Said(Verdict.SAME, actor, clock.instant());
        var joined = new HashSet<>(Set.of(survivor));
        for (var match : fromSurvivorOn(group.pairs(), survivor)) {
            // Each contact is separated again by the pair that led to it.
            boolean leads = !joined.contains(match.oneNow()) || !joined.contains(match.otherNow());
            long merged = joined.contains(match.oneNow()) ? match.otherNow() : match.oneNow();
            tables.say(match, said, leads ? merged : null);
            joined.addAll(List.of(match.oneNow(), match.otherNow()));
            record(match, Verdict.SAME, actor);
        }
        return new Outcome.Done(survivor);
    }

    /** Pairs in such an order that one of the two was reached before. */
    private static List<Match> fromSurvivorOn(List<Match> pairs, long survivor) {
        var left = new ArrayList<>(pairs);
        var reached = new HashSet<>(Set.of(survivor));
        var ordered = new ArrayList<Match>();
        while (!left.isEmpty()) {
            var next = left.stream()
                    .filter(match -> reached.contains(match.oneNow()) || reached.contains(match.otherNow()))
                    .findFirst()
                    .orElse(left.getFirst());
            left.remove(next);
            reached.addAll(List.of(next.oneNow(), next.otherNow()));
            ordered.add(next);
        }
        return ordered;
    }

    @Override
    public Outcome undoGroup(List<Key> pairs, String actor) {
        return whole(() -> {
            families.lock(pairs.stream()
                    .flatMap(key -> Stream.of(key.one(), key.other()))
                    .toList());
            var matches = pairs.stream()
                    .flatMap(key -> tables.pair(key.one(), key.other()).stream())
                    .filter(match -> match.said() != null)
                    .toList();
            // Each contact is separated by the pair that led to it, the last first; the other pairs only fell into
            // line.
            for (var match : matches.reversed()) {
                var merged = tables.merged(match);
                var refused =
                        merged.isPresent() && match.isJoined() ? separate(merged, actor) : Optional.<Outcome>empty();
                if (refused.isPresent()) {
                    return refused.get();
                }
            }
            matches.forEach(match -> takeBack(match, Objects.requireNonNull(match.said()), actor));
            return matches.isEmpty() ? new Outcome.NothingToDo() : new Outcome.Done(null);
        });
    }

    private long older(List<Long> ids) {
        return contacts.contacts(ids).stream()
                .min(Comparator.comparing(Contact::createdAt).thenComparing(Contact::id))
                .orElseThrow()
                .id();
    }

    private void record(Match match, Verdict verdict, String actor) {
        recordBoth(match, actor, Action.DECIDED, verdict.label() + " as contact ");
    }

    private void recordBoth(Match match, String actor, Action action, String words) {
        audit.record(List.of(
                new AuditEvent(actor, action, Subject.contact(match.one()), words + match.other()),
                new AuditEvent(actor, action, Subject.contact(match.other()), words + match.one())));
    }

    /** Nothing of it is done unless all is. */
    private Outcome whole(Supplier<Outcome> change) {
        try {
            return families.change(() -> {
                var outcome = change.get();
                if (!(outcome instanceof Outcome.Done)) {
                    throw new NotDone(outcome);
                }
                return outcome;
            });
        } catch (NotDone notDone) {
            return notDone.outcome;
        }
    }

    /** Rolls back what was begun. */
    private static final class NotDone extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Outcome outcome;

        NotDone(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }
}
