package org.postbag.normalising;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.ExportRow.Fault;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

class CallRecordReaderTest {

    private static final Profile PROFILE = (Profile) new Profiles(Path.of("profiles")).named("contact-centre");

    @Test
    void aCallBecomesAMessage() {
        var message = (Message) read(Map.of(
                "Call ID", "C-1",
                "Call date", "03/03/2026",
                "Call time", "09:15:20",
                "Caller number", "0292 018 0899",
                "Caller name", "  Siân   Llŷr-Jones ",
                "Topic", "Postal votes",
                "Notes", "Wants a form.\r\nBy Friday.",
                "Outcome", "Answered",
                "Duration", "00:03:10",
                "Postcode", "cf103nq"));

        assertThat(message.sentAt()).isEqualTo(Instant.parse("2026-03-03T09:15:20Z"));
        assertThat(message.sender().name()).isEqualTo("Siân Llŷr-Jones");
        assertThat(message.sender().telephone()).isEqualTo(new Telephone("+442920180899"));
        assertThat(message.sender().asWritten()).isEqualTo("0292 018 0899");
        assertThat(message.subject()).isEqualTo("Postal votes");
        assertThat(message.topic()).isEqualTo("Postal votes");
        assertThat(message.text()).isEqualTo("Wants a form.\nBy Friday.\n\nOutcome: Answered\nDuration: 00:03:10");
        assertThat(message.claims()).containsExactly(new Claim(Claim.Kind.POSTCODE, "CF10 3NQ"));
        assertThat(message.threadKey()).isEqualTo("the-series");
        assertThat(message.automatic()).isNull();
        assertThat(message.damaged()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Withheld",
                "ANONYMOUS",
                "unavailable",
                "0",
                "0000000000",
                "+44 0000 000000",
                "00000 000 000",
                "",
                "-",
                "Number  withheld",
                "Switchboard"
            })
    void anumberThatStandsForNoneIsNoIdentifier(String written) {
        var message = (Message) read(Map.of("Call date", "2026-03-03", "Caller number", written));

        assertThat(message.sender().telephone()).isNull();
        assertThat(message.sender().asWritten()).isNull();
        assertThat(message.damaged()).hasSize(1).first().asString().contains("no time");
    }

