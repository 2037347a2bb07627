package org.postbag.console.seeing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.postbag.console.RouteDesk.Shown;
import org.postbag.console.seeing.AlarmTable.Key;
import org.postbag.console.seeing.RouteAlarm.Kind;
import org.postbag.console.seeing.RoutesBoard.Known;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.HeldExports;
import org.postbag.staff.UkTime;
import org.postbag.staff.Wording;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is wrong with the ways in now. */
@Component
@Profile("!command")
class AlarmCauses {

    /** A source may be away for so long before somebody is told: most come back. */
    static final Duration FAILING_MAX = Duration.ofMinutes(5);

    static final Duration NOT_RUNNING_MAX = Duration.ofMinutes(1);
    /** So many items of a day that still wait in quarantine. */
    static final int QUARANTINED_A_DAY_MAX = 5;

    private static final Duration HISTORY_REST = Duration.ofMinutes(10);

    private final RoutesBoard board;
    private final ObjectProvider<HeldExports> exports;
    private final JdbcClient jdbc;
    private final Wording wording;
    /** Since when routes are not as they are wanted. */
    private final Map<String, Instant> notRunning = new ConcurrentHashMap<>();

    private Map<String, NavigableSet<Long>> history = Map.of();
    private Instant historyAgain = Instant.MIN;

    AlarmCauses(RoutesBoard board, ObjectProvider<HeldExports> exports, JdbcClient jdbc, Wording wording) {
        this.board = board;
        this.exports = exports;
        this.jdbc = jdbc;
        this.wording = wording;
    }

    /** @param open what is told already: what is quiet stays so until something comes */
    Map<Key, String> now(Instant now, Set<Key> open) {
        var causes = new HashMap<Key, String>();
        var routes = board.known();
        routes.forEach(route -> {
            notRunning(route, now, causes);
            failing(route, now, causes);
        });
        quarantine(now, causes);
        held(causes);
        learn(now);
        routes.stream()
                .filter(AlarmCauses::isOpen)
                .filter(route ->
                        !causes.containsKey(new Key(Kind.FAILING, route.shown().id())))
                .forEach(route -> quiet(route, now, open, causes));
        return causes;
    }

    private static boolean isOpen(Known route) {
        return route.shown().state().equals("started");
    }

    private void notRunning(Known route, Instant now, Map<Key, String> causes) {
        var shown = route.shown();
        boolean due = shown.wanted().equals("started")
                || shown.until() != null && shown.until().isBefore(now);
        if (!due || !isAtRest(shown)) {
            notRunning.remove(shown.id());
            return;
        }
        var since = notRunning.computeIfAbsent(shown.id(), _ -> now);
        if (!since.plus(NOT_RUNNING_MAX).isAfter(now)) {
            causes.put(new Key(Kind.NOT_RUNNING, shown.id()), whyNot(shown));
        }
    }

    /** One that tries to start again and again doesn't run, nor does one that no node takes. */
    private static boolean isAtRest(Shown shown) {
        return switch (shown.state()) {
            case "stopped", "suspended", "starting", "standby" -> true;
            case "not-loaded" -> !RoutesBoard.isNotUsed(shown);
            default -> false;
        };
    }

    private String whyNot(Shown shown) {
        var what = shown.until() == null
                ? "It should run, and does not."
                : "It should have started again on %s, and did not.".formatted(UkTime.dateTime(shown.until()));
        return what + (shown.problem() == null ? " Start it by hand." : " " + wording.sentence(shown.problem()));
    }

    private void failing(Known route, Instant now, Map<Key, String> causes) {
        var seen = route.seen().orElse(null);
        if (isOpen(route)
                && seen != null
                && seen.problem() != null
                && seen.problemSince() != null
                && seen.problemSince().plus(FAILING_MAX).isBefore(now)) {
            causes.put(
                    new Key(Kind.FAILING, route.shown().id()),
                    wording.sentence(seen.problem()) + " What lies there stays there, and is taken once it answers.");
        }
    }

    private void quarantine(Instant now, Map<Key, String> causes) {
        jdbc.sql("""
                        select route, count(*) as items from quarantine
                        where discarded_at is null and quarantined_at > :from group by route having count(*) >= :most
                        """)
                .param("from", now.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                .param("most", QUARANTINED_A_DAY_MAX)
                .query(row -> {
                    causes.put(
                            new Key(Kind.QUARANTINE, row.getString("route")),
                            "%s came into quarantine within a day and still wait. See why, mend and replay."
                                    .formatted(wording.count(row.getLong("items"), "item", "items")));
                });
    }

    private void held(Map<Key, String> causes) {
        exports.stream()
                .map(HeldExports::held)
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(HeldExport::route, Collectors.counting()))
                .forEach((route, count) -> causes.put(
                        new Key(Kind.HELD, route),
                        "%s not fit the profile and %s held whole: none of the rows was filed. Map the columns, and release."
                                .formatted(
                                        wording.count(count, "export does", "exports do"), count == 1 ? "is" : "are")));
    }

    private void quiet(Known route, Instant now, Set<Key> open, Map<Key, String> causes) {
        var id = route.shown().id();
        var last = route.count().last();
        var slots = history.get(id);
        if (last == null || slots == null) {
            return;
        }
        var key = new Key(Kind.QUIET, id);
        var quiet = QuietHours.of(slots, last, now);
        if (quiet.isPresent()) {
            causes.put(key, quiet.get().words());
        } else if (open.contains(key) && last.isBefore(now.minus(QuietHours.SLOT))) {
            causes.put(key, "Nothing has come since %s.".formatted(UkTime.dateTime(last)));
        }
    }

    /** What came when in the weeks before, now and then: it reads much. */
    private void learn(Instant now) {
        if (now.isBefore(historyAgain)) {
            return;
        }
        var learnt = new HashMap<String, NavigableSet<Long>>();
        jdbc.sql("""
                        select route, floor(extract(epoch from received_at) / :seconds)::bigint as slot from receipt
                        where channel = any(:channels) and received_at >= :from group by route, slot
                        """)
                .param("seconds", QuietHours.SLOT.toSeconds())
                .param("channels", RouteCounts.channels())
                .param("from", now.minus(Duration.ofDays(QuietHours.DAYS + 1L)).atOffset(ZoneOffset.UTC))
                .query(row -> {
                    learnt.computeIfAbsent(row.getString("route"), _ -> new TreeSet<>())
                            .add(row.getLong("slot"));
                });
        history = learnt;
        historyAgain = now.plus(HISTORY_REST);
    }
}
