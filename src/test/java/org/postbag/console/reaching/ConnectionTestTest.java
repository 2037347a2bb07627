package org.postbag.console.reaching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.ApplicationTest;
import org.postbag.audit.Action;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.MailServer;
import org.postbag.receiving.Channel;
import org.postbag.receiving.messages.StandInX;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests of connections, and samples, against real servers. */
@ApplicationTest
class ConnectionTestTest {

    private static final String SUBJECT = "A question of voting by post";

    @Autowired
    private Connectors connectors;

    @Autowired
    private MadeRoutes routes;

    @Autowired
    private SecretUses uses;

    @Autowired
    private SourceLooks looks;

    @Autowired
    private WouldBeReader reader;

    @Autowired
    private Hosts hosts;

    @Autowired
    private SampleRun samples;

    @Autowired
    private VaultSecrets vault;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Value("${postbag.data}")
    private Path data;

    @TempDir
    Path folder;

    private Outcome test(Set<Role> roles, String connector, Map<String, String> values) {
        var trail = new LookTrail(audit, () -> new StaffMember("staff:esme", "Esme Carrick", roles), transaction);
        return new ConnectionTest(connectors, routes, uses, looks, reader, hosts, trail, Duration.ofSeconds(15))
                .test(connector, values);
    }

    private Outcome test(String connector, Map<String, String> values) {
        return test(Set.of(Role.ROUTE_EDITOR, Role.OFFICER), connector, values);
    }

    private void give(String name, String value) {
        vault.put(name, value, "staff:esme");
        vault.marks();
    }

