package org.postbag.receiving.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class PublicPagesBrowserTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Body body;

    @Autowired
    private Phrasebook phrasebook;

    @Test
    void thePrivacyNoticeSaysWhatTheRulesAndTheSettingsSay(Browsing browsing) {
        var notice = browsing.open("/privacy").locator("main");
        var rules = jdbc.sql("select period_months, reason from retention_rule")
                .query((row, _) -> Map.entry(period(row.getInt(1)), row.getString(2)))
                .list();

        assertThat(notice.locator("tbody tr").count()).isEqualTo(rules.size());
        assertThat(rules)
                .allSatisfy(rule -> assertThat(notice.locator("tbody tr").allInnerTexts())
                        .anySatisfy(line -> assertThat(line).contains(rule.getKey(), rule.getValue())));
        assertThat(body.suppliers())
                .isNotEmpty()
                .allSatisfy(supplier ->
                        assertThat(notice.innerText()).contains(supplier.name() + ", which " + supplier.does()));
        assertThat(notice.innerText())
                .contains(
                        body.name(),
                        body.email(),
                        body.address(),
                        "Political Parties, Elections and Referendums Act 2000");
    }

    private String period(int months) {
        return phrasebook.english().period(months);
    }

    @Test
    void theFormSaysHowLongTheRulesKeepIt(Browsing browsing) {
        int months = jdbc.sql("select period_months from retention_rule where category = 'public'")
                .query(Integer.class)
                .single();

        assertThat(browsing.open("/contact").locator("main").innerText())
                .contains("We keep your message and your details for " + period(months) + " after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contact", "/privacy", "/accessibility", "/cookies"})
    void eachPageIsAccessibleAtADeskAndOnATelephone(String path, Browsing browsing) {
        var page = browsing.open(path);

        browsing.look(page, "public" + path.replace('/', '-'));

        assertThat(page.locator("h1").count()).isEqualTo(1);
        assertThat(page.locator("footer a").allInnerTexts())
                .containsExactly("Contact us", "Privacy", "Accessibility", "Cookies");
    }

    @Test
    void everyLinkOfThePublicPagesLeadsSomewhere(Browsing browsing) {
        for (var from : new String[] {"/contact", "/privacy", "/accessibility", "/cookies"}) {
            var page = browsing.open(from);
            for (var link : page.locator("a[href^='/']").all()) {
                var answer = page.request().get(browsing.address() + link.getAttribute("href"));
                assertThat(answer.status())
                        .as("%s on %s", link.getAttribute("href"), from)
                        .isEqualTo(200);
            }
            for (var link : page.locator("a[href^='#']").all()) {
                assertThat(page.locator(link.getAttribute("href")).count()).isEqualTo(1);
            }
        }
    }

    @Test
    void theOnlyCookiesAreThoseThatThePageNames(Browsing browsing) {
        var page = browsing.open("/privacy");
        page.navigate("/cookies");
        var named = page.locator("main tbody th").allInnerTexts();
        assertThat(cookies(page)).isEmpty();

        page.navigate("/contact");
        assertThat(cookies(page)).containsExactly(named.getFirst());

        page.locator("#message").fill("How many cookies do you set?");
        page.getByLabel("I do not need a reply").check();
        page.locator("#send").click();
        page.waitForURL("**/contact/sent");
        assertThat(cookies(page)).containsExactlyInAnyOrderElementsOf(named);
    }

    private static List<String> cookies(Page page) {
        return page.context().cookies().stream().map(cookie -> cookie.name).toList();
    }

    @Test
    void theSkipLinkIsTheFirstStopOfTheKeyboard(Browsing browsing) {
        var page = browsing.open("/contact");

        page.keyboard().press("Tab");

        assertThat(focused(page)).isEqualTo("Skip to main content");
        page.keyboard().press("Enter");
        // The browser says so a moment later.
        page.waitForURL(url -> url.endsWith("#main"));
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.textContent.trim()");
    }
}
