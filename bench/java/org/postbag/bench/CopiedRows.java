package org.postbag.bench;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * The peer of recording: {@code COPY} of the rows that recording wrote, into tables with the same columns, checks and indexes (but no foreign keys), as many
 * connections at once and as many items a commit as filing has.
 */
public final class CopiedRows {

    private static final String SCHEMA = "bench";

    /** Which rows of each table came last: those past a mark in the ids of its kind. */
    private static final Map<String, String> NEW_ROWS = newRows();

    private final Program program;
    private final int consumers;
    private final int batch;

    public CopiedRows(Program program, int consumers, int batch) throws SQLException {
        this.program = program;
        this.consumers = consumers;
        this.batch = batch;
        try (var owner = program.owner();
                var statement = owner.createStatement()) {
            statement.execute("create schema " + SCHEMA);
            for (var table : NEW_ROWS.keySet()) {
                statement.execute("create table %s.%s (like %s including all)".formatted(SCHEMA, table, table));
            }
        }
    }

    /** How far the ids are. */
    public record Marks(long enquiry, long contact, long identifier, long thread, long event) {}

    public Marks marks() throws SQLException {
        try (var owner = program.owner();
                var statement = owner.createStatement();
                var row = statement.executeQuery("""
                        select (select coalesce(max(id), 0) from enquiry), (select coalesce(max(id), 0) from contact),
                               (select coalesce(max(id), 0) from identifier), (select coalesce(max(id), 0) from thread),
                               (select coalesce(max(id), 0) from audit_event)""")) {
            row.next();
            return new Marks(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
        }
    }

    /** The rows that were written since, as COPY gives them: for each batch, its share of each table. */
    public List<Map<String, byte[]>> since(Marks marks, int items) throws Exception {
        int batches = Math.max(1, items / batch);
        var shares = new ArrayList<Map<String, ByteArrayOutputStream>>();
        for (int i = 0; i < batches; i++) {
            shares.add(new LinkedHashMap<>());
        }
        try (var owner = program.owner()) {
            for (var table : NEW_ROWS.entrySet()) {
                var rows = rows(owner, table.getKey(), condition(table.getValue(), marks));
                for (int i = 0; i < rows.size(); i++) {
                    shares.get((int) ((long) i * batches / rows.size()))
                            .computeIfAbsent(table.getKey(), _ -> new ByteArrayOutputStream())
                            .writeBytes(rows.get(i));
                }
            }
        }
        return shares.stream()
                .map(share -> {
                    Map<String, byte[]> bytes = new LinkedHashMap<>();
                    share.forEach((table, rows) -> bytes.put(table, rows.toByteArray()));
                    return bytes;
                })
                .toList();
    }

    public List<Connection> connections() throws SQLException {
        var connections = new ArrayList<Connection>();
        for (int i = 0; i < consumers; i++) {
            connections.add(program.owner());
        }
        return connections;
    }

    /** Each batch in a transaction of its own. */
    public void copy(List<Map<String, byte[]>> batches, List<Connection> connections) throws Exception {
        var next = new java.util.concurrent.atomic.AtomicInteger();
        Parallel.each(connections, connections.size(), connection -> {
            connection.setAutoCommit(false);
            for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
                for (var table : batches.get(i).entrySet()) {
                    var into = connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy %s.%s from stdin".formatted(SCHEMA, table.getKey()));
                    into.writeToCopy(table.getValue(), 0, table.getValue().length);
                    into.endCopy();
                }
                connection.commit();
            }
            return connection;
        });
    }

    private static List<byte[]> rows(Connection owner, String table, String condition) throws SQLException {
        var out = owner.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select * from %s where %s) to stdout".formatted(table, condition));
        var rows = new ArrayList<byte[]>();
        for (var row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            rows.add(row);
        }
        return rows;
    }

    private static String condition(String form, Marks marks) {
        return form.formatted(marks.enquiry(), marks.contact(), marks.identifier(), marks.thread(), marks.event());
    }

    private static Map<String, String> newRows() {
        var tables = new LinkedHashMap<String, String>();
        tables.put("receipt", "id in (select receipt_id from enquiry where id > %1$d)");
        tables.put("contact", "id > %2$d");
        tables.put("identifier", "id > %3$d");
        tables.put("identifier_use", "contact_id > %2$d");
        tables.put("thread", "id > %4$d");
        tables.put("thread_key", "thread_id > %4$d");
        tables.put("enquiry", "id > %1$d");
        tables.put("claim", "enquiry_id > %1$d");
        tables.put("attachment", "enquiry_id > %1$d");
        tables.put("audit_event", "id > %5$d");
        tables.put("index_work", "enquiry_id > %1$d");
        return tables;
    }
}
