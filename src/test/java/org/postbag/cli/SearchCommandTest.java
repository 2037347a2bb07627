package org.postbag.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Postbag;
import org.postbag.search.RecordRows;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The command beside a running program, which holds the index and drains its work. */
@ApplicationTest
class SearchCommandTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private String data;

    @Autowired
    private javax.sql.DataSource database;

    private ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ExitStatus run(String... arguments) throws UsageProblem {
        out = new ByteArrayOutputStream();
        try (var terminal = new Terminal(out, new ByteArrayOutputStream())) {
            return new SearchCommand(new Services(Postbag.class), Map.of())
                    .run(
                            new ArrayList<>(List.of(arguments)),
                            List.of("--postbag.data=" + data, "--server.port=" + port),
                            terminal);
        }
    }

    @Test
    void whatIsMissingIsToldByItsReferenceAndMended() throws UsageProblem {
        var rows = new RecordRows(database);
        await().atMost(SOON).until(() -> rows.workLeft() == 0);
        run("verify", "--mend"); // what other tests left
        await().atMost(SOON).until(() -> run("verify") == ExitStatus.DONE);
        long id = rows.enquiry(rows.contact("Ann", "public"), (1L << 47) + 7, "s", "secret words", Instant.now());

        assertThat(run("verify", "--mend", "--sample", "5")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Missing: 1. Old: 0. Left over: 0.")
                .containsPattern("missing +" + id + " +[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
                .doesNotContain("secret");
        await().atMost(SOON).until(() -> run("verify") == ExitStatus.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Missing: 0. Old: 0. Left over: 0.");
    }

    @Test
    void whatIsTypedWrongIsTold() {
        assertThatThrownBy(this::run).isInstanceOf(UsageProblem.class);
        assertThatThrownBy(() -> run("check")).isInstanceOf(UsageProblem.class);
        assertThatThrownBy(() -> run("verify", "--sample", "many"))
                .isInstanceOf(UsageProblem.class)
                .hasMessageContaining("--sample");
        assertThatThrownBy(() -> run("verify", "--all")).isInstanceOf(UsageProblem.class);
    }
}
