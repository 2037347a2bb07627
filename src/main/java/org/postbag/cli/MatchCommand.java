package org.postbag.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.matching.ContactTable;
import org.postbag.contacts.matching.Matched;
import org.postbag.contacts.matching.Matching;
import org.postbag.contacts.matching.SavedModel;
import org.postbag.contacts.matching.TextPool;

/** Finds which rows of a contact list are of one person, or of two lists; stores nothing. */
final class MatchCommand implements Command {

    /** What a row takes besides its values, each of its values, and each byte of the file, at most. */
    private static final long ROW_BYTES = 150;

    private static final long VALUE_BYTES = 25;
    private static final double FILE_BYTES = 1.5;
    /** The numbers that what few records share is found by are sorted in parts of this size. */
    private static final long PART_BYTES = 700_000_000;

    private static final long PART_ROW_BYTES = 700;

    private static final double HEAP_SHARE_MAX = 0.95;
    private static final long BYTES_IN_A_MB = 1024 * 1024;
    private static final int DOUBTFUL_MAX = 200;
    private static final int TOLD_EVERY = 10_000;

    @Override
    public String name() {
        return "match";
    }

    @Override
    public String synopsis() {
        return "--input CSV [--link CSV] --id COLUMN --map COLUMN=FIELD... --out PAIRS.csv [--report FILE.html]"
                + " [--model FILE|shipped] [--save-model FILE]";
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
                "review" for those that a person should look at. With --link id_a is of --input and id_b of --link, and a row may be the same
                as several. Of rows that stand there more than twenty times, each is paired with the first of them only.

                --id names the column whose value tells the rows apart. Each --map says what a column holds, by one of
                %s.
                A field may be given several times.

                It learns from the list itself what agreeing in a field is worth, or of a list of fewer than %d rows uses the model that ships,
                and chooses its thresholds. --save-model keeps what was learnt, --model uses that, or the shipped one, instead. --report writes a
                page on what was found, what it rests on, and which pairs are doubtful. Nothing is stored, and no server is started.
                """.formatted(MatchArguments.codes(), Matching.LEARNT_MIN);
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        var asked = MatchArguments.of(arguments);
        for (var option : List.of("--out", "--report", "--save-model")) {
            if (asked.files().containsKey(option)) {
                Paths.checkWritable(path(asked, option));
            }
        }
        var given = model(asked.files().get("--model"));
        checkMemory(asked);
        var progress = MatchProgress.on(terminal);
        var table = new ContactTable(asked.fields());
        var ids = read(asked, table, progress);
        progress.end();
        terminal.tell("%,d rows read".formatted(ids.count()));
        var matched = Matching.of(table, given, progress::matching);
        progress.end();
        var pairs = matched.pairs();
        write(path(asked, "--out"), pairs, ids);
        var saved = asked.files().get("--save-model");
        if (saved != null) {
            write(Paths.path(saved), matched.model().written());
        }
        if (asked.files().containsKey("--report")) {
            report(asked, matched, pairs, ids);
        }
        tell(matched, pairs, terminal);
        return ExitStatus.DONE;
    }

    private static void tell(Matched matched, List<Matching.Pair> pairs, Terminal terminal) {
        long same = same(pairs);
        terminal.tell(MatchWords.source(matched.source()));
        if (matched.rowsLeftAlone() > 0) {
            terminal.tell(MatchWords.leftAlone(matched.rowsLeftAlone()));
        }
        terminal.tell("%,d pairs are the same, %,d are for review".formatted(same, pairs.size() - same));
    }

    private static long same(List<Matching.Pair> pairs) {
        return pairs.stream()
                .filter(pair -> pair.decision() == Matching.Decision.SAME)
                .count();
    }

    private static @Nullable SavedModel model(@Nullable String asked) throws UsageProblem {
        if (asked == null) {
            return null;
        }
        if (asked.equals("shipped")) {
            return SavedModel.shipped();
        }
        try {
            return switch (SavedModel.read(Files.readString(Paths.path(asked)))) {
                case SavedModel.Known known -> known.model();
                case SavedModel.Unreadable bad ->
                    throw new UsageProblem("line %d of the model \"%s\" can't be understood: %s"
                            .formatted(bad.line(), asked, bad.why()));
            };
        } catch (IOException unreadable) {
            throw new UsageProblem("the model \"%s\" could not be read".formatted(asked));
        }
    }

    private static void checkMemory(MatchArguments asked) throws UsageProblem {
        long rows = 0;
        long bytes = 0;
        for (var list : asked.lists()) {
            rows += list.lines();
            bytes += list.bytes();
        }
        if (rows > Matching.RECORDS_MAX) {
            throw new UsageProblem(
                    "match takes at most %,d rows; these are about %,d".formatted(Matching.RECORDS_MAX, rows));
        }
        long needed = rows * (ROW_BYTES + VALUE_BYTES * asked.fields().size())
                + (long) (bytes * FILE_BYTES)
                + Math.min(PART_BYTES, rows * PART_ROW_BYTES);
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

    /** @return the ids of all rows */
    private static Ids read(MatchArguments asked, ContactTable table, MatchProgress progress) throws UsageProblem {
        var ids = new ArrayList<TextPool>();
        long all = 0;
        for (var list : asked.lists()) {
            all += list.lines();
        }
        double lines = all;
        long[] read = {0};
        for (var list : asked.lists()) {
            if (!ids.isEmpty()) {
                table.another();
            }
            var own = new TextPool();
            var repeated = new String[1];
            list.rows(asked.places(list), (number, cells) -> {
                var id = cells.getFirst();
                int known = own.size();
                if (own.number(id) < known && repeated[0] == null) {
                    repeated[0] = "the id \"%s\" stands in row %,d of \"%s\" again; ids are to tell the rows apart"
                            .formatted(id.length() > 50 ? id.substring(0, 50) : id, number, list.path());
                }
                table.add(cells.subList(1, cells.size()));
                if (++read[0] % TOLD_EVERY == 1) {
                    progress.reading(read[0] / lines);
                }
            });
            if (repeated[0] != null) {
                throw new UsageProblem(repeated[0]);
            }
            own.close();
            ids.add(own);
        }
        table.close();
        return new Ids(ids);
    }

    /** The ids of one list, or of two, one behind the other. */
    record Ids(List<TextPool> lists) {

        String of(int row) {
            int first = lists.getFirst().size();
            return row < first ? lists.getFirst().text(row) : lists.get(1).text(row - first);
        }

        int count() {
            return lists.stream().mapToInt(TextPool::size).sum();
        }
    }

    private static Path path(MatchArguments asked, String option) throws UsageProblem {
        return Paths.path(asked.files().getOrDefault(option, ""));
    }

    private static void write(Path out, List<Matching.Pair> pairs, Ids ids) throws UsageProblem {
        try (var writer = CsvWriter.builder().build(Files.newBufferedWriter(out))) {
            writer.writeRecord("id_a", "id_b", "probability", "decision");
            for (var pair : pairs) {
                writer.writeRecord(
                        ids.of(pair.one()),
                        ids.of(pair.other()),
                        String.format(Locale.ROOT, "%.6f", pair.probability()),
                        pair.decision().name().toLowerCase(Locale.ROOT));
            }
        } catch (IOException unwritable) {
            throw new UsageProblem("the file \"%s\" could not be written".formatted(out));
        }
    }

    private static void write(Path file, String text) throws UsageProblem {
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UsageProblem("the file \"%s\" could not be written".formatted(file));
        }
    }

    private static void report(MatchArguments asked, Matched matched, List<Matching.Pair> pairs, Ids ids)
            throws UsageProblem {
        var doubtful = matched.doubtful(DOUBTFUL_MAX);
        var rows = MatchRows.of(asked, doubtful);
        long same = same(pairs);
        var counts = new MatchReport.Counts(ids.count(), same, pairs.size() - same);
        var page = new MatchReport(asked, matched, counts, Clock.systemUTC().instant()).page(doubtful, rows);
        write(path(asked, "--report"), page);
    }
}
