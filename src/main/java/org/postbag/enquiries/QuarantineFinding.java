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

/** Finds items in quarantine, page by page from a place on: as quick with a million of them as with ten. How many there are, {@link QuarantineCounts} tells. */
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
            return "q.discarded_at is " + (discarded ? "not null" : "null") + ofGroup()
                    + (day == null
                            ? ""
                            : " and q.received_at >= :dayFrom::timestamptz and q.received_at < :dayBefore::timestamptz");
        }

        /** The same of {@code quarantine_count q}. */
        String whereCounted() {
            return (discarded ? "q.discarded" : "not q.discarded")
                    + ofGroup()
                    + (day == null ? "" : " and q.day = :day");
        }

        private String ofGroup() {
            return (channel == null ? "" : " and q.channel = :channel")
                    + (route == null ? "" : " and q.route = :route")
                    + (reasonCode == null ? "" : " and q.reason_code = :reasonCode");
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
                params.put("day", day);
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

    static ReceiptState state(Filter filter) {
        return filter.discarded() ? ReceiptState.DISCARDED : ReceiptState.QUARANTINED;
    }
}
