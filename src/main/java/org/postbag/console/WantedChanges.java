package org.postbag.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.StateTable.Wish;
import org.postbag.staff.UkTime;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes what is wanted of routes. Each change stands in the trail with what was wanted before and after. */
@Component
@Profile("!command")
class WantedChanges {

    static final Duration UNTIL_MAX = Duration.ofDays(366);

    private static final String JOB = "job:routes";

    private final StateTable table;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    WantedChanges(JdbcClient jdbc, AuditTrail audit, TransactionTemplate transaction) {
        this.table = new StateTable(jdbc);
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * What became of a change.
     *
     * @param number by which it can be undone
     * @param changed the routes of which something else is wanted now; the others were so already
     */
    record Changed(long number, List<String> changed) {}

    /** Whether a route can be stopped until then: by the database's clock, which decides when the time has come. */
    boolean isUntil(Instant until) {
        var now = table.now();
        return until.isAfter(now) && until.isBefore(now.plus(UNTIL_MAX));
    }

    Changed change(
            Collection<String> routes, Wanted wanted, @Nullable String reason, @Nullable Instant until, String actor) {
        return inTransaction(() -> {
            var locked = table.locked(routes);
            var before = new ArrayList<Wish>();
            var after = new ArrayList<Wish>();
            for (String route : routes.stream().distinct().sorted().toList()) {
                var was = locked.getOrDefault(route, new Wish(route, Wanted.STARTED, null, null));
                var is = new Wish(route, wanted, reason, until);
                if (differs(was, is)) {
                    before.add(was);
                    after.add(is);
                }
            }
            return save(before, after, actor, wanted.code());
        });
    }

    /** Another reason or time for what is held back already is a change; another reason to start what is to run isn't. */
    private static boolean differs(Wish was, Wish is) {
        return was.wanted() != is.wanted()
                || is.wanted() != Wanted.STARTED
                        && !(Objects.equals(was.until(), is.until()) && Objects.equals(was.reason(), is.reason()));
    }

    private Changed save(List<Wish> before, List<Wish> after, String actor, String detail) {
        if (after.isEmpty()) {
            return new Changed(0, List.of());
        }
        long number = table.change(before, after, actor);
        var events = new ArrayList<AuditEvent>();
        for (int i = 0; i < after.size(); i++) {
            events.add(new AuditEvent(
                    actor,
                    Action.ROUTE_CHANGED,
                    new Subject("route", after.get(i).route()),
                    detail,
                    words(before.get(i)),
                    words(after.get(i))));
        }
        audit.record(events);
        return new Changed(number, after.stream().map(Wish::route).toList());
    }

    /** As it was before a change, where nobody changed it since. */
    Changed undo(long change, String actor) {
        return inTransaction(() -> {
            var back = table.before(change);
            var now = table.locked(back.stream().map(Wish::route).toList());
            var before = back.stream()
                    .map(wish -> Optional.ofNullable(now.get(wish.route())).orElse(wish))
                    .toList();
            return save(before, back, actor, "undone");
        });
    }

    /** What was stopped until a time that has come is wanted started. */
    List<String> startAgain() {
        return inTransaction(() -> {
                    table.forgetOld();
                    var due = table.due();
                    var after = due.stream()
                            .map(was -> new Wish(
                                    was.route(),
                                    Wanted.STARTED,
                                    "It was " + was.wanted().code() + " until this time",
                                    null))
                            .toList();
                    return save(due, after, JOB, "started again");
                })
                .changed();
    }

    void askToRun(Collection<String> routes, @Nullable String reason, String actor) {
        inTransaction(() -> {
            for (String route : routes) {
                table.askToRun(route, actor);
                audit.record(new AuditEvent(
                        actor, Action.ROUTE_CHANGED, new Subject("route", route), "run now", null, reason));
            }
            return routes;
        });
    }

    void ran(String route, long asked, @Nullable String outcome) {
        table.ran(route, asked, outcome);
    }

    private static String words(Wish wish) {
        var until = wish.until() == null ? "" : " until " + UkTime.dateTime(wish.until());
        return wish.wanted().code() + until + (wish.reason() == null ? "" : ": " + wish.reason());
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        var result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("A transaction without a result");
        }
        return result;
    }
}
