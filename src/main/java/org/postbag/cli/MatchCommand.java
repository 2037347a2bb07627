package org.postbag.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.matching.ContactTable;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.Matching;

/** Finds which rows of a contact list are of one person, or of two lists; stores nothing. */
final class MatchCommand implements Command {

    private static final Set<String> OPTIONS = Set.of("--input", "--link", "--id", "--map", "--out");
    /** What a row takes besides its values, and each of its values, at most. */
    private static final long ROW_BYTES = 350;

    private static final long VALUE_BYTES = 70;
    private static final double HEAP_SHARE_MAX = 0.9;
    private static final long BYTES_IN_A_MB = 1024 * 1024;

    @Override
    public String name() {
        return "match";
    }

    @Override
    public String synopsis() {
        return "--input CSV [--link CSV] --id COLUMN --map COLUMN=FIELD... --out PAIRS.csv";
    }

    @Override
    public String summary() {
        return "finds which rows of a contact list, or of two, are of one person";
    }

    @Override
    public String details() {
        return """
                Compares the rows of a contact list with each other, or with --link those of two lists with one another, and writes a CSV file
                with a row for each pair: id_a, id_b, probability, decision. The decision is "same" for exactly the pairs within one group, and
                "review" for those that a person should look at. It learns from the list itself what agreeing in a field is worth, and chooses
                its thresholds. Nothing is stored, and no server is started.

                --id names the column whose value tells the rows apart. Each --map says what a column holds, by one of
                %s.
                A field may be given several times.
                """.formatted(fields());
    }

    /** What was asked for. */
    private record Asked(
            ContactList input,
            @Nullable ContactList link,
            String id,
            List<String> columns,
            List<Field> fields,
            Path out) {}

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        var asked = asked(arguments);
        var ids = new ArrayList<String>();
        var table = new ContactTable(asked.fields());
        checkMemory(asked);
        read(asked, asked.input(), table, ids);
        int first = ids.size();
        if (asked.link() != null) {
            read(asked, asked.link(), table, ids);
        }
        table.close();
        terminal.tell("%,d rows read".formatted(ids.size()));
        var pairs = Matching.of(table, asked.link() == null ? 0 : first, step -> terminal.tell(step));
        write(asked.out(), pairs, ids);
        long same = pairs.stream()
                .filter(pair -> pair.decision() == Matching.Decision.SAME)
                .count();
        terminal.tell("%,d pairs are the same, %,d are for review".formatted(same, pairs.size() - same));
        return ExitStatus.DONE;
    }

    private static Asked asked(List<String> arguments) throws UsageProblem {
        String input = null;
        String link = null;
        String id = null;
        String out = null;
        var columns = new ArrayList<String>();
        var fields = new ArrayList<Field>();
        for (int i = 0; i < arguments.size(); i += 2) {
            var option = arguments.get(i);
            if (!OPTIONS.contains(option)) {
                throw new UsageProblem("match has no option \"%s\"; type \"help match\"".formatted(option));
            }
            if (i + 1 == arguments.size()) {
                throw new UsageProblem(option + " needs a value");
            }
            var value = arguments.get(i + 1);
            switch (option) {
                case "--input" -> input = value;
                case "--link" -> link = value;
                case "--id" -> id = value;
                case "--out" -> out = value;
                default -> {
                    int equals = value.lastIndexOf('=');
                    columns.add(equals < 0 ? value : value.substring(0, equals));
                    fields.add(field(value, equals));
                }
            }
        }
        if (input == null || id == null || out == null || fields.isEmpty()) {
            throw new UsageProblem("match needs --input, --id, --out and at least one --map");
        }
        if (fields.size() > ContactTable.FIELDS_MAX) {
            throw new UsageProblem("match compares at most %d columns".formatted(ContactTable.FIELDS_MAX));
        }
        return new Asked(
                ContactList.of(Paths.path(input)),
                link == null ? null : ContactList.of(Paths.path(link)),
                id,
                columns,
                fields,
                Paths.path(out));
    }

    private static Field field(String map, int equals) throws UsageProblem {
        var code = equals < 0 ? "" : map.substring(equals + 1);
        return Field.of(code)
                .orElseThrow(() -> new UsageProblem(
                        "--map %s: write COLUMN=FIELD, with one of the fields %s".formatted(map, fields())));
    }

    private static void checkMemory(Asked asked) throws UsageProblem {
        long rows =
                asked.input().lines() + (asked.link() == null ? 0 : asked.link().lines());
        if (rows > Matching.RECORDS_MAX) {
            throw new UsageProblem(
                    "match takes at most %,d rows; these are about %,d".formatted(Matching.RECORDS_MAX, rows));
        }
        long needed = rows * (ROW_BYTES + VALUE_BYTES * asked.fields().size());
        long there = Runtime.getRuntime().maxMemory();
        if (needed > there * HEAP_SHARE_MAX) {
            throw new UsageProblem(
                    "about %,d rows need up to %,d MB of memory, and Java may use %,d MB; start it with -Xmx%dm"
                            .formatted(
                                    rows,
                                    needed / BYTES_IN_A_MB,
                                    there / BYTES_IN_A_MB,
                                    (long) (needed / HEAP_SHARE_MAX) / BYTES_IN_A_MB + 1));
        }
    }

    private static void read(Asked asked, ContactList list, ContactTable table, List<String> ids) throws UsageProblem {
        var columns = new ArrayList<Integer>();
        columns.add(list.column(asked.id()));
        for (var column : asked.columns()) {
            columns.add(list.column(column));
        }
        var seen = new HashSet<String>();
        var repeated = new String[1];
        list.rows(columns, (number, cells) -> {
            var id = cells.getFirst();
            if (!seen.add(id) && repeated[0] == null) {
                repeated[0] = "the id \"%s\" stands in row %,d of \"%s\" again; ids are to tell the rows apart"
                        .formatted(id.length() > 50 ? id.substring(0, 50) : id, number, list.path());
            }
            ids.add(id);
            table.add(cells.subList(1, cells.size()));
        });
        if (repeated[0] != null) {
            throw new UsageProblem(repeated[0]);
        }
    }

    private static void write(Path out, List<Matching.Pair> pairs, List<String> ids) throws UsageProblem {
        try (var writer = CsvWriter.builder().build(Files.newBufferedWriter(out))) {
            writer.writeRecord("id_a", "id_b", "probability", "decision");
            for (var pair : pairs) {
                writer.writeRecord(
                        ids.get(pair.one()),
                        ids.get(pair.other()),
                        String.format(Locale.ROOT, "%.6f", pair.probability()),
                        pair.decision().name().toLowerCase(Locale.ROOT));
            }
        } catch (IOException unwritable) {
            throw new UsageProblem("the file \"%s\" could not be written".formatted(out));
        }
    }

    private static String fields() {
        return Arrays.stream(Field.values()).map(Field::code).collect(Collectors.joining(" "));
    }
}
