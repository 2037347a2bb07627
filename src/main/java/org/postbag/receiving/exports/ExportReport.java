package org.postbag.receiving.exports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ListFigures.Figures;
import org.postbag.staff.UkTime;

/**
 * The text of a report on one export, all of whose rows are decided. It names rows and reasons, nobody.
 *
 * @param quarantined the first of the rows in quarantine
 * @param known the first of those that were known already
 */
record ExportReport(Export export, Counts counts, List<Line> quarantined, List<Line> known) {

    /** How many rows of a kind a report lists. */
    static final int LISTED_MAX = 10_000;

    private static final int NAME_CHARACTERS_MAX = 150;

    /** What stands for a profile where files are letters: they have none. */
    private static final String LETTERS_PROFILE = "letters";

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

    record Line(int number, String text) {}

    void write(Instant now) throws IOException {
        var folder = Path.of(export.folder()).resolve("reports");
        Files.createDirectories(folder);
        var name = reportName();
        var part = folder.resolve("." + name + ".part");
        try (var out = Files.newBufferedWriter(part)) {
            write(out, now);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(BufferedWriter out, Instant now) throws IOException {
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
                        UkTime.dateTime(now),
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
        list(out, "In quarantine, where staff see them:", quarantined, counts.quarantined());
        list(
                out,
                "Known already, from this " + export.words().file + " or an earlier one; not filed again:",
                known,
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

    private void list(BufferedWriter out, String title, List<Line> lines, int count) throws IOException {
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

    private String reportName() {
        var place = export.place() == 0 ? "" : "-" + (export.place() + 1);
        return shown(export.fileName()) + place + ".report.txt";
    }

    /** A file's name can hold anything: ends of lines, marks that turn the direction of writing, folders on another system. */
    static String shown(String fileName) {
        var shown = fileName.replaceAll("[^\\p{L}\\p{M}\\p{N} ._()+-]", "_").replaceAll("^\\.+", "_");
        return shown.length() > NAME_CHARACTERS_MAX ? shown.substring(0, NAME_CHARACTERS_MAX) : shown;
    }
}
