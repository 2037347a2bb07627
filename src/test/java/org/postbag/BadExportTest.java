package org.postbag;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.staff.Role;

/**
 * Bad exports in the folder that the running program watches: each is taken, and its report adds up, or held whole with a reason; the next is taken. How
 * each kind is cut is in {@code ExportItemsTest}; what 300,000 rows cost in {@code LargeExportTest}.
 */
class BadExportTest extends ThroughTheChannels {

    private static final String COLUMNS =
            "Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome\r\n";
    private static final Path ITEMS = Path.of("src/test/resources/items/telephone");

    static List<Arguments> exports() throws IOException {
        var cutOff = row("three").replaceAll("three,Answered\r\n", "");
        return List.of(
                arguments("utf-16.csv", (COLUMNS + row("one") + row("two")).getBytes(UTF_16), "2 2 0 0", ""),
                arguments(
                        "unclosed.csv",
                        (COLUMNS + row("one") + row("two").replace("Asked", "\"Asked") + row("three")).getBytes(UTF_8),
                        "3 2 0 1",
                        "row 2: A quotation mark opens in the row and is never closed"),
                arguments(
                        "cut-off.csv",
                        (COLUMNS + row("one") + row("two") + cutOff).getBytes(UTF_8),
                        "3 2 0 1",
                        "row 3: The row has 7 cells and the header 8"),
                arguments("no-rows.csv", COLUMNS.getBytes(UTF_8), "0 0 0 0", ""),
                arguments("empty.csv", new byte[0], null, "The file is empty"),
                arguments(
                        "column-missing.csv",
                        (COLUMNS.replace("Call time", "Shift") + row("one")).getBytes(UTF_8),
                        null,
                        "missing: Call time; unexpected: Shift"),
                arguments("zip.csv", item("another-zip.xlsx"), null, "The spreadsheet is broken"),
                arguments("binary.csv", binary(), null, "The columns don't match the profile contact-centre"),
                arguments("half.xlsx", item("half-a-spreadsheet.xlsx"), null, "The spreadsheet is broken"));
    }

    /** @param counts rows, filed, known, in quarantine; null where the file is held whole */
    @ParameterizedTest(name = "{0}")
    @MethodSource("exports")
    void anExportIsTakenOrHeldWhole(String name, byte[] content, @Nullable String counts, String says)
            throws Exception {
        drop(name, content);
        theNextIsFiled();

        assertThat(watched(name)).doesNotExist();
        if (counts == null) {
            assertThat(Jsoup.parse(officer.get("/quarantine").body())
                            .select(".pb-held article")
                            .eachText())
                    .filteredOn(held -> held.contains(name))
                    .singleElement()
                    .asString()
                    .contains(says);
            assertThat(fresh()).hasSize(1);
        } else {
            var report = report(name);
            assertThat(counts(report)).isEqualTo(counts);
            assertThat(report).contains(says);
            assertThat(fresh()).hasSize(1 + Integer.parseInt(counts.split(" ")[0]));
            assertThat(fresh().stream().map(this::shown).filter(page -> page.startsWith("Item")))
                    .hasSize(Integer.parseInt(counts.split(" ")[3]))
                    .allMatch(page -> page.contains(says.replaceAll("^row \\d: ", "")));
        }
    }

    @Test
    void aHeldExportIsTakenAgainOrDeletedForAReason() throws Exception {
        var name = word() + ".csv";
        drop(name, (COLUMNS.replace("Call time", "Shift") + row("one")).getBytes(UTF_8));
        soon().until(() -> held(name).isPresent());
        var file = held(name).orElseThrow();
        var release = file.select("form").attr("action");
        var delete = file.select("a").attr("href");

        assertThat(answer(release, Map.of())).isEqualTo(302);
        theNextIsFiled();

        // Nobody put the profile right, so it is held still.
        assertThat(held(name)).isPresent();
        assertThat(officer.get(delete).body()).contains(name, "Shift");
        assertThat(answer(delete, Map.of("reason", " "))).isEqualTo(422);
        assertThat(held(name)).isPresent();
        assertThat(answer(delete, Map.of("reason", "Sent twice"))).isEqualTo(302);
        assertThat(held(name)).isEmpty();
        assertThat(officer.get(delete).statusCode()).isEqualTo(404);
        assertThat(Visitor.signedIn(port, Role.READER)
                        .postForm(release, Map.of(), "/enquiries")
                        .statusCode())
                .isEqualTo(403);
    }

    private int answer(String path, Map<String, String> fields) {
        return officer.postForm(path, fields, "/quarantine").statusCode();
    }

    private Optional<Element> held(String name) {
        return Jsoup.parse(officer.get("/quarantine").body()).select(".pb-held article").stream()
                .filter(article -> article.text().contains(name))
                .findFirst();
    }

    @Test
    void theSameExportUnderAnotherNameFilesNothingTwice() throws Exception {
        var content = (COLUMNS + row("one") + row("two") + row("three")).getBytes(UTF_8);
        drop("first.csv", content);
        assertThat(counts(report("first.csv"))).isEqualTo("3 3 0 0");

        drop("second.csv", content);

        assertThat(counts(report("second.csv"))).isEqualTo("3 0 3 0");
        theNextIsFiled();
        assertThat(fresh()).hasSize(4);
    }

    @Test
    void anExportIsNotTakenWhileItIsWritten() throws Exception {
        var written = watched("written.csv");
        Files.writeString(written, COLUMNS + row("one") + row("two").stripTrailing());
        drop("meanwhile.csv", (COLUMNS + row("meanwhile")).getBytes(UTF_8));

        soon().until(() -> {
            Files.writeString(written, " or more", StandardOpenOption.APPEND);
            return Files.exists(watched("reports/meanwhile.csv.report.txt"));
        });

        assertThat(written).exists();
        assertThat(fresh()).hasSize(1);
        Files.writeString(written, "\r\n" + row("three"), StandardOpenOption.APPEND);
        assertThat(counts(report("written.csv"))).isEqualTo("3 3 0 0");
        theNextIsFiled();
        assertThat(fresh()).hasSize(5);
    }

    private void theNextIsFiled() throws IOException {
        var word = word();
        drop(word + ".csv", (COLUMNS + row(word)).getBytes(UTF_8));
        assertThat(counts(report(word + ".csv"))).isEqualTo("1 1 0 0");
        assertThat(found(word).path("channel").stringValue()).isEqualTo("telephone");
    }

    private static String row(String about) {
        return "C-%s,03/03/2026,09:15:20,01792 496000,Ann Example,Registration,Asked about %s,Answered\r\n"
                .formatted(word(), about);
    }

    private static byte[] binary() {
        var bytes = new byte[100_000];
        new Random(20_260_303).nextBytes(bytes);
        return bytes;
    }

    private static byte[] item(String name) throws IOException {
        return Files.readAllBytes(ITEMS.resolve(name));
    }

    private Path watched(String name) {
        return data.resolve("in/telephone").resolve(name);
    }

    /** Puts a file that nobody writes to any more into the folder. */
    private void drop(String name, byte[] content) throws IOException {
        var part = watched(name + ".part");
        Files.write(part, content);
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(10)));
        Files.move(part, watched(name));
    }

    private String report(String name) throws IOException {
        var report = watched("reports/" + name + ".report.txt");
        soon().until(() -> Files.exists(report));
        return Files.readString(report);
    }

    private static String counts(String report) {
        return String.join(
                " ",
                Pattern.compile("(?m)^(?:Rows|Filed|Known already|In quarantine): +([0-9]+)$")
                        .matcher(report)
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }
}
