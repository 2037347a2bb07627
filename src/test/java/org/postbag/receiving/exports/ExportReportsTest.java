package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.exports.ExportTaker.Outcome;

class ExportReportsTest extends ExportsOnDisk {

    @Test
    void theReportAddsUpAndNamesNobody() throws IOException {
        take(drop(
                "calls.csv",
                HEADER + rows(1, 3) + "C-short,03/03/2026\n" + row(5) + row(2)
                        + "C-x,31/02/2026,10:00,,Ann Example,,,\n"));
        reports.writeDue();
        assertThat(folder.resolve("reports")).doesNotExist();

        file();
        reports.writeDue();

        assertThat(report("calls.csv.report.txt"))
                .contains("Rows:          7\nFiled:         4\nKnown already: 1\nIn quarantine: 2\n")
                .contains("  row 4: The row has 2 cells and the header 8\n")
                .contains("  row 7: The time of the call is not written in a way that the profile knows\n")
                .contains("not filed again:\n  row 6\n")
                .contains("Written on 4 March 2026 at 9:00am")
                .doesNotContain("Example", "01792", "C-");
        assertThat(jdbc.sql("select count(*) from export_row")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void theSameFileUnderAnotherNameIsKnownRowByRow() throws IOException {
        var content = HEADER + rows(1, 700) + ",03/03/2026,10:00:00,,No Id,,,\n,03/03/2026,10:00:00,,No Id,,,\n";
        take(drop("calls.csv", content));
        take(drop("calls again.csv", content));
        take(drop("calls.csv", content));
        file();
        reports.writeDue();

        assertThat(receiver.all()).hasSize(702);
        assertThat(report("calls.csv.report.txt"))
                .contains("Rows:          702\nFiled:         702\nKnown already: 0\n");
        assertThat(report("calls again.csv.report.txt"))
                .contains("Rows:          702\nFiled:         0\nKnown already: 702\n");
        assertThat(report("calls.csv-2.report.txt")).contains("Known already: 702\n");
    }

    @Test
    void rowsThatAnEarlierExportHadAreKnownInWhateverEncodingAndOrder() throws IOException {
        take(drop("morning.csv", HEADER + rows(1, 5)));
        var day = "Outcome;Notes;Topic;Caller name;Caller number;Call time;Call date;Call ID\n"
                + IntStream.rangeClosed(1, 8)
                        .mapToObj(ExportTakerTest::row)
                        .map(row -> Stream.of(row.strip().split(","))
                                        .reduce((a, b) -> b + ";" + a)
                                        .orElseThrow()
                                + "\n")
                        .reduce("", String::concat);
        var file = folder.resolve("day.csv");
        Files.write(file, ("\uFEFF" + day).getBytes(StandardCharsets.UTF_16LE));
        settle(file);

        take(file);
        file();
        reports.writeDue();

        assertThat(receiver.all()).hasSize(8);
        assertThat(report("day.csv.report.txt")).contains("Rows:          8\nFiled:         3\nKnown already: 5\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb.csv", "..\\..\\evil.csv", "\u202Evsc.exe", "Galwadau dydd Mawrth.csv", "-rf.csv"})
    void aReportHasASafeName(String name) throws IOException {
        take(drop(name, HEADER + row(1)));
        file();

        reports.writeDue();

        try (var files = Files.list(folder.resolve("reports"))) {
            assertThat(files.map(f -> f.getFileName().toString()).toList())
                    .singleElement()
                    .asString()
                    .endsWith(".report.txt")
                    .matches("[\\p{L}\\p{N} ._()+-]+");
        }
    }

    @Test
    void aHeaderWithoutRowsIsTakenAndReported() throws IOException {
        assertThat(take(drop("quiet-day.csv", HEADER))).isEqualTo(Outcome.TAKEN);

        reports.writeDue();

        assertThat(report("quiet-day.csv.report.txt")).contains("Rows:          0\nFiled:         0\n");
    }
}
