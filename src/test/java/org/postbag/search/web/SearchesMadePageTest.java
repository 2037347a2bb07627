package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Visitor;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.Role;
import org.postbag.work.IndexWork;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class SearchesMadePageTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IndexWork work;

    @Autowired
    private AuditTrail trail;

    @LocalServerPort
    private int port;

    private SearchPages pages;

    @BeforeEach
    void pages() {
        pages = new SearchPages(jdbc, work);
    }

    private UUID searched(Browsing browsing) {
        try (var other = browsing.withoutScripts()) {
            var page = other.signIn(Role.OFFICER);
            SearchPages.search(page, "polling card " + pages.town);
            return UUID.fromString(page.url().replaceFirst(".*/", ""));
        }
    }

    private static void show(Page page) {
        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Show"))
                        .click());
    }

    private static String text(Page page) {
        return page.locator("main").textContent();
    }

    @Test
    void theWordsOfASearchAreReadAndThatIsInTheTrailToo(Browsing browsing) {
        pages.filed(2);
        var id = searched(browsing);
        var page = browsing.signIn(Role.DATA_PROTECTION_OFFICER);
        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Audit"))
                        .click());
        page.getByLabel("By", new Page.GetByLabelOptions().setExact(true)).selectOption("Priya Nair");
        show(page);
        assertThat(text(page)).contains("Priya Nair", id.toString()).doesNotContain(pages.town);
        browsing.look(page, "audit-searches");

        Browsing.follow(page, () -> page.locator("a[href$='" + id + "']").click());
        assertThat(text(page)).contains("polling card " + pages.town, "Priya Nair", "2 found");
        assertThat(page.url()).doesNotContain(pages.town);
        browsing.look(page, "audit-search");
        assertThat(trail.history(Subject.search(id), 1))
                .extracting("detail")
                .containsExactly("the words that were searched for");
        assertThat(jdbc.sql("select count(*) from audit_event where detail like 'who searched when%'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void afterAYearTheWordsAreGoneAndTheTrailGoesOnToTellTheRest(Browsing browsing) {
        pages.filed(1);
        var id = searched(browsing);
        jdbc.sql("update search_query set asked_at = now() - interval '1 year 1 minute' where id = ?")
                .param(id)
                .update();
        var page = browsing.signIn(Role.DATA_PROTECTION_OFFICER);
        page.navigate("/audit/searches");
        page.getByLabel("Id in the trail").fill(" " + id + " ");
        Browsing.follow(
                page,
                () -> page.getByText("Find", new Page.GetByTextOptions().setExact(true))
                        .click());

        assertThat(text(page)).contains("The words are gone", "one year", "1 found", "Priya Nair");
        assertThat(text(page)).doesNotContain(pages.town);
        browsing.look(page, "audit-search-gone");
        page.navigate("/audit/searches?since=1/1/2020");
        assertThat(text(page)).doesNotContain(id.toString());
    }

    @Test
    void aSearchForAContactIsReadLikeAnyOther(Browsing browsing) {
        var id = UUID.randomUUID();
        jdbc.sql(
                        "insert into search_query (id, asked_by, asked_at, query) values (?, 'staff:somebody', now(), jsonb_build_object('contact', 'Llewellyn <b>'))")
                .param(id)
                .update();
        var page = browsing.signIn(Role.DATA_PROTECTION_OFFICER);
        page.navigate("/audit/searches/" + id);
        assertThat(text(page)).contains("A contact: Llewellyn <b>", "somebody");
    }

    @Test
    void whatIsNoIdNoDayOrNoSearchIsToldInWords(Browsing browsing) {
        var page = browsing.signIn(Role.DATA_PROTECTION_OFFICER);
        var missing = page.navigate("/audit/searches/" + UUID.randomUUID());
        assertThat(missing.status()).isEqualTo(404);
        assertThat(text(page)).contains("No search has this id");
        var wrong = page.navigate("/audit/searches/find?id=%27%3B--");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(text(page)).contains("Enter an id as it stands in the trail");
        var day = page.navigate("/audit/searches?since=31/6/2026");
        assertThat(day.status()).isEqualTo(422);
        assertThat(text(page)).contains("Enter the first day");
        browsing.look(page, "audit-searches-wrong");
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "DATA_PROTECTION_OFFICER")
    void nobodyElseLooks(Role role) {
        var visitor = Visitor.signedIn(port, role);
        assertThat(visitor.get("/audit/searches").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/audit/searches/" + UUID.randomUUID()).statusCode())
                .isEqualTo(403);
    }
}
