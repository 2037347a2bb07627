package org.postbag.contacts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Which contacts are one, locked. */
@Component
class Families {

    /** How often a change is done again where it met filing or another change. */
    private static final int MEETINGS_MAX = 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Families(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @param mergedInto the contact under which it is shown, or null */
    record Member(
            long id, @Nullable Long mergedInto, @Nullable Instant erasedAt, int version) {

        long shown() {
            return mergedInto == null ? id : mergedInto;
        }
    }

    /** In a transaction of its own, again where it met another change. */
    <T> T change(Supplier<T> step) {
        for (int meeting = 1; ; meeting++) {
            try {
                return Objects.requireNonNull(transaction.<T>execute(status -> step.get()));
            } catch (ConcurrencyFailureException met) {
                if (meeting == MEETINGS_MAX) {
                    throw met;
                }
            }
        }
    }

    /** The contacts that are one with any of these, in order of id. */
    List<Long> members(Collection<Long> ids) {
        var shown = jdbc.sql("select distinct coalesce(merged_into, id) from contact where id = any(:ids::bigint[])")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
        return jdbc.sql(
                        "select id from contact where id = any(:shown::bigint[]) or merged_into = any(:shown::bigint[]) order by id")
                .param("shown", shown.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /**
     * Locks all that are one with any of these, in order of id.
     *
     * @throws CannotAcquireLockException if another change came between: it is to be done again
     */
    Map<Long, Member> lock(Collection<Long> ids) {
        var before = members(ids);
        var locked = new TreeMap<Long, Member>();
        jdbc.sql(
                        "select id, merged_into, erased_at, version from contact where id = any(:ids::bigint[]) order by id for update")
                .param("ids", before.toArray(Long[]::new))
                .query(row -> {
                    long into = row.getLong("merged_into");
                    boolean merged = !row.wasNull();
                    var erasedAt = row.getObject("erased_at", OffsetDateTime.class);
                    locked.put(
                            row.getLong("id"),
                            new Member(
                                    row.getLong("id"),
                                    merged ? into : null,
                                    erasedAt == null ? null : erasedAt.toInstant(),
                                    row.getInt("version")));
                });
        if (!members(ids).equals(before)) {
            throw new CannotAcquireLockException("Contacts were merged or parted while they were locked");
        }
        return locked;
    }

    /**
     * Makes {@code merged_into} of locked contacts what the merges that stand say: always the last of a chain.
     *
     * @param members all that were one so far, or become one
     */
    void settle(Collection<Long> members) {
        var into = new HashMap<Long, Long>();
        jdbc.sql("select merged, survivor from merge where merged = any(:ids::bigint[]) and undone_at is null")
                .param("ids", members.toArray(Long[]::new))
                .query(row -> {
                    into.put(row.getLong("merged"), row.getLong("survivor"));
                });
        var ids = new ArrayList<Long>();
        var shown = new ArrayList<@Nullable Long>();
        for (long id : new TreeSet<>(members)) {
            long last = id;
            while (into.containsKey(last)) {
                last = Objects.requireNonNull(into.get(last));
            }
            ids.add(id);
            shown.add(last == id ? null : last);
        }
        jdbc.sql("""
                        update contact c set merged_into = k.shown
                        from unnest(:ids::bigint[], :shown::bigint[]) as k(id, shown)
                        where c.id = k.id and c.merged_into is distinct from k.shown
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("shown", shown.toArray(Long[]::new))
                .update();
    }

    /** Pages that show them are out of date. */
    void touch(Collection<Long> ids) {
        jdbc.sql("update contact set version = version + 1 where id = any(:ids::bigint[])")
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /** Those of the members from which a contact is reached by merges that stand: the contact itself, and all that were merged into it before. */
    List<Long> below(long contactId) {
        return jdbc.sql("""
                        with recursive part as (
                            select :id::bigint as id
                            union
                            select m.merged from part join merge m on m.survivor = part.id and m.undone_at is null)
                        select id from part order by id
                        """)
                .param("id", contactId)
                .query((row, n) -> row.getLong(1))
                .list();
    }
}
