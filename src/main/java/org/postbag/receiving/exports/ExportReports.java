package org.postbag.receiving.exports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ListFigures;
import org.postbag.receiving.ListFigures.Figures;
import org.postbag.staff.UkTime;
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
    /** What stands for a profile where files are letters: they have none. */
    private static final String LETTERS_PROFILE = "letters";

    private static final int EXPORTS_AT_ONCE_MAX = 20;
    private static final int LISTED_MAX = 10_000;
    private static final int NAME_CHARACTERS_MAX = 150;

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

    record Export(
            long id,
            String folder,
            String fileName,
            int rows,
            @Nullable String notes,
            int place,
            Words words,
            Optional<Figures> figures) {}

    /** What the items of a file are called. */
    enum Words {
        CALLS(
                "export",
                "Rows:          ",
                "row",
                "Rows are counted from 1 for the first one after the header; empty rows are not counted."),
        LIST("list", CALLS.count, CALLS.item, CALLS.counting),
        LETTERS("batch", "Letters:       ", "letter", "Letters are counted from 1 in the order of their pages.");

        private final String file;
        private final String count;
        private final String item;
        private final String counting;

        Words(String file, String count, String item, String counting) {
            this.file = file;
            this.count = count;
            this.item = item;
            this.counting = counting;
        }

        static Words of(String profile, boolean list) {
            return profile.equals(LETTERS_PROFILE) ? LETTERS : list ? LIST : CALLS;
        }
    }

    record Counts(int undecided, int filed, int known, int quarantined) {}

    private record Line(int number, String text) {}

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
            write(locked.get(), counts);
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

    private void write(Export export, Counts counts) throws IOException {
        var folder = Path.of(export.folder()).resolve("reports");
        Files.createDirectories(folder);
        var name = reportName(export);
        var part = folder.resolve("." + name + ".part");
        try (var out = Files.newBufferedWriter(part)) {
            write(out, export, counts);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(BufferedWriter out, Export export, Counts counts) throws IOException {
        out.write("""
                Report on the %s %s
                Written on %s

                %s%d
                Filed:         %d
                Known already: %d
                In quarantine: %d

                %s
                """.formatted(
                        export.words().file,
                        shown(export.fileName()),
                        UkTime.dateTime(clock.instant()),
                        export.words().count,
                        export.rows(),
                        counts.filed(),
                        counts.known(),
                        counts.quarantined(),
                        export.words().counting));
        if (export.figures().isPresent()) {
            write(out, export.figures().get());
        }
        if (export.notes() != null) {
            out.write("\n" + export.notes() + "\n");
        }
        list(out, export, "In quarantine, where staff see them:", quarantined(export.id()), counts.quarantined());
        list(
                out,
                export,
                "Known already, from this " + export.words().file + " or an earlier one; not filed again:",
                known(export.id()),
                counts.known());
    }

    private static void write(BufferedWriter out, Figures figures) throws IOException {
        out.write("""

                New:              %d
                Changed:          %d
                Unchanged:        %d
                %s %d

                The list was seen on %s%s.
                Who changed, and how, stands on the page Contacts, Public lists.
                """.formatted(
                        figures.fresh(),
                        figures.changed(),
                        figures.unchanged(),
                        figures.isPartial() ? "Missing:         " : "No longer listed:",
                        figures.gone(),
                        UkTime.date(figures.day()),
                        figures.before() == null
                                ? "; none of this source was before it"
                                : "; the one before it on " + UkTime.date(figures.before())));
        if (figures.isPartial()) {
            out.write("""

                    A quarter or more of the list before is missing, so this one is probably incomplete.
                    Nobody counts as no longer listed until a later list lacks them too.
                    """);
        }
    }

    private static void list(BufferedWriter out, Export export, String title, List<Line> lines, int count)
            throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        out.write("\n" + title + "\n");
        for (var line : lines) {
            out.write("  " + export.words().item + " " + line.number() + line.text() + "\n");
        }
        if (count > LISTED_MAX) {
            out.write("  and " + (count - LISTED_MAX) + " more\n");
        }
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
                .params(id, LISTED_MAX)
                .query((row, n) -> new Line(row.getInt("number"), row.getString("text")))
                .list();
    }

    private List<Line> known(long id) {
        return jdbc.sql("""
                        select number, '' as text from export_row where export_file_id = ? and known
                        order by number limit ?
                        """)
                .params(id, LISTED_MAX)
                .query((row, n) -> new Line(row.getInt("number"), row.getString("text")))
                .list();
    }

    private static String reportName(Export export) {
        var place = export.place() == 0 ? "" : "-" + (export.place() + 1);
        return shown(export.fileName()) + place + ".report.txt";
    }

    /** A file's name can hold anything: ends of lines, marks that turn the direction of writing, folders on another system. */
    static String shown(String fileName) {
        var shown = fileName.replaceAll("[^\\p{L}\\p{M}\\p{N} ._()+-]", "_").replaceAll("^\\.+", "_");
        return shown.length() > NAME_CHARACTERS_MAX ? shown.substring(0, NAME_CHARACTERS_MAX) : shown;
    }
}
