package org.postbag.search;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Enquiries whose dates follow a clock that moved. Each is kept by the clock of its contact, or of its thread, never by both. */
final class MovedClocks {

    /** Clocks that are looked at together: most have a few enquiries. */
    private static final int CLOCKS_MAX = 100;

    private MovedClocks() {}

    /**
     * A clock's next enquiries.
     *
     * @param whole whether there are no more of them
     */
    record Part(String kind, long id, long version, List<Long> enquiries, boolean whole) {

        long last() {
            return enquiries.isEmpty() ? 0 : enquiries.getLast();
        }
    }

    /** Those that wait longest, with some more enquiries than {@code max} at most. */
    static List<Part> next(Connection connection, int max) throws SQLException {
        var parts = new ArrayList<Part>();
        try (var statement = connection.prepareStatement("""
                select k.kind, k.id, k.version, array(
                    select one.id from (
                        select e.id from enquiry e join contact_family f on f.contact_id = e.contact_id
                         where k.kind = 'contact' and e.id > k.reached and not f.per_thread
                           and e.contact_id in (select id from family_of((select coalesce(c.merged_into, c.id) from contact c where c.id = k.id)))
                        union all
                        select e.id from enquiry e join contact_family f on f.contact_id = e.contact_id
                         where k.kind = 'thread' and e.thread_id = k.id and e.id > k.reached and f.per_thread) one
                     order by one.id limit ?) as enquiries
                  from (select * from clock_work order by version limit ?) k
                 order by k.version""")) {
            statement.setInt(1, max);
            statement.setInt(2, CLOCKS_MAX);
            try (var rows = statement.executeQuery()) {
                int taken = 0;
                while (taken < max && rows.next()) {
                    var enquiries =
                            Arrays.asList((Long[]) rows.getArray("enquiries").getArray());
                    parts.add(new Part(
                            rows.getString("kind"),
                            rows.getLong("id"),
                            rows.getLong("version"),
                            enquiries,
                            enquiries.size() < max));
                    taken += enquiries.size();
                }
            }
        }
        return parts;
    }

    /** They have followed. A clock that somebody is moving at this moment is left: its version moves, and it begins anew. */
    static void done(Connection connection, List<Part> parts) throws SQLException {
        var whole = parts.stream().filter(Part::whole).toList();
        var begun = parts.stream().filter(part -> !part.whole()).toList();
        run(connection, whole, "delete from clock_work w using done d where w.kind = d.kind and w.id = d.id");
        run(
                connection,
                begun,
                "update clock_work w set reached = d.reached from done d where w.kind = d.kind and w.id = d.id");
    }

    private static void run(Connection connection, List<Part> parts, String what) throws SQLException {
        if (parts.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement("""
                with done as (
                    select w.kind, w.id, d.reached from clock_work w
                      join unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[]) as d (kind, id, version, reached)
                        on d.kind = w.kind and d.id = w.id and d.version = w.version
                     order by w.kind, w.id for update of w skip locked)
                """ + what)) {
            statement.setArray(1, array(connection, "text", parts, Part::kind));
            statement.setArray(2, array(connection, "bigint", parts, Part::id));
            statement.setArray(3, array(connection, "bigint", parts, Part::version));
            statement.setArray(4, array(connection, "bigint", parts, Part::last));
            statement.executeUpdate();
        }
    }

    private static Array array(Connection connection, String type, List<Part> parts, Function<Part, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, parts.stream().map(value).toArray());
    }
}
