package org.postbag.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.ApplicationTest;
import org.postbag.Postbag;
import org.postbag.contacts.PublicLists;
import org.postbag.enquiries.Filer;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.Reconciliation;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code import} beside a running program, and without one. */
@ApplicationTest
class ImportCommandTest {

    private static final Duration FILED_MAX = Duration.ofSeconds(60);
    private static final DateTimeFormatter MAIL_DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private String data;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PublicLists lists;

    @Autowired
    private Receiver receiver;

    @Autowired
    private Reconciliation reconciliation;

    @Autowired
    private Filer filer;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final OffsetDateTime lastWeek =
            OffsetDateTime.now(ZoneOffset.UTC).minusDays(7).withNano(0);
    private String run = "";

    @BeforeEach
    void begin() {
        run = UUID.randomUUID().toString().substring(0, 8);
    }

    private ExitStatus run(String... arguments) {
        out.reset();
        err.reset();
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.add("--postbag.data=" + data);
        all.add("--server.port=" + port);
        return run(Map.of(), all.toArray(String[]::new));
    }

    private ExitStatus run(Map<String, String> environment, String... arguments) {
        return CommandLine.run(
                List.of(new ImportCommand(new Services(Postbag.class), environment, Clock.systemUTC())),
                new Terminal(out, err),
                arguments);
    }

    private String printed() {
        return out.toString(UTF_8);
    }

    private String told() {
        return err.toString(UTF_8);
    }

    /** A mail as the body's server handed it on, a week ago. */
    private String mail(String number) {
        return """
                Received: from there.example by mail.body.example; %s
                From: Nia Example <nia-%s@example.org>
                To: enquiries@localhost
                Subject: Number %s
                Date: %s
                Message-ID: <%s-%s@example.org>

                When do the polls open?

                From what I read, at seven.
                """.formatted(
                        MAIL_DATE.format(lastWeek), run, number, MAIL_DATE.format(lastWeek.minusDays(1)), number, run);
    }

    private static String inMbox(String mail) {
        return "From nia@example.org Thu Jan 1 10:00:00 2026\n" + mail.replace("\nFrom what", "\n>From what") + "\n";
    }

