package org.postbag.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.postbag.search.SearchIndex.Refused;
import org.postbag.search.SearchIndex.Removal;

/**
 * Takes index work, writes the documents as their rows are now, and deletes a piece of work only when the engine is durable and its version has not
 * moved. Whatever is cut off between any two steps is done again with the same end. One at a time: it works while its connection holds the lock.
 */
final class Drainer {

    static final int TAKEN_MAX = 1_000;

    /** Few enough that whoever waits to find a new item doesn't notice. */
    static final int DATES_MAX = 300;

    private final Connection connection;
    private final SearchIndex index;

    private Drainer(Connection connection, SearchIndex index) {
        this.connection = connection;
        this.index = index;
    }

    /** @param connection one that holds {@link AdvisoryLock#DRAINING}, and commits by itself */
    static Drainer on(Connection connection, SearchIndex index) {
        return new Drainer(connection, index);
    }

    /**
     * What was done.
     *
     * @param taken pieces of work, clocks that moved among them
     * @param refused documents whose content the engine would not take
     */
    record Drained(int taken, List<Refused> refused) {}

    /** Does the oldest work, at most {@link #TAKEN_MAX} pieces; and where that is not all that it can do at once, lets some dates follow clocks that moved. */
    Drained drain() throws SQLException, IOException {
        var work = take();
        var moved = work.size() + DATES_MAX > TAKEN_MAX
                ? List.<MovedClocks.Part>of()
                : MovedClocks.next(connection, DATES_MAX);
        if (work.isEmpty() && moved.isEmpty()) {
            return new Drained(0, List.of());
        }
        var ids = new TreeSet<>(work.keySet());
        moved.forEach(part -> ids.addAll(part.enquiries()));
        var refused = write(ids);
        Faults.forget(connection, ids);
        Faults.record(connection, refused);
        finish(work);
        MovedClocks.done(connection, moved);
        return new Drained(work.size() + moved.size(), refused);
    }

    private Map<Long, Long> take() throws SQLException {
        var work = new HashMap<Long, Long>();
        try (var statement = connection.prepareStatement(
                        "select enquiry_id, version from index_work order by version limit " + TAKEN_MAX);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                work.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return work;
    }

    /**
     * The rows are read after the work was, so they are at least as new as its version says. What has no row any more is removed. Documents carry a
     * version that is drawn before their rows are read: of two drainers the one that read later wins, should one wake up after it lost its lock. (The
     * work's own version won't do: one that was drawn first may be inserted last.)
     */
    private List<Refused> write(Collection<Long> enquiryIds) throws SQLException, IOException {
        var drawn = draw(connection);
        var refused = new ArrayList<Refused>();
        var left = new TreeSet<>(enquiryIds);
        while (true) {
            var batch = Documents.of(connection, left);
            batch.documents().forEach(d -> left.remove(d.enquiryId()));
            var removals = batch.whole()
                    ? left.stream().map(id -> new Removal(id, drawn.version())).toList()
                    : List.<Removal>of();
            var documents = batch.withVersion(drawn.version(), drawn.at()).documents();
            var notTaken = index.write(documents, removals);
            if (!notTaken.isEmpty()) {
                index.write(Faults.withoutContent(documents, notTaken), List.of());
                refused.addAll(notTaken);
            }
            if (batch.whole()) {
                return refused;
            }
        }
    }

    /** A version that nobody has, and when it was drawn. */
    record Drawn(long version, Instant at) {}

    static Drawn draw(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select nextval('index_version'), clock_timestamp()");
                var row = statement.executeQuery()) {
            row.next();
            return new Drawn(
                    row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
        }
    }

    /** Work that somebody is changing at this moment is left: its version moves. */
    private void finish(Map<Long, Long> work) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with done as (
                    select w.enquiry_id from index_work w
                      join unnest(?::bigint[], ?::bigint[]) as d (enquiry_id, version)
                        on d.enquiry_id = w.enquiry_id and d.version = w.version
                     order by w.enquiry_id for update of w skip locked)
                delete from index_work w using done where w.enquiry_id = done.enquiry_id""")) {
            var ids = new ArrayList<>(work.keySet());
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", ids.stream().map(work::get).toArray()));
            statement.executeUpdate();
        }
    }
}
