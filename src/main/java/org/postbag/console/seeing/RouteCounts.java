package org.postbag.console.seeing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.staff.UkTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came in by each route, counted from the receipts. Counted anew after a rest that is long beside what counting took, for all who look. */
@Component
@Profile("!command")
class RouteCounts {

    static final int HOURS = 24;

    /** In which a last item is looked for; before that it is only said that it is long ago. */
    static final int LAST_ITEM_DAYS = 56;

    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration LAST_ITEM_REST = Duration.ofMinutes(10);
    private static final int REST_TIMES = 20;
    /** What stood still for minutes says nothing of how long the next count takes. */
    private static final Duration REST_MAX = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(RouteCounts.class);
    private static final List<Long> NOTHING = Collections.nCopies(HOURS, 0L);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ReentrantLock counting = new ReentrantLock();
    private volatile Counted latest = new Counted(Instant.MIN, Instant.MIN, Map.of(), new Today(0, 0, 0, 0, 0));
    private Map<String, Instant> lastItems = Map.of();
    private Instant lastItemsAgain = Instant.MIN;

    RouteCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Of one route.
     *
     * @param hours items an hour, this hour last
     * @param quarantined items that wait in quarantine, whenever they came
     */
    record Count(long today, List<Long> hours, @Nullable Instant last, long quarantined) {
        static final Count NONE = new Count(0, NOTHING, null, 0);
    }

    /** All that came in since midnight in the United Kingdom, and what became of it. */
    record Today(long received, long filed, long quarantined, long discarded, long waiting) {}

    /** @param again when it is to be counted again */
    record Counted(Instant at, Instant again, Map<String, Count> routes, Today today) {

        Count of(String route) {
            var count = routes.get(route);
            return count == null ? Count.NONE : count;
        }
    }

    /** As it was counted last. */
    Counted latest() {
        return latest;
    }

    /** As counted now, or a few seconds ago. While somebody counts, or the database is away, the others get what was counted before. */
    Counted now() {
        if (clock.instant().isBefore(latest.again()) || !counting.tryLock()) {
            return latest;
        }
        try {
            var begun = clock.instant();
            var routes = count(begun);
            var today = today(begun);
            latest = new Counted(begun, begun.plus(rest(Duration.between(begun, clock.instant()))), routes, today);
            return latest;
        } catch (DataAccessException away) {
            LOG.debug("What came in can't be counted now", away);
            var now = clock.instant();
            latest = new Counted(latest.at(), now.plus(REST), latest.routes(), latest.today());
            return latest;
        } finally {
            counting.unlock();
        }
    }

    static Duration rest(Duration took) {
        var rest = took.multipliedBy(REST_TIMES);
        return rest.compareTo(REST) < 0 ? REST : rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest;
    }

    private static Instant midnight(Instant now) {
        return LocalDate.ofInstant(now, UkTime.ZONE).atStartOfDay(UkTime.ZONE).toInstant();
    }

    private Map<String, Count> count(Instant now) {
        var thisHour = now.truncatedTo(ChronoUnit.HOURS);
        var first = thisHour.minus(HOURS - 1L, ChronoUnit.HOURS);
        var midnight = midnight(now);
        var hours = new HashMap<String, List<Long>>();
        var today = new HashMap<String, Long>();
        var last = new HashMap<>(lastItems(now));
        jdbc.sql("""
                        select route, date_trunc('hour', received_at) as hour, count(*) as items, max(received_at) as last
                        from receipt where channel = any(:channels) and received_at >= :from group by route, hour
                        """)
                .param("channels", channels())
                .param("from", earlier(first, midnight).atOffset(ZoneOffset.UTC))
                .query(row -> {
                    var hour = instant(row, "hour");
                    var route = row.getString("route");
                    long items = row.getLong("items");
                    int at = Math.toIntExact(ChronoUnit.HOURS.between(first, hour));
                    var own = hours.computeIfAbsent(route, _ -> new ArrayList<>(NOTHING));
                    if (at >= 0 && at < HOURS) {
                        own.set(at, items);
                    }
                    // Days begin at full hours of both times.
                    if (!hour.isBefore(midnight)) {
                        today.merge(route, items, Long::sum);
                    }
                    last.merge(route, instant(row, "last"), RouteCounts::later);
                });
        var quarantined = quarantined();
        var counts = new HashMap<String, Count>();
        var routes = new HashSet<>(last.keySet());
        routes.addAll(quarantined.keySet());
        routes.forEach(route -> counts.put(
                route,
                new Count(
                        today.getOrDefault(route, 0L),
                        List.copyOf(hours.getOrDefault(route, NOTHING)),
                        last.get(route),
                        quarantined.getOrDefault(route, 0L))));
        return Map.copyOf(counts);
    }

    private Map<String, Long> quarantined() {
        var counts = new HashMap<String, Long>();
        jdbc.sql("select route, count(*) as items from receipt where state = 'quarantined' group by route")
                .query(row -> {
                    counts.put(row.getString("route"), row.getLong("items"));
                });
        return counts;
    }

    private Today today(Instant now) {
        var states = new HashMap<String, Long>();
        jdbc.sql("""
                        select state, count(*) as items from receipt where channel = any(:channels) and received_at >= :from group by state
                        """)
                .param("channels", channels())
                .param("from", midnight(now).atOffset(ZoneOffset.UTC))
                .query(row -> {
                    states.put(row.getString("state"), row.getLong("items"));
                });
        return new Today(
                states.values().stream().mapToLong(Long::longValue).sum(),
                states.getOrDefault("filed", 0L),
                states.getOrDefault("quarantined", 0L),
                states.getOrDefault("discarded", 0L),
                states.getOrDefault("waiting", 0L));
    }

    /** Of weeks: looked for now and then, since newer ones are found while counting. */
    private Map<String, Instant> lastItems(Instant now) {
        if (!now.isBefore(lastItemsAgain)) {
            var found = new HashMap<String, Instant>();
            jdbc.sql("""
                            select route, max(received_at) as last from receipt
                            where channel = any(:channels) and received_at >= :from group by route
                            """)
                    .param("channels", channels())
                    .param("from", now.minus(Duration.ofDays(LAST_ITEM_DAYS)).atOffset(ZoneOffset.UTC))
                    .query(row -> {
                        found.put(row.getString("route"), instant(row, "last"));
                    });
            lastItems = found;
            lastItemsAgain = now.plus(LAST_ITEM_REST);
        }
        return lastItems;
    }

    /** All: so that the index of receipts by channel and time answers. */
    static String[] channels() {
        return Arrays.stream(Channel.values()).map(Channel::code).toArray(String[]::new);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