    private Path file(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private long filed(String what) {
        return jdbc.sql("select count(*) from enquiry where from_address = 'nia-' || ? || '@example.org' and " + what)
                .param(run)
                .query(Long.class)
                .single();
    }

    @Test
    void mailsOfAnMboxAreFiledOnceAndCountFromWhenTheyCame() throws IOException {
        var box = file("box", inMbox(mail("1")) + inMbox(mail("2")));

        assertThat(run("import", "mail", "--dry-run", box.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Would be taken 2, known already 0, refused 0");
        assertThat(run("import", "mail", box.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Taken 2, known already 0, refused 0");
        await().atMost(FILED_MAX).until(() -> filed("true") == 2);
        assertThat(run("import", "mail", box.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Taken 0, known already 2, refused 0");
        assertThat(run("import", "mail", "--dry-run", box.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Would be taken 0, known already 2, refused 0");

        assertThat(filed("direction = 'inbound' and received_at = '" + lastWeek + "'"))
                .isEqualTo(2);
        assertThat(jdbc.sql(
                                "select last_contact_at from contact c join enquiry e on e.contact_id = c.id where e.from_address = ? limit 1")
                        .param("nia-" + run + "@example.org")
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo(lastWeek.toInstant());
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'IMPORTED' and detail = '2 new, 0 known'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void whatCameByTheMailboxIsKnownAndTheOtherWayRound() throws IOException {
        var byMailbox =
                mail("3").replace("Received: from", "Received: from relay by").replace("\n", "\r\n") + "\r\n";
        receiver.receive(List.of(Identity.mail("mailbox", Direction.INBOUND, byMailbox.getBytes(UTF_8))));

        assertThat(run(
                        "import",
                        "mail",
                        file("box", inMbox(mail("3")) + inMbox(mail("4"))).toString()))
                .isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Taken 1, known already 1");
        var again = receiver.receive(List.of(Identity.mail(
                "mailbox", Direction.INBOUND, mail("4").replace("\n", "\r\n").getBytes(UTF_8))));

        assertThat(again.getFirst().known()).isTrue();
        await().atMost(FILED_MAX).until(() -> filed("true") == 2);
    }

    @Test
    void aCompressedMboxAFolderOfMailsAndAMaildirAreTaken() throws IOException {
        var packed = folder.resolve("box.gz");
        try (var to = new GZIPOutputStream(Files.newOutputStream(packed))) {
            to.write((inMbox(mail("5")) + inMbox(mail("6"))).getBytes(UTF_8));
        }
        file("mails/a.eml", mail("7"));
        file("mails/deeper/b.eml", mail("8"));
        file("mails/deeper/b.eml.txt", "a note of somebody");
        file("maildir/cur/1.host:2,S", mail("9"));
        file("maildir/new/2.host", mail("10"));
        file("maildir/tmp/3.host", "half a ma");
        file("maildir/dovecot-uidlist", "3 V1 N2");
        file("maildir/.Archive/cur/4.host:2,", mail("11"));
        file("maildir/.Archive/new/.keep", "");
        var outside = file("outside/12.eml", mail("12"));
        Files.createSymbolicLink(folder.resolve("mails/link.eml"), outside);
        Files.createSymbolicLink(folder.resolve("maildir/cur/5.host:2,S"), outside);
        Files.createSymbolicLink(folder.resolve("mails/all"), outside.getParent());

        assertThat(run(
                        "import",
                        "mail",
                        packed.toString(),
                        folder.resolve("mails").toString(),
                        folder.resolve("maildir").toString()))
                .isEqualTo(ExitStatus.DONE);

        assertThat(printed().lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).contains("box.gz: taken 2,"))
                .anySatisfy(line -> assertThat(line).contains("maildir: taken 3,"))
                .last()
                .asString()
                .startsWith("Taken 7, known already 0, refused 0");
        assertThat(told()).contains("links are not followed").contains("b.eml.txt: it is neither an mbox nor a mail");
        await().atMost(FILED_MAX).until(() -> filed("true") == 7);
    }

    @Test
    void aBadMailGoesToQuarantineAndStopsNoOther() throws IOException {
        var bad = "\0\0\0 this is no mail at all " + run + "\n";

        assertThat(run(
                        "import",
                        "mail",
                        file("box", inMbox(mail("13")) + inMbox(bad) + inMbox(mail("14")))
                                .toString()))
                .isEqualTo(ExitStatus.DONE);

        assertThat(printed()).startsWith("Taken 3");
        await().atMost(FILED_MAX).until(() -> filed("true") == 2);
    }

    @Test
    void whatWasSentIsFiledAsOurAnswer() throws IOException {
        assertThat(run("import", "mail", file("box", inMbox(mail("15"))).toString()))
                .isEqualTo(ExitStatus.DONE);
        await().atMost(FILED_MAX).until(() -> filed("true") == 1);
        var answer = """
                From: Enquiries <enquiries@localhost>
                To: nia-%s@example.org
                Subject: Re: Number 15
                Date: %s
                Message-ID: <answer-%s@localhost>
                In-Reply-To: <15-%s@example.org>

                At seven.
                """.formatted(run, MAIL_DATE.format(lastWeek.plusDays(1)), run, run);

        assertThat(run("import", "mail", "--sent", file("sent.eml", answer).toString()))
                .isEqualTo(ExitStatus.DONE);

        await().atMost(FILED_MAX)
                .until(() -> jdbc.sql("""
                        select count(*) from enquiry e where e.direction = 'outbound' and e.received_at = ?::timestamptz
                            and e.thread_id = (select thread_id from enquiry where from_address = ? limit 1)
                        """)
                                .param(lastWeek.plusDays(1).toString())
                                .param("nia-" + run + "@example.org")
                                .query(Long.class)
                                .single()
                        == 1);
    }

    @Test
    void callsCountFromWhenTheyTookPlaceAndAreKnownAgain() throws IOException {
        var calls = file("calls.csv", """
                Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome
                C-%s-1,02/02/2026,09:15:20,01632 960 001,Ann,Registration,Hello %s,Answered
                C-%s-2,02/02/2026,10:15:20,01632 960 002,Ben,Registration,Hello again %s,Answered
                """.formatted(run, run, run, run));

        assertThat(run("import", "calls", calls.toString())).as(told()).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Taken 2, known already 0, refused 0");
        assertThat(run("import", "calls", "--profile", "contact-centre", calls.toString()))
                .as(told())
                .isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Taken 0, known already 2, refused 0");

        await().atMost(FILED_MAX)
                .until(() -> jdbc.sql(
                                        "select count(*) from enquiry where text like ? and received_at = '2026-02-02T09:15:20Z'")
                                .param("Hello " + run + "%")
                                .query(Long.class)
                                .single()
                        == 1);
    }

    @Test
    void anExportThatDoesNotFitIsNotTakenAtAll() throws IOException {
        var good = file("good.csv", """
                Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome
                C-%s-3,02/02/2026,09:15:20,01632 960 001,Ann,Registration,Never taken %s,Answered
                """.formatted(run, run));
        var bad = file("bad.csv", "Call ID,Colour\nC-1,red\n");

        assertThat(run("import", "calls", "--profile", "contact-centre", good.toString(), bad.toString()))
                .isEqualTo(ExitStatus.WRONG_INPUT);

        assertThat(told()).contains("bad.csv").contains("contact-centre").hasLineCount(1);
        assertThat(run("import", "calls", "--dry-run", good.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).startsWith("Would be taken 1, known already 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import|mail, calls or contacts",
                "import pigeons x|mail, calls or contacts",
                "import mail|at least one file or folder",
                "import calls|at least one file",
                "import mail --fast x|no option \"--fast\"",
                "import mail --profile p x|--profile goes with calls and contacts only",
                "import calls --sent x|--sent goes with mail only",
                "import calls --profile|needs a value",
                "import calls --profile none-such pom.xml|There is no profile profiles/none-such.yaml",
                "import calls pom.xml|\"pom.xml\" is not taken",
                "import calls src|is no file",
                "import mail /no/such/file|no file or folder",
                "import mail pom.xml|\"pom.xml\" is neither an mbox",
                "import mail /dev/null|neither a file nor a folder",
                "import mail samples/email pom.xml|\"pom.xml\" is neither an mbox"
            })
    void whatIsTypedWronglyIsSaidInOneLine(String typed, String answer) {
        assertThat(run(Map.of(), typed.split(" "))).isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(told()).contains(answer).hasLineCount(1);
        assertThat(printed()).isEmpty();
    }

    @Test
    void whoMayNotIsRefused() throws IOException {
        var box = file("box", inMbox(mail("16"))).toString();

        assertThat(run(
                        Map.of("POSTBAG_API_TOKEN", "wrong"),
                        "import",
                        "mail",
                        box,
                        "--postbag.data=" + data,
                        "--server.port=" + port))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(told()).contains("401").contains("administrator").contains("Start the same command again");
    }

    @Test
    void whatWasErasedIsNotBroughtBack() throws IOException {
        var box = file("box", inMbox(mail("17"))).toString();
        assertThat(run("import", "mail", box)).isEqualTo(ExitStatus.DONE);
        await().atMost(FILED_MAX).until(() -> filed("true") == 1);
        var id = jdbc.sql("select receipt_id from enquiry where from_address = ?")
                .param("nia-" + run + "@example.org")
                .query(String.class)
                .single();
        var raw = Path.of(data).resolve("raw/email/" + Instant.now().toString().substring(0, 10) + "/" + id);
        Files.delete(raw);
        jdbc.sql("update receipt set state = 'erased' where id = ?").param(id).update();
        try {
            assertThat(run("import", "mail", box)).isEqualTo(ExitStatus.DONE);

            assertThat(printed()).startsWith("Taken 0, known already 1");
            assertThat(raw).doesNotExist();
        } finally {
            jdbc.sql("delete from enquiry where receipt_id = ?").param(id).update();
        }
    }

    /** The database doesn't keep since when an item counts, so what is replayed from it must find that in the raw item. */
    @Test
    void whatIsFiledAgainFromTheDatabaseCountsFromTheSameTime() throws IOException {
        assertThat(run("import", "mail", file("box", inMbox(mail("22"))).toString()))
                .isEqualTo(ExitStatus.DONE);
        await().atMost(FILED_MAX).until(() -> filed("true") == 1);
        var id = jdbc.sql("delete from enquiry where from_address = ? returning receipt_id")
                .param("nia-" + run + "@example.org")
                .query(String.class)
                .single();
        jdbc.sql("update receipt set state = 'waiting' where id = ?").param(id).update();

        filer.file(List.of(new Receipt(
                new ReceiptId(id),
                Channel.EMAIL,
                Direction.INBOUND,
                Receipt.BACKLOG_ROUTE,
                Instant.now(),
                1,
                null,
                null,
                null,
                null)));

        assertThat(filed("received_at = '" + lastWeek + "'")).isEqualTo(1);
    }

    @Test
    void whatAnImportListedIsInTheIndependentCount() throws IOException {
        var today = java.time.LocalDate.now(ZoneOffset.UTC);
        var before = reconciliation.between(today, today).stream()
                .filter(day -> day.channel() == Channel.EMAIL)
                .mapToLong(Reconciliation.Day::received)
                .sum();
        var box = file("box", inMbox(mail("18")) + inMbox(mail("19"))).toString();

        run("import", "mail", box);
        run("import", "mail", box);
        await().atMost(FILED_MAX).until(() -> filed("true") == 2);

        assertThat(reconciliation.between(today, today).stream()
                        .filter(day -> day.channel() == Channel.EMAIL)
                        .mapToLong(Reconciliation.Day::received)
                        .sum())
                .isGreaterThanOrEqualTo(before + 4);
    }

    @Test
    void whatKeepsTheServicesFromStartingIsSaidInOneLine(@TempDir Path other) throws IOException {
        var box = file("box", inMbox(mail("23"))).toString();

        assertThat(run(Map.of(), "import", "mail", box, "--postbag.data=" + other))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(told()).startsWith("postbag: ").hasLineCount(1);
    }

    @Test
    void takesItInItselfWhereNoProgramRuns(@TempDir Path other) throws IOException {
        var box = file("box", inMbox(mail("20")) + inMbox(mail("21"))).toString();
        var settings = new String[] {"import", "mail", box, "--postbag.data=" + other, "--spring.profiles.active=try"};

        assertThat(run(Map.of(), settings)).as(told()).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).contains("Taken 2, known already 0").contains("or when it next starts");
        out.reset();
        assertThat(run(Map.of(), settings)).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).contains("Taken 0, known already 2").doesNotContain("next starts");
    }

    /** Of a day that no other list of the source is of. */
    @Test
    void contactsEndInAReport() throws IOException {
        var day = java.time.LocalDate.now(ZoneOffset.UTC).plusDays(1);
        var list = file(
                "members-" + day + ".csv",
                "Member ID,First name,Surname,Party,Email,Office telephone,Office postcode,Constituency\n"
                        + "%s,Nia,Example,Vale,nia-%s@members.example,01632 960077,,East\n".formatted(run, run));

        assertThat(run("import", "contacts", "--profile", "assembly-members", list.toString()))
                .isEqualTo(ExitStatus.DONE);

        assertThat(printed())
                .contains("Taken 1, known already 0, refused 0")
                .containsPattern(
                        "list of " + day + ": new 1, known 0, changed 0, in quarantine 0; .*pairs for review \\d+");
        assertThat(run("import", "contacts", "--profile", "assembly-members", list.toString()))
                .isEqualTo(ExitStatus.DONE);
        assertThat(printed()).contains("Taken 0, known already 1").contains("new 1, known 0");
    }

    /** A quarter is missing in the second; a row says something else of an entry that the same list has. */
    @Test
    void eachDaysListStaysAndTheReportAddsUp() throws IOException {
        var first = java.time.LocalDate.of(2024, 5, 7);
        var second = java.time.LocalDate.of(2024, 5, 14);
        var header = "Member ID,First name,Surname,Party,Email,Office telephone,Office postcode,Constituency\n";
        var entry = "%s-%d,Member%d,Example,Vale,m%d-%s@members.example,,,East\n";
        var rows = new StringBuilder(header);
        for (int i = 1; i <= 4; i++) {
            rows.append(entry.formatted(run, i, i, i, run));
        }
        var before = file("members-" + first + ".csv", rows.toString());
        var after = file(
                "members-" + second + ".csv",
                header
                        + entry.formatted(run, 1, 1, 1, run)
                        + entry.formatted(run, 2, 2, 2, run)
                        + entry.formatted(run, 9, 9, 9, run)
                        + "%s-1,Somebody,Else,Vale,,,,West\n".formatted(run));

        run("import", "contacts", "--profile", "assembly-members", before.toString());
        run("import", "contacts", "--profile", "assembly-members", after.toString());

        assertThat(printed())
                .contains("list of " + second + ": new 1, known 2, changed 0, in quarantine 1; missing 2")
                .contains("nobody counts as no longer listed", "in quarantine, row 4: ")
                .doesNotContain("Somebody");
        assertThat(lists.list("assembly-members", first).orElseThrow().figures().entries())
                .isEqualTo(4);
        assertThat(lists.list("assembly-members", second)
                        .orElseThrow()
                        .figures()
                        .before())
                .isEqualTo(first);
    }
}
