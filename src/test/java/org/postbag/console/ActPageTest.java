package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Visitor;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Routes that no other test looks at; they run again afterwards. */
@BrowserTest
class ActPageTest {

    private static final List<String> ROUTES = List.of("assembly-members", "electoral-services");
    private static final StaffMember TOM = new StaffMember("staff:tom", "Tom Ackroyd", Set.of(Role.ROUTE_OPERATOR));

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private CamelContext camel;

    @Autowired
    private Clock clock;

    @Autowired
    private RouteDesk desk;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void theyRunAgain() {
        desk.change(ROUTES, Act.START, null, null, TOM);
        await().atMost(Duration.ofSeconds(30)).until(() -> ROUTES.stream().allMatch(route -> is(route, "started")));
    }

    private boolean is(String route, String state) {
        return desk.one(route).orElseThrow().state().equals(state);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUTE_VIEWER", "OFFICER", "READER"})
    void whoIsNoOperatorHasNoPageAndNoPost(Role role) {
        var visitor = Visitor.signedIn(port, role);

        assertThat(visitor.get("/routes/act?do=stop&route=assembly-members").statusCode())
                .isEqualTo(403);
        var fields = Map.of("do", "stop", "route", "assembly-members", "reason", "x");
        assertThat(visitor.postForm("/routes/act", fields, "/password").statusCode())
                .isEqualTo(403);
        assertThat(visitor.postForm("/routes/act/undo/1", Map.of(), "/password").statusCode())
                .isEqualTo(403);
        assertThat(visitor.send("POST", "/api/routes/assembly-members/stop", BodyPublishers.noBody(), Optional.empty())
                        .statusCode())
                .isEqualTo(403);
        assertThat(is("assembly-members", "started")).isTrue();
    }

    @Test
    void severalAreStoppedWithAReasonAndStartedAgainByUndo(Browsing browsing) {
        Page page = browsing.signIn(Role.ROUTE_OPERATOR);
        page.navigate("/routes/act?do=stop&route=assembly-members&route=electoral-services");
        browsing.look(page, "route-stop");

        page.locator("#day").fill("1/1/2020");
        page.locator("#time").fill("10am");
        Browsing.follow(page, () -> page.locator("#act").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter why");
        page.locator("#reason").fill("The sources are being moved");
        Browsing.follow(page, () -> page.locator("#act").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("in the future, within a year");
        assertThat(page.locator("#reason").inputValue()).isEqualTo("The sources are being moved");
        browsing.look(page, "route-stop-wrong");
        page.locator("#day").fill("");
        page.locator("#time").fill("");
        Browsing.follow(page, () -> page.locator("#act").click());

        await().atMost(Duration.ofSeconds(30)).until(() -> ROUTES.stream().allMatch(route -> is(route, "stopped")));
        var stopped = desk.one("electoral-services").orElseThrow();
        assertThat(stopped.by()).isEqualTo("Tom Ackroyd");
        assertThat(stopped.reason()).isEqualTo("The sources are being moved");
        page.navigate("/");
        assertThat(page.locator(".pb-lights").textContent())
                .contains("Ways in", "2 stopped", "assembly-members (Public register) was stopped by Tom Ackroyd on");
        browsing.look(page, "home-stopped");
        assertThat(Visitor.signedIn(port, Role.OFFICER).get("/").body())
                .contains("Public register has been stopped since")
                .doesNotContain("The sources are being moved");

        var entry = trail.history(new Subject("route", "electoral-services"), 1).getFirst();
        assertThat(entry.actorName()).isEqualTo("Tom Ackroyd");
        assertThat(entry.before()).isEqualTo("started");
        assertThat(entry.after()).isEqualTo("stopped: The sources are being moved");
    }

    @Test
    void whatIsInFlightAndWhatWaitsIsShownFirst() throws Exception {
        var visitor = Visitor.signedIn(port, Role.ROUTE_OPERATOR);
        var folder = Files.createDirectories(data.resolve("in/public-register/members"));
        var file = folder.resolve("waits.csv");
        Files.writeString(file, "still written");
        // One that is written still isn't taken.
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusSeconds(3_600)));
        var inHand = new DefaultExchange(camel);
        camel.getInflightRepository().add(inHand, "assembly-members");
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(visitor.get("/routes/act?do=suspend&route=assembly-members")
                                    .body())
                            .contains(
                                    "1 waiting",
                                    "1 item is in flight now. It is ended first, for at most 20 seconds."));
            assertThat(visitor.get("/routes/act?do=stop&route=public-form").body())
                    .contains("Handed in", "Nothing is in flight now. Nothing is lost.");
        } finally {
            camel.getInflightRepository().remove(inHand, "assembly-members");
            Files.delete(file);
        }
    }

    @Test
    void whatWasDoneIsUndoneInOneClick() {
        var visitor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
        var ask = "/routes/act?do=suspend&route=assembly-members";
        assertThat(visitor.get(ask).body()).contains("What is sent waits at its source");

        var answer = visitor.postForm(
                "/routes/act", Map.of("do", "suspend", "route", "assembly-members", "reason", "A look at it"), ask);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/routes/assembly-members");
        assertThat(is("assembly-members", "suspended")).isTrue();
        long change = jdbc.sql("select version from route_state where route = 'assembly-members'")
                .query(Long.class)
                .single();
        assertThat(visitor.postForm("/routes/act/undo/" + change, Map.of(), "/password")
                        .statusCode())
                .isEqualTo(302);
        await().atMost(Duration.ofSeconds(30)).until(() -> is("assembly-members", "started"));
    }

    @Test
    void aChannelIsActedOnAsOneAndMistakesAreRefused() {
        var visitor = Visitor.signedIn(port, Role.ROUTE_OPERATOR);

        assertThat(visitor.get("/routes/act?do=run&channel=public-register").body())
                .contains("assembly-members", "electoral-services", "parties-and-campaigners")
                .doesNotContain("public-form");
        assertThat(visitor.get("/routes/act?do=run&route=public-form").body())
                .contains("there is no source to look at")
                .doesNotContain("id=\"act\"");
        assertThat(visitor.get("/routes/act?do=sing&route=public-form").statusCode())
                .isEqualTo(302);
        assertThat(visitor.get("/routes/act?do=stop&route=nowhere").statusCode())
                .isEqualTo(302);
    }

    @Test
    void theApiDoesTheSame() {
        var visitor = Visitor.signedIn(port, Role.ROUTE_APPROVER);
        visitor.with("X-CSRF-TOKEN", visitor.csrf("/password"));
        var path = "/api/routes/assembly-members/";

        var stopped =
                visitor.postJson(path + "stop", "{\"reason\": \"By script\", \"until\": \"2099-01-01T00:00:00Z\"}");
        assertThat(stopped.statusCode()).isEqualTo(409);
        stopped = visitor.postJson(path + "stop", "{\"reason\": \"By script\"}");
        assertThat(stopped.statusCode()).isEqualTo(200);
        assertThat(stopped.body()).contains("\"wanted\":\"stopped\"", "\"reason\":\"By script\"");
        assertThat(visitor.postJson(path + "run", "{}").statusCode()).isEqualTo(409);
        assertThat(visitor.postJson(path + "start", "{}").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> is("assembly-members", "started"));
        assertThat(visitor.postJson(path + "run", "{}").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> desk.one("assembly-members").orElseThrow().ranAt() != null);
    }
}
