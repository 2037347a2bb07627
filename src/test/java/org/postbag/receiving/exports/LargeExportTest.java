package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;

/** What a large or hostile export costs: it is cut in a process of its own with little memory. */
class LargeExportTest {

    private static final int ROWS = 300_000;
    private static final String HEADER = "Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome";
    private static final Path ITEM = Path.of("src/test/resources/items/telephone/dates-from-1904.xlsx");
    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String TEXTS = "xl/sharedStrings.xml";

    @TempDir
    Path folder;

    /** Cuts the export that its argument names, and exits with 0 if it had as many rows as it should. */
    public static final class Cut {

        private Cut() {}

        public static void main(String[] arguments) throws IOException {
            var profile = (Profile) new Profiles(Path.of("profiles")).named("contact-centre");
            var arrivals = new RowArrivals("a-route", profile, "a-file", null);
            int rows = 0;
            try (var cutter = Cutters.open(Path.of(arguments[0]), profile)) {
                for (var row = cutter.next(); row != null; row = cutter.next()) {
                    rows += arrivals.arrival(row).content().length > 0 ? 1 : 0;
                }
            }
            System.exit(rows == ROWS ? 0 : 1);
        }
    }

    @Test
    void aTextOf300_000RowsNeedsLittleMemory() throws Exception {
        var file = folder.resolve("calls.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (int i = 0; i < ROWS; i++) {
                out.write(
                        "C-%d,03/03/2026,10:00:00,01792 496000,Ann Example,Registration,\"Notes of call %d, %s\",Answered\n"
                                .formatted(i, i, "and more".repeat(20)));
            }
        }

        assertThat(cutWith("64m", file)).isZero();
    }

    @Test
    void jsonOf300_000RowsNeedsLittleMemory() throws Exception {
        var file = folder.resolve("calls.json");
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS; i++) {
                out.write(
                        (i == 0 ? "[" : ",")
                                + "{\"Call ID\":\"C-%d\",\"Call date\":\"03/03/2026\",\"Call time\":\"10:00:00\",\"Caller number\":\"01792 496000\","
                                        .formatted(i)
                                + "\"Caller name\":\"Ann\",\"Topic\":\"Registration\",\"Notes\":\"Hello\",\"Outcome\":\"Answered\"}\n");
            }
            out.write("]");
        }

        assertThat(cutWith("64m", file)).isZero();
    }

    /** As one text they would be put together half a million times. */
    @Test
    void aJsonListOfAMillionValuesIsRefused() throws Exception {
        var file = folder.resolve("calls.json");
        Files.writeString(file, "[{\"Notes\":[" + "1,".repeat(1_000_000) + "1]}]");
        var profile = (Profile) new Profiles(Path.of("profiles")).named("contact-centre");

        assertThatThrownBy(() -> Cutters.open(file, profile)).hasMessage("A row has more than a million characters");
    }

    @Test
    void rowsWithoutCallIdsNeedLittleMemory() throws Exception {
        var file = folder.resolve("calls.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (int i = 0; i < ROWS; i++) {
                out.write(",03/03/2026,10:00:00,01792 496000,Ann Example,Registration,Notes of call %d,Answered\n"
                        .formatted(i));
            }
        }

        assertThat(cutWith("128m", file)).isZero();
    }

    @Test
    void aTextOfUnclosedQuotesEndsInReasonableTime() throws Exception {
        var file = folder.resolve("calls.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (int i = 0; i < ROWS; i++) {
                out.write("C-%d,not a date,\"open\n".formatted(i));
            }
        }

        assertThat(cutWith("128m", file)).isBetween(0, 1);
    }

    @Test
    void aSpreadsheetOf300_000RowsNeedsLittleMemory() throws Exception {
        var file = folder.resolve("calls.xlsx");
        spreadsheet(file, SHEET, out -> {
            out.write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
            row(out, HEADER.split(","));
            for (int i = 0; i < ROWS; i++) {
                row(
                        out,
                        "C-" + i,
                        "2026-03-03",
                        "10:00:00",
                        "01792 49" + i % 10_000,
                        "Ann Example " + i * 7919L,
                        "Registration",
                        "Notes of the call " + i * 104_729L,
                        "Answered");
            }
            out.write("</sheetData></worksheet>");
        });

        assertThat(cutWith("128m", file)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {SHEET, TEXTS, "xl/styles.xml", "xl/workbook.xml"})
    void aSpreadsheetThatUnfoldsToGigabytesIsRefused(String part) throws IOException {
        var file = folder.resolve("bomb.xlsx");
        spreadsheet(file, part, out -> {
            out.write("<x xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>");
            var spaces = " ".repeat(1024 * 1024);
            for (int i = 0; i < 300; i++) {
                out.write(spaces);
            }
            out.write("</t></si></x>");
        });
        assertThat(Files.size(file)).isLessThan(1_000_000);
        var profile = (Profile) new Profiles(Path.of("profiles")).named("contact-centre");

        assertThatThrownBy(() -> Cutters.open(file, profile).close()).isInstanceOf(BrokenExport.class);
    }

    private interface Content {
        void write(Writer out) throws IOException;
    }

    /** The spreadsheet of an item, with another content of one part. */
    private static void spreadsheet(Path file, String part, Content content) throws IOException {
        try (var item = new ZipFile(ITEM.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : item.stream().toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals(part)) {
                    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    content.write(writer);
                    writer.flush();
                } else {
                    item.getInputStream(entry).transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static void row(Writer out, String... cells) throws IOException {
        out.write("<row>");
        for (var cell : cells) {
            out.write("<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>");
        }
        out.write("</row>");
    }

    private static int cutWith(String memory, Path file) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + memory,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Cut.class.getName(),
                file.toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("it ends within two minutes")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
