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
    private static final int PAIRS_READ_MAX = 2_000;
    /** Beyond it the count of the navigation says no more. */
    private static final int COUNTED_MAX = 20_000;
    /** Up to here the count of the navigation is exact. */
    private static final int COUNTED_EXACTLY_MAX = 500;

    private static final int OF_CONTACT_MAX = 20;

    private final MatchTables tables;
    private final Families families;
    private final Joining joining;
    private final AuditTrail audit;
    private final Clock clock;

    JdbcMatches(MatchTables tables, Families families, Joining joining, AuditTrail audit, Clock clock) {
        this.tables = tables;
        this.families = families;
        this.joining = joining;
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
        long unseen = tables.unseen(COUNTED_MAX);
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
        long survivor = decision.survivor() != null && both.contains(decision.survivor())
                ? decision.survivor()
                : joining.older(both);
        long merged = survivor == match.oneNow() ? match.otherNow() : match.oneNow();
        var refused = joining.join(survivor, merged, actor);
        if (refused.isPresent()) {
            return refused.get();
        }
        tables.say(match, new Said(Verdict.SAME, actor, clock.instant()), merged);
        record(match, Verdict.SAME, actor);
        return new Outcome.Done(survivor);
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
            var refused = joining.separate(tables.merged(match), actor);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        takeBack(match, said, actor);
        return new Outcome.Done(null);
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
        long survivor = joining.older(group.contacts());
        for (long contact : group.contacts()) {
            if (contact != survivor) {
                var refused = joining.join(survivor, contact, actor);
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
                var refused = merged.isPresent() && match.isJoined()
                        ? joining.separate(merged, actor)
                        : Optional.<Outcome>empty();
                if (refused.isPresent()) {
                    return refused.get();
                }
            }
            matches.forEach(match -> takeBack(match, Objects.requireNonNull(match.said()), actor));
            return matches.isEmpty() ? new Outcome.NothingToDo() : new Outcome.Done(null);
        });
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
