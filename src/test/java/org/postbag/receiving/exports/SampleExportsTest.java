package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The exports of the sample day, as a newcomer gets them. */
class SampleExportsTest extends ExportsOnDisk {

    @Test
    void theDaysExportHasItsErrorsInIt() throws IOException {
        take(sample("calls-2026-03-03.csv"));
        take(sample("evening-calls.xlsx"));
        file();
        reports.writeDue();

        assertThat(report("calls-2026-03-03.csv.report.txt"))
                .contains("Rows:          26\nFiled:         22\nKnown already: 1\nIn quarantine: 3\n")
                .contains("row 6: The time of the call", "row 9: The row has 4 cells", "row 25: A quotation mark")
                .contains("not filed again:\n  row 13\n");
        assertThat(report("evening-calls.xlsx.report.txt"))
                .contains("Rows:          5\nFiled:         5\nKnown already: 0\nIn quarantine: 0\n");
    }

    private Path sample(String name) throws IOException {
        var file = folder.resolve(name);
        Files.copy(Path.of("samples/telephone").resolve(name), file);
        settle(file);
        return file;
    }
}
