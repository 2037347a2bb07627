package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.TestServers;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.postbag.staff.UkTime;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class HomePageTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

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
                        new ReceivedCounts.Count(Channel.WEB_FORM, 0, 9),
                        new ReceivedCounts.Count(Channel.EMAIL, 3, 5));
        assertThat(received.ofToday()).isEqualTo(3);
        assertThat(received.ofWeek()).isEqualTo(14);
    }

    @Test
    void anOfficerSeesWhatCameInAndWhatWaits(Browsing browsing) {
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE)
                .atStartOfDay(UkTime.ZONE)
                .toInstant();
        // Channels by which no other test receives.
        receive(jdbc, Channel.LETTER, "inbound", today, 1234);
        receive(jdbc, Channel.SOCIAL_TOOL, "inbound", today.minus(Duration.ofDays(40)), 5);

        var page = browsing.signIn(Role.OFFICER);

        assertThat(page.locator(".pb-nav [aria-current=page]").textContent()).isEqualTo("Home");
        assertThat(page.locator("svg.pb-chart").textContent())
                .contains("1,234 today")
                .doesNotContain(Channel.SOCIAL_TOOL.label());
        page.getByText("Show as table").click();
        assertThat(page.locator(".pb-counts tbody").textContent()).contains("1,234");
        browsing.axe(page);
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
