package org.postbag.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.Postbag;
import org.postbag.search.RecordRows;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code retention --dry-run} beside a running program, and without one. */
@ApplicationTest
class RetentionCommandTest {

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private String data;

    @Autowired
    private DataSource database;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ExitStatus run(Map<String, String> environment, String... arguments) {
        return CommandLine.run(
                List.of(new Retention(new Services(Postbag.class), environment)), new Terminal(out, err), arguments);
    }

    @Test
    void asksTheRunningProgramAndChangesNothing() {
        var jdbc = JdbcClient.create(database);
        var rows = new RecordRows(database);
        var longAgo = Instant.now().minus(Duration.ofDays(3000));
        long contact = rows.contact("Ann Due", "registered-campaigner");
        rows.enquiry(contact, (1L << 43) + 7, "s", "t", longAgo);
        jdbc.sql("update contact set last_contact_at = ?::timestamptz, created_at = ?::timestamptz where id = ?")
                .params(longAgo.toString(), longAgo.toString(), contact)
                .update();

        assertThat(run(Map.of(), "retention", "--dry-run", "--postbag.data=" + data, "--server.port=" + port))
                .isEqualTo(ExitStatus.DONE);

        assertThat(out.toString(UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
                .contains("what category channel count oldest")
                .anyMatch(line -> line.startsWith("contacts registered-campaigner - 1 "))
                .anyMatch(line -> line.matches("enquiries registered-campaigner \\S+ 1 \\d{4}-\\d\\d-\\d\\d"));
        assertThat(out.toString(UTF_8)).doesNotContain("Ann");
        assertThat(err.toString(UTF_8)).contains("is running on");
        assertThat(jdbc.sql("select count(*) from enquiry where contact_id = ?")
                        .param(contact)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        jdbc.sql("delete from enquiry where contact_id = ?").param(contact).update();
        jdbc.sql("update contact set erased_at = now() where id = ?")
                .param(contact)
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--dry-run now", "--dryrun", "--dry-run --dry-run", "erase"})
    void whatIsTypedWronglyIsSaidInOneLine(String typed) {
        var arguments = ("retention " + typed).strip().split(" ");

        assertThat(run(Map.of(), arguments)).isEqualTo(ExitStatus.WRONG_INPUT);

        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("postbag: retention takes --dry-run");
        assertThat(out.size()).isZero();
    }

    @Test
    void aPortThatIsNoneIsWrongInput() {
        assertThat(run(Map.of(), "retention", "--dry-run", "--postbag.data=" + data, "--server.port=x"))
                .isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(err.toString(UTF_8)).contains("--server.port=x is no port");
    }

    @Test
    void aTokenThatIsRefusedIsSaid() {
        assertThat(run(
                        Map.of("POSTBAG_API_TOKEN", "wrong"),
                        "retention",
                        "--dry-run",
                        "--postbag.data=" + data,
                        "--server.port=" + port))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString(UTF_8)).contains("401").contains("administrator");
    }

    @Test
    void readsTheRecordItselfWhereNoProgramRuns(@TempDir Path other) {
        assertThat(run(Map.of(), "retention", "--dry-run", "--postbag.data=" + other, "--spring.profiles.active=try"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString(UTF_8)).isEqualTo("Nothing is due.\n");
    }
}
