package org.postbag.enquiries.location;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.postbag.normalising.Postcode;

/**
 * Reads the two files of the ONS Postcode Directory that tell in which local authority a postcode lies: the directory itself, and the names of the
 * authorities by their codes. Columns are known by their headings, which change with the year of an edition.
 */
final class PostcodeFiles {

    private static final Pattern POSTCODE = Pattern.compile("(?i)pcds?|postcode");
    private static final Pattern AUTHORITY = Pattern.compile("(?i)oslaua|laua|lad\\d{2}cd");
    private static final Pattern ENDED = Pattern.compile("(?i)doterm");
    private static final Pattern NAME = Pattern.compile("(?i)lad\\d{2}nm");
    private static final Pattern CODE = Pattern.compile("[EKLMNSW]\\d{8}");
    private static final Pattern MONTH = Pattern.compile("\\d{6}");
    private static final int NAME_LENGTH_MAX = 200;
    private static final int HEADINGS_SHOWN_MAX = 20;

    private PostcodeFiles() {}

    /** @param ended the year and month (yyyyMM) in which it went out of use, or empty */
    record Row(Postcode postcode, String authority, String ended) {}

    /** A file that isn't what it should be; the message names the file and the column. */
    static final class WrongFile extends IOException {

        private static final long serialVersionUID = 1L;

        WrongFile(String message) {
            super(message);
        }
    }

    /**
     * @return names by code
     * @throws WrongFile if a column is missing, or the file is no CSV
     */
    static Map<String, String> names(Path file) throws IOException {
        var names = new HashMap<String, String>();
        read(file, List.of(AUTHORITY, NAME), cells -> {
            if (CODE.matcher(cells.get(0)).matches() && !cells.get(1).isEmpty()) {
                names.put(
                        cells.get(0),
                        cells.get(1)
                                .substring(
                                        0,
                                        Math.min(NAME_LENGTH_MAX, cells.get(1).length())));
            }
        });
        return names;
    }

    /**
     * Every row that has a postcode and an authority, in the order of the file; others (Crown dependencies have no authority) are left out.
     *
     * @throws WrongFile if a column is missing, or the file is no CSV
     */
    static void rows(Path file, Consumer<Row> to) throws IOException {
        read(file, List.of(POSTCODE, AUTHORITY, ENDED), cells -> {
            var postcode = Postcode.parse(cells.get(0));
            if (postcode.isPresent() && CODE.matcher(cells.get(1)).matches()) {
                to.accept(new Row(
                        postcode.get(),
                        cells.get(1),
                        MONTH.matcher(cells.get(2)).matches() ? cells.get(2) : ""));
            }
        });
    }

    private static void read(Path file, List<Pattern> columns, Consumer<List<String>> to) throws IOException {
        try (var rows = CsvReader.builder().ofCsvRecord(file)) {
            List<Integer> places = List.of();
            for (var row : rows) {
                if (places.isEmpty()) {
                    places = places(file, row.getFields(), columns);
                } else {
                    to.accept(cells(row, places));
                }
            }
            if (places.isEmpty()) {
                throw new WrongFile(file.getFileName() + " is empty");
            }
        } catch (CsvParseException broken) {
            throw new WrongFile(file.getFileName() + " is no CSV file");
        }
    }

    private static List<String> cells(CsvRecord row, List<Integer> places) {
        return places.stream()
                .map(place -> place < row.getFieldCount() ? row.getField(place).strip() : "")
                .toList();
    }

    /** Of several headings that fit, the last: of the postcode's three spellings, that is the one with a space. */
    private static List<Integer> places(Path file, List<String> header, List<Pattern> columns) throws WrongFile {
        var places = new ArrayList<Integer>();
        for (var column : columns) {
            int place = header.size() - 1;
            while (place >= 0 && !column.matcher(header.get(place).strip()).matches()) {
                place--;
            }
            if (place < 0) {
                throw new WrongFile("%s has no column %s; it has %s"
                        .formatted(
                                file.getFileName(),
                                column.pattern().replace("(?i)", "").replace("|", " or "),
                                String.join(", ", header.subList(0, Math.min(HEADINGS_SHOWN_MAX, header.size())))));
            }
            places.add(place);
        }
        return List.copyOf(places);
    }
}
