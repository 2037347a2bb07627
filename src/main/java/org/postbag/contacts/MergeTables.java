package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Merging.Doubtful;
import org.postbag.contacts.Merging.MergeRecord;
import org.postbag.contacts.Merging.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of merges. */
final class MergeTables {

    private static final int DOUBTFUL_MAX = 200;
    private static final int SINCE_SHOWN_MAX = 20;

    /** As the trail calls who did it. */
    static final String NAME_OF = """
            coalesce((select s.name from staff_member s where 'staff:' || s.username = %1$s),
                case when %1$s like 'job:%%' then 'Postbag (' || substr(%1$s, 5) || ')' else substr(%1$s, strpos(%1$s, ':') + 1) end)
            """;

    private static final String MERGES = "select m.*, %s as by_name, %s as undone_by_name from merge m "
            .formatted(NAME_OF.formatted("m.merged_by"), NAME_OF.formatted("m.undone_by"));

    private final JdbcClient jdbc;

    MergeTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(long survivor, long merged, @Nullable String reason, String actor, Instant now) {
        return jdbc.sql("""
                        insert into merge (survivor, merged, merged_by, merged_at, reason, log_odds)
                        values (:survivor, :merged, :by, :now::timestamptz, :reason,
                            (select log_odds from contact_match where one = least(:survivor, :merged) and other = greatest(:survivor, :merged)))
                        returning id
                        """)
                .param("survivor", survivor)
                .param("merged", merged)
                .param("by", actor)
                .param("now", now.toString())
                .param("reason", reason)
                .query(Long.class)
                .single();
    }

    void end(long mergeId, String actor, Instant now) {
        jdbc.sql("update merge set undone_by = :by, undone_at = :now::timestamptz where id = :id")
                .param("by", actor)
                .param("now", now.toString())
                .param("id", mergeId)
                .update();
    }

    Optional<MergeRecord> byId(long mergeId) {
        return jdbc.sql(MERGES + "where m.id = :id")
                .param("id", mergeId)
                .query((row, n) -> merge(row))
                .optional();
    }

    Optional<MergeRecord> standing(long merged) {
        return jdbc.sql(MERGES + "where m.merged = :merged and m.undone_at is null")
                .param("merged", merged)
                .query((row, n) -> merge(row))
                .optional();
    }

    List<MergeRecord> of(Collection<Long> contactIds) {
        return jdbc.sql(MERGES
                        + "where m.survivor = any(:ids::bigint[]) or m.merged = any(:ids::bigint[]) order by m.id desc")
                .param("ids", contactIds.toArray(Long[]::new))
                .query((row, n) -> merge(row))
                .list();
    }

    /** That staff said of one of the first and one of the second that they are not the same; the latest of what they said. */
    Optional<Outcome.SaidNotSame> notSame(Collection<Long> first, Collection<Long> second) {
        return jdbc.sql("""
                        select one, other, decided_at, %s as by_name from contact_match
                        where verdict = 'not-same' and (one = any(:first::bigint[]) and other = any(:second::bigint[])
                            or one = any(:second::bigint[]) and other = any(:first::bigint[]))
                        order by decided_at desc nulls last, one, other limit 1
                        """.formatted(NAME_OF.formatted("decided_by")))
                .param("first", first.toArray(Long[]::new))
                .param("second", second.toArray(Long[]::new))
                .query((row, n) -> new Outcome.SaidNotSame(
                        row.getLong("one"),
                        row.getLong("other"),
                        row.getString("by_name") == null ? "A member of staff" : row.getString("by_name"),
                        moment(row, "decided_at")))
                .optional();
    }

    boolean reconsider(long one, long other, String actor, Instant now) {
        return jdbc.sql("""
                        update contact_match set verdict = 'not-sure', decided_by = :by, decided_at = :now::timestamptz
                        where one = least(:one, :other) and other = greatest(:one, :other) and verdict = 'not-same'
                        """)
                        .param("one", one)
                        .param("other", other)
                        .param("by", actor)
                        .param("now", now.toString())
                        .update()
                == 1;
    }

    /** How many enquiries the contacts have, and how many of them were filed since a merge. */
    record Counts(long all, long since) {}

    Counts counts(Collection<Long> contactIds, Instant since) {
        return jdbc.sql("""
                        select count(*) as total, count(*) filter (where r.state_at >= :since::timestamptz) as since
                        from enquiry e join receipt r on r.id = e.receipt_id where e.contact_id = any(:ids::bigint[])
                        """)
                .param("ids", contactIds.toArray(Long[]::new))
                .param("since", since.toString())
                .query((row, n) -> new Counts(row.getLong("total"), row.getLong("since")))
                .single();
    }

    /** What was filed since onto these contacts, and by no identifier. */
    List<Doubtful> doubtful(Collection<Long> contactIds, Instant since) {
        return filed(contactIds, since, "e.identifier_id is null", DOUBTFUL_MAX);
    }

    /** The latest that was filed since onto these contacts, and whose it is by its identifier alone or not. */
    List<Doubtful> since(Collection<Long> contactIds, Instant since, boolean byIdentifier) {
        return filed(contactIds, since, byIdentifier ? "e.identifier_id is not null" : "true", SINCE_SHOWN_MAX);
    }

    private List<Doubtful> filed(Collection<Long> contactIds, Instant since, String which, int limit) {
        return jdbc.sql("""
                        select e.id, e.reference, e.received_at, e.channel, e.subject, e.resolved_by
                        from enquiry e join receipt r on r.id = e.receipt_id
                        where e.contact_id = any(:ids::bigint[]) and %s and r.state_at >= :since::timestamptz
                        order by e.received_at desc, e.id desc limit :limit
                        """.formatted(which))
                .param("ids", contactIds.toArray(Long[]::new))
                .param("since", since.toString())
                .param("limit", limit)
                .query((row, n) -> new Doubtful(
                        row.getLong("id"),
                        row.getString("reference"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getString("channel"),
                        row.getString("subject"),
                        row.getString("resolved_by")))
                .list();
    }

    /** Likewise all of it, and whose each is. */
    Map<Long, Long> doubtfulOf(Collection<Long> contactIds, Instant since) {
        var found = new HashMap<Long, Long>();
        jdbc.sql("""
                        select e.id, e.contact_id from enquiry e join receipt r on r.id = e.receipt_id
                        where e.contact_id = any(:ids::bigint[]) and e.identifier_id is null and r.state_at >= :since::timestamptz
                        """)
                .param("ids", contactIds.toArray(Long[]::new))
                .param("since", since.toString())
                .query(row -> {
                    found.put(row.getLong("id"), row.getLong("contact_id"));
                });
        return found;
    }

    private static MergeRecord merge(ResultSet row) throws SQLException {
        double logOdds = row.getDouble("log_odds");
        boolean scored = !row.wasNull();
        return new MergeRecord(
                row.getLong("id"),
                row.getLong("survivor"),
                row.getLong("merged"),
                row.getString("by_name"),
                row.getObject("merged_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                scored ? logOdds : null,
                row.getString("undone_by_name"),
                moment(row, "undone_at"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
