package org.postbag.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.ApplicationTest;
import org.postbag.Postbag;
import org.postbag.search.RecordRows;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The command beside a running program, which holds the index. */
@ApplicationTest
class ReindexCommandTest {

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private String data;

    @Autowired
    private javax.sql.DataSource database;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ExitStatus run(Map<String, String> environment, String... settings) throws UsageProblem {
        try (var terminal = new Terminal(out, err)) {
            return new ReindexCommand(new Services(Postbag.class), environment)
                    .run(List.of(), List.of(settings), terminal);
        }
    }

    @Test
    void asksTheRunningProgram() throws UsageProblem {
        var rows = new RecordRows(database);
        rows.work(rows.enquiry(rows.contact("Ann", "public"), 1L << 42, "s", "t", java.time.Instant.now()));

        assertThat(run(Map.of(), "--postbag.data=" + data, "--server.port=" + port))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("was built anew");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is running on");
    }

    @Test
    void saysWhatIsWrong() throws UsageProblem {
        assertThat(run(Map.of("POSTBAG_API_TOKEN", "wrong"), "--postbag.data=" + data, "--server.port=" + port))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("401").contains("administrator");
        assertThat(run(Map.of(), "--postbag.data=" + data, "--server.port=1")).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--server.port");
        assertThatThrownBy(() -> run(Map.of(), "--postbag.data=" + data, "--server.port=x"))
                .isInstanceOf(UsageProblem.class);
    }

    @Test
    void buildsItItselfWhereNoProgramRuns(@TempDir Path other) throws UsageProblem {
        assertThat(run(Map.of(), "--postbag.data=" + other, "--spring.profiles.active=try"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("0 enquiries");
    }
}
