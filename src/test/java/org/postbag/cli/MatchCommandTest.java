package org.postbag.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchCommandTest {

    private static final String HEADER = "id,first,last,born,town\n";

    @TempDir
    Path folder;

    private Path list;
    private Path out;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeEach
    void names() {
        list = folder.resolve("list.csv");
        out = folder.resolve("pairs.csv");
    }

    private ExitStatus match(String... more) {
        told.reset();
        var arguments =
                new ArrayList<>(List.of("match", "--input", list.toString(), "--id", "id", "--out", out.toString()));
        arguments.addAll(List.of(more));
        return CommandLine.run(
                List.of(new MatchCommand()),
                new Terminal(new ByteArrayOutputStream(), told),
                arguments.toArray(String[]::new));
    }

    private ExitStatus matchNames(String... more) {
        return match(Stream.concat(
                        Stream.of(
                                "--map",
                                "first=given_name",
                                "--map",
                                "last=family_name",
                                "--map",
                                "born=date_of_birth",
                                "--map",
                                "town=city"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** Strangers, each fourth of them twice with a slip: so there is something to learn from. */
    private static String crowd() {
        var random = new Random(3);
        var rows = new StringBuilder(HEADER);
        for (int i = 0; i < 400; i++) {
            var given = "abcdefgh".charAt(random.nextInt(8)) + "lwen" + (char) ('a' + random.nextInt(20));
            var family = "Mor" + (char) ('a' + random.nextInt(20)) + "an" + (char) ('a' + random.nextInt(20));
            var born = "19%02d-%02d-%02d".formatted(random.nextInt(99), 1 + random.nextInt(12), 1 + random.nextInt(28));
            var town = "Town" + random.nextInt(40);
            rows.append("%d,%s,%s,%s,%s%n".formatted(i, given, family, born, town));
            if (i % 4 == 0) {
                rows.append("%d-again,%s,%s,%s,%s%n".formatted(i, given, family.substring(1), born, town));
            }
        }
        return rows.toString();
    }

    private void write(String text) throws IOException {
        Files.writeString(list, text);
    }

    @Test
    void rowsOfOnePersonAreWrittenAsPairs() throws IOException {
        write(crowd());

        assertThat(matchNames()).isEqualTo(ExitStatus.DONE);
        var lines = Files.readAllLines(out);
        assertThat(lines.getFirst()).isEqualTo("id_a,id_b,probability,decision");
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("0,0-again,0\\.\\d{6},same"));
        assertThat(told.toString(UTF_8)).contains("500 rows read", "pairs are the same");
    }

    @Test
    void twoListsAreMatchedWithOneAnotherOnly() throws IOException {
        write(crowd());
        var link = folder.resolve("other.csv");
        Files.writeString(link, crowd().replaceAll("(?m)^(\\d)", "other-$1"));

        assertThat(matchNames("--link", link.toString())).isEqualTo(ExitStatus.DONE);
        var lines = Files.readAllLines(out);
        assertThat(lines.subList(1, lines.size()))
                .hasSizeGreaterThan(400)
                .allMatch(line -> line.matches("\\d+(-again)?,other-\\d+(-again)?,.*"));
    }

    @Test
    void aListInAnotherCharsetIsRead() throws IOException {
        Files.write(
                list,
                (crowd() + "first,Siân,Müller,1970-01-01,Penarth\nsecond,Siân,Müller,1970-01-01,Penarth\n")
                        .getBytes(Charset.forName("windows-1252")));

        assertThat(matchNames()).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(out)).contains("first,second,");
    }

    @Test
    void emptyListsAndThoseOfNothingButAHeaderHaveAClearEnd() throws IOException {
        write(HEADER);
        assertThat(matchNames()).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readAllLines(out)).hasSize(1);

        write("");
        assertThat(matchNames()).isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(told.toString(UTF_8)).contains("is empty; its first line is to name its columns");
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        write(crowd());
        assertWrong("has no column \"surname\"; it has: id, first, last, born, town", "--map", "surname=family_name");
        assertWrong("write COLUMN=FIELD, with one of the fields given_name family_name", "--map", "last=surname");
        assertWrong("write COLUMN=FIELD", "--map", "last");
        assertWrong("at least one --map");
        assertWrong("match has no option \"--fast\"", "--fast", "yes");
        assertWrong("--map needs a value", "--map");
        assertWrong(
                "there is no file",
                "--map",
                "last=family_name",
                "--link",
                folder.resolve("missing.csv").toString());

        write(HEADER + "1,Jane,Doe,,\n2,John,Smith,,\n1,Jane,Doe,,\n");
        assertWrong("the id \"1\" stands in row 3 of", "--map", "last=family_name");

        write(HEADER + "1,Jane,\"Doe,,\n2,John,Smith,,\n");
        assertWrong(
                "could not be read beyond line 1; is a quotation mark never closed there?",
                "--map",
                "last=family_name");
    }

    private void assertWrong(String words, String... more) {
        assertThat(match(more)).isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(told.toString(UTF_8)).contains(words).hasLineCount(1);
    }

    @Test
    void whatCantBeWrittenIsSaidBeforeItStarts() throws IOException {
        write(crowd());
        assertThat(matchNames("--report", folder.resolve("nowhere/report.html").toString()))
                .isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(told.toString(UTF_8)).contains("its folder isn't there").doesNotContain("rows read");
        assertThat(matchNames("--save-model", folder.toString())).isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(told.toString(UTF_8)).contains("can't be written").doesNotContain("rows read");
        assertThat(out).doesNotExist();
    }

    @Test
    void twoListsMayHaveTheSameIds() throws IOException {
        write(crowd());
        var link = folder.resolve("other.csv");
        Files.writeString(link, crowd());

        assertThat(matchNames("--link", link.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readAllLines(out))
                .anyMatch(line -> line.matches("8,8,.*,same"))
                .anyMatch(line -> line.matches("8,8-again,.*,same"))
                .anyMatch(line -> line.matches("8-again,8,.*,same"));
    }

    @Test
    void aReportSaysWhatWasFoundAndShowsNothingOfTheListAsMarkup() throws IOException {
        write(crowd()
                + "\"<script>alert('id')</script>\",<b>Olwen</b>,Prosser & Co,1970-01-02,Penarth\n"
                + "again,<b>Olwen</b>,Proser & Co,1970-01-20,\n");
        var report = folder.resolve("report.html");

        assertThat(matchNames("--report", report.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(report))
                .contains(
                        "<h1>Contacts that may be one person</h1>",
                        "<dt>Rows read</dt><dd>502</dd>",
                        "was learnt from the list itself",
                        "Show as table",
                        "taken as one person",
                        "&lt;b&gt;Olwen&lt;/b&gt;",
                        "Same given name.")
                .doesNotContain("<script", "<b>Olwen", "http://", "https://");
    }

    @Test
    void aReportOfNoPairsSaysSo() throws IOException {
        write(HEADER + "1,Olwen,Prosser,1970-01-02,Penarth\n");
        var report = folder.resolve("report.html");

        assertThat(matchNames("--report", report.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(report)).contains("There are none.", "too small to learn from");
    }

    @Test
    void whatOneListTaughtIsKeptAndUsedOnAnother() throws IOException {
        write(crowd());
        var model = folder.resolve("model.txt");
        assertThat(matchNames("--save-model", model.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(told.toString(UTF_8)).contains("was learnt from the list itself");
        assertThat(Files.readString(model)).contains("family_name same");

        write(HEADER + "1,Olwen,Prosser,1970-01-02,Penarth\n2,Olwen,Proser,1970-01-02,Penarth\n");
        assertThat(matchNames("--model", model.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(told.toString(UTF_8)).contains("The model that was given was used");
        assertThat(Files.readString(out)).contains("1,2,");

        assertThat(matchNames()).isEqualTo(ExitStatus.DONE);
        assertThat(told.toString(UTF_8)).contains("too small to learn from: the model that ships was used");
        assertThat(Files.readString(out)).contains("1,2,");

        assertThat(matchNames("--model", "shipped")).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(out)).contains("1,2,");

        Files.writeString(model, "postbag match model 1\nsame many\n");
        assertWrong("line 2 of the model", "--map", "last=family_name", "--model", model.toString());
    }

    @Test
    void rowsOfANameAndNothingElseAreLeftAloneAndThatIsSaid() throws IOException {
        write(HEADER
                + IntStream.range(0, 500).mapToObj(i -> i + ",John,Smith,,\n").collect(Collectors.joining()));

        assertThat(matchNames()).isEqualTo(ExitStatus.DONE);
        assertThat(told.toString(UTF_8)).contains("500 rows stand there more than twenty times");
        assertThat(Files.readAllLines(out)).hasSize(1);
    }

    @Test
    void rowsThatAreTooShortOrTooLongOrBlankAreNoTrouble() throws IOException {
        write(crowd() + "\n\nshort\nlong,Olwen,Prosser,1970-01-02,Penarth,more,and,more\n,,,,\n");

        assertThat(matchNames()).isEqualTo(ExitStatus.DONE);
        assertThat(told.toString(UTF_8)).contains("503 rows read");
    }

    @Test
    void moreRowsThanItTakesAreRefusedBeforeTheyAreRead() throws IOException {
        var rows = "1,a,b,,\n".repeat(1_000);
        try (var writer = Files.newBufferedWriter(list)) {
            writer.write(HEADER);
            for (int i = 0; i < 8_400; i++) {
                writer.write(rows);
            }
        }

        assertWrong("match takes at most 8,388,608 rows", "--map", "last=family_name");
    }
}
