package org.postbag.console.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.receiving.Channel;
import org.postbag.receiving.exports.SampleLook;
import org.postbag.receiving.exports.SampleLook.Column;
import org.postbag.receiving.exports.SampleLook.Hints;
import org.postbag.receiving.exports.SampleLook.Look;

/** What a sample's columns are taken for. */
class ColumnSuggestionsTest {

    private static final Path CALLS = Path.of("samples/telephone/calls-2026-03-03.csv");

    @TempDir
    private Path folder;

    private static WrittenProfile profile(String name) throws IOException {
        return WrittenProfile.of(Files.readString(Path.of("profiles", name + ".yaml")))
                .orElseThrow();
    }

    private Look look(byte[] content, Hints hints) throws IOException {
        var file = folder.resolve("sample");
        Files.write(file, content);
        return SampleLook.at(file, hints);
    }

    private List<Column> columns(String content) throws IOException {
        return ((Look.Columns) look(content.getBytes(StandardCharsets.UTF_8), Hints.NONE)).columns();
    }

    private static Map<String, String> byName(List<Column> columns, Map<Integer, Suggestions.Suggested> suggested) {
        var fields = new LinkedHashMap<String, String>();
        suggested.forEach((at, one) -> fields.put(
                columns.get(at).name(),
                one.field() + (one.isRenamed(columns.get(at).name()) ? " was " + one.was() : "")));
        return fields;
    }

    @Test
    void renamedColumnsAreKnownByTheirNamesAndByWhatStandsInThem() throws IOException {
        var text = Files.readString(CALLS)
                .replaceFirst("Caller number", "CLI")
                .replaceFirst("Call date", "Date of call")
                .replaceFirst("Outcome", "Result code");
        var columns = columns(text);

        var suggested = byName(columns, Suggestions.of(columns, Channel.TELEPHONE, profile("contact-centre")));

        assertThat(suggested)
                .containsEntry("CLI", "number was Caller number")
                .containsEntry("Date of call", "when was Call date")
                .containsEntry("Result code", "outcome was Outcome")
                .containsEntry("Call time", "when")
                .containsEntry("Notes", "notes");
    }

    @Test
    void aColumnThatIsSomethingElseIsNotTakenForTheMissingOne() throws IOException {
        var columns = columns("Call ID,Call date,Call time,Shift name,Notes\nC-1,03/03/2026,09:15,Early,Hello\n");

        var suggested = byName(columns, Suggestions.of(columns, Channel.TELEPHONE, profile("contact-centre")));

        assertThat(suggested.get("Shift name")).isNotEqualTo("number was Caller number");
        assertThat(suggested).doesNotContainValue("number was Caller number");
    }

