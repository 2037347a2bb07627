package org.postbag.console.seeing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Visitor;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of routes: all of them, one, its tracing; and what nobody may see there. */
@BrowserTest
class RoutesPageTest {

    private static final String DOOR = "public-form";

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private CamelContext camel;

    @Autowired
    private Environment environment;

    @Autowired
    private Failures failures;

    @Autowired
    private RouteNews news;

    @Autowired
    private AuditTrail trail;

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private static String text(Page page) {
        return page.locator("main").textContent();
    }

    /** A form that comes in by the route. */
    private void send(String message) {
        var answer = new Visitor(port).postJson("/api/contact-form", """
                {"name": "Nia Example", "email": "nia-%s@example.org", "message": "%s", "topic": "Voting and polling stations"}
                """.formatted(UUID.randomUUID(), message));
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    private void change(String route, String change) throws IOException {
        var token = Files.readString(data.resolve("api-token")).strip();
        var answer = new Visitor(port)
                .with("Authorization", "Bearer " + token)
                .postJson("/api/routes/" + route + "/" + change, "{\"reason\": \"A test\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void theListShowsEachRouteAndChangesByItself(Browsing browsing) throws Exception {
        var page = browsing.signIn(Role.ROUTE_OPERATOR);
        page.navigate("/routes");
        var row = page.locator("[data-route=junk-mailbox]");
        assertThat(row.textContent()).contains("Email", "Running").doesNotContain("Not loaded");
        assertThat(page.locator("[data-route=scans-elsewhere]").textContent())
                .contains("Not loaded", "postbag.letter-sftp.host");
        patiently().until(() -> page.locator("[data-live-words]").textContent().contains("Changes by itself"));
        page.evaluate("window.untouched = true");

        change("junk-mailbox", "suspend");
        try {
            patiently().untilAsserted(() -> assertThat(row.textContent()).contains("Suspended"));
            assertThat(row.locator("[data-do=resume]").isVisible()).isTrue();
            assertThat(row.locator("[data-do=suspend]").isVisible()).isFalse();
            assertThat(page.evaluate("window.untouched")).isEqualTo(true);
        } finally {
            change("junk-mailbox", "resume");
        }
        patiently().untilAsserted(() -> assertThat(row.textContent()).contains("Running"));
        browsing.look(page, "routes");
    }

    @Test
    void thePageOfOneChangesByItself(Browsing browsing) throws Exception {
        var page = browsing.signIn(Role.ROUTE_OPERATOR);
        page.navigate("/routes/junk-mailbox");
        patiently().until(() -> page.locator("[data-live-words]").textContent().contains("Changes by itself"));
        page.evaluate("window.untouched = true");
        page.getByText("Show as table").click();

        change("junk-mailbox", "suspend");
        try {
            patiently()
                    .untilAsserted(() ->
                            assertThat(page.locator(".pb-bar").textContent()).contains("Suspended", "A test"));
            assertThat(page.locator(".pb-acts").first().textContent())
                    .contains("Resume")
                    .doesNotContain("Suspend");
            assertThat(page.locator("[data-part=rate] details[open]").count())
                    .as("what somebody opened stays open")
                    .isEqualTo(1);
            assertThat(page.evaluate("window.untouched")).isEqualTo(true);
        } finally {
            change("junk-mailbox", "resume");
        }
        patiently()
                .untilAsserted(
                        () -> assertThat(page.locator(".pb-bar").textContent()).contains("Running"));
    }

    @Test
    void allThatWasDoneIsReadInOnePlace(Browsing browsing) throws Exception {
        change("sent-mail", "suspend");
        change("sent-mail", "resume");
        trail.record(new AuditEvent(
                "staff:priya", Action.DISCARDED, Subject.receipt("0".repeat(64)), "Jane wrote nonsense", null, "Jane"));
        trail.record(
                new AuditEvent("staff:esme", Action.CHANGED, new Subject("secret", "TRAIL-KEY"), "gave a new value"));
        var page = browsing.signIn(Role.ROUTE_VIEWER);

        page.navigate("/routes/sent-mail");
        Browsing.follow(page, "All of its history");
        assertThat(page.locator("tbody tr").first().textContent())
                .contains("Route", "sent-mail", "route changed", "suspended: A test", "started");
        assertThat(page.locator("tbody").textContent()).doesNotContain("TRAIL-KEY");
        Browsing.follow(page, "Show all, from the latest");
        assertThat(page.locator("tbody").textContent())
                .contains("Esme Carrick changed: gave a new value", "Priya Nair discarded", "Item in quarantine")
                .doesNotContain("Jane");
        assertThat(page.getByText("TRAIL-KEY")
                        .locator("xpath=ancestor-or-self::a")
                        .count())
                .as("a viewer may not open the secrets")
                .isZero();
        browsing.look(page, "routes-history");
        page.locator("#name").fill("no-such-thing");
        Browsing.press(page, "Show");
        assertThat(text(page)).contains("Nothing of this");
        assertThat(page.locator("#name").inputValue()).isEqualTo("no-such-thing");
        assertThat(Visitor.signedIn(port, Role.OFFICER).get("/routes/history").statusCode())
                .isEqualTo(403);
    }

    @Test
    void withoutScriptsItIsWholeAndWhoMayOnlyLookHasNoButton(Browsing browsing) {
        try (var plain = browsing.withoutScripts()) {
            var page = plain.signIn(Role.ROUTE_VIEWER);
            page.navigate("/routes");

            assertThat(text(page)).contains("enquiries-mailbox", "By the hour", "Waiting to be filed");
            assertThat(page.locator("main form, main input, main button:not([data-live-pause]), [data-do]")
                            .count())
                    .isZero();
            page.navigate("/routes/enquiries-mailbox");
            assertThat(text(page)).contains("Folder", "INBOX", "UID validity");
            assertThat(page.locator("main form, main .pb-small:not([data-live-pause])")
                            .count())
                    .isZero();
        }
        var viewer = Visitor.signedIn(port, Role.ROUTE_VIEWER);
        assertThat(viewer.postForm("/routes/" + DOOR + "/tracing", Map.of("items", "1", "minutes", "1"), "/routes")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Visitor.signedIn(port, Role.OFFICER).get("/routes").statusCode())
                .isEqualTo(403);
        assertThat(Visitor.signedIn(port, Role.OFFICER).get("/routes/" + DOOR).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRouteIsDrawnWithWhatPassedAndItsSecretsAreNotShown(Browsing browsing) {
        send("When do the polls open?");
        var secret = environment.getRequiredProperty("postbag.facebook.app-secrets");
        var page = browsing.signIn(Role.ROUTE_EDITOR);

        page.navigate("/routes/facebook-messages");
        assertThat(page.content()).doesNotContain(secret);
        assertThat(page.locator(".pb-settings").textContent()).contains("appSecrets", "Set, not shown");

        page.navigate("/routes/" + DOOR);
        assertThat(page.locator("svg.pb-steps-drawn").textContent())
                .contains("From direct://contact-form", "Bean formArrivals, arrivals", "Bean receiver, receive");
        page.getByText("Show as a list").click();
        assertThat(page.locator("details[open] ol").textContent())
                .contains("Bean receiver, receive", "done, none failed");
        assertThat(page.locator(".pb-acts").textContent()).contains("Suspend", "Stop", "Change", "Versions");
        browsing.look(page, "route");
        assertThat(page.navigate("/routes/no-such-route").status()).isEqualTo(404);
    }

    @Test
    void whatOthersWroteIsEscapedAndFailuresSayNothingOfPeople(Browsing browsing) {
        failures.note("sent-mail", null, "<script>window.bad = true</script>");
        var fault = new IllegalStateException("jane@example.org did not fit");
        failures.note("sent-mail", null, Failures.kind(new RuntimeException(fault)));
        var page = browsing.signIn(Role.ROUTE_VIEWER);

        page.navigate("/routes/sent-mail");

        assertThat(page.evaluate("window.bad")).isNull();
        assertThat(text(page))
                .contains("<script>window.bad", "IllegalStateException")
                .doesNotContain("jane@");
        page.navigate("/routes/%3Cimg%20src=x%20onerror=window.bad=1%3E");
        assertThat(page.evaluate("window.bad")).isNull();
        browsing.axe(page);
    }

    @Test
    void anOperatorTracesItemsWithoutSeeingWhatTheySay(Browsing browsing) {
        var page = browsing.signIn(Role.ROUTE_OPERATOR);
        page.navigate("/routes/" + DOOR + "/tracing");
        assertThat(page.locator("#content").count()).isZero();
        page.getByLabel("How many items at most").fill("many");
        trace(page);
        assertThat(text(page)).contains("Enter how many items, from 1 to 50");
        assertThat(page.getByLabel("How many items at most").inputValue()).isEqualTo("many");
        page.getByLabel("How many items at most").fill("1");
        trace(page);
        assertThat(page.locator(".pb-notice").textContent()).contains("It ends by itself");

        send("This is nobody's business");
        send("Nor is this");

        page.navigate("/routes/" + DOOR + "/tracing");
        assertThat(page.locator(".pb-traced").count())
                .as("one item, as was asked for")
                .isEqualTo(1);
        assertThat(text(page))
                .contains("Tracing has ended", "without content", "Bean receiver, receive", " ms")
                .doesNotContain("nobody's business");
        browsing.look(page, "route-tracing");
        assertThat(Visitor.signedIn(port, Role.ROUTE_OPERATOR)
                        .get("/routes/" + DOOR + "/tracing/1")
                        .statusCode())
                .isEqualTo(403);
        var asks = Visitor.signedIn(port, Role.ROUTE_OPERATOR);
        assertThat(asks.postForm(
                                "/routes/" + DOOR + "/tracing",
                                Map.of("items", "1", "minutes", "1", "content", "true"),
                                "/routes/" + DOOR + "/tracing")
                        .statusCode())
                .as("content is not theirs to ask for")
                .isEqualTo(403);
        page.navigate("/routes/" + DOOR);
        assertThat(page.locator(".pb-history").textContent())
                .contains("tracing begun: 1 items, 15 minutes, without content");
    }

    private static void trace(Page page) {
        Browsing.follow(
                page,
                () -> page.getByRole(
                                AriaRole.BUTTON,
                                new GetByRoleOptions().setName("Trace").setExact(true))
                        .click());
    }

    @Test
    void whatAnItemSaysIsForWhoMaySeeContentAndEachLookIsRecorded(Browsing browsing) {
        jdbc.sql("update staff_member set roles = '{REVIEWER,ROUTE_OPERATOR}' where username = 'owen'")
                .update();
        try {
            var page = browsing.signIn(Role.REVIEWER);
            page.navigate("/routes/by-hand/tracing");
            page.locator("#content").check();
            trace(page);
            camel.createProducerTemplate().asyncSendBody("direct:by-hand", "<b>Jane</b> of Swansea");

            patiently().untilAsserted(() -> {
                page.navigate("/routes/by-hand/tracing");
                assertThat(text(page)).contains("with content", "See what item 1 says");
            });
            page.getByText("See what item 1 says").click();
            assertThat(page.locator("pre").first().textContent()).isEqualTo("<b>Jane</b> of Swansea");
            browsing.look(page, "route-tracing-content");
            page.navigate("/routes/by-hand");
            assertThat(page.locator(".pb-history").textContent()).contains("looked: what item 1 of a trace says");
            assertThat(page.content()).doesNotContain("Swansea");
        } finally {
            jdbc.sql("update staff_member set roles = '{REVIEWER}' where username = 'owen'")
                    .update();
        }
    }

    @Test
    void aStreamEndsWithTheSession(Browsing browsing) {
        patiently().until(() -> news.count() == 0);
        var page = browsing.signIn(Role.ROUTE_VIEWER);
        page.navigate("/routes");
        patiently().until(() -> news.count() == 1);
        var other = page.context().newPage();
        other.navigate("/");
        Browsing.follow(other, () -> other.getByText("Sign out").click());

        patiently().until(() -> news.count() == 0);
        patiently()
                .untilAsserted(() -> assertThat(page.locator(".pb-live").textContent())
                        .contains("No longer changes by itself", "Load the page again"));
    }
}
