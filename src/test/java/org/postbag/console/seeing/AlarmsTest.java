package org.postbag.console.seeing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.TestServers;
import org.postbag.Visitor;
import org.postbag.console.seeing.AlarmTable.Key;
import org.postbag.console.seeing.RouteAlarm.Kind;
import org.postbag.embedded.MailServer;
import org.postbag.mail.SmtpServer;
import org.postbag.mail.SmtpSettings;
import org.postbag.receiving.Channel;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.HeldExports;
import org.postbag.staff.Role;
import org.postbag.staff.UkTime;
import org.postbag.staff.Wording;
import org.postbag.work.AdvisoryLock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Alarms from their cause until it is gone: on the pages, in the API, as metrics and by mail. */
@BrowserTest
class AlarmsTest {

    private static final String FOLDER_ROUTE = "parties-and-campaigners";

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private DataSource database;

    @Autowired
    private CamelContext camel;

    @Autowired
    private AlarmWatch alarms;

    @Autowired
    private AlarmCauses causes;

    @Autowired
    private ObjectProvider<HeldExports> provided;

    @Autowired
    private Wording wording;

    @Autowired
    private AlarmTable table;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RouteMetrics metrics;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private RoutesBoard board;

    @Autowired
    private HeldExports exports;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Clock clock;

    @TempDir
    Path folder;

    private Connection lock;
    private MailServer mailbox;
    private AlarmMail mail;

    /** The watch's own look, which has the time of now, leaves the table alone meanwhile, as on another node. */
    @BeforeEach
    void begin() throws IOException, SQLException {
        lock = database.getConnection();
        patiently().until(() -> AdvisoryLock.ALARMING.take(lock));
        mailbox = MailServer.start(folder.resolve("mailbox"), 0, 0);
        mail = new AlarmMail(
                table,
                new AlarmSettings(List.of(MailServer.ADDRESS), null),
                "postbag@localhost",
                new SmtpServer(
                        new SmtpSettings(
                                "127.0.0.1",
                                mailbox.smtpPort(),
                                SmtpSettings.Security.NONE,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "",
                                null),
                        clock),
                transaction,
                clock);
    }

