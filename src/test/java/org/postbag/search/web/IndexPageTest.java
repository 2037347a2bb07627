package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.postbag.Browsing.press;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Visitor;
import org.postbag.staff.Role;
import org.postbag.work.IndexWork;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class IndexPageTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IndexWork work;

    @Autowired
    private DataSource database;

    @Value("${postbag.data}")
    private Path data;

    @LocalServerPort
    private int port;

    private SearchPages pages;

    @BeforeEach
    void pages() {
        pages = new SearchPages(jdbc, work);
    }

    private static String text(Page page) {
        return page.locator("main").textContent();
    }

    private static String found(Page page, String what) {
        return page.locator("tr", new Page.LocatorOptions().setHasText(what))
                .locator("td")
                .textContent();
    }

    @Test
    void theIndexIsRebuiltWithoutScriptsAndTheTrailSaysByWhom(Browsing browsing) {
        pages.filed(3);
        try (var plain = browsing.withoutScripts()) {
            var page = plain.signIn(Role.ADMINISTRATOR);
            Browsing.follow(page, () -> page.getByText("Search index").first().click());
            assertThat(text(page)).contains("Lucene 10.", "In the record", "Waiting to be indexed");

            press(page, "Rebuild the index");
            assertThat(page.locator(".pb-notice").textContent()).contains("Searching and filing go on");
            await().atMost(SOON).untilAsserted(() -> {
                page.getByText("Look again").click();
                assertThat(text(page)).contains("in the new index, which answers");
            });
            assertThat(page.locator(".pb-history").textContent())
                    .contains("rebuilt the search index: begun", "in the new index, which answers now");
        }
    }

    @Test
    void whatIsMissingIsFoundAndMendedWhileThePageLooksByItself(Browsing browsing) {
        var ids = pages.filed(3);
        var page = browsing.signIn(Role.ADMINISTRATOR);
        page.navigate("/search-index");
        jdbc.sql("update enquiry set subject = 'Changed behind the index’s back', text = 'Other words' where id = ?")
                .param(ids.getFirst())
                .update();

        press(page, "Compare with the record");
        await().atMost(SOON).untilAsserted(() -> assertThat(text(page)).contains("The index differs from the record"));
        assertThat(Integer.parseInt(found(page, "Old:"))).isPositive();
        page.locator("summary").click();
        assertThat(page.locator("details[open]").textContent()).contains("Old: ");
        browsing.look(page, "search-index");

        press(page, "Mend the index");
        await().atMost(SOON)
                .until(() -> jdbc.sql("select count(*) from index_work where enquiry_id = ?")
                                        .param(ids.getFirst())
                                        .query(Long.class)
                                        .single()
                                == 0
                        && page.locator("[data-state]")
                                .getAttribute("data-state")
                                .endsWith("done"));
        press(page, "Compare with the record");
        await().atMost(SOON).untilAsserted(() -> assertThat(found(page, "Old:")).isEqualTo("0"));
    }

    @Test
    void anIndexThatIsTakenAwayIsToldEverywhereAndComesBackByItself(Browsing browsing) throws Exception {
        pages.filed(2);
        var page = browsing.signIn(Role.ADMINISTRATOR);
        try (var connection = database.getConnection()) {
            lock(connection, "pg_advisory_lock"); // as another node that builds would
            IOUtils.rm(data.resolve("index"));
            page.navigate("/search-index");
            await().atMost(SOON).until(() -> page.locator("[data-trouble]").count() == 1);
            assertThat(text(page))
                    .contains("There is no search index", "by itself")
                    .doesNotContain("Exception");
            browsing.look(page, "search-index-missing");

            try (var other = browsing.asking("en-GB")) {
                var theirs = other.signIn(Role.OFFICER);
                assertThat(theirs.locator("[data-part=false]").textContent())
                        .contains("Search index", "Needs care", "There is no search index", "Nothing is lost");
                other.look(theirs, "home-search-index");
                SearchPages.search(theirs, pages.town);
                assertThat(text(theirs)).contains("is being built anew", "Nothing is lost");
            }
            lock(connection, "pg_advisory_unlock");
        }

        await().atMost(SOON).until(() -> page.locator("[data-trouble]").count() == 0);
        assertThat(Files.exists(data.resolve("index/current"))).isTrue();
        try (var other = browsing.asking("en-GB")) {
            var theirs = other.signIn(Role.OFFICER);
            SearchPages.search(theirs, pages.town);
            assertThat(theirs.locator("article").count()).isEqualTo(2);
        }
    }

    private static void lock(Connection connection, String function) throws SQLException {
        try (var statement = connection.prepareStatement("select " + function + "(?)")) {
            statement.setLong(1, 0x506f_7374_6261_6702L);
            statement.execute();
        }
    }

    @Test
    void whatTheEngineRefusesIsListedForWhoeverMayLook(Browsing browsing) throws IOException {
        long id = pages.filed(1).getFirst();
        jdbc.sql(
                        "insert into index_fault (enquiry_id, reason) values (?, 'Lucene refuses its content: a word or value is too long')")
                .param(id)
                .update();
        var page = browsing.signIn(Role.READER);
        await().atMost(SOON).until(() -> {
            page.navigate("/");
            return page.locator("[data-part] a").count() == 1;
        });
        Browsing.follow(page, () -> page.locator("[data-part] a").click());
        assertThat(text(page)).contains("a word or value is too long").doesNotContain(pages.town);
        assertThat(page.locator("a.pb-ref").first().getAttribute("href")).isEqualTo("/enquiries/" + id);
        browsing.look(page, "search-index-refused");

        var runs = Visitor.signedIn(port, Role.ADMINISTRATOR).get("/search-index/refused");
        assertThat(runs.body()).contains("a word or value is too long").doesNotContain("/enquiries/" + id);
        jdbc.sql("delete from index_fault where enquiry_id = ?").param(id).update();
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "ADMINISTRATOR")
    void nobodyElseSeesOrDoesIt(Role role) {
        var visitor = Visitor.signedIn(port, role);
        assertThat(visitor.get("/search-index").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/search-index/now").statusCode()).isEqualTo(403);
        for (var what : new String[] {"rebuild", "compare", "mend"}) {
            assertThat(visitor.postForm("/search-index/" + what, Map.of(), "/password")
                            .statusCode())
                    .as(what)
                    .isEqualTo(403);
        }
    }

    @Test
    void nothingIsBegunWithoutTheTokenAgainstForgery() {
        var before = begun();
        var visitor = Visitor.signedIn(port, Role.ADMINISTRATOR);
        for (var what : new String[] {"rebuild", "compare", "mend"}) {
            assertThat(visitor.postForm("/search-index/" + what, Map.of()).statusCode())
                    .as(what)
                    .isEqualTo(403);
        }
        assertThat(begun()).isEqualTo(before);
    }

    private long begun() {
        return jdbc.sql("select count(*) from audit_event where subject_kind = 'search-index'")
                .query(Long.class)
                .single();
    }
}
