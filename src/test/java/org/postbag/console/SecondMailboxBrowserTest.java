package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.postbag.Browsing.follow;
import static org.postbag.Browsing.press;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.receiving.RawStore;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A second mailbox, from its form to its end: its connection is tested, another member approves it, mail arrives by it; an edit that would break it is refused
 * while mail goes on arriving, another is taken, rolled back, and the route stopped; what lies in quarantine is replayed, and all of it can be read afterwards.
 */
@BrowserTest
class SecondMailboxBrowserTest {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "of-the-press-office";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RawStore raw;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final String name = "press-" + UUID.randomUUID().toString().substring(0, 6);
    private final GreenMailUser mailbox = server.setUser("press@localhost", "press", PASSWORD);

    @BeforeEach
    void aMailboxOfTheirOwn() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void deliver(String subject) throws MessagingException {
        var mail =
                "From: Gwen Example <gwen@example.org>\r\nTo: press@localhost\r\nSubject: %s\r\nMessage-ID: <%s@example.org>\r\n\r\nCan I vote by post?\r\n"
                        .formatted(subject, UUID.randomUUID());
        mailbox.deliver(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
    }

    private void awaitFiled(String subject) {
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(jdbc.sql(
                                        "select r.route from enquiry e join receipt r on r.id = e.receipt_id where e.subject = ?")
                                .param(subject)
                                .query(String.class)
                                .list())
                        .containsExactly(name));
    }

    @Test
    void fromItsFormToItsEnd(Browsing browsing) throws MessagingException, IOException {
        deliver(name + " before");
        var esme = browsing.signIn(Role.ROUTE_EDITOR);
        secret(esme);
        form(browsing, esme);
        try (var others = browsing.asking("en-GB")) {
            var alan = others.signIn(Role.ROUTE_APPROVER);
            approve(others, alan, esme.url(), "The press office asked for it");
            awaitFiled(name + " before");
            deliver(name + " one");
            awaitFiled(name + " one");

            brokenEdit(browsing, esme);
            deliver(name + " two");
            awaitFiled(name + " two");

            goodEdit(esme);
            approve(others, alan, esme.url(), "Half a second is plenty");
            deliver(name + " three");
            awaitFiled(name + " three");

            rollBack(others, alan);
            deliver(name + " four");
            awaitFiled(name + " four");
        }
        stopped(browsing);
        replayed(browsing);
        told(browsing);
        retired(browsing);
    }

    private void secret(Page page) {
        page.navigate("/routes/secrets/change");
        page.locator("#name").fill(name);
        page.locator("#secret").fill(PASSWORD);
        page.locator("#reason").fill("The press office has a mailbox of its own");
        press(page, "Give the secret");
        assertThat(page.locator("main").textContent()).contains(name).doesNotContain(PASSWORD);
    }

    private void form(Browsing browsing, Page page) {
        page.navigate("/routes/new?connector=email");
        page.locator("#id").fill(name);
        page.locator("#p-protocol").selectOption("imap");
        page.locator("#p-host").fill("127.0.0.1");
        page.locator("#p-port").fill(Integer.toString(server.getImap().getPort()));
        page.locator("#p-username").fill("press");
        page.locator("#p-password").fill("{{secret:" + name + "}}");
        page.locator("#p-pollMilliseconds").fill("700");
        page.locator("#reason").fill("The press office has a mailbox of its own");
        press(page, "Test connection");
        assertThat(page.locator("#outcome-heading").textContent()).isEqualTo("It can be reached");
        assertThat(page.locator("main").textContent()).doesNotContain(PASSWORD);
        browsing.look(page, "second-mailbox-tested");
        press(page, "Save as a draft");
        assertThat(page.locator("main").textContent())
                .contains("Nothing stops it")
                .doesNotContain(PASSWORD);
        press(page, "Ask for approval");
    }

    private static void approve(Browsing others, Page alan, String version, String reason) {
        alan.navigate(version);
        follow(alan, "Approve and put in force");
        alan.locator("#reason").fill(reason);
        press(alan, "Approve and put in force");
        assertThat(alan.locator(".pb-notice").textContent()).contains("in force");
        others.axe(alan);
    }

    private void brokenEdit(Browsing browsing, Page page) {
        page.navigate("/routes/" + name + "/change?as=yaml");
        page.locator("#text").fill(page.locator("#text").inputValue().replace("700", "{{env:HOME}}"));
        page.locator("#reason").fill("As the machine says");
        press(page, "Save as a draft");
        assertThat(page.locator("main").textContent()).contains("finding stops it");
        assertThat(page.getByText("Ask for approval").count()).isZero();
        browsing.look(page, "second-mailbox-refused");
    }

