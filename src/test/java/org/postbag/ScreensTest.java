package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.search.SearchIndex;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Every page of staff's, with the sample day in it: fed in through the real channels, then each page looked at by axe at both widths and at 320 pixels,
 * which is a desk's screen at 400 %. The pictures that it takes are those of {@code docs/screens.md}; {@code docs/pictures.sh} puts them there.
 */
@Tag("browser")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "postbag.try.feed=true")
@ContextConfiguration(initializers = TemporaryData.class)
@ActiveProfiles("try")
@ExtendWith(BrowsingExtension.class)
class ScreensTest {

    private static final int REFLOW_WIDTH = 320;
    private static final int STOPS_MAX = 400;
    private static final AtomicBoolean INDEX_AWAY = new AtomicBoolean();

    @Autowired
    private JdbcClient jdbc;

    /** Faults that no page has by itself. */
    @TestConfiguration
    static class Faults {

        @Bean
        static BeanPostProcessor indexThatCanBeAway() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof SearchIndex ? canBeAway(bean) : bean;
                }
            };
        }

        private static Object canBeAway(Object index) {
            return Proxy.newProxyInstance(
                    SearchIndex.class.getClassLoader(), new Class<?>[] {SearchIndex.class}, (_, method, arguments) -> {
                        if (INDEX_AWAY.get() && method.getName().equals("search")) {
                            throw new IOException("away");
                        }
                        try {
                            return method.invoke(index, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }

        @Bean
        BrokenPages brokenPages() {
            return new BrokenPages();
        }
    }

    @Controller
    @AllowedTo(Role.OFFICER)
    static class BrokenPages {

        @GetMapping("/test/broken")
        String broken() {
            throw new IllegalStateException("Margaret Llewellyn");
        }

        @GetMapping("/test/too-large")
        String tooLarge() {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
    }

    @BeforeEach
    void theSampleDayIsFiled() {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> jdbc.sql("""
                                select (select count(*) from receipt where channel = 'email') >= 45
                                   and (select count(*) from receipt where channel = 'web-form') >= 12
                                   and (select count(*) from receipt where channel = 'telephone') >= 30
                                   and (select count(*) from receipt where channel = 'by-hand') >= 5
                                   and (select count(*) from receipt where channel = 'letter') >= 5
                                   and (select count(*) from receipt where channel in ('x', 'facebook')) >= 14
                                   and (select count(*) from receipt where channel = 'social-tool') >= 5
                                   and (select count(*) from receipt where channel = 'public-register') >= 21
                                   and not exists (select from receipt where state = 'waiting')
                                   and not exists (select from index_work)
                                """).query(Boolean.class).single());
    }

    private static void look(Browsing browsing, Page page, String name) {
        if (!name.equals("error-500")) {
            assertThat(page.locator("h1").textContent()).as(name).isNotEqualTo("Something went wrong");
        }
        browsing.look(page, name);
        var before = page.viewportSize();
        page.setViewportSize(REFLOW_WIDTH, before.height);
        assertThat((Boolean)
                        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("%s fits a width of %s", name, REFLOW_WIDTH)
                .isTrue();
        page.setViewportSize(before.width, before.height);
    }

    private static void go(Browsing browsing, Page page, String path, String name) {
        page.navigate(path);
        look(browsing, page, name);
    }

    private static void press(Page page, String text) {
        Browsing.follow(page, () -> page.getByText(text).first().click());
    }

    private static void search(Page page, String words) {
        page.navigate("/enquiries");
        page.locator("#q").fill(words);
        Browsing.follow(page, () -> page.locator("#q").press("Enter"));
    }

    private static void openFirst(Page page) {
        Browsing.follow(page, () -> page.locator("article h2 a").first().click());
    }

    @Test
    void findingAndReading(Browsing browsing) {
        go(browsing, browsing.open("/sign-in"), "/sign-in", "sign-in");
        var page = browsing.signIn(Role.OFFICER);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            page.reload();
            assertThat(page.locator("[data-light]").count()).isPositive();
        });
        page.getByText("Show as table").click();
        look(browsing, page, "home");
        go(browsing, page, "/queues", "queues");
        go(browsing, page, "/reports", "reports");
        for (var report : List.of("volumes", "answering", "matching", "quarantine", "retention")) {
            page.navigate("/reports/" + report);
            page.locator("summary").evaluateAll("all => all.forEach(one => one.click())");
            look(browsing, page, "report-" + report);
        }
        go(browsing, page, "/enquiries", "enquiries");
        search(page, "poll card");
        look(browsing, page, "search");
        press(page, "Show as table");
        look(browsing, page, "search-table");
        press(page, "Show as cards");
        page.getByLabel("Email", new Page.GetByLabelOptions().setExact(false))
                .first()
                .check();
        page.getByLabel("Since").fill("1/3/2026");
        press(page, "Apply");
        look(browsing, page, "search-filtered");
        page.getByLabel("Since").fill("31/6/2026");
        press(page, "Apply");
        look(browsing, page, "search-wrong-date");
        search(page, "\"moved to Swansea in January\"");
        openFirst(page);
        look(browsing, page, "enquiry");
        Browsing.follow(page, () -> page.locator("dl.pb-bar a").first().click());
        look(browsing, page, "contact");
        page.navigate(formatted());
        look(browsing, page, "enquiry-formatted");
        press(page, "Back to the enquiry");
        press(page, "Source");
        look(browsing, page, "enquiry-source");
    }

    /** By half of what she is called and half of where she lives, to what was done about her. */
    @Test
    void aPersonIsFoundReadChangedAndTheTrailSaysSo(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        search(page, "margret llewelyn postcode:sa1*");
        assertThat(page.locator("article.pb-hit").first().textContent()).contains("Margaret Llewellyn");
        look(browsing, page, "use-found");

        openFirst(page);
        assertThat(page.locator("main").textContent()).contains("Margaret Llewellyn", "moved to Swansea");
        look(browsing, page, "use-read");

        Browsing.follow(page, () -> page.locator("dl.pb-bar a").first().click());
        Browsing.follow(
                page,
                () -> page.locator("dl.pb-bar div")
                        .filter(new FilterOptions().setHasText("Category"))
                        .getByRole(AriaRole.LINK)
                        .click());
        page.getByLabel("Press", new Page.GetByLabelOptions().setExact(true)).check();
        Browsing.follow(page, () -> page.getByText("Save category").click());
        assertThat(page.locator("dl.pb-bar").textContent()).contains("CategoryPress");
        assertThat(page.locator("section[aria-labelledby=history-title]").textContent())
                .contains("Priya Nair", "Category", "Press");
        look(browsing, page, "use-changed");
    }

    private String formatted() {
        return "/enquiries/"
                + jdbc.sql("select max(id) from enquiry where has_html")
                        .query(Long.class)
                        .single() + "/formatted";
    }

    /** The one with most to show: the longest thread, files, something mended. */
    @ParameterizedTest
    @ValueSource(strings = {"email", "web-form", "telephone", "letter", "x", "facebook", "social-tool", "by-hand"})
    void anEnquiryOfEachChannel(String channel, Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        long id = jdbc.sql("""
                        select e.id from enquiry e where e.channel = ? and e.direction = 'inbound' and e.automatic is null
                        order by (select count(*) from enquiry o where o.thread_id = e.thread_id) desc,
                            (select count(*) from attachment a where a.enquiry_id = e.id and a.type like 'image/%') desc, e.receipt_id limit 1
                        """).param(channel).query(Long.class).single();
        go(browsing, page, "/enquiries/" + id, "channel-" + channel);
        go(browsing, page, "/enquiries/" + id + "/location", "location");
    }

    @Test
    void whatStaffRecordedByHand(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        search(page, "\"nomination papers for the county by-election\"");
        openFirst(page);
        assertThat(page.locator(".pb-bar").textContent()).contains("By hand", "Priya Nair");
        look(browsing, page, "enquiry-recorded");
    }

    @Test
    void contactsAndReview(Browsing browsing) {
        var page = browsing.signIn(Role.REVIEWER);
        go(browsing, page, "/contacts", "contacts");
        press(page, "Public lists");
        assertThat(page.locator("main").textContent()).contains("1 new, 2 changed, 1 no longer listed");
        look(browsing, page, "public-lists");
        go(browsing, page, "/contacts/lists/assembly-members/2026-03-03", "public-list");
        press(page, "Gareth Bevan");
        assertThat(page.locator("main").textContent()).contains("No longer in the list of 3 March 2026");
        look(browsing, page, "contact-listed");
        go(browsing, page, "/review/matters", "review");
        Browsing.follow(
                page,
                () -> page.locator(".pb-matter form[action$='/settle'] button")
                        .first()
                        .click());
        look(browsing, page, "review-settled");
        press(page, "Undo");
        look(browsing, page, "review-one");
        var contact = "/contacts/"
                + jdbc.sql("select max(id) from contact where name is not null")
                        .query(Long.class)
                        .single();
        go(browsing, page, contact + "/change/category", "contact-change-category");
        page.navigate(contact + "/change/name");
        var other = page.context().newPage();
        other.navigate(contact + "/change/name");
        other.getByLabel("Change name").fill("Saved by a colleague");
        press(other, "Save name");
        page.getByLabel("Change name").fill("Typed here");
        press(page, "Save name");
        look(browsing, page, "contact-conflict");
    }

    @Test
    void quarantine(Browsing browsing) {
        var page = browsing.signIn(Role.REVIEWER);
        go(browsing, page, "/quarantine/discarded", "quarantine-discarded-none");
        go(browsing, page, "/quarantine", "quarantine");
        Browsing.follow(page, () -> page.locator("main table a").first().click());
        look(browsing, page, "quarantined");
        press(page, "Look at the source");
        look(browsing, page, "quarantined-source");
        press(page, "Back");
        press(page, "Discard…");
        press(page, "Discard the item");
        look(browsing, page, "discard-wrong");
        page.getByLabel("Why is it discarded?").fill("A row that the contact centre sends again tomorrow");
        look(browsing, page, "discard");
        press(page, "Discard the item");
        look(browsing, page, "quarantine-discarded-now");
        go(browsing, page, "/quarantine/discarded", "quarantine-discarded");
        page.navigate("/quarantine/discarded");
        Browsing.follow(page, () -> page.locator("main table a").first().click());
        look(browsing, page, "quarantined-discarded");
        press(page, "Bring it back to quarantine");
        assertThat(page.locator(".pb-notice").textContent()).contains("Back in quarantine.");
    }

    @Test
    void tokens(Browsing browsing) {
        var page = browsing.signIn(Role.ADMINISTRATOR);
        go(browsing, page, "/settings/tokens/new", "token-new");
        page.getByLabel("What is it for?").fill("Replays after profiles were put right");
        page.getByLabel("Name of the job").fill("replays");
        press(page, "Make the token");
        look(browsing, page, "token-new-wrong");
        page.getByLabel("quarantine:replay").check();
        page.getByLabel("quarantine:read").check();
        press(page, "Make the token");
        look(browsing, page, "tokens");
        press(page, "End…");
        look(browsing, page, "token-end");
        go(browsing, page, "/tokens/new", "token-new-own");
    }

    @Test
    void emptyMissingAndBroken(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        search(page, "nonsuchthing");
        look(browsing, page, "search-nothing");
        for (var missing : List.of("/enquiries/999999999", "/contacts/999999999", "/review/999999999")) {
            go(browsing, page, missing, "missing" + missing.replaceAll("\\W+[0-9]*", "-"));
        }
        go(browsing, page, "/quarantine/" + "0".repeat(64), "missing-quarantined");
        go(browsing, page, "/nothing-is-here", "error-404");
        go(browsing, page, "/settings/staff", "error-403");
        go(browsing, page, "/test/too-large", "error-413");
        go(browsing, page, "/test/broken", "error-500");
        assertThat(page.content()).doesNotContain("Margaret", "Exception");
        INDEX_AWAY.set(true);
        try {
            page.navigate("/enquiries");
            page.locator("#q").fill("poll card");
            page.getByLabel("Since").fill("1/3/2026");
            press(page, "Apply");
            assertThat(page.locator("main").textContent()).contains("The search does not answer just now");
            assertThat(page.locator("#q").inputValue()).isEqualTo("poll card");
            look(browsing, page, "search-away");
        } finally {
            INDEX_AWAY.set(false);
        }
        Browsing.follow(page, () -> page.locator("#q").press("Enter"));
        assertThat(page.locator(".pb-chip").textContent()).contains("Since 1 March 2026");
        assertThat(page.locator("article").count()).isPositive();
    }

    @Test
    void anExpiredSessionLosesNothingThatWasTyped(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        var contact = "/contacts/"
                + jdbc.sql("select max(id) from contact").query(Long.class).single();
        page.navigate(contact + "/change/organisation");
        page.getByLabel("Change organisation").fill("Typed before the session was over");
        page.context().clearCookies();
        press(page, "Save organisation");
        look(browsing, page, "session-over");

        browsing.signIn(page, Role.OFFICER);

        assertThat(page.locator("main").textContent()).contains("Typed before the session was over");
        look(browsing, page, "session-over-continue");
        press(page, "Send it now");
        assertThat(page.locator(".pb-bar").textContent()).contains("Typed before the session was over");
    }

    @Test
    void administration(Browsing browsing) {
        var page = browsing.signIn(Role.ADMINISTRATOR);
        look(browsing, page, "home-administrator");
        go(browsing, page, "/settings/staff", "staff");
        go(browsing, page, "/settings/staff/new", "staff-new");
        press(page, "Back to staff");
        press(page, "Priya Nair");
        look(browsing, page, "staff-person");
        var person = page.url();
        press(page, "Deactivate");
        look(browsing, page, "staff-deactivate");
        go(browsing, page, person + "/password", "staff-new-password");
        go(browsing, page, person + "/activate", "staff-activate");
        go(browsing, page, "/password", "password");
        press(page, "Change password");
    }

    @Test
    void theFocusIsSeenAtEachStopAndIsNeverTrapped(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        search(page, "poll card");
        var found = page.url();
        openFirst(page);
        var enquiry = page.url();
        for (var address :
                List.of("/", found, enquiry, "/contacts", "/review", "/quarantine", "/queues", "/reports/volumes")) {
            page.navigate(address);
            assertThat(stops(page)).as("stops on %s", address).first().isEqualTo("Skip to main content");
        }
    }

    /** What Tab reaches, from the top of the page until the browser's own frame has the focus. */
    private static List<String> stops(Page page) {
        var stops = new ArrayList<String>();
        page.evaluate("document.body.focus()");
        for (int i = 0; i < STOPS_MAX; i++) {
            page.keyboard().press("Tab");
            var stop = (String) page.evaluate("""
                    () => {
                      const at = document.activeElement;
                      if (at === document.body) return 'end';
                      const style = getComputedStyle(at), box = at.getBoundingClientRect();
                      const seen = (style.outlineStyle !== 'none' || style.boxShadow !== 'none')
                          && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
                      return (seen ? '' : 'not seen: ') + (at.innerText || at.name || at.tagName).trim();
                    }""");
            if (stop.equals("end") || !stops.isEmpty() && stop.equals(stops.getFirst())) {
                return stops;
            }
            assertThat(stop).as("stop %s on %s", i, page.url()).doesNotStartWith("not seen");
            stops.add(stop);
        }
        throw new AssertionError("The focus goes on for ever on " + page.url() + ": " + stops);
    }

    @Test
    void everythingWorksWithoutScripts(Browsing browsing) {
        try (var plain = browsing.withoutScripts()) {
            var page = plain.signIn(Role.OFFICER);
            search(page, "poll card");
            press(page, "Show as table");
            Browsing.follow(page, () -> page.locator(".pb-sort[value=newest]").click());
            assertThat(page.locator("th[aria-sort=descending]").count()).isEqualTo(1);
            press(page, "Show as cards");
            openFirst(page);
            page.locator("summary").last().click();
            assertThat(page.getByText("Legal basis").isVisible()).isTrue();
            Browsing.follow(page, () -> page.locator("dl.pb-bar a").first().click());
            press(page, "Change");
            press(page, "Cancel");
            page.navigate("/quarantine");
            Browsing.follow(page, () -> page.locator("main table a").first().click());
            Browsing.follow(
                    page,
                    () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Replay"))
                            .click());
            assertThat(page.locator(".pb-notice").textContent()).contains("Tried again, and it still can’t be filed");
            press(page, "Sign out");
            assertThat(page.url()).contains("/sign-in");
        }
    }
}
