package org.postbag.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.ApplicationTest;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Reconciliation;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** {@code import} as a process of its own that is ended half-way, beside another, and while mail is delivered. */
@ApplicationTest
@TestPropertySource(
        properties =
                "postbag.filing.node=import-killed") // a program of its own: it counts what the program has received
class ImportKilledTest {

    private static final Duration FILED_MAX = Duration.ofMinutes(3);
    private static final Pattern TAKEN = Pattern.compile("[Tt]aken ([0-9,]+), known already ([0-9,]+)");

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private String data;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Reconciliation reconciliation;

    @TempDir
    private Path folder;

    private String run = "";

    @BeforeEach
    void begin() {
        run = UUID.randomUUID().toString().substring(0, 8);
    }

    private String mail(int number) {
        return "From: Nia <nia-%s@example.org>\nSubject: Number %d\nMessage-ID: <%d-%s@example.org>\n\n%s\n"
                .formatted(run, number, number, run, "When do the polls open? ".repeat(100));
    }

    private Path mbox(int mails) throws IOException {
        var box = new StringBuilder();
        for (int i = 0; i < mails; i++) {
            box.append("From nia@example.org Tue Feb 10 09:30:00 2026\n")
                    .append(mail(i))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("box"), box);
    }

    private Process start(Path source, Path log) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.postbag.Postbag",
                        "import",
                        "mail",
                        source.toString(),
                        "--postbag.data=" + data,
                        "--server.port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private long stored() {
        return jdbc.sql("select count(*) from enquiry where from_address = ?")
                .param("nia-" + run + "@example.org")
                .query(Long.class)
                .single();
    }

    private static long[] counts(Path log) throws IOException {
        var told = TAKEN.matcher(Files.readString(log));
        assertThat(told.find()).as(Files.readString(log)).isTrue();
        return new long[] {
            Long.parseLong(told.group(1).replace(",", "")),
            Long.parseLong(told.group(2).replace(",", ""))
        };
    }

    private void addsUp() throws IOException {
        var today = java.time.LocalDate.now(java.time.ZoneOffset.UTC);
        assertThat(reconciliation.between(today.minusDays(1), today).stream()
                        .filter(day -> day.channel() == Channel.EMAIL))
                .allMatch(Reconciliation.Day::addsUp);
    }

    @Test
    void whatWasKilledGoesOnWhereItEndedAndLosesNothing() throws Exception {
        int mails = 6_000;
        var box = mbox(mails);
        var first = start(box, folder.resolve("killed"));
        await().atMost(FILED_MAX).pollInterval(Duration.ofMillis(20)).until(() -> stored() > 0);
        first.destroyForcibly().waitFor();
        assertThat(stored()).isLessThan(mails);

        var second = start(box, folder.resolve("interrupted"));
        await().atMost(FILED_MAX)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !second.isAlive() || stored() > mails / 3);
        second.destroy();
        second.waitFor();
        assertThat(folder.resolve("interrupted"))
                .content()
                .containsAnyOf("Start the same command again to go on", "Taken ");
        var third = start(box, folder.resolve("whole"));

        assertThat(third.waitFor()).isZero();
        var counts = counts(folder.resolve("whole"));
        assertThat(counts[0] + counts[1]).isEqualTo(mails);
        assertThat(counts[1]).isPositive();
        await().atMost(FILED_MAX).until(() -> stored() == mails);
        addsUp();
    }

    @Test
    void twoAtOnceTakeEachMailOnce() throws Exception {
        int mails = 2_000;
        var box = mbox(mails);

        var one = start(box, folder.resolve("one"));
        var other = start(box, folder.resolve("other"));

        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(counts(folder.resolve("one"))[0] + counts(folder.resolve("other"))[0])
                .isEqualTo(mails);
        await().atMost(FILED_MAX).until(() -> stored() == mails);
        addsUp();
    }

    /** A mail program delivers to a Maildir, moves what is new and sets flags, all the while. */
    @Test
    void aMaildirInUseIsTakenWhole() throws Exception {
        int mails = 1_500;
        for (var part : List.of("new", "cur", "tmp")) {
            Files.createDirectories(folder.resolve("mail").resolve(part));
        }
        var maildir = folder.resolve("mail");
        var delivered = new ArrayList<Path>();
        for (int i = 0; i < mails; i++) {
            delivered.add(Files.writeString(maildir.resolve("new/" + i + ".host"), mail(i)));
        }

        var process = start(maildir, folder.resolve("log"));
        for (int i = 0; i < mails && process.isAlive(); i++) {
            Files.move(delivered.get(i), maildir.resolve("cur/" + i + ".host:2,"));
            if (i % 3 == 0) {
                Files.move(maildir.resolve("cur/" + i + ".host:2,"), maildir.resolve("cur/" + i + ".host:2,S"));
            }
            if (i % 10 == 0) {
                var late = maildir.resolve("tmp/late" + i + ".host");
                Files.writeString(late, mail(mails + i));
                Files.move(late, maildir.resolve("new/late" + i + ".host"));
            }
        }

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
        var again = start(maildir, folder.resolve("again"));
        assertThat(again.waitFor()).isZero();
        long lying;
        try (var files = Files.walk(maildir)) {
            lying = files.filter(Files::isRegularFile).count();
        }
        await().atMost(FILED_MAX).until(() -> stored() == lying);
        var first = counts(folder.resolve("log"));
        assertThat(first[0]).isGreaterThanOrEqualTo(mails);
    }
}
