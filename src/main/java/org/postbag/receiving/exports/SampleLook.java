package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Field;
import org.postbag.receiving.TelephoneRegion;

/** Looks into an export before anyone said what its columns mean: which columns it has, and what stands in them. */
public final class SampleLook {

    /** The values of a column that are kept apart, and the rows that are looked at for them. */
    public static final int VALUES_MAX = 300;

    private static final int ROWS_MAX = 5_000;
    static final int COLUMNS_MAX = 1_000;
    private static final int SIGNATURE_BYTES = 8;
    private static final String EMPTY = "The file is empty";
    private static final String NO_TEXT =
            "The file can’t be read as text: it is no CSV, Excel (.xlsx) or JSON file, or is written in an encoding that is not known";
    private static final Pattern DATA = Pattern.compile("[0-9+(][0-9 ()./:,+TZ-]*|.*@.*|.*[0-9]{4,}.*");

    /** A profile that needs no column. */
    static final Profile ANY = probe(Hints.NONE, null, List.of());

    private SampleLook() {}

    /** What is known of the file, or was chosen. */
    public record Hints(
            List<Charset> encodings,
            @Nullable Character delimiter,
            Set<String> known,
            @Nullable Boolean headed) {

        public static final Hints NONE =
                new Hints(List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252")), null, Set.of(), null);

        /** @param known the names that the header is known by, as {@link Profile#key}s */
        public Hints {
            encodings = List.copyOf(encodings);
            known = Set.copyOf(known);
        }
    }

    /** What comes of it. */
    public sealed interface Look {

        /**
         * @param delimiter between cells; null where the file is no text with one
         * @param headed whether its first row names the columns
         * @param rows how many rows were looked at
         */
        record Columns(@Nullable Character delimiter, boolean headed, List<Column> columns, int rows) implements Look {

            public Columns {
                columns = List.copyOf(columns);
            }
        }

        /** @param reason why it can't be looked into, in words for staff without personal data */
        record Unfit(String reason) implements Look {}
    }

    /**
     * A column of the file.
     *
     * @param name as its heading says it, or by its place where it says nothing
     * @param twice whether another column has the same name, so that neither can be named
     * @param filled in how many rows it says something
     * @param values what it says, each once with how often, the most frequent first; at most {@link #VALUES_MAX}
     */
    public record Column(String name, boolean twice, int filled, Map<String, Integer> values) {

        /** Whether its heading is more likely somebody's number or address, and not to be shown to everyone. */
        public boolean isLikePersonalData() {
            return Header.isLikePersonalData(name);
        }
    }

    /** @throws IOException if the disk is away */
    public static Look at(Path file, Hints hints) throws IOException {
        byte[] first;
        try (var in = Files.newInputStream(file)) {
            first = in.readNBytes(SIGNATURE_BYTES);
        }
        try {
            if (JsonCutter.isJson(first)) {
                return rows(file, hints, null, List.of());
            }
            if (first.length > 1 && first[0] == 'P' && first[1] == 'K') {
                return spreadsheet(file, hints);
            }
            if (first.length > 1 && (first[0] & 0xFF) == 0xD0 && (first[1] & 0xFF) == 0xCF) {
                Cutters.open(file, probe(hints, ',', List.of())).close();
            }
            return text(file, hints);
        } catch (BrokenExport broken) {
            return new Look.Unfit(broken.reason());
        }
    }

    private static Look spreadsheet(Path file, Hints hints) throws IOException {
        var header = FirstRows.header(XlsxCutter.firstRows(file, FirstRows.ROWS_MAX), hints);
        return header == null ? new Look.Unfit(EMPTY) : rows(file, hints, null, header);
    }

    private static Look text(Path file, Hints hints) throws IOException {
        var lines = new ArrayList<String>();
        try (var all = Lines.open(file, hints.encodings())) {
            for (var line = all.next(); line != null && lines.size() < ROWS_MAX; line = all.next()) {
                lines.add(line.text());
            }
        }
        lines.removeIf(String::isBlank);
        if (lines.isEmpty()) {
            return new Look.Unfit(EMPTY);
        }
        if (!FirstRows.areText(lines)) {
            return new Look.Unfit(NO_TEXT);
        }
        char delimiter = hints.delimiter() == null ? FirstRows.delimiter(lines) : hints.delimiter();
        var first = FirstRows.cells(lines.subList(0, Math.min(lines.size(), FirstRows.ROWS_MAX)), delimiter);
        var header = FirstRows.header(first, hints);
        if (header == null) {
            return new Look.Unfit(EMPTY);
        }
        boolean headed = hints.headed() == null
                ? header.stream().noneMatch(cell -> DATA.matcher(cell.strip()).matches())
                : hints.headed();
        return headed ? rows(file, hints, delimiter, header) : withoutHeader(lines, delimiter, header.size());
    }

    /** The columns and their values, cut as the pipeline cuts them. */
    private static Look rows(Path file, Hints hints, @Nullable Character delimiter, List<String> header)
            throws IOException {
        var counts = new HashMap<String, Integer>();
        header.forEach(name -> counts.merge(Profile.key(name), 1, Integer::sum));
        var once = header.stream()
                .filter(name -> !name.isBlank() && counts.getOrDefault(Profile.key(name), 0) == 1)
                .toList();
        var columns = new LinkedHashMap<String, Counted>();
        for (int i = 0; i < header.size(); i++) {
            var name = header.get(i).isBlank()
                    ? "column " + (i + 1)
                    : header.get(i).strip();
            boolean twice = !header.get(i).isBlank() && counts.getOrDefault(Profile.key(name), 0) > 1;
            columns.computeIfAbsent(name, _ -> new Counted()).twice |= twice;
        }
        int rows = 0;
        try (var cutter = Cutters.open(file, probe(hints, delimiter, once))) {
            for (var row = cutter.next(); row != null && rows < ROWS_MAX; row = cutter.next()) {
                rows++;
                if (row.row() instanceof ExportRow.Whole whole) {
                    whole.cells().forEach((name, cell) -> {
                        if (columns.size() < COLUMNS_MAX || columns.containsKey(name)) {
                            columns.computeIfAbsent(name, _ -> new Counted()).add(cell);
                        }
                    });
                }
            }
        } catch (BrokenExport broken) {
            if (rows == 0 && columns.isEmpty()) {
                throw broken;
            }
        }
        return new Look.Columns(
                delimiter,
                true,
                columns.entrySet().stream()
                        .filter(column -> !isSecond(column.getKey(), counts))
                        .map(column -> column.getValue().column(column.getKey()))
                        .toList(),
                rows);
    }

    /** The second of two columns of one name gets a number from the cutter. */
    private static boolean isSecond(String name, Map<String, Integer> counts) {
        var without = name.replaceFirst(" \\([0-9]+\\)$", "");
        return !without.equals(name)
                && counts.getOrDefault(Profile.key(without), 0) > 1
                && !counts.containsKey(Profile.key(name));
    }

    private static Look withoutHeader(List<String> lines, char delimiter, int width) {
        var columns = new ArrayList<Counted>();
        for (int i = 0; i < width; i++) {
            columns.add(new Counted());
        }
        int rows = 0;
        for (var line : lines) {
            var cells = FirstRows.cells(line, delimiter);
            rows++;
            for (int i = 0; i < Math.min(width, cells.size()); i++) {
                if (!cells.get(i).isBlank()) {
                    columns.get(i).add(cells.get(i).strip());
                }
            }
        }
        var named = new ArrayList<Column>();
        for (int i = 0; i < width; i++) {
            named.add(columns.get(i).column("Column " + (i + 1)));
        }
        return new Look.Columns(delimiter, false, named, rows);
    }

    /** A profile that takes any file which has these columns. */
    private static Profile probe(Hints hints, @Nullable Character delimiter, List<String> columns) {
        var needed = new EnumMap<Field, List<String>>(Field.class);
        if (!columns.isEmpty()) {
            needed.put(Field.NOTES, columns);
        }
        return new Profile(
                "sample",
                Channel.TELEPHONE,
                ZoneOffset.UTC,
                TelephoneRegion.UK,
                hints.encodings(),
                delimiter,
                List.of(),
                needed,
                Set.of(),
                List.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                null);
    }

    private static final class Counted {
        private final Map<String, Integer> values = new LinkedHashMap<>();
        private int filled;
        private boolean twice;

        void add(String value) {
            filled++;
            if (values.size() < VALUES_MAX || values.containsKey(value)) {
                values.merge(value, 1, Integer::sum);
            }
        }

        Column column(String name) {
            var sorted = new LinkedHashMap<String, Integer>();
            values.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .forEach(value -> sorted.put(value.getKey(), value.getValue()));
            return new Column(name, twice, filled, sorted);
        }
    }
}