    private void goodEdit(Page page) {
        page.navigate("/routes/" + name + "/change?as=yaml");
        page.locator("#text").fill(page.locator("#text").inputValue().replace("{{env:HOME}}", "500"));
        page.locator("#reason").fill("Mail of the press office is urgent");
        press(page, "Save as a draft");
        assertThat(page.locator("main").textContent()).contains("Nothing stops it");
        press(page, "Ask for approval");
    }

    private void rollBack(Browsing others, Page alan) {
        alan.navigate("/routes/" + name + "/versions");
        follow(alan, "Roll back to version 1");
        alan.locator("#reason").fill("The mail server asked us to look less often");
        press(alan, "Roll back to this version");
        assertThat(alan.locator(".pb-notice").textContent()).contains("in force");
        others.axe(alan);
    }

    private void stopped(Browsing browsing) {
        try (var others = browsing.asking("en-GB")) {
            var tom = others.signIn(Role.ROUTE_OPERATOR);
            tom.navigate("/routes/" + name);
            follow(tom, "Stop");
            tom.locator("#reason").fill("The press office moves");
            press(tom, "Stop " + name);
            assertThat(tom.locator(".pb-notice").textContent()).contains(name);
            await().atMost(WAIT).untilAsserted(() -> {
                tom.navigate("/routes/" + name);
                assertThat(tom.locator("main").textContent())
                        .contains("Stopped by Tom Ackroyd", "The press office moves");
            });
            others.look(tom, "second-mailbox-stopped");
        }
    }

    private void replayed(Browsing browsing) throws IOException {
        var receipt = new Records(jdbc).receipt(Channel.EMAIL, Duration.ofMinutes(1), null);
        raw.putIfAbsent(
                receipt,
                "From: a@example.org\r\nSubject: %s replayed\r\n\r\nHello\r\n"
                        .formatted(name)
                        .getBytes(StandardCharsets.UTF_8));
        new Records(jdbc).quarantined(receipt, "reader-failed", "Postbag failed in reading this item");
        try (var others = browsing.asking("en-GB")) {
            var tom = others.signIn(Role.ROUTE_OPERATOR);
            tom.navigate("/quarantine/" + receipt.id());
            press(tom, "Replay");
            assertThat(tom.locator("main").textContent()).doesNotContain("still can’t be filed");
        }
        assertThat(jdbc.sql("select state from receipt where id = ?")
                        .param(receipt.id().hex())
                        .query(String.class)
                        .single())
                .isEqualTo("filed");
    }

    private void told(Browsing browsing) {
        try (var others = browsing.asking("en-GB")) {
            var vera = others.signIn(Role.ROUTE_VIEWER);
            vera.navigate("/routes/" + name);
            assertThat(vera.locator("main").textContent())
                    .contains(
                            "Esme Carrick",
                            "The press office has a mailbox of its own",
                            "Alan Whitlock",
                            "The press office asked for it",
                            "As the machine says",
                            "Half a second is plenty",
                            "The mail server asked us to look less often",
                            "Tom Ackroyd",
                            "The press office moves")
                    .doesNotContain(PASSWORD);
            others.look(vera, "second-mailbox-history");
            vera.navigate("/routes/history");
            assertThat(vera.locator("tbody").textContent())
                    .contains(
                            "Secret " + name,
                            "Test of a connection email",
                            "Esme Carrick",
                            "approved: The press office asked for it",
                            "findings that stop it",
                            "rolled back to version 1",
                            "stopped: The press office moves",
                            "Item in quarantine",
                            "Tom Ackroyd replayed")
                    .doesNotContain(PASSWORD, "Can I vote by post?");
            others.look(vera, "second-mailbox-trail");
        }
    }

    private void retired(Browsing browsing) {
        try (var others = browsing.asking("en-GB")) {
            var alan = others.signIn(Role.ROUTE_APPROVER);
            alan.navigate("/routes/" + name + "/versions");
            follow(alan, "Retire the route");
            alan.locator("#reason").fill("The press office has moved");
            Browsing.follow(
                    alan,
                    () -> alan.locator("main form button[type=submit]").last().click());
            alan.navigate("/routes");
            assertThat(alan.locator("main").textContent()).doesNotContain(name);
        }
    }
}
