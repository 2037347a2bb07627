package org.postbag.search.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.staff.Role;
import org.postbag.work.IndexWork;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Working by the keyboard: single keys, and the suggestions under the search box. */
@BrowserTest
class SearchKeysTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IndexWork work;

    private SearchPages pages;

    @BeforeEach
    void pages() {
        pages = new SearchPages(jdbc, work);
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()");
    }

    @Test
    void theSearchBoxIsAKeyAwayOnEveryPage(Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        page.navigate("/enquiries");
        page.keyboard().press("/");
        assertThat(focused(page)).isEqualTo("q");
        // In the box it is a character.
        page.keyboard().type("1/2?");
        assertThat(page.locator("#q").inputValue()).isEqualTo("1/2?");

        page.navigate("/");
        Browsing.follow(page, () -> page.keyboard().press("/"));
        assertThat(page.url()).contains("/enquiries");
        assertThat(page.locator("#q")).isFocused();
    }

    @Test
    void resultsAreGoneThroughAsCardsAndAsATable(Browsing browsing) {
        pages.filed(3);
        var page = browsing.signIn(Role.READER);
        SearchPages.search(page, pages.town);
        Browsing.follow(page, () -> page.getByText("Show newest first").click());

        for (var view : new String[] {"Show as table", "Show as cards"}) {
            Browsing.follow(page, () -> page.getByText(view).click());
            page.keyboard().press("j");
            assertThat(focused(page)).contains("number 1");
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.keyboard().press("j");
            assertThat(focused(page)).contains("number 3");
            page.keyboard().press("k");
            assertThat(focused(page)).contains("number 2");
        }
        page.keyboard().press("Control+j");
        page.keyboard().press("Alt+k");
        assertThat(focused(page)).contains("number 2");
        Browsing.follow(page, () -> page.keyboard().press("Enter"));
        assertThat(page.locator("h1").textContent()).contains("number 2");
    }

    @Test
    void theKeysAreListedAndCanBeTurnedOff(Browsing browsing) {
        pages.filed(1);
        var page = browsing.signIn(Role.READER);
        SearchPages.search(page, pages.town);
        page.keyboard().press("j");

        page.keyboard().press("?");
        var dialog = page.locator("dialog");
        assertThat(dialog).isVisible();
        assertThat(dialog).containsText("To the search box");
        assertThat(dialog).containsText("To the next result");
        browsing.look(page, "keys");
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        assertThat(focused(page)).contains("number 1");

        page.locator(".pb-keys-way button").click();
        page.getByLabel("Use these keys in this browser").uncheck();
        page.locator("dialog button").click();
        page.reload();
        page.keyboard().press("j");
        page.keyboard().press("/");
        page.keyboard().press("?");
        assertThat(page.locator("a[data-hit]:focus, #q:focus")).hasCount(0);
        assertThat(page.locator("dialog[open]")).hasCount(0);

        page.locator(".pb-keys-way button").click();
        page.getByLabel("Use these keys in this browser").check();
        page.locator("dialog button").click();
        page.keyboard().press("/");
        assertThat(focused(page)).isEqualTo("q");
    }

    @Test
    void contactsAreSuggestedAndChosenByKeys(Browsing browsing) {
        long first = pages.records().contact("Ann " + pages.town, "public", true);
        long second = pages.records().contact("Ben " + pages.town + " <b>bold</b>", "public", true);
        var page = browsing.signIn(Role.READER);
        page.navigate("/enquiries");
        var box = page.locator("#q");
        var options = page.locator("[role=option]");
        assertThat(box).hasAttribute("role", "combobox");
        assertThat(box).hasAttribute("aria-expanded", "false");

        box.pressSequentially(pages.town);
        assertThat(options).hasCount(2);
        assertThat(box).hasAttribute("aria-expanded", "true");
        assertThat(page.locator("form#search [role=status]")).hasText("2 suggestions");
        assertThat(page.locator("[role=option] b")).hasCount(0);
        box.press("ArrowDown");
        browsing.look(page, "search-suggestions");
        assertThat(options.first()).hasAttribute("aria-selected", "true");
        assertThat(box).hasAttribute("aria-activedescendant", options.first().getAttribute("id"));
        box.press("Escape");
        assertThat(options).hasCount(0);
        assertThat(box).hasValue(pages.town);
        assertThat(box).isFocused();

        box.press("Backspace");
        assertThat(options).hasCount(2);
        box.press("ArrowUp");
        Browsing.follow(page, () -> box.press("Enter"));
        assertThat(page.url()).matches(".*/contacts/(" + first + "|" + second + ")");
    }

    @Test
    void aWordIsCompletedAndEnterWithoutAChoiceSearches(Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        page.navigate("/enquiries");
        var box = page.locator("#q");

        box.pressSequentially("chann");
        page.locator("[role=option]").first().click();
        assertThat(box).hasValue("channel:");
        assertThat(box).isFocused();
        box.pressSequentially("le");
        assertThat(page.locator("[role=option]")).hasText("channel:letter Search words");
        Browsing.follow(page, () -> box.press("Enter"));
        assertThat(page.url()).contains("/enquiries/search/");
        assertThat(page.locator("#q")).hasValue("channel:le");
    }

    @Test
    void whatIsTypedIsInNoAddressAndKeptNowhere(Browsing browsing) {
        pages.records().contact("Ann " + pages.town, "public", true);
        var page = browsing.signIn(Role.READER);
        page.navigate("/enquiries");

        var answer = page.waitForResponse(
                response -> response.url().contains("suggestions"),
                () -> page.locator("#q").pressSequentially(pages.town));

        assertThat(answer.request().method()).isEqualTo("POST");
        assertThat(answer.url()).endsWith("/enquiries/suggestions");
        assertThat(answer.headerValue("cache-control")).contains("no-store");
        assertThat(page.context().request().post("/enquiries/suggestions").status())
                .isEqualTo(403);
    }
}
