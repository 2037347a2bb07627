package org.postbag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists of public sources dropped into their folders, as a member of staff would; each item that they hold is accounted for. */
class PublicListFolderTest extends ThroughTheChannels {

    private static final String COLUMNS =
            "Member ID,First name,Surname,Party,Email,Office telephone,Office postcode,Constituency\n";

    @Autowired
    private JdbcClient jdbc;

    @Test
    void reportsSayWhatEachListChanged() throws IOException {
        var first = COLUMNS
                + "7001,Ann,Ifans,Vale,ann.ifans@folder.example,01632 960001,,East\n"
                + "7002,Bo,Said,Vale,bo.said@folder.example,,,West\n"
                + "7003,Cai,Puw,Vale,cai.puw@folder.example,,,North\n"
                + "7004,Di,Jones,Vale,di.jones@folder.example,,,South\n"
                + "7005,Ed,Ellis,Vale,ed.ellis@folder.example,,,South\n"
                + "7006,Vacant,,Vale,,,,South\n";
        var second = first.replace("ann.ifans@", "ann@")
                .replace("7002,Bo,Said,Vale,bo.said@folder.example,,,West\n", "7010,Flo,Frost,Hill,,,,West\n");
        // Both at once, the later first.
        drop("members", "members-2024-03-08.csv", second);
        drop("members", "members-2024-03-01.csv", first);

        assertThat(report("members", "members-2024-03-01.csv"))
                .contains("Report on the list members-2024-03-01.csv")
                .contains("Rows:          6\nFiled:         5\nKnown already: 0\nIn quarantine: 1\n")
                .contains("New:              5\nChanged:          0\nUnchanged:        0\nNo longer listed: 0\n")
                .contains("  row 6: The row names nobody\n")
                .doesNotContain("Ann", "example");
        var later = report("members", "members-2024-03-08.csv");
        assertThat(later)
                .contains("Rows:          6\nFiled:         5\n")
                .contains("The list was seen on 8 March 2024");
        assertThat(fresh()).hasSize(12);

        // The same list again, under another name, is known row by row, and its figures are those of all that is filed
        // by now.
        drop("members", "again-2024-03-08.csv", second);
        assertThat(report("members", "again-2024-03-08.csv"))
                .contains("Rows:          6\nFiled:         0\nKnown already: 6\n")
                .contains("New:              1\nChanged:          1\nUnchanged:        3\nNo longer listed: 1\n")
                .contains("the one before it on 1 March 2024");
        assertThat(jdbc.sql("select count(*) from enquiry").query(Long.class).single())
                .isZero();
    }

    @Test
    void aListThatIsCutOffIsCalledProbablyIncomplete() throws IOException {
        drop("parties", "parties-2024-03-01.json", parties(8));
        assertThat(report("parties", "parties-2024-03-01.json")).contains("New:              8\n");
        drop("parties", "parties-2024-03-08.json", parties(6));

        assertThat(report("parties", "parties-2024-03-08.json"))
                .contains("Unchanged:        6\nMissing:          2\n", "this one is probably incomplete");
    }

    @Test
    void aListThatDoesntFitIsHeldAndHarmsNobody() throws IOException {
        drop("electoral-services", "broken.csv", "Council,Officer\nNorthvale,Ann Ifans\n");
        soon().until(() -> officer.get("/quarantine").body().contains("broken.csv"));

        drop("parties", "later-2023-01-01.json", parties(1));
        assertThat(report("parties", "later-2023-01-01.json")).contains("Filed:         1\n");
    }

    private static String parties(int count) {
        var text = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",\n")
                    .append(
                            "{\"registrationNumber\": \"F%d\", \"name\": \"Party %d\", \"entity\": \"Party\", \"type\": \"Minor party\"}"
                                    .formatted(i, i));
        }
        return text.append("]\n").toString();
    }

    private Path watched(String source, String name) {
        return data.resolve("in/public-register").resolve(source).resolve(name);
    }

    /** Puts a file that nobody writes to any more into the folder. */
    private void drop(String source, String name, String content) throws IOException {
        var part = watched(source, name + ".part");
        Files.write(part, content.getBytes(UTF_8));
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(10)));
        Files.move(part, watched(source, name));
    }

    private String report(String source, String name) throws IOException {
        var report = watched(source, "reports/" + name + ".report.txt");
        soon().until(() -> Files.exists(report));
        return Files.readString(report);
    }
}