    private static void send(int port) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(port));
        var mail = new MimeMessage(Session.getInstance(properties));
        mail.setFrom("Margaret Llewellyn <margaret@public.example>");
        mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(MailServer.ADDRESS));
        mail.setSubject(SUBJECT);
        mail.setText("When must my form be with you?");
        Transport.send(mail);
    }

    private static Map<String, String> mailbox(int port) {
        return new HashMap<>(Map.of(
                "protocol", "imap",
                "host", "127.0.0.1",
                "port", Integer.toString(port),
                "username", MailServer.ADDRESS,
                "password", "{{secret:A-MAILBOX}}",
                "movedTo", "Not there yet"));
    }

    @Test
    void aMailboxIsLookedIntoAndLeftAsItWas() throws Exception {
        try (var server = MailServer.start(folder.resolve("mailbox"), LoopbackPorts.any(), LoopbackPorts.any())) {
            give("A-MAILBOX", server.password());
            send(server.smtpPort());
            long receipts = count("receipt");

            for (int look = 0; look < 2; look++) {
                var outcome = test("email", mailbox(server.imapPort()));

                assertThat(outcome).as("%s", outcome).isInstanceOfSatisfying(Outcome.Reached.class, reached -> {
                    assertThat(reached.steps()).allMatch(Outcome.Step::ok);
                    assertThat(reached.steps().toString()).contains("INBOX holds 1 mail.", "the route makes it");
                    assertThat(reached.wouldBe()).singleElement().isInstanceOfSatisfying(WouldBe.Enquiry.class, one -> {
                        assertThat(one.channel()).isEqualTo(Channel.EMAIL);
                        assertThat(one.content()).satisfies(content -> {
                            assertThat(content.subject()).isEqualTo(SUBJECT);
                            assertThat(content.from()).isEqualTo("Margaret Llewellyn · margaret@public.example");
                            assertThat(content.textStart()).contains("When must my form");
                        });
                    });
                });
            }
            assertThat(server.count("INBOX")).isEqualTo(1);
            assertThat(seen(server)).isFalse();
            assertThat(folders(server)).doesNotContain("Not there yet");
            assertThat(count("receipt")).isEqualTo(receipts);
            assertThat(audit.history(new Subject("connector", "email"), 1)
                            .getFirst()
                            .detail())
                    .isEqualTo("tested a connection: reached; saw what one item says");

            var masked = test(Set.of(Role.ROUTE_EDITOR), "email", mailbox(server.imapPort()));
            assertThat(masked.toString()).contains("One item").doesNotContain(SUBJECT, "margaret");
        }
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static jakarta.mail.Store store(MailServer server) throws Exception {
        var store = Session.getInstance(new Properties()).getStore("imap");
        store.connect("127.0.0.1", server.imapPort(), MailServer.ADDRESS, server.password());
        return store;
    }

    private static boolean seen(MailServer server) throws Exception {
        try (var store = store(server);
                var inbox = store.getFolder("INBOX")) {
            inbox.open(jakarta.mail.Folder.READ_ONLY);
            return inbox.getMessage(1).isSet(jakarta.mail.Flags.Flag.SEEN);
        }
    }

    private static List<String> folders(MailServer server) throws Exception {
        try (var store = store(server)) {
            return java.util.Arrays.stream(store.getDefaultFolder().list("*"))
                    .map(jakarta.mail.Folder::getFullName)
                    .toList();
        }
    }

    @Test
    void aMailboxThatRefusesSaysWhatToDo() throws Exception {
        int nobody = LoopbackPorts.any();
        give("A-MAILBOX", "wrong");
        assertThat(test("email", mailbox(nobody)).toString()).contains("does not answer");
        try (var server = MailServer.start(folder.resolve("mailbox"), LoopbackPorts.any(), LoopbackPorts.any())) {
            var values = mailbox(server.imapPort());
            assertThat(test("email", values).toString())
                    .contains("check user and password")
                    .doesNotContain("wrong");
            give("A-MAILBOX", server.password());
            values.put("folder", "No such folder");
            assertThat(test("email", values).toString()).contains("has no such folder");
        }
    }

    @Test
    void aSecretOfARouteIsNotSentToAnotherMachine() {
        // {{postbag.mail.password}} is what the route enquiries-mailbox signs in to this machine by.
        var values = mailbox(9);
        values.put("host", "mail.elsewhere.example");
        values.put("password", "{{postbag.mail.password}}");

        assertThat(test("email", values))
                .isInstanceOfSatisfying(
                        Outcome.Mistaken.class,
                        mistaken -> assertThat(mistaken.problems()).containsOnlyKeys("password"));

        values.put("username", "{{postbag.mail.password}}");
        values.put("password", "{{secret:A-MAILBOX}}");
        give("A-MAILBOX", "x");
        assertThat(test("email", values))
                .isInstanceOfSatisfying(
                        Outcome.Mistaken.class,
                        mistaken -> assertThat(mistaken.problems()).containsOnlyKeys("username"));

        values.put("username", "{{postbag.master-key}}");
        assertThat(test("email", values)).isInstanceOf(Outcome.Mistaken.class);
        values.put("username", "somebody");
        values.put("host", "169.254.169.254");
        assertThat(test("email", values).toString()).contains("No route may reach");
    }

    @Test
    void aFolderIsReadAndItsFileStays() throws Exception {
        var in = Files.createDirectories(data.resolve("in/a-test"));
        var file = in.resolve("calls.csv");
        Files.copy(sample(), file);
        var values = Map.of("folder", in.toString(), "profile", "contact-centre");

        var outcome = test("telephone", values);

        assertThat(outcome).as("%s", outcome).isInstanceOfSatisfying(Outcome.Reached.class, reached -> {
            assertThat(reached.wouldBe()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
            assertThat(reached.wouldBe().getFirst()).isInstanceOf(WouldBe.Enquiry.class);
        });
        assertThat(file).hasSameBinaryContentAs(sample());
        assertThat(test("telephone", Map.of("folder", "/etc", "profile", "contact-centre")))
                .isInstanceOfSatisfying(
                        Outcome.Mistaken.class, no -> assertThat(no.problems()).containsKey("folder"));
        assertThat(test("telephone", Map.of("folder", in.toString(), "profile", "none-such")))
                .isInstanceOfSatisfying(
                        Outcome.Mistaken.class, no -> assertThat(no.problems()).containsKey("profile"));
        assertThat(test("telephone", Map.of("folder", in.resolve("new").toString(), "profile", "contact-centre"))
                        .toString())
                .contains("the route makes it");
    }

    private static Path sample() throws Exception {
        try (var all = Files.walk(Path.of("samples/telephone"))) {
            return all.filter(one -> one.toString().endsWith(".csv"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void anotherMachineIsLookedIntoBySftp() throws Exception {
        var there = Files.createDirectories(folder.resolve("there"));
        Files.copy(sample(), there.resolve("calls.csv"));
        try (var server = SshServer.setUpDefaultServer()) {
            var keys = new SimpleGeneratorHostKeyProvider(folder.resolve("host-key"));
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(keys);
            server.setPasswordAuthenticator((user, password, session) -> password.equals("s3cret-of-sftp"));
            server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
            server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
            server.start();
            var fingerprint = KeyUtils.getFingerPrint(
                    BuiltinDigests.sha256, keys.loadKeys(null).iterator().next().getPublic());
            give("AN-SFTP", "s3cret-of-sftp");
            var values = new HashMap<>(Map.of(
                    "host", "127.0.0.1",
                    "port", Integer.toString(server.getPort()),
                    "username", "calls",
                    "password", "{{secret:AN-SFTP}}",
                    "folder", "/there",
                    "here", data.resolve("in/fetched").toString(),
                    "profile", "contact-centre"));

            assertThat(test("telephone-sftp", values).toString()).contains("not one that is known", fingerprint);
            values.put("hostKeys", fingerprint);
            var outcome = test("telephone-sftp", values);
            assertThat(outcome)
                    .as("%s", outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Reached.class,
                            reached -> assertThat(reached.wouldBe()).isNotEmpty());
            assertThat(there.resolve("calls.csv")).exists();
            assertThat(data.resolve("in/fetched")).doesNotExist();
            values.put("movedTo", "/done");
            assertThat(test("telephone-sftp", values).toString()).contains("taken files are moved to isn't there");
            give("AN-SFTP", "another");
            assertThat(test("telephone-sftp", values).toString()).contains("doesn't take the sign-in");
        }
    }

    @Test
    void xIsAskedForItsLatestMessage() {
        give("X-KEY", "k");
        give("X-TOKEN", "1-t");
        var values = new HashMap<>(Map.of(
                "account", StandInX.ACCOUNT,
                "consumerKey", "{{secret:X-KEY}}",
                "consumerSecret", "{{secret:X-KEY}}",
                "accessToken", "{{secret:X-TOKEN}}",
                "accessTokenSecret", "{{secret:X-TOKEN}}"));
        long positions = count("source_position");
        try (var x = StandInX.start(50)) {
            values.put("baseUrl", x.origin() + "/1.1/");
            x.say("7", "When must my form be with you?", null);

            var outcome = test("x", values);

            assertThat(outcome).as("%s", outcome).isInstanceOfSatisfying(Outcome.Reached.class, reached -> {
                assertThat(reached.steps()).allMatch(Outcome.Step::ok);
                assertThat(reached.wouldBe()).singleElement().isInstanceOfSatisfying(WouldBe.Enquiry.class, one -> {
                    assertThat(one.channel()).isEqualTo(Channel.X);
                    assertThat(one.item()).isEqualTo("The latest message");
                    assertThat(one.content())
                            .satisfies(
                                    content -> assertThat(content.textStart()).contains("When must my form"));
                });
            });
            assertThat(x.asked()).containsExactly("0");
            assertThat(test(Set.of(Role.ROUTE_EDITOR), "x", values).toString()).doesNotContain("When must");
        }
        assertThat(count("source_position")).isEqualTo(positions);
        assertThat(test("x", values))
                .isInstanceOfSatisfying(
                        Outcome.NotReached.class,
                        not -> assertThat(not.steps().toString()).contains("X doesn't answer"));
    }

    @Test
    void whatComesToUsHasNothingToTest() {
        assertThat(test("web-form", Map.of())).isInstanceOf(Outcome.NothingToReach.class);
        assertThat(test("by-hand", Map.of()).good()).isTrue();
        give("FB", "not hexadecimal");
        var values = Map.of("appSecrets", "{{secret:FB}}", "verifyToken", "{{secret:FB}}");
        assertThat(test("facebook", values).good()).isFalse();
        give("FB", "0123456789abcdef0123456789abcdef");
        assertThat(test("facebook", values).toString()).contains("/webhooks/facebook");
        assertThat(test("no-such", Map.of())).isInstanceOf(Outcome.Mistaken.class);
    }

    @Test
    void whatASampleSaysIsShownToReadersOnlyAndRecorded() {
        var mail = "From: Ann Other <ann@public.example>\r\nSubject: Hello\r\n\r\nGood day".getBytes(UTF_8);
        var found = samples.run("email", Map.of(), List.of(new SampleItem("Ann Other.eml", mail, "Uploaded sample 1")));
        var route = "a-route-of-samples";

        var masked = trail(Role.ROUTE_EDITOR).recorded(route, "Uploaded sample 1", found);
        assertThat(audit.history(new Subject("route", route), 5)).isEmpty();
        var shown = trail(Role.OFFICER).recorded(route, "Uploaded sample 1", found);

        assertThat(masked.toString())
                .contains("Uploaded sample 1", "a subject, a sender, no time, text")
                .doesNotContain("Ann", "ann@", "Hello", "Good day");
        assertThat(shown.toString()).contains("Hello").doesNotContain("Ann Other.eml");
        assertThat(audit.history(new Subject("route", route), 5))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.action()).isEqualTo(Action.LOOKED);
                    assertThat(one.detail()).contains("Uploaded sample 1");
                });
    }

    private LookTrail trail(Role role) {
        return new LookTrail(audit, () -> new StaffMember("staff:esme", "Esme Carrick", Set.of(role)), transaction);
    }

    @Test
    void samplesSayWhatTheyWouldBecome() throws Exception {
        long receipts = count("receipt");
        var mail = "From: Ann Other <ann@public.example>\r\nSubject: Hello\r\n\r\nGood day".getBytes(UTF_8);
        assertThat(samples.run("email", Map.of(), List.of(new SampleItem("../a mail.eml", mail))))
                .singleElement()
                .isInstanceOfSatisfying(WouldBe.Enquiry.class, one -> {
                    assertThat(one.item()).isEqualTo("a mail.eml");
                    assertThat(one.content())
                            .extracting(WouldBe.Content::subject)
                            .isEqualTo("Hello");
                });
        assertThat(samples.run(
                        "email",
                        Map.of("junk", "true"),
                        List.of(new SampleItem("a", mail), new SampleItem("empty", new byte[0]))))
                .satisfiesExactly(
                        one -> assertThat(((WouldBe.Enquiry) one).junk()).isTrue(),
                        other -> assertThat(other).isInstanceOf(WouldBe.Quarantined.class));
        var calls = new SampleItem("calls.csv", Files.readAllBytes(sample()));
        assertThat(samples.run("telephone", Map.of("profile", "contact-centre"), List.of(calls)))
                .hasSizeGreaterThan(1)
                .first()
                .isInstanceOf(WouldBe.Enquiry.class);
        assertThat(samples.run(
                        "telephone", Map.of("profile", "contact-centre"), List.of(new SampleItem("x.csv", mail))))
                .singleElement()
                .isInstanceOf(WouldBe.Held.class);
        assertThat(samples.run("facebook", Map.of(), List.of(new SampleItem("x.json", "no".getBytes(UTF_8)))))
                .singleElement()
                .isInstanceOf(WouldBe.Held.class);
        assertThat(samples.run("email", Map.of(), List.of(new SampleItem("big", new byte[21 << 20]))))
                .singleElement()
                .isInstanceOf(WouldBe.Nothing.class);
        assertThat(samples.run("letter", Map.of(), List.of(new SampleItem("x.pdf", "no scan".getBytes(UTF_8)))))
                .singleElement()
                .isInstanceOf(WouldBe.Held.class);
        assertThat(count("receipt")).isEqualTo(receipts);
    }
}