    @AfterEach
    void end() throws SQLException {
        mailbox.close();
        AdvisoryLock.ALARMING.release(lock);
        lock.close();
        alarms.look();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    /** As the watch looks, at a time to come. */
    private void look(Duration later) {
        var then = clock.instant().plus(later);
        table.change(causes.now(then, table.openKeys()), then);
        alarms.look();
        metrics.count();
    }

    private double counted(Kind kind) {
        return registry.get("postbag.alarms").tag("kind", kind.code()).gauge().value();
    }

    private String page(String path) {
        var answer = Visitor.signedIn(port, Role.ROUTE_EDITOR).get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private List<String> mails() throws MessagingException {
        mail.tell();
        try (var store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", mailbox.imapPort(), MailServer.ADDRESS, mailbox.password());
            try (var inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                return Arrays.stream(inbox.getMessages()).map(AlarmsTest::said).toList();
            }
        }
    }

    private static String said(jakarta.mail.Message mail) {
        try {
            return mail.getSubject() + "\n" + mail.getContent();
        } catch (IOException | MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void begins(Kind kind, String route, String words) throws MessagingException {
        var key = new Key(kind, route);
        assertThat(table.openKeys()).contains(key);
        assertThat(counted(kind))
                .isEqualTo(table.openKeys().stream()
                        .filter(one -> one.kind() == kind)
                        .count());
        var list = page("/routes");
        assertThat(list).contains("data-alarm=\"" + kind.code() + " " + route + "\"", kind.label(), words);
        if (board.known(route).isPresent()) {
            assertThat(page("/routes/" + route)).contains(kind.label(), words);
        }
        assertThat(page("/api/routes")).contains("\"kind\":\"" + kind.code() + "\",\"route\":\"" + route + "\"");
        assertThat(mails())
                .filteredOn(one ->
                        one.startsWith("Postbag: " + route + ": " + kind.label().toLowerCase(java.util.Locale.UK)))
                .singleElement()
                .asString()
                .contains(words.replace("&#39;", "'"), "Route: " + route, "See Routes in Postbag");
    }

    private void isOver(Kind kind, String route) throws MessagingException {
        assertThat(table.openKeys()).doesNotContain(new Key(kind, route));
        assertThat(counted(kind))
                .isEqualTo(table.openKeys().stream()
                        .filter(one -> one.kind() == kind)
                        .count());
        assertThat(page("/routes")).doesNotContain("data-alarm=\"" + kind.code() + " " + route + "\"");
        assertThat(mails())
                .filteredOn(one -> one.startsWith("Postbag: " + route + ": over: "))
                .as("told once")
                .singleElement()
                .asString()
                .contains("is over");
        assertThat(mails()).filteredOn(one -> one.contains(route)).hasSize(2);
    }

    private String health(String route) {
        return board.line(board.known(route).orElseThrow()).health();
    }

    @Test
    void aSourceThatFailsForMinutesIsToldUntilItGivesAgain() throws Exception {
        var lists = data.resolve("in/public-register/parties");
        var away = lists.resolveSibling("parties-away");
        Files.move(lists, away);
        try {
            patiently().untilAsserted(() -> assertThat(health(FOLDER_ROUTE)).startsWith("The folder can't be read."));
            assertThat(page("/routes/" + FOLDER_ROUTE)).contains("The folder can&#39;t be read.", "Last failures");
            assertThat(page("/"))
                    .contains("Ways in", "1 fails", FOLDER_ROUTE + " (Public register) has got nothing since ");
            assertThat(Visitor.signedIn(port, Role.OFFICER).get("/").body())
                    .contains("Public register gets nothing now. Nothing that is sent is lost.");
            look(Duration.ofMinutes(4));
            assertThat(table.openKeys())
                    .as("most come back within five minutes")
                    .doesNotContain(new Key(Kind.FAILING, FOLDER_ROUTE));

            look(Duration.ofMinutes(6));

            begins(Kind.FAILING, FOLDER_ROUTE, "What lies there stays there, and is taken once it answers.");
        } finally {
            Files.move(away, lists);
        }
        patiently().until(() -> health(FOLDER_ROUTE).isEmpty());
        assertThat(page("/")).doesNotContain("has got nothing since");
        look(Duration.ofMinutes(7));
        isOver(Kind.FAILING, FOLDER_ROUTE);
    }

    /** Its weeks before stand in a database of their own, so that they add up nowhere else. */
    @Test
    void aWayInThatIsQuieterThanEverAtThisTimeIsTold() {
        var form = new Visitor(port).postJson("/api/contact-form", """
                {"name": "Nia Example", "email": "nia-%s@example.org", "message": "When?", "topic": "Voting and polling stations"}
                """.formatted(UUID.randomUUID()));
        assertThat(form.statusCode()).isEqualTo(202);
        patiently().until(() -> board.known("public-form").orElseThrow().count().last() != null);
        var weeks = JdbcClient.create(TestServers.database().application());
        weeks.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                        select encode(sha256(i::text::bytea), 'hex'), 'none', 'web-form', 'public-form', 'inbound', now() - i * interval '15 minutes', 1, 'filed'
                        from generate_series(1, 5400) i
                        """).update();
        var watching = new AlarmCauses(board, provided, weeks, wording);
        var quiet = new Key(Kind.QUIET, "public-form");

        assertThat(watching.now(clock.instant(), Set.of())).doesNotContainKey(quiet);
        var later = clock.instant().plus(Duration.ofHours(3)).atZone(UkTime.ZONE);
        var noon = later.getHour() < 12 ? later.withHour(12) : later.plusDays(1).withHour(12);
        assertThat(watching.now(noon.toInstant(), Set.of()))
                .hasEntrySatisfying(
                        quiet,
                        words -> assertThat(words)
                                .startsWith("Nothing has come since ")
                                .contains("it was never quiet for longer than"));
    }

    @Test
    void aRouteThatShouldRunAndCannotIsToldUntilItDoes() throws Exception {
        change("stop");
        patiently().until(() -> state("stopped"));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:by-hand").routeId("in-the-way").to("mock:nowhere");
            }
        });
        camel.getRouteController().startRoute("in-the-way");
        try {
            change("start");
            look(Duration.ZERO);
            assertThat(table.openKeys()).doesNotContain(new Key(Kind.NOT_RUNNING, "by-hand"));

            look(Duration.ofMinutes(2));

            begins(Kind.NOT_RUNNING, "by-hand", "It should run, and does not.");
        } finally {
            camel.getRouteController().stopRoute("in-the-way");
            camel.removeRoute("in-the-way");
        }
        patiently().until(() -> state("started"));
        look(Duration.ofMinutes(3));
        isOver(Kind.NOT_RUNNING, "by-hand");
    }

    private boolean state(String code) {
        return board.known("by-hand").orElseThrow().shown().state().equals(code);
    }

    private void change(String change) throws IOException {
        var token = Files.readString(data.resolve("api-token")).strip();
        var answer = new Visitor(port)
                .with("Authorization", "Bearer " + token)
                .postJson("/api/routes/by-hand/" + change, "{\"reason\": \"A test\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void anExportThatIsHeldIsToldUntilSomebodyDecides() throws Exception {
        var route = "contact-centre-calls";
        exports.held().forEach(one -> exports.discard(one.id(), "staff:olive", "A test"));
        var name = UUID.randomUUID() + ".csv";
        drop(name);
        patiently()
                .until(() -> exports.held().stream().map(HeldExport::fileName).anyMatch(name::equals));

        look(Duration.ZERO);

        begins(Kind.HELD, route, "1 export does not fit the profile and is held whole");
        assertThat(page("/routes")).contains("/routes/profiles?route=" + route, "See the files");
        exports.discard(exports.held().getFirst().id(), "staff:olive", "A test");
        look(Duration.ZERO);
        isOver(Kind.HELD, route);
    }

    @Test
    void aQuarantineThatGrowsIsToldUntilItIsDecided(Browsing browsing) throws Exception {
        var records = new Records(jdbc);
        for (int i = 0; i < AlarmCauses.QUARANTINED_A_DAY_MAX; i++) {
            records.quarantined(
                    records.receipt(Channel.TELEPHONE, Duration.ofMinutes(1), 3),
                    "too-few-cells",
                    "The row has 4 cells");
        }
        var route = jdbc.sql(
                        "select route from receipt where state = 'quarantined' group by route order by count(*) desc limit 1")
                .query(String.class)
                .single();
        look(Duration.ZERO);
        look(Duration.ZERO);

        begins(Kind.QUARANTINE, route, "came into quarantine within a day and still wait.");
        var page = browsing.signIn(Role.ROUTE_VIEWER);
        page.navigate("/routes");
        assertThat(page.locator("[data-alarm]").first().textContent()).contains("Quarantine grows", "still wait");
        browsing.look(page, "routes-alarms");
        jdbc.sql("""
                        update quarantine set discarded_by = 'staff:x', discarded_at = now(), discard_reason = 'Sent twice'
                        where discarded_at is null and route = ?
                        """).param(route).update();
        look(Duration.ZERO);
        isOver(Kind.QUARANTINE, route);
    }

    private void drop(String name) throws IOException {
        var in = Files.createDirectories(data.resolve("in/telephone"));
        var part = in.resolve(name + ".part");
        Files.writeString(part, "Colour,Weight\r\nblue,3\r\n");
        Files.setLastModifiedTime(part, FileTime.from(Instant.now(clock).minusSeconds(600)));
        Files.move(part, in.resolve(name));
    }
}