    @Test
    void withoutAProfileExportsAreKnownByWhatTheyCallTheirColumns() throws IOException {
        var columns = columns("""
                Call reference;Date;Time;Telephone number;First name;Surname;E-mail;Where;Details
                R1001;03/03/2026;09:15;01792 496000;Ann;Example;ann@example.org;SA1 3SN;Poll card
                R1002;04/03/2026;10:15;01792 496001;Bob;Example;bob@example.org;SA2 8PP;Postal vote
                """);

        assertThat(byName(columns, Suggestions.of(columns, Channel.TELEPHONE, WrittenProfile.EMPTY)))
                .containsEntry("Call reference", "callId")
                .containsEntry("Date", "when")
                .containsEntry("Time", "when")
                .containsEntry("Telephone number", "number")
                .containsEntry("First name", "name")
                .containsEntry("Surname", "name")
                .containsEntry("E-mail", "email")
                .containsEntry("Where", "postcode")
                .containsEntry("Details", "notes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            03/03/2026 09:15;27/03/2026 10:00        | dd/MM/yyyy HH:mm  | false
            03/03/2026 09:15;04/05/2026 10:00        | dd/MM/yyyy HH:mm  | true
            03/27/2026 09:15 AM                      | MM/dd/yyyy h:mm a | false
            3.3.2026 9:15                            | d.M.yyyy H:mm     | false
            3 Mar 2026 09:15:20                      | d MMM yyyy HH:mm:ss | false
            Tuesday 3 March 2026 09:15               | EEEE d MMMM yyyy HH:mm | false
            20260303 0915                            | yyyyMMdd HHmm     | false
            """)
    void timesTellHowTheyAreWritten(String written, String pattern, boolean doubtful) {
        assertThat(TimeFormats.of(List.of(written.split(";")), true))
                .contains(new TimeFormats.Found(pattern, doubtful));
    }

    @Test
    void isoTimesNeedNoPatternAndOtherTextHasNone() {
        assertThat(TimeFormats.of(List.of("2026-03-03T09:15:00Z"), true)).contains(new TimeFormats.Found("", false));
        assertThat(TimeFormats.of(List.of("31/02/2026 09:15"), true)).isEmpty();
        assertThat(TimeFormats.of(List.of("soon"), true)).isEmpty();
    }

    @Test
    void spreadsheetsAndJsonAreLookedIntoAlike() throws IOException {
        var sheet = (Look.Columns) SampleLook.at(Path.of("samples/telephone/evening-calls.xlsx"), Hints.NONE);
        var json = (Look.Columns) SampleLook.at(Path.of("samples/social/inbox-2026-03-03-evening.json"), Hints.NONE);

        assertThat(names(sheet)).contains("Call ID", "Call date", "Caller number");
        assertThat(sheet.rows()).isPositive();
        assertThat(names(json)).contains("message_id", "author.id");
        assertThat(json.columns()).allMatch(column -> column.filled() > 0);
    }

    private static List<String> names(Look.Columns look) {
        return look.columns().stream().map(Column::name).toList();
    }

    @Test
    void aFileWithoutHeaderHasColumnsByTheirPlace() throws IOException {
        var look = (Look.Columns)
                SampleLook.at(Path.of("src/test/resources/items/telephone/switchboard-log/plain.txt"), Hints.NONE);

        assertThat(look.headed()).isFalse();
        assertThat(look.delimiter()).isEqualTo('\t');
        assertThat(names(look)).startsWith("Column 1", "Column 2").hasSize(7);
    }

    @Test
    void hostileSamplesAreLookedIntoOrRefusedInWords() throws IOException {
        assertThat(look(new byte[0], Hints.NONE)).isInstanceOf(Look.Unfit.class);
        assertThat(look("\n \n".getBytes(StandardCharsets.UTF_8), Hints.NONE)).isInstanceOf(Look.Unfit.class);
        assertThat(look("PK\u0003\u0004nonsense".getBytes(StandardCharsets.UTF_8), Hints.NONE))
                .isInstanceOfSatisfying(
                        Look.Unfit.class, unfit -> assertThat(unfit.reason()).contains("broken"));
        assertThat(look(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2, 3, 4}, Hints.NONE))
                .isInstanceOfSatisfying(
                        Look.Unfit.class, unfit -> assertThat(unfit.reason()).contains("old kind"));
        assertThat(look("[{\"a\": ".getBytes(StandardCharsets.UTF_8), Hints.NONE))
                .isInstanceOf(Look.Unfit.class);
    }

    @Test
    void columnsOfOneNameCanNotBeToldApartAndSaySo() throws IOException {
        var columns = columns("Name,Date,Name,=cmd()\nAnn,03/03/2026,Bob,\u0000x\n");

        assertThat(columns.stream().filter(Column::twice).map(Column::name)).containsExactly("Name");
        assertThat(Suggestions.of(columns, Channel.TELEPHONE, WrittenProfile.EMPTY)
                        .values())
                .noneMatch(one -> one.field().equals("name"));
        assertThat(columns.stream().map(Column::name)).contains("=cmd()");
    }

    @Test
    void aThousandColumnsAreLookedIntoAndMoreAreRefused() throws IOException {
        var header = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(i -> "Field " + i)
                .collect(Collectors.joining(","));
        var row = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(i -> "03/03/2026 x" + i)
                .collect(Collectors.joining(","));
        var columns = columns(header + "\n" + (row + "\n").repeat(30));

        assertThat(columns).hasSize(1_000);
        assertThat(Suggestions.of(columns, Channel.TELEPHONE, profile("contact-centre")))
                .isEmpty();
        assertThat(look((header + ",one more\n").getBytes(StandardCharsets.UTF_8), Hints.NONE))
                .isInstanceOf(Look.Unfit.class);
    }

    @Test
    void anotherCharsetIsReadWhereItIsChosen() throws IOException {
        var content = "Rhif ffôn;Enw\n01792 496000;Siân\n".getBytes(Charset.forName("windows-1252"));

        var look = (Look.Columns) look(content, Hints.NONE);
        assertThat(names(look)).containsExactly("Rhif ffôn", "Enw");
        var chosen = (Look.Columns) look(content, new Hints(List.of(StandardCharsets.ISO_8859_1), ';', Set.of(), true));
        assertThat(names(chosen)).containsExactly("Rhif ffôn", "Enw");
    }
}
