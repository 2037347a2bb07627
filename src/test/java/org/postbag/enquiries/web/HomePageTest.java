package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.TestServers;
import org.postbag.Visitor;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.postbag.staff.UkTime;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class HomePageTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Autowired
    private Arrivals arrivals;

    @LocalServerPort
    private int port;

    /** The machine may be busy. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    /** Pages that other tests left open. */
    @BeforeEach
    void nobodyLooks() {
        patiently().until(() -> arrivals.count() == 0);
    }

    private static void receive(JdbcClient jdbc, Channel channel, String direction, Instant at, int times) {
        jdbc.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                        select encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'none', ?, 'test', ?, ?::timestamptz, 1, 'filed'
                        from generate_series(1, ?)
                        """).params(channel.code(), direction, at.toString(), times).update();
    }

    @Test
    void countsByTheDaysOfTheUnitedKingdom() {
        var jdbc = JdbcClient.create(TestServers.database().application());
        // A Tuesday in summer time, 00:30 in the United Kingdom: Monday began at 23:00 UTC on Sunday.
        var now = Instant.parse("2026-06-01T23:30:00Z");
        receive(jdbc, Channel.EMAIL, "inbound", Instant.parse("2026-05-31T22:59:59Z"), 7);
        receive(jdbc, Channel.EMAIL, "inbound", Instant.parse("2026-05-31T23:00:00Z"), 2);
        receive(jdbc, Channel.EMAIL, "inbound", Instant.parse("2026-06-01T23:00:00Z"), 3);
        receive(jdbc, Channel.EMAIL, "outbound", Instant.parse("2026-06-01T23:00:00Z"), 11);
        receive(jdbc, Channel.WEB_FORM, "inbound", Instant.parse("2026-06-01T22:59:59Z"), 9);

        var received = new ReceivedCounts(jdbc, Clock.fixed(now, ZoneOffset.UTC)).now();

        assertThat(received.today()).isEqualTo(LocalDate.of(2026, 6, 2));
        assertThat(received.monday()).isEqualTo(LocalDate.of(2026, 6, 1));
        assertThat(received.counts())
                .containsExactly(
                        new ReceivedCounts.Count(Channel.EMAIL, days(7, 2, 3)),
                        new ReceivedCounts.Count(Channel.WEB_FORM, days(0, 9, 0)));
        assertThat(received.ofToday()).isEqualTo(3);
        assertThat(received.ofWeek()).isEqualTo(14);
    }

    /** Those of the last three days, after eleven without any. */
    private static List<Long> days(long... last) {
        return LongStream.concat(
                        LongStream.generate(() -> 0).limit(ReceivedCounts.DAYS - last.length), LongStream.of(last))
                .boxed()
                .toList();
    }

    @Test
    void anOfficerSeesWhatCameInAndWhatWaits(Browsing browsing) {
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE)
                .atStartOfDay(UkTime.ZONE)
                .toInstant();
        receive(jdbc, Channel.LETTER, "inbound", today, 1234);
        var letters = "%,d".formatted(receivedSince(Channel.LETTER, today));
        // By which no other test receives.
        receive(jdbc, Channel.SOCIAL_TOOL, "inbound", today.minus(Duration.ofDays(40)), 5);

        var page = browsing.signIn(Role.OFFICER);

        assertThat(page.locator(".pb-nav [aria-current=page]").textContent()).isEqualTo("Home");
        assertThat(page.locator("svg.pb-chart").textContent())
                .contains(letters + " today")
                .doesNotContain(Channel.SOCIAL_TOOL.label());
        page.getByText("Show as table").click();
        assertThat(page.locator(".pb-figures tbody").textContent()).contains(letters);
        browsing.axe(page);
    }

    private long receivedSince(Channel channel, Instant from) {
        return jdbc.sql("select count(*) from receipt where channel = ? and direction = 'inbound' and received_at >= ?")
                .params(channel.code(), from.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private static String letters(Page page) {
        return page.locator("[data-series=letter] .figure").textContent();
    }

    @Test
    void theFiguresChangeByThemselvesUntilTheyArePaused(Browsing browsing) {
        receive(jdbc, Channel.LETTER, "inbound", clock.instant(), 1);
        var page = browsing.signIn(Role.OFFICER);
        page.evaluate("window.untouched = true");
        var before = letters(page);
        assertThat(page.locator(".pb-live").textContent()).contains("Pause");
        patiently()
                .untilAsserted(
                        () -> assertThat(page.locator(".pb-live").textContent()).contains("Changes by itself."));

        receive(jdbc, Channel.LETTER, "inbound", clock.instant(), 10_000);

        patiently()
                .untilAsserted(
                        () -> assertThat(letters(page)).isNotEqualTo(before).matches("1\\d,\\d{3} today.*"));
        assertThat(page.locator(".pb-live").textContent()).contains("Last change at");
        assertThat(page.locator("[data-today]").textContent()).matches("\\d+,\\d{3}");
        assertThat(page.evaluate("window.untouched"))
                .as("without loading the page again")
                .isEqualTo(true);
        browsing.axe(page);

        page.getByText("Pause").click();
        patiently().until(() -> arrivals.count() == 0);
        assertThat(page.locator(".pb-live").textContent()).contains("Paused at");
        page.getByText("Go on").click();
        patiently().until(() -> arrivals.count() == 1);
    }

    @Test
    void aStreamEndsWithTheSession(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        patiently().until(() -> arrivals.count() == 1);
        var other = page.context().newPage();
        other.navigate("/enquiries");
        Browsing.follow(other, () -> other.getByText("Sign out").click());

        patiently().until(() -> arrivals.count() == 0);
        patiently()
                .untilAsserted(() -> assertThat(page.locator(".pb-live").textContent())
                        .contains("No longer changes by itself", "Load the page again"));
    }

    @Test
    void aStreamEndsForWhoNoLongerWorksHere(Browsing browsing) {
        browsing.signIn(Role.READER);
        patiently().until(() -> arrivals.count() == 1);
        jdbc.sql("update staff_member set active = false where username = 'rhian'")
                .update();
        try {
            patiently().until(() -> arrivals.count() == 0);
        } finally {
            jdbc.sql("update staff_member set active = true where username = 'rhian'")
                    .update();
        }
    }

    @Test
    void oneSessionHasFewStreamsAndNobodyElseHasAny() throws Exception {
        var visitor = Visitor.signedIn(port, Role.OFFICER);
        var cookie = "JSESSIONID=" + visitor.session().orElseThrow().getValue();
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/arrivals?shown=0"))
                .header("Cookie", cookie)
                .build();
        var open = new ArrayList<InputStream>();
        for (int i = 0; i <= Arrivals.STREAMS_OF_SESSION_MAX; i++) {
            var answer = http.send(request, BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            open.add(answer.body());
        }

        // The first was told that it is enough, and is over; the last is told what is new.
        assertThat(new String(open.getFirst().readAllBytes(), StandardCharsets.UTF_8))
                .contains("event:enough");
        assertThat(arrivals.count()).isEqualTo(Arrivals.STREAMS_OF_SESSION_MAX);
        assertThat(new String(open.getLast().readNBytes(10), StandardCharsets.UTF_8))
                .isEqualTo("event:news");
        assertThat(Visitor.asksToSignIn(new Visitor(port).get("/arrivals?shown=0")))
                .isTrue();
        http.shutdownNow();
        patiently().until(() -> arrivals.count() == 0);
    }

    @Test
    void withoutScriptsThePageShowsHowThingsWereWhenItWasMade(Browsing browsing) {
        receive(jdbc, Channel.LETTER, "inbound", clock.instant(), 1);
        try (var plain = browsing.withoutScripts()) {
            var page = plain.signIn(Role.OFFICER);

            assertThat(letters(page)).contains("today");
            assertThat(page.locator(".pb-live").isVisible()).isFalse();
            assertThat(arrivals.count()).isZero();
        }
    }

    private long urgent(String subject, boolean sensitive) {
        var records = new Records(jdbc);
        long contact = records.contact("Somebody", "public", true);
        long id = records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofDays(300), null),
                contact,
                records.thread(contact),
                subject,
                "Words"));
        jdbc.sql(
                        "insert into enquiry_work (enquiry_id, urgent_by, urgent_at, sensitive) values (?, 'staff:priya', now(), ?)")
                .params(Arrays.asList(id, sensitive ? "allegation" : null))
                .update();
        return id;
    }

    @Test
    void whatIsUrgentStandsOnTopForThoseWhoWorkOnIt(Browsing browsing) {
        long open = urgent("Somebody threatens the count", false);
        long hidden = urgent("A name that nobody may see", true);
        try {
            var page = browsing.signIn(Role.OFFICER);

            assertThat(page.locator("[aria-labelledby=urgent]").textContent())
                    .contains("Somebody threatens the count", "Sensitive", "nobody has taken it")
                    .doesNotContain("A name that nobody may see");
            assertThat(page.locator("[data-need=urgent]").textContent()).contains("urgent", "Marked so");
            assertThat(jdbc.sql(
                                    "select count(*) from audit_event where actor = 'staff:priya' and action = 'LOOKED' and subject_kind = 'queue' and subject_id = 'urgent'")
                            .query(Long.class)
                            .single())
                    .isPositive();
            browsing.look(page, "home-urgent");

            Browsing.follow(page, () -> page.getByText("Sign out").click());
            browsing.signIn(page, Role.READER);
            assertThat(page.locator("h1").textContent()).startsWith("Today");
            assertThat(page.locator("main").textContent()).doesNotContain("Somebody threatens the count");
        } finally {
            jdbc.sql("update enquiry set done = true where id in (?, ?)")
                    .params(open, hidden)
                    .update();
        }
    }

    @Test
    void aRoleWithoutContentHasAHomeWithoutLinksToIt(Browsing browsing) {
        var page = browsing.signIn(Role.ADMINISTRATOR);

        assertThat(page.locator(".pb-nav").textContent())
                .contains("Home", "Staff")
                .doesNotContain("Enquiries", "Contacts", "Quarantine");
    }

    @Test
    void theFirstPageIsReachedByKeyboardAlone(Browsing browsing) {
        var page = browsing.open("/");
        page.getByLabel("Username").focus();
        page.keyboard().type("priya");
        page.keyboard().press("Tab");
        page.keyboard().type(org.postbag.staff.SampleStaff.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/sign-in"));

        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to main content");
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main-content");
    }
}
