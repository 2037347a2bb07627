package org.postbag.contacts;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcMatches implements Matches {

    /** Of more pairs the likeliest are shown; the others come when these are decided. */
    private static final int PAIRS_READ_MAX = 20_000;
    /** Up to here the count of the navigation is exact. */
    private static final int COUNTED_EXACTLY_MAX = 500;

    private static final int OF_CONTACT_MAX = 20;

    private final MatchTables tables;
    private final ContactTables contacts;
    private final Merging merging;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JdbcMatches(
            MatchTables tables,
            ContactTables contacts,
            Merging merging,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.tables = tables;
        this.contacts = contacts;
        this.merging = merging;
        this.audit = audit;
        this.transaction = transaction;
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
            var match = tables.pair(decision.one(), decision.other());
            if (match.isEmpty()) {
                return new Outcome.Gone();
            }
            var said = match.get().said();
            if (said != null && said.verdict() == Verdict.NOT_SAME) {
                return new Outcome.SaidAlready(said);
            }
            return decision.verdict() == Verdict.SAME
                    ? join(match.get(), decision, actor)
                    : say(match.get(), decision.verdict(), decision.seen(), actor);
        });
    }

    private Outcome join(Match match, Decision decision, String actor) {
        if (match.isJoined()) {
            return new Outcome.NothingToDo();
        }
        long survivor = decision.survivor() != null && decision.survivor() == match.otherNow()
                        || decision.survivor() == null
                                && older(List.of(match.oneNow(), match.otherNow())) == match.otherNow()
                ? match.otherNow()
                : match.oneNow();
        long merged = survivor == match.oneNow() ? match.otherNow() : match.oneNow();
        var refused = merge(survivor, merged, actor);
        if (refused.isPresent()) {
            return refused.get();
        }
        var said = new Said(Verdict.SAME, actor, clock.instant());
        if (!tables.say(match, decision.seen(), said, merged)) {
            return saidMeanwhile(match);
        }
        record(match, said.verdict(), actor);
        return new Outcome.Done(survivor);
    }

    /** Why it could not be done, if so: also where staff know apart what would be one contact. */
    private Optional<Outcome> merge(long survivor, long other, String actor) {
        if (merging.merge(survivor, other, actor, "Staff said in review that they are one person")
                instanceof Merging.Outcome.Refused(var because)) {
            return Optional.of(new Outcome.Refused(because));
        }
        return tables.torn(survivor).map(Outcome.SaidAlready::new);
    }

    private Outcome say(Match match, Verdict verdict, @Nullable Verdict seen, String actor) {
        tables.lockContacts(List.of(match.oneNow(), match.otherNow()));
        if (tables.pair(match.one(), match.other()).filter(Match::isJoined).isPresent()) {
            return new Outcome.NothingToDo();
        }
        if (seen == verdict || !tables.say(match, seen, new Said(verdict, actor, clock.instant()), null)) {
            return saidMeanwhile(match);
        }
        record(match, verdict, actor);
        return new Outcome.Done(null);
    }

    private Outcome saidMeanwhile(Match match) {
        return tables.pair(match.one(), match.other())
                .map(Match::said)
                .<Outcome>map(Outcome.SaidAlready::new)
                .orElseGet(Outcome.NothingToDo::new);
    }

    @Override
    public Outcome undo(long one, long other, String actor) {
        return whole(() -> tables.pair(one, other)
                .map(match -> undo(match, tables.merged(match), actor))
                .orElseGet(Outcome.Gone::new));
    }

    private Outcome undo(Match match, Optional<Long> merged, String actor) {
        var said = match.said();
        if (said == null) {
            return new Outcome.NothingToDo();
        }
        if (said.verdict() == Verdict.SAME && match.isJoined()) {
            if (merged.isEmpty()) {
                return new Outcome.Refused(
                        "They were joined through other contacts of their group. Separate them on the contact’s page.");
            }
            if (merging.unmerge(merged.get(), actor, "Staff took back that they are one person")
                    instanceof Merging.Outcome.Refused(var because)) {
                return new Outcome.Refused(because);
            }
        }
        return takeBack(match, said, actor) ? new Outcome.Done(merged.orElse(null)) : new Outcome.NothingToDo();
    }

    private boolean takeBack(Match match, Said said, String actor) {
        boolean done = tables.unsay(match, said);
        if (done) {
            recordBoth(
                    match,
                    actor,
                    Action.RESTORED,
                    "Taken back: " + said.verdict().label() + " as contact ");
        }
        return done;
    }

    @Override
    public Outcome decideGroup(Group group, Verdict verdict, String actor) {
        return whole(() -> {
            Outcome outcome = new Outcome.Done(null);
            if (verdict == Verdict.SAME) {
                return joinAll(group, actor);
            }
            tables.lockContacts(group.contacts());
            for (var match : group.pairs()) {
                outcome = say(match, verdict, null, actor);
                if (!(outcome instanceof Outcome.Done)) {
                    return outcome;
                }
            }
            return outcome;
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
            if (!tables.say(match, null, said, leads ? merged : null)) {
                return saidMeanwhile(match);
            }
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
            Outcome outcome = new Outcome.Gone();
            var matches = pairs.stream()
                    .flatMap(key -> tables.pair(key.one(), key.other()).stream())
                    .toList();
            // Those that only fell into line with the others go first, while all are joined.
            for (var match : matches) {
                var said = match.said();
                if (said != null && tables.merged(match).isEmpty()) {
                    takeBack(match, said, actor);
                    outcome = new Outcome.Done(null);
                }
            }
            for (var match : matches.reversed()) {
                var merged = tables.merged(match);
                if (merged.isPresent()) {
                    outcome = undo(match, merged, actor);
                    if (outcome instanceof Outcome.Refused) {
                        return outcome;
                    }
                }
            }
            return outcome;
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
        var outcome = transaction.execute(status -> {
            var reached = change.get();
            if (!(reached instanceof Outcome.Done)) {
                status.setRollbackOnly();
            }
            return reached;
        });
        return outcome == null ? new Outcome.Gone() : outcome;
    }
}
