package org.postbag.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the record knows of enquiries beside what they say.
 *
 * @param waiting those with work of their own, or of a clock that moved: the index follows
 * @param refused those whose content an engine would not take
 */
record WaitingWork(Set<Long> waiting, Set<Long> refused) {

    /** Versions that are passed over when the index is ahead, for those that others draw meanwhile. */
    private static final long VERSIONS_PASSED = 1_000_000;

    static WaitingWork of(Connection connection, Collection<Long> enquiryIds) throws SQLException {
        return new WaitingWork(
                ids(connection, """
                select id from unnest(?::bigint[]) as asked (id)
                 where exists (select from index_work w where w.enquiry_id = asked.id)
                    or exists (select from enquiry e join clock_work k on k.kind = 'thread' and k.id = e.thread_id where e.id = asked.id)
                    or exists (select from enquiry e join contact c on c.id = e.contact_id
                                cross join lateral family_of(coalesce(c.merged_into, c.id)) f
                                join clock_work k on k.kind = 'contact' and k.id = f.id
                                where e.id = asked.id)""", enquiryIds),
                ids(connection, "select enquiry_id from index_fault where enquiry_id = any(?)", enquiryIds));
    }

    private static Set<Long> ids(Connection connection, String sql, Collection<Long> enquiryIds) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("bigint", enquiryIds.toArray()));
            return new HashSet<>(ids(statement));
        }
    }

    private static List<Long> ids(PreparedStatement statement) throws SQLException {
        var ids = new ArrayList<Long>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    /** How many enquiries there are. */
    static long filed(Connection connection) throws SQLException {
        return filedUpTo(connection, Long.MAX_VALUE);
    }

    static long filedUpTo(Connection connection, long enquiryId) throws SQLException {
        try (var statement = connection.prepareStatement("select count(*) from enquiry where id <= ?")) {
            statement.setLong(1, enquiryId);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The next enquiries that are to be found, in order of id. */
    static List<Long> filedAfter(Connection connection, long enquiryId, int max) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select e.id from enquiry e join contact c on c.id = e.contact_id
                 where e.id > ? and c.erased_at is null order by e.id limit ?""")) {
            statement.setLong(1, enquiryId);
            statement.setInt(2, max);
            return ids(statement);
        }
    }

    /** No document can have been written under a higher one, unless the record is an older one that was restored. */
    static long newestVersion(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select last_value from index_version");
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Versions go on above one that the index has. */
    static void passVersion(Connection connection, long version) throws SQLException {
        if (version > newestVersion(connection)) {
            try (var statement = connection.prepareStatement("select setval('index_version', ?)")) {
                statement.setLong(1, version + VERSIONS_PASSED);
                statement.execute();
            }
        }
    }
}
