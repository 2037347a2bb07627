package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Splitting.Line;
import org.postbag.contacts.Splitting.MoveRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of what was moved between contacts, and the rows that move. */
final class MoveTables {

    private static final String MOVES =
            """
            select m.*, %s as by_name, %s as undone_by_name,
                (select count(*) from moved_enquiry e where e.move_id = m.id) as enquiries,
                (select count(*) from moved_use u where u.move_id = m.id) as identifiers
            from move m
            """.formatted(MergeTables.NAME_OF.formatted("m.moved_by"), MergeTables.NAME_OF.formatted("m.undone_by"));

    private final JdbcClient jdbc;

    MoveTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(
            long from,
            long to,
            boolean makes,
            @Nullable Long mergeId,
            @Nullable String reason,
            String actor,
            Instant now) {
        return jdbc.sql("""
                        insert into move (from_contact, to_contact, makes, merge_id, moved_by, moved_at, reason)
                        values (:from, :to, :makes, :merge, :by, :now::timestamptz, :reason) returning id
                        """)
                .param("from", from)
                .param("to", to)
                .param("makes", makes)
                .param("merge", mergeId)
                .param("by", actor)
                .param("now", now.toString())
                .param("reason", reason)
                .query(Long.class)
                .single();
    }

    void keep(long moveId, Collection<Long> enquiryIds, Collection<Long> identifierIds) {
        jdbc.sql("insert into moved_enquiry select :move, id from unnest(:ids::bigint[]) as id order by id")
                .param("move", moveId)
                .param("ids", enquiryIds.toArray(Long[]::new))
                .update();
        jdbc.sql("insert into moved_use select :move, id from unnest(:ids::bigint[]) as id order by id")
                .param("move", moveId)
                .param("ids", identifierIds.toArray(Long[]::new))
                .update();
    }

    void end(long moveId, String actor, Instant now) {
        jdbc.sql("update move set undone_by = :by, undone_at = :now::timestamptz where id = :id")
                .param("by", actor)
                .param("now", now.toString())
                .param("id", moveId)
                .update();
    }

    Optional<MoveRecord> byId(long moveId) {
        return jdbc.sql(MOVES + "where m.id = :id")
                .param("id", moveId)
                .query((row, n) -> move(row))
                .optional();
    }

    List<MoveRecord> of(Collection<Long> contactIds) {
        return jdbc.sql(
                        MOVES
                                + "where m.from_contact = any(:ids::bigint[]) or m.to_contact = any(:ids::bigint[]) order by m.id desc")
                .param("ids", contactIds.toArray(Long[]::new))
                .query((row, n) -> move(row))
                .list();
    }

    /** What was moved with the end of a merge and stands. */
    List<MoveRecord> ofMerge(long mergeId) {
        return jdbc.sql(MOVES + "where m.merge_id = :merge and m.undone_at is null order by m.id")
                .param("merge", mergeId)
                .query((row, n) -> move(row))
                .list();
    }

