package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.console.RouteDesk;
import org.postbag.console.Stopping;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Record a call as people use it: by keyboard alone, with a session that ends, with a page left by mistake, without scripts. */
@BrowserTest
class RecordBrowserTest {

    private static final int STOPS_MAX = 40;
    private static final Duration CALL_MAX = Duration.ofMinutes(1);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RouteDesk desk;

    private boolean isFiled(String asked) {
        return jdbc.sql("select count(*) from enquiry where reply = ?")
                .param(asked)
                .query(Boolean.class)
                .single();
    }

    private static String drafts(Page page) {
        return (String) page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).join()");
    }

    private static void tabTo(Page page, String id) {
        for (int i = 0; i < STOPS_MAX; i++) {
            if (page.evaluate("document.activeElement.id").equals(id)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab does not reach " + id);
    }

    private void known(Page page, String name, String telephone) {
        page.navigate("/by-hand");
        page.locator("#telephone").fill(telephone);
        page.locator("#name").fill(name);
        page.locator("#asked").fill("First call of " + name);
        Browsing.follow(page, () -> page.locator("#save").click());
        // A page that is left while it asks again whether the call is filed would say so as an error.
        page.getByText("It is filed.").waitFor();
    }

    @Test
    void aCallIsRecordedByKeyboardAloneInUnderAMinute(Browsing browsing) {
        var id = UUID.randomUUID().toString().substring(0, 8);
        var page = browsing.signIn(Role.CALL_HANDLER);
        known(page, "Angharad Nevin", "01632 960 451");
        known(page, "Peredur Nevin", "01632 960 452");
        page.navigate("/");
        browsing.look(page, "home-call-handler");
        var asked = "Moved in May, no poll card. Is she registered? " + id;
        var begun = System.nanoTime();

        // An automated browser takes no access keys, so the way without one is gone: a little longer.
        assertThat(page.locator(".pb-record").getAttribute("accesskey")).isEqualTo("r");
        page.evaluate("document.querySelector('.pb-record').focus()");
        Browsing.follow(page, () -> page.keyboard().press("Enter"));
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("telephone");
        browsing.look(page, "record");
        page.keyboard().press("Tab");
        page.keyboard().type("nevin");
        page.locator("#found input[type=radio]").nth(2).waitFor();
        assertThat(page.locator("#found input[type=radio]").count()).isEqualTo(3);
        browsing.look(page, "record-found");
        page.locator("#name").focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("ArrowUp");
        tabTo(page, "asked");
        page.keyboard().type(asked);
        page.keyboard().press("Tab");
        page.keyboard().type("The council keeps the register: gave her its number.");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        tabTo(page, "save");
        Browsing.follow(page, () -> page.keyboard().press("Enter"));

        assertThat(page.locator("h1").textContent()).isEqualTo("Call saved");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(CALL_MAX);
        page.getByText("It is filed.").waitFor();
        browsing.look(page, "recorded");
        assertThat(page.evaluate("document.activeElement.innerText")).isEqualTo("Record another call");
        assertThat(jdbc.sql("select c.name from enquiry e join contact c on c.id = e.contact_id where e.reply = ?")
                        .param(asked)
                        .query(String.class)
                        .single())
                .endsWith("Nevin");
        page.navigate("/by-hand/today");
        browsing.look(page, "own-calls");
        assertThat(page.locator("main").textContent()).contains(asked);
        assertThat(drafts(page)).isEmpty();

        page.context().clearCookies();
        var officer = browsing.signIn(Role.OFFICER);
        officer.navigate("/enquiries/"
                + jdbc.sql("select id from enquiry where reply = ?")
                        .param(asked)
                        .query(Long.class)
                        .single());
        browsing.look(officer, "enquiry-by-hand");
    }

    @Test
    void aSessionThatEndsHalfWayLosesNothing(Browsing browsing) {
        var asked = "Asked before the session was over " + UUID.randomUUID();
        var page = browsing.signIn(Role.CALL_HANDLER);
        page.navigate("/by-hand");
        page.locator("#name").fill("Idwal");
        page.context().clearCookies();
        page.locator("#telephone").pressSequentially("01632 960 453");
        page.getByText("perhaps you were signed out").waitFor();
        page.locator("#asked").fill(asked);
        Browsing.follow(page, () -> page.locator("#save").click());

        browsing.signIn(page, Role.CALL_HANDLER);

        assertThat(page.locator("main").textContent()).contains(asked);
        Browsing.follow(page, () -> page.getByText("Send it now").click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Call saved");
        await().until(() -> isFiled(asked));
    }

    @Test
    void aPageThatIsLeftByMistakeComesBackToWhoTypedItAndToNobodyElse(Browsing browsing) {
        var page = browsing.signIn(Role.CALL_HANDLER);
        page.navigate("/by-hand");
        page.locator("#name").fill("Idwal Foel");
        page.locator("#asked").fill("Half of a question");
        page.getByText("Visit").first().click();
        var key = page.locator("input[name=key]").inputValue();
        page.navigate("/");

        page.navigate("/by-hand");

        assertThat(page.locator("#draft").isVisible()).isTrue();
        assertThat(page.locator("#asked").inputValue()).isEqualTo("Half of a question");
        assertThat(page.locator("#kind-visit").isChecked()).isTrue();
        assertThat(page.locator("input[name=key]").inputValue()).isEqualTo(key);
        browsing.look(page, "record-draft");

        Browsing.follow(page, () -> page.getByText("Sign out").click());
        browsing.signIn(page, Role.OFFICER);
        page.navigate("/by-hand");
        assertThat(page.locator("#asked").inputValue()).isEmpty();
        page.locator("#asked").fill("Of the officer");
        Browsing.follow(page, () -> page.getByText("Sign out").click());
        assertThat(drafts(page)).isEmpty();
    }

    @Test
    void whatIsWrongOrNotSavedIsSaid(Browsing browsing) throws Exception {
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/by-hand");
        page.locator("#date").fill("1/1/2099");
        Browsing.follow(page, () -> page.locator("#save").click());
        assertThat(page.locator(".govuk-error-summary a").allTextContents())
                .containsExactly("Enter what was asked", "The day and time must not be later than now");
        browsing.look(page, "record-errors");
        assertThat(page.evaluate("document.activeElement.className").toString()).contains("govuk-error-summary");
        page.locator("#asked").fill("Asked while nothing could be taken in");
        page.locator("#date").fill("");
        page.locator("#time").fill("");
        Stopping.stop(desk, "by-hand");
        try {
            Browsing.follow(page, () -> page.locator("#save").click());
            browsing.look(page, "record-not-saved");
        } finally {
            Stopping.start(desk, "by-hand");
        }
        Browsing.follow(page, () -> page.locator("#save").click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Call saved");
        page.getByText("See the enquiry").waitFor();
    }

    @Test
    void itWorksWithoutScripts(Browsing browsing) {
        known(browsing.signIn(Role.CALL_HANDLER), "Tangwystl Rowe", "01632 960 454");
        try (var plain = browsing.withoutScripts()) {
            var page = plain.signIn(Role.CALL_HANDLER);
            Browsing.follow(page, () -> page.getByText("Record a call").first().click());
            page.locator("#telephone").fill("+44 1632 960454");
            page.locator("#asked").fill("Asked without scripts");
            Browsing.follow(page, () -> page.getByText("Find").click());
            assertThat(page.locator("#found").textContent())
                    .contains("Tangwystl Rowe")
                    .doesNotContain("960454");
            page.locator("#found input[type=radio]").first().check();
            Browsing.follow(page, () -> page.locator("#save").click());
            assertThat(page.locator("h1").textContent()).isEqualTo("Call saved");
        }
    }
}
