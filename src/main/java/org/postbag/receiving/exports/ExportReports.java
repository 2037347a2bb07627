package org.postbag.receiving.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.postbag.receiving.ListFigures;
import org.postbag.receiving.exports.ExportReport.Counts;
import org.postbag.receiving.exports.ExportReport.Export;
import org.postbag.receiving.exports.ExportReport.Line;
import org.postbag.receiving.exports.ExportReport.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes, beside the folder that an export came from, what became of its rows, once all of them are decided. What it counts as filed, known and in
 * quarantine adds up to the rows. It names rows and reasons, nobody.
 */
class ExportReports {

    private static final Logger LOG = LoggerFactory.getLogger(ExportReports.class);
    private static final int EXPORTS_AT_ONCE_MAX = 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ListFigures figures;
    private final Clock clock;

    ExportReports(JdbcClient jdbc, TransactionTemplate transaction, ListFigures figures, Clock clock) {
        this.jdbc = jdbc;
        this.figures = figures;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT2S")
    void writeDue() {
        for (long id : due()) {
            try {
                transaction.executeWithoutResult(status -> write(id));
            } catch (UncheckedIOException away) {
                LOG.warn("The report on export {} can't be written yet: its folder is away", id);
            }
        }
    }

    private List<Long> due() {
        return jdbc.sql("""
                        select id from export_file e
                        where state = 'taken' and reported_at is null and not exists (
                            select from export_row r left join receipt on receipt.id = r.receipt_id
                            where r.export_file_id = e.id and not r.known
                              and (receipt.state is null or receipt.state = 'waiting'))
                        order by id limit ?
                        """)
                .param(EXPORTS_AT_ONCE_MAX)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    private void write(long id) {
        var locked = jdbc.sql("""
                        select id, content_hash, folder, file_name, profile, rows, difference, (
                            select count(*) from export_file before
                            where before.folder = e.folder and before.file_name = e.file_name
                              and before.rows is not null and before.id < e.id) as place
                        from export_file e
                        where id = ? and reported_at is null
                        for update skip locked
                        """).param(id).query((row, n) -> export(row)).optional();
        if (locked.isEmpty()) {
            return;
        }
        var counts = counts(id);
        if (counts.undecided() > 0
                || locked.get().figures().isPresent()
                        && isAfterUndecided(locked.get().id())) {
            return;
        }
        try {
            var export = locked.get();
            new ExportReport(export, counts, quarantined(id), known(id)).write(clock.instant());
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
        jdbc.sql("update export_file set reported_at = ? where id = ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), id)
                .update();
        jdbc.sql("delete from export_row where export_file_id = ?").param(id).update();
    }

    private Export export(ResultSet row) throws SQLException {
        var profile = row.getString("profile");
        var found = figures.of(profile, row.getString("content_hash"));
        return new Export(
                row.getLong("id"),
                row.getString("folder"),
                row.getString("file_name"),
                row.getInt("rows"),
                row.getString("difference"),
                row.getInt("place"),
                Words.of(profile, found.isPresent()),
                found);
    }

    /** What a list changed is told once those that were taken before it are filed. */
    private boolean isAfterUndecided(long id) {
        return jdbc.sql("""
                        select exists (select from export_file e join export_file before on before.profile = e.profile and before.id < e.id
                            where e.id = ? and before.state in ('taking', 'taken') and before.reported_at is null)
                        """).param(id).query(Boolean.class).single();
    }

    private Counts counts(long id) {
        return jdbc.sql("""
                        select count(*) filter (where not known and (state is null or state = 'waiting')) as undecided,
                               count(*) filter (where not known and state in ('filed', 'erased')) as filed,
                               count(*) filter (where known) as known,
                               count(*) filter (where not known and state in ('quarantined', 'discarded')) as quarantined
                        from export_row r left join receipt on receipt.id = r.receipt_id
                        where export_file_id = ?
                        """)
                .param(id)
                .query((row, n) -> new Counts(
                        row.getInt("undecided"), row.getInt("filed"), row.getInt("known"), row.getInt("quarantined")))
                .single();
    }

    private List<Line> quarantined(long id) {
        return jdbc.sql("""
                        select number, ': ' || coalesce(q.reason, 'quarantined') as text
                        from export_row r
                        join receipt on receipt.id = r.receipt_id
                        left join quarantine q on q.receipt_id = r.receipt_id
                        where export_file_id = ? and not known and state in ('quarantined', 'discarded')
                        order by number limit ?
                        """)
                .params(id, ExportReport.LISTED_MAX)
                .query((row, n) -> new Line(row.getInt("number"), row.getString("text")))
                .list();
    }

    private List<Line> known(long id) {
        return jdbc.sql("""
                        select number, '' as text from export_row where export_file_id = ? and known
                        order by number limit ?
                        """)
                .params(id, ExportReport.LISTED_MAX)
                .query((row, n) -> new Line(row.getInt("number"), row.getString("text")))
                .list();
    }
}