    /** Whether a contact was split from this one that stands. */
    boolean isSplit(long contactId) {
        return jdbc.sql("select count(*) from move where from_contact = :id and makes and undone_at is null")
                        .param("id", contactId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Those of the moved enquiries that are still where they were moved to. */
    List<Long> movedThere(MoveRecord move) {
        return jdbc.sql("""
                        select e.id from moved_enquiry m join enquiry e on e.id = m.enquiry_id
                        where m.move_id = :move and e.contact_id = :to order by e.id
                        """)
                .param("move", move.id())
                .param("to", move.to())
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Locks the entries in public lists, then the identifiers, in the order in which filing does. */
    void lock(Collection<Long> contactIds, Collection<Long> identifierIds) {
        jdbc.sql("""
                        select id from register_entry where contact_id = any(:ids::bigint[]) order by profile, key collate "C" for update
                        """)
                .param("ids", contactIds.toArray(Long[]::new))
                .query((row, n) -> n)
                .list();
        jdbc.sql("""
                        select id from identifier where id = any(:ids::bigint[])
                        order by kind collate "C", value collate "C" for no key update
                        """)
                .param("ids", identifierIds.toArray(Long[]::new))
                .query((row, n) -> n)
                .list();
    }

    List<Long> identifiersOf(long contactId) {
        return longs("select identifier_id from identifier_use where contact_id = :id order by 1", contactId);
    }

    List<Long> enquiriesOf(long contactId) {
        return longs("select id from enquiry where contact_id = :id order by 1", contactId);
    }

    private List<Long> longs(String sql, long contactId) {
        return jdbc.sql(sql)
                .param("id", contactId)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** The contact's enquiries that came by these identifiers. */
    Set<Long> by(Collection<Long> identifierIds, long contactId) {
        return Set.copyOf(
                jdbc.sql("select id from enquiry where contact_id = :contact and identifier_id = any(:ids::bigint[])")
                        .param("contact", contactId)
                        .param("ids", identifierIds.toArray(Long[]::new))
                        .query((row, n) -> row.getLong(1))
                        .list());
    }

    List<Line> lines(long contactId, Collection<Long> identifierIds, int limit) {
        return jdbc.sql("""
                        select id, reference, received_at, channel, direction, subject, from_name, resolved_by,
                            coalesce(identifier_id = any(:ids::bigint[]), false) as follows
                        from enquiry where contact_id = :contact order by received_at desc, id desc limit :limit
                        """)
                .param("contact", contactId)
                .param("ids", identifierIds.toArray(Long[]::new))
                .param("limit", limit)
                .query((row, n) -> new Line(
                        row.getLong("id"),
                        row.getString("reference"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getString("channel"),
                        row.getString("direction"),
                        row.getString("subject"),
                        row.getString("from_name"),
                        row.getString("resolved_by"),
                        row.getBoolean("follows")))
                .list();
    }

    /** A contact like another, of which nothing is known yet. What staff said it is, the new one is until they say otherwise. */
    long make(long from, boolean identified, boolean sharedMailbox, Instant now) {
        return jdbc.sql("""
                        insert into contact (kind, category, identified, shared_mailbox, source, created_at, staff_set)
                        select kind, category, :identified, :shared, source, :now::timestamptz, array_remove(array_remove(staff_set, 'organisation'), 'writers')
                        from contact where id = :from returning id
                        """)
                .param("from", from)
                .param("identified", identified)
                .param("shared", sharedMailbox)
                .param("now", now.toString())
                .query(Long.class)
                .single();
    }

    /** Uses of identifiers, and the entries of public lists that these identifiers are the addresses of. One that is used there already goes. */
    void moveUses(Collection<Long> identifierIds, long from, long to) {
        var ids = identifierIds.toArray(Long[]::new);
        for (var sql : List.of(
                """
                delete from identifier_use u where u.contact_id = :from and u.identifier_id = any(:ids::bigint[])
                    and exists (select from identifier_use o where o.identifier_id = u.identifier_id and o.contact_id = :to)
                """,
                "update identifier_use set contact_id = :to where contact_id = :from and identifier_id = any(:ids::bigint[])",
                """
                update register_entry e set contact_id = :to where e.contact_id = :from and exists (
                    select from register_address a where a.receipt_id = e.latest and a.decides and a.identifier_id = any(:ids::bigint[]))
                """)) {
            jdbc.sql(sql).param("from", from).param("to", to).param("ids", ids).update();
        }
    }

    /** What is to be reviewed of one contact is to be reviewed of the other. */
    void moveReviews(long from, long to) {
        for (var sql : List.of("""
                insert into review (matter, subject_key, contact_id, raised_at, state, settled_by, settled_at)
                select matter, 'contact:' || :to::bigint, :to::bigint, raised_at, state, settled_by, settled_at from review where contact_id = :from order by id
                on conflict do nothing
                """, "delete from review where contact_id = :from and :to::bigint is not null")) {
            jdbc.sql(sql).param("from", from).param("to", to).update();
        }
    }

    void moveEntries(long from, long to) {
        jdbc.sql("update register_entry set contact_id = :to where contact_id = :from")
                .param("from", from)
                .param("to", to)
                .update();
    }

    private static MoveRecord move(ResultSet row) throws SQLException {
        var undoneAt = row.getObject("undone_at", OffsetDateTime.class);
        return new MoveRecord(
                row.getLong("id"),
                row.getLong("from_contact"),
                row.getLong("to_contact"),
                row.getBoolean("makes"),
                row.getString("by_name"),
                row.getObject("moved_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getLong("enquiries"),
                row.getLong("identifiers"),
                row.getString("undone_by_name"),
                undoneAt == null ? null : undoneAt.toInstant());
    }
}
