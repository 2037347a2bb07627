package org.postbag.receiving.exports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.ExportRow.Fault;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Field;
import org.postbag.receiving.exports.Lines.Line;

/**
 * Cuts text with a delimiter (RFC 4180) into rows. A row that isn't sound costs only itself: where a quotation mark is never closed, its line alone is
 * damaged and cutting goes on with the next.
 */
final class CsvCutter implements RowCutter {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int HEADER_LINES_MAX = 20;
    private static final int ROW_LINES_MAX = 500;
    private static final int ROW_CHARACTERS_MAX = 1_000_000;

    private final Lines lines;
    private final Profile profile;
    private final Header header;
    private final char delimiter;
    private int number;

    private CsvCutter(Lines lines, Profile profile, Header header, char delimiter) {
        this.lines = lines;
        this.profile = profile;
        this.header = header;
        this.delimiter = delimiter;
    }

    /** Finds the header, and with it the delimiter. @throws BrokenExport if there is none that fits the profile; the reason names the columns */
    static CsvCutter open(Path file, Profile profile) throws IOException {
        var lines = Lines.open(file, profile.encodings());
        try {
            return open(lines, profile);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private static CsvCutter open(Lines lines, Profile profile) throws IOException {
        var first = new ArrayList<Line>();
        while (first.size() < HEADER_LINES_MAX) {
            var line = lines.next();
            if (line == null) {
                break;
            }
            first.add(line);
        }
        if (first.stream().allMatch(line -> line.text().isBlank())) {
            throw new BrokenExport("The file is empty");
        }
        if (!profile.headings().isEmpty()) {
            return withoutHeader(lines, first, profile);
        }
        var closest = new HeaderMatch.Difference("", -1);
        for (int at = 0; at < first.size(); at++) {
            for (char delimiter : delimiters(profile)) {
                var cells = cells(first.get(at).text(), delimiter);
                switch (cells.map(c -> Header.match(c, profile)).orElse(closest)) {
                    case Header header -> {
                        lines.pushBack(first.subList(at + 1, first.size()));
                        return new CsvCutter(lines, profile, header, delimiter).noneBefore(first.subList(0, at));
                    }
                    case HeaderMatch.Difference difference ->
                        closest = difference.matched() > closest.matched() ? difference : closest;
                }
            }
        }
        throw new BrokenExport(
                "The columns don't match the profile %s: %s".formatted(profile.name(), closest.text()),
                closest.matched());
    }

    /** A title may stand above the header, but a row there would be lost. */
    private CsvCutter noneBefore(List<Line> skipped) throws BrokenExport {
        if (skipped.stream().anyMatch(line -> isRowByItself(line.text()))) {
            throw new BrokenExport("There are rows above the header");
        }
        return this;
    }

    private static CsvCutter withoutHeader(Lines lines, List<Line> first, Profile profile) throws BrokenExport {
        int columns = profile.headings().size();
        for (char delimiter : delimiters(profile)) {
            if (Header.match(profile.headings(), profile) instanceof Header header) {
                var cutter = new CsvCutter(lines, profile, header, delimiter);
                // A damaged row is no reason to hold the others, and rows of something else are no rows.
                if (first.stream().anyMatch(line -> cutter.isRowByItself(line.text()))) {
                    lines.pushBack(first);
                    return cutter;
                }
            }
        }
        throw new BrokenExport(
                "The columns don't match the profile %s: it has %d with a time in them, and none of the first rows has"
                        .formatted(profile.name(), columns));
    }

    private static char[] delimiters(Profile profile) {
        return profile.delimiter() == null ? DELIMITERS : new char[] {profile.delimiter()};
    }

    @Override
    public @Nullable CutRow next() throws IOException {
        for (var line = lines.next(); line != null; line = lines.next()) {
            var row = line.text().isBlank() ? null : cut(line);
            if (row != null
                    && !(row instanceof ExportRow.Whole whole && whole.cells().isEmpty())) {
                return new CutRow(++number, row);
            }
        }
        return null;
    }

    @Override
    public String notes() {
        return header.notes();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private ExportRow cut(Line line) throws IOException {
        if (opensQuote(line.text(), false)) {
            return cutOverLines(line);
        }
        var text = line.text();
        return cells(text, delimiter)
                .map(cells -> header.row(cells, text))
                .orElseGet(() -> new ExportRow.Damaged(
                        Fault.TEXT_AFTER_QUOTE, count(text), header.names().size(), text));
    }

    /** A cell may hold line ends in quotation marks. It is believed only if they close, the row is then sound, and no line in it is a row by itself. */
    private ExportRow cutOverLines(Line first) throws IOException {
        var taken = new ArrayList<Line>();
        var text = new StringBuilder(first.text());
        var end = first.end();
        boolean open = true;
        while (open && taken.size() < ROW_LINES_MAX && text.length() < ROW_CHARACTERS_MAX) {
            var line = lines.next();
            if (line == null) {
                break;
            }
            taken.add(line);
            if (isRowByItself(line.text())) {
                break;
            }
            text.append(end).append(line.text());
            end = line.end();
            open = opensQuote(line.text(), true);
        }
        var cells = open ? Optional.<List<String>>empty() : cells(text.toString(), delimiter);
        if (cells.isPresent()) {
            return header.row(cells.get(), text.toString());
        }
        lines.pushBack(taken);
        return new ExportRow.Damaged(
                Fault.UNCLOSED_QUOTE, count(first.text()), header.names().size(), first.text());
    }

    /** Read as loosely as can be, since its own quotation marks may be wrong too. */
    private boolean isRowByItself(String line) {
        if (line.isBlank()) {
            return false;
        }
        var cells = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(true)
                .ofSingleCsvRecord(line)
                .getFields();
        return cells.size() == header.names().size()
                && profile.time(profile.value(Field.WHEN, header.whole(cells))).isPresent();
    }

    /** Whether a quotation mark is open at the end of a line. One opens only at the start of a cell; two within stand for one. */
    private boolean opensQuote(String line, boolean openBefore) {
        boolean open = openBefore;
        boolean cellStarts = !openBefore;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (open) {
                if (c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    i++;
                } else if (c == '"') {
                    open = false;
                }
            } else {
                open = c == '"' && cellStarts;
                cellStarts = c == delimiter;
            }
        }
        return open;
    }

    private int count(String text) {
        return (int) text.chars().filter(c -> c == delimiter).count() + 1;
    }

    /** The cells of one row; empty where its quotation marks aren't sound. */
    private static Optional<List<String>> cells(String text, char delimiter) {
        try {
            return Optional.of(CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .allowExtraCharsAfterClosingQuote(false)
                    .allowUnclosedQuote(false)
                    .ofSingleCsvRecord(text)
                    .getFields());
        } catch (CsvParseException notSound) {
            return Optional.empty();
        }
    }
}
