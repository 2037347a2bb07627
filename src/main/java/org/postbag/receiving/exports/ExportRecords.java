package org.postbag.receiving.exports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.postbag.receiving.HeldExport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of each export, and which receipt each of its rows became. */
class ExportRecords {

    private static final int HELD_MAX = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    ExportRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param repeat whether an export of the same content was taken before */
    record Taking(long id, boolean repeat) {}

    /** A row of an export that is durable. */
    record Row(int number, String receiptId, boolean known) {}

    /** An export that is held, with where it came from. */
    record Held(long id, String contentHash, String folder, String fileName) {}

    /** When an export came that is being taken or held; now where there is none such. */
    Instant came(String hash) {
        return jdbc.sql("select received_at from export_file where content_hash = ? and state in ('taking', 'held')")
                .param(hash)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant)
                .orElseGet(clock::instant);
    }

    /** Begins to take an export, or goes on where a crash or a hold ended it. */
    Taking begin(String hash, String route, String profile, String folder, String fileName, Instant came) {
        long id = jdbc.sql("""
                        insert into export_file (content_hash, route, profile, folder, file_name, state, received_at)
                        values (?, ?, ?, ?, ?, 'taking', ?)
                        on conflict (content_hash) where state in ('taking', 'held') do update
                        set route = excluded.route, profile = excluded.profile, folder = excluded.folder,
                            file_name = excluded.file_name, state = 'taking', difference = null
                        returning id
                        """)
                .params(hash, route, profile, folder, fileName, came.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        boolean repeat = jdbc.sql("select exists (select from export_file where content_hash = ? and state = 'taken')")
                .param(hash)
                .query(Boolean.class)
                .single();
        return new Taking(id, repeat);
    }

    /** A row that is there already keeps what was first known of it: it is read again after a crash. */
    void add(long id, List<Row> rows) {
        jdbc.sql("""
                        insert into export_row (export_file_id, number, receipt_id, known)
                        select ?, r.* from unnest(?::integer[], ?::text[], ?::boolean[]) r
                        on conflict (export_file_id, number) do nothing
                        """)
                .param(id)
                .param(rows.stream().map(Row::number).toArray(Integer[]::new))
                .param(rows.stream().map(Row::receiptId).toArray(String[]::new))
                .param(rows.stream().map(Row::known).toArray(Boolean[]::new))
                .update();
    }

    void taken(long id, int rows, String notes) {
        jdbc.sql("update export_file set state = 'taken', rows = ?, difference = nullif(?, '') where id = ?")
                .params(rows, notes, id)
                .update();
    }

    void held(long id, String reason) {
        jdbc.sql("update export_file set state = 'held', difference = ? where id = ?")
                .params(reason, id)
                .update();
    }

    /** Forgets the taking of a file that went on changing: it comes again under another hash. */
    void forget(long id) {
        jdbc.sql("delete from export_file where id = ? and state = 'taking'")
                .param(id)
                .update();
    }

    List<HeldExport> held() {
        return jdbc.sql("""
                        select id, file_name, route, profile, difference, received_at
                        from export_file where state = 'held' order by received_at, id limit ?
                        """).param(HELD_MAX).query(ExportRecords::heldExport).list();
    }

    private static HeldExport heldExport(ResultSet row, int n) throws SQLException {
        return new HeldExport(
                row.getLong("id"),
                row.getString("file_name"),
                row.getString("route"),
                row.getString("profile"),
                row.getString("difference"),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }

    /** Locks an export that is held until the caller's transaction ends. */
    Optional<Held> lockHeld(long id) {
        return jdbc.sql("""
                        select id, content_hash, folder, file_name
                        from export_file where id = ? and state = 'held' for update
                        """)
                .param(id)
                .query((row, n) -> new Held(
                        row.getLong("id"),
                        row.getString("content_hash"),
                        row.getString("folder"),
                        row.getString("file_name")))
                .optional();
    }

    /** An export that was taken. */
    record Taken(long id, String contentHash, String profile, String fileName, Instant came) {}

    /** Those of a route that came on these days (UTC), in order. */
    List<Taken> taken(String route, LocalDate first, LocalDate last) {
        return jdbc.sql("""
                        select id, content_hash, profile, file_name, received_at from export_file
                        where route = ? and state = 'taken' and received_at >= ? and received_at < ? order by id
                        """)
                .params(
                        route,
                        first.atStartOfDay().atOffset(ZoneOffset.UTC),
                        last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Taken(
                        row.getLong("id"),
                        row.getString("content_hash"),
                        row.getString("profile"),
                        row.getString("file_name"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    List<Long> heldBefore(Instant limit) {
        return jdbc.sql("select id from export_file where state = 'held' and received_at < ? order by id limit ?")
                .params(limit.atOffset(ZoneOffset.UTC), HELD_MAX)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    void discarded(long id) {
        jdbc.sql("update export_file set state = 'discarded' where id = ?")
                .param(id)
                .update();
    }
}
