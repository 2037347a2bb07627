package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.staff.Role;
import org.postbag.work.IndexWork;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class ExportPageTest {

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
    void aResultIsExportedForAReason(Browsing browsing) throws IOException {
        pages.filed(3);
        var page = browsing.signIn(Role.OFFICER);
        SearchPages.search(page, pages.town);

        Browsing.follow(page, () -> page.getByText("Export").click());
        assertThat(page.locator("main").textContent())
                .contains("3 enquiries", pages.town, "Reference, Channel")
                .doesNotContain("whole text");
        Browsing.follow(page, () -> page.getByText("Export 3 enquiries").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter why");
        browsing.look(page, "search-export");

        page.getByLabel("Why is it exported?").fill("Yearly report");
        page.getByLabel("CSV").check();
        var download =
                page.waitForDownload(() -> page.getByText("Export 3 enquiries").click());

        assertThat(download.suggestedFilename()).matches("enquiries-\\d{4}-\\d\\d-\\d\\d-\\d{4}\\.csv");
        assertThat(Files.readAllLines(download.path()))
                .hasSize(4)
                .element(1)
                .asString()
                .contains("Margaret Llewellyn", "Polling card " + pages.town);
        var book = page.waitForDownload(() -> {
            page.getByLabel("Excel").check();
            page.getByText("Export 3 enquiries").click();
        });
        assertThat(book.suggestedFilename()).endsWith(".xlsx");
        assertThat(Files.size(book.path())).isPositive();
    }

    @Test
    void textsAreForDataProtectionOfficersAndWhatIsSensitiveIsSaidToBeLeftOut(Browsing browsing) throws IOException {
        pages.filed(1);
        var other = new SearchPages(jdbc, work);
        var secret = other.filed(1).getFirst();
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation')")
                .param(secret)
                .update();
        work.add(List.of(secret));
        var page = browsing.signIn(Role.DATA_PROTECTION_OFFICER);
        SearchPages.search(page, pages.town + " OR " + other.town);

        Browsing.follow(page, () -> page.getByText("Export").click());
        assertThat(page.locator("main").textContent())
                .contains("2 enquiries", "1 enquiry; 1 sensitive one is left out");
        page.getByLabel("With the whole text").check();
        page.getByLabel("CSV").check();
        page.getByLabel("Why is it exported?").fill("Rights request");
        var download =
                page.waitForDownload(() -> page.getByText("Export 1 enquiry").click());

        assertThat(Files.readString(download.path()))
                .contains("I moved to " + pages.town)
                .doesNotContain(other.town);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"READER", "CALL_HANDLER", "ROUTE_VIEWER", "ADMINISTRATOR"})
    void othersMayNot(Role role, Browsing browsing) {
        var page = browsing.signIn(role);

        var answer = page.context().request().get("/enquiries/search/6b7a0f1e-0000-4000-8000-000000000000/export");

        assertThat(answer.status()).isEqualTo(403);
        if (role == Role.READER) {
            pages.filed(1);
            SearchPages.search(page, pages.town);
            assertThat(page.locator("main").textContent())
                    .contains("Save this search")
                    .doesNotContain("Export");
        }
    }
}
