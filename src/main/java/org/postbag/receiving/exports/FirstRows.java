package org.postbag.receiving.exports;

import de.siegmar.fastcsv.reader.CsvReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Profile;
import org.postbag.receiving.exports.SampleLook.Hints;

/** What the first rows of a file that nobody described tell of it: what stands between its cells, and which row names its columns. */
final class FirstRows {

    static final int ROWS_MAX = 20;

    /** A few bytes that were damaged don't make it no text. */
    private static final int UNREADABLE_ONE_IN = 30;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    private FirstRows() {}

    /** Whether they are writing at all: a picture, say, or a text of another encoding, has many characters that nobody writes. */
    static boolean areText(List<String> lines) {
        long all = 0;
        long unreadable = 0;
        for (var line : lines.subList(0, Math.min(lines.size(), ROWS_MAX))) {
            all += line.length();
            unreadable += line.chars()
                    .filter(c -> c == '\uFFFD' || (Character.isISOControl(c) && c != '\t'))
                    .count();
        }
        return unreadable * UNREADABLE_ONE_IN < all;
    }

    /** The delimiter that cuts most of the first lines into as many cells as each other. */
    static char delimiter(List<String> lines) {
        var first = lines.subList(0, Math.min(lines.size(), ROWS_MAX));
        char best = ',';
        long bestScore = -1;
        for (char delimiter : DELIMITERS) {
            var cells = cells(first, delimiter);
            int width = width(cells);
            long score = width < 2
                    ? 0
                    : cells.stream().filter(row -> row.size() == width).count() * 1_000L + width;
            if (score > bestScore) {
                best = delimiter;
                bestScore = score;
            }
        }
        return best;
    }

    /** Each cut into its cells. */
    static List<List<String>> cells(List<String> lines, char delimiter) {
        return lines.stream().map(line -> cells(line, delimiter)).toList();
    }

    static List<String> cells(String line, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(true)
                .ofSingleCsvRecord(line)
                .getFields();
    }

    /** How many cells most rows have. */
    private static int width(List<List<String>> rows) {
        var counts = new HashMap<Integer, Integer>();
        rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** The row that has most of the names that are known; else the first that is as wide as the others. */
    static @Nullable List<String> header(List<List<String>> rows, Hints hints) throws BrokenExport {
        int width = width(rows);
        List<String> found = null;
        long most = 0;
        for (var row : rows) {
            if (row.size() > SampleLook.COLUMNS_MAX) {
                throw new BrokenExport("The file has more than 1,000 columns");
            }
            long known = row.stream()
                    .filter(cell -> hints.known().contains(Profile.key(cell)))
                    .count();
            if (known > most) {
                found = row;
                most = known;
            }
        }
        if (found != null) {
            return found;
        }
        return rows.stream()
                .filter(row -> row.size() >= width
                        && row.stream().filter(cell -> !cell.isBlank()).count() * 2 >= width)
                .findFirst()
                .orElse(null);
    }
}
