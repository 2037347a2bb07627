package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.Browsing.follow;
import static org.postbag.Browsing.press;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.staff.Role;
import org.postbag.work.IndexWork;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class SavedSearchesPageTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IndexWork work;

    private SearchPages pages;

    @BeforeEach
    void pages() {
        pages = new SearchPages(jdbc, work);
    }

    @Test
    void aSearchIsSavedSharedOpenedRenamedDeletedAndBroughtBack(Browsing browsing) {
        pages.filed(1);
        var name = "Cards in " + pages.town;
        var page = browsing.signIn(Role.OFFICER);
        SearchPages.search(page, pages.town);

        follow(page, "Save this search");
        assertThat(page.locator("main").textContent()).contains(pages.town, "It is kept until you delete it");
        press(page, "Save the search");
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter a name of 1 to 100 characters");
        browsing.look(page, "search-save");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Share it").check();
        press(page, "Save the search");
        assertThat(page.locator(".pb-notice").textContent()).contains("The search is saved, for all who may search.");

        page.navigate("/enquiries");
        page.getByText("Saved and recent searches").click();
        assertThat(page.locator(".pb-again").textContent()).contains(name);
        browsing.look(page, "search-again");
        follow(page, name);
        assertThat(page.locator("#q").inputValue()).isEqualTo(pages.town);
        assertThat(page.locator("article").count()).isEqualTo(1);
        assertThat(page.url()).doesNotContain(pages.town).contains("/enquiries/search/");

        page.navigate("/enquiries/saved");
        browsing.look(page, "searches");
        follow(page, "Change " + name);
        page.getByLabel("Name").fill(name + " <b>again</b>");
        press(page, "Save the change");
        assertThat(page.locator("table").textContent()).contains(name + " <b>again</b>");
        press(page, "Delete " + name);
        assertThat(page.locator("main").textContent()).doesNotContain(name);
        press(page, "Undo");
        assertThat(page.locator("table").textContent()).contains(name);

        try (var plain = browsing.withoutScripts()) {
            var theirs = plain.signIn(Role.READER);
            theirs.navigate("/enquiries/saved");
            assertThat(theirs.locator("tr", new Page.LocatorOptions().setHasText(name))
                            .textContent())
                    .contains("shared by Priya Nair")
                    .doesNotContain("Delete");
            follow(theirs, name);
            assertThat(theirs.locator("#q").inputValue()).isEqualTo(pages.town);
            follow(theirs, "Save this search");
            assertThat(theirs.locator("#shared").count()).isZero();
        }
        press(page, "Delete " + name);
    }

    @Test
    void recentSearchesAreOpenedAgainAndForgotten(Browsing browsing) {
        var page = browsing.signIn(Role.REVIEWER);
        SearchPages.search(page, "first " + pages.town);
        SearchPages.search(page, "second " + pages.town);

        page.getByText("ecent searches").first().click();
        follow(page, "first " + pages.town);
        assertThat(page.locator("#q").inputValue()).isEqualTo("first " + pages.town);

        page.getByText("ecent searches").first().click();
        press(page, "Forget them");
        assertThat(page.locator(".pb-notice").textContent()).contains("off the list");
        assertThat(page.locator("main").textContent()).doesNotContain(pages.town);
        page.navigate("/enquiries");
        assertThat(page.locator("main").textContent()).doesNotContain(pages.town);
        assertThat(jdbc.sql("select count(*) from search_query where query ->> 'words' like '%' || ?")
                        .param(pages.town)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void aSavedSearchThatIsNotThereIsAPageThatSaysSo(Browsing browsing) {
        var page = browsing.signIn(Role.READER);

        var response = page.navigate("/enquiries/saved/6b7a0f1e-0000-4000-8000-000000000000");

        assertThat(response.status()).isEqualTo(404);
        assertThat(page.locator("main").textContent()).contains("This search is not there", "search anew");
        browsing.look(page, "search-not-there");
    }
}
