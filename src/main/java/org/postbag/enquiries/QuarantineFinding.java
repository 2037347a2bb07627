package org.postbag.enquiries;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReceiptId;
import org.postbag.retention.RetentionRule;
import org.postbag.retention.RuleTable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds items in quarantine, page by page from a place on, and counts them by channel, route and reason: as quick with a million of them as with ten. */
@Component
public class QuarantineFinding {

    private final JdbcClient jdbc;
    private final RuleTable rules;

    QuarantineFinding(JdbcClient jdbc, RuleTable rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /**
     * Which items: all that is not null holds.
     *
     * @param discarded whether those that were discarded and can still be brought back, else those in quarantine
     * @param day on which they were received, in the United Kingdom
     */
    public record Filter(
            boolean discarded,
            @Nullable Channel channel,
            @Nullable String route,
            @Nullable String reasonCode,
            @Nullable LocalDate day) {

        public static Filter all(boolean discarded) {
            return new Filter(discarded, null, null, null, null);
        }

        public boolean isOfAll() {
            return channel == null && route == null && reasonCode == null && day == null;
        }

        /** Conditions on {@code quarantine q}. */
        String where() {
            var where = new StringBuilder("q.discarded_at is " + (discarded ? "not null" : "null"));
            if (channel != null) {
                where.append(" and q.channel = :channel");
            }
            if (route != null) {
                where.append(" and q.route = :route");
            }
            if (reasonCode != null) {
                where.append(" and q.reason_code = :reasonCode");
            }
            if (day != null) {
                where.append(" and q.received_at >= :dayFrom::timestamptz and q.received_at < :dayBefore::timestamptz");
            }
            return where.toString();
        }

        Map<String, Object> params() {
            var params = new HashMap<String, Object>();
            if (channel != null) {
                params.put("channel", channel.code());
            }
            if (route != null) {
                params.put("route", route);
            }
            if (reasonCode != null) {
                params.put("reasonCode", reasonCode);
            }
            if (day != null) {
                params.put(
                        "dayFrom",
                        day.atStartOfDay(RetentionRule.ZONE).toInstant().toString());
                params.put(
                        "dayBefore",
                        day.plusDays(1)
                                .atStartOfDay(RetentionRule.ZONE)
                                .toInstant()
                                .toString());
            }
            return params;
        }
    }

    /** Where an item stands in the order: newest first. */
    public record Place(Instant receivedAt, ReceiptId id) {

        public static Place of(Item item) {
            return new Place(item.receivedAt(), item.id());
        }
    }

    /** How many items of one channel, route and reason there are. */
    public record Group(Channel channel, String route, String reasonCode, long count) {}

    /** A page of items, newest first, behind a place or from the newest on. */
    public List<Item> after(Filter filter, @Nullable Place place, int limit) {
        return page(filter, place, "<", "desc", limit);
    }

    /** The page before a place. */
    public List<Item> before(Filter filter, Place place, int limit) {
        return new ArrayList<>(page(filter, place, ">", "asc", limit)).reversed();
    }

    private List<Item> page(Filter filter, @Nullable Place place, String beyond, String order, int limit) {
        var current = rules.current();
        var behind = place == null ? "" : " and (q.received_at, q.receipt_id) " + beyond + " (:at::timestamptz, :id)";
        var sql = jdbc.sql(JdbcQuarantine.ITEMS + " where " + filter.where() + behind
                        + " and r.state = :state order by q.received_at " + order + ", q.receipt_id " + order
                        + " limit :limit")
                .params(filter.params())
                .param("state", state(filter).code())
                .param("limit", limit);
        if (place != null) {
            sql = sql.param("at", place.receivedAt().toString())
                    .param("id", place.id().hex());
        }
        return sql.query((row, n) -> JdbcQuarantine.item(row, current)).list();
    }

    List<Item> list(boolean discarded, int offset, int limit) {
        var current = rules.current();
        var filter = Filter.all(discarded);
        return jdbc.sql(
                        JdbcQuarantine.ITEMS + " where " + filter.where()
                                + " and r.state = :state order by q.received_at desc, q.receipt_id desc offset :offset limit :limit")
                .param("state", state(filter).code())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> JdbcQuarantine.item(row, current))
                .list();
    }

    /** All groups, the largest first. Those that are being filed this moment are counted still. */
    public List<Group> groups(boolean discarded, @Nullable LocalDate day) {
        var filter = new Filter(discarded, null, null, null, day);
        return jdbc.sql("select q.channel, q.route, q.reason_code, count(*) as number from quarantine q where "
                        + filter.where() + " group by 1, 2, 3 order by number desc, 1, 2, 3")
                .params(filter.params())
                .query((row, n) -> new Group(
                        Channel.of(row.getString("channel")).orElseThrow(),
                        row.getString("route"),
                        row.getString("reason_code"),
                        row.getLong("number")))
                .list();
    }

    public long count(Filter filter) {
        return jdbc.sql("select count(*) from quarantine q where " + filter.where())
                .params(filter.params())
                .query(Long.class)
                .single();
    }

    static ReceiptState state(Filter filter) {
        return filter.discarded() ? ReceiptState.DISCARDED : ReceiptState.QUARANTINED;
    }
}
