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
        assertThat(matchNames()).isIn(ExitStatus.DONE, ExitStatus.WRONG_INPUT);
    }

    private void assertWrong(String words, String... more) {
        assertThat(match(more)).isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(told.toString(UTF_8)).contains(words).hasLineCount(1);
    }
}