    @ParameterizedTest
    @CsvSource({
        "1792496000, +441792496000",
        "441792496000, +441792496000",
        "7700900123.0, +447700900123",
        "+44 (0)7700 900123, +447700900123",
        "+33 1 99 00 12 34, +33199001234",
        "0033199001234, +33199001234",
    })
    void aNumberIsReadHoweverASpreadsheetLeftIt(String written, String number) {
        var message = (Message) read(Map.of("Call date", "2026-03-03", "Caller number", written));

        assertThat(message.sender().telephone()).isEqualTo(new Telephone(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.41792E+11", "0770 90", "=1+1", "ask Tom", "123456789012345678901234567890"})
    void aNumberThatLostDigitsIsShownButIsNoIdentifier(String written) {
        var message = (Message) read(Map.of("Call date", "2026-03-03T10:00", "Caller number", written));

        assertThat(message.sender().telephone()).isNull();
        assertThat(message.sender().asWritten()).isEqualTo(written);
        assertThat(message.damaged()).containsExactly("The caller's number could not be read");
    }

    @ParameterizedTest
    @CsvSource({
        "29/03/2026 01:30, 2026-03-29T01:30:00Z, went forward", // the hour that isn't there
        "25/10/2026 01:30, 2026-10-25T00:30:00Z, went back", // the hour that comes twice
    })
    void anHourTheClocksSkipOrRepeatIsSaid(String written, Instant at, String note) {
        var cells = written.split(" ");
        var message = (Message) read(Map.of("Call date", cells[0], "Call time", cells[1]));

        assertThat(message.sentAt()).isEqualTo(at);
        assertThat(message.damaged()).singleElement().asString().contains(note);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-03T10:15:00, 2026-02-03T10:15:00Z",
        "2026-07-03 10:15, 2026-07-03T09:15:00Z",
        "2026-07-03T10:15:00+02:00, 2026-07-03T08:15:00Z",
        "2026-07-03T10:15:00Z, 2026-07-03T10:15:00Z",
        "3/7/2026 9:05, 2026-07-03T08:05:00Z",
        "3 jul 2026 09:05, 2026-07-03T08:05:00Z",
    })
    void aTimeIsReadInEachOfTheProfilesWays(String written, Instant at) {
        assertThat(((Message) read(Map.of("Call date", written))).sentAt()).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({
        "31/02/2026 10:00, date-unreadable",
        "yesterday, date-unreadable",
        "46084.38, date-unreadable",
        "03/03/2062 10:00, date-ahead",
        "30/12/1899 10:00, date-too-old",
        "'', no-date",
    })
    void aTimeThatCannotBeRightIsUnreadable(String written, String code) {
        assertThat(read(Map.of("Call date", written, "Notes", "x")))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.code()).isEqualTo(code));
    }

    @Test
    void aRowThatCouldNotBeCutIsUnreadableWithoutItsText() {
        var row = new ExportRow.Damaged(Fault.TOO_FEW_CELLS, 3, 9, "C-1,03/03/2026,07700 900123");

        var unreadable = (Unreadable) RowReader.read(receipt(), row.json(), PROFILE);

        assertThat(unreadable.reason()).isEqualTo("The row has 3 cells and the header 9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"fault\":\"gremlins\"}", "{\"cells\":3}", "{\"cells\":{\"a\":", "\0"})
    void whatIsNoRowIsUnreadable(String content) {
        assertThat(RowReader.read(receipt(), content.getBytes(StandardCharsets.UTF_8), PROFILE))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aTestCallMovesNoDateAndAnUnknownOutcomeIsSaid() {
        assertThat(((Message) read(Map.of("Call date", "2026-03-03 10:00", "Outcome", "TEST  call"))).automatic())
                .isEqualTo(Automatic.TEST);
        assertThat(((Message) read(Map.of("Call date", "2026-03-03 10:00", "Outcome", "Zapped"))).damaged())
                .containsExactly("The outcome is not one that the profile knows");
    }

    @Test
    void cellsAreTextWhateverTheyHold() {
        var message = (Message) read(Map.of(
                "Call date", "2026-03-03 10:00",
                "Caller name", "=HYPERLINK(\"http://example.org\",\"x\")",
                "Notes", "@SUM(A1)\u0000\u0007 <script>alert(1)</script>"));

        assertThat(message.sender().name()).isEqualTo("=HYPERLINK(\"http://example.org\",\"x\")");
        assertThat(message.text()).isEqualTo("@SUM(A1) <script>alert(1)</script>");
    }

    @Test
    void aHugeCellIsUnreadableAndALongOneIsNot() {
        assertThat(read(Map.of("Call date", "2026-03-03 10:00", "Notes", "x".repeat(100_001))))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.code()).isEqualTo("cell-too-long"));
        assertThat(read(Map.of("Call date", "2026-03-03 10:00", "Notes", "word ".repeat(20_000))))
                .isInstanceOfSatisfying(
                        Message.class,
                        m -> assertThat(m.subject())
                                .hasSizeLessThanOrEqualTo(80)
                                .endsWith("…"));
    }

    @ParameterizedTest
    @CsvSource({
        "sa13sn, SA1 3SN",
        "EC1A1BB, EC1A 1BB",
        "W1A 0AX, W1A 0AX",
        "m1 1ae, M1 1AE",
        "b338th, B33 8TH",
        "bf1 2au, BF1 2AU",
        "GIR0AA, GIR 0AA",
        "Q1 1AA, ",
        "SA1 3CN, ",
        "SA1, ",
        "SA13SNX, ",
        "12345, "
    })
    void aPostcodeHasRoyalMailsForm(String written, String value) {
        assertThat(Postcode.parse(written).map(Postcode::value).orElse(null)).isEqualTo(value);
    }

    private static Reading read(Map<String, String> cells) {
        return RowReader.read(receipt(), new ExportRow.Whole(new TreeMap<>(cells)).json(), PROFILE);
    }

    private static Receipt receipt() {
        return new Receipt(
                new ReceiptId("ab".repeat(32)),
                Channel.TELEPHONE,
                Direction.INBOUND,
                "contact-centre-calls",
                Instant.parse("2026-12-01T10:00:00Z"),
                10,
                "the-series",
                "contact-centre",
                "the-file",
                1);
    }
}
