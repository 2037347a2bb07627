package org.postbag.contacts.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.normalising.Telephone;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class MattersPageTest {

    @Autowired
    private JdbcClient jdbc;

    private Records records;

    /** Other tests of the same program may have left matters here. */
    @BeforeEach
    void noMatters() {
        records = new Records(jdbc);
        jdbc.sql("delete from review").update();
    }

    @Test
    void nothingToReviewSaysSo(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/review/matters");

        assertThat(page.locator("main").textContent()).contains("No other matters");
        browsing.look(page, "matters-empty");
    }

    @Test
    void aMatterIsShownWithItsContactsSideBySideSettledAndOpenedAgain(Browsing browsing) {
        long jean = records.contact("Jean Hargreaves", "public", true);
        long john = records.contact("John Hargreaves <script>alert(1)</script>", "press", true);
        var number = "+441792" + (100_000 + System.nanoTime() % 800_000);
        long identifier = records.uses(jean, "telephone", number, "shared", "register");
        records.uses(john, "telephone", number, "shared", "register");
        matter("telephone-shared", "identifier:" + identifier, null, identifier);
        long margaret = records.contact("Margaret Llewellyn", "public", true);
        records.mailsUnder(margaret, "Margaret Llewellyn", "Rhys <b>Llewellyn</b>");
        records.uses(margaret, "email", "m" + identifier + "@example.org", "sole", "register");
        matter("name-differs", "contact:" + margaret, margaret, null);
        var page = browsing.signIn(Role.REVIEWER);

        page.navigate("/review/matters");
        browsing.look(page, "matters-hostile");
        var shared = page.locator(".pb-matter").filter(new FilterOptions().setHasText("telephone number"));
        assertThat(shared.locator(".pb-side").count()).isEqualTo(2);
        assertThat(shared.textContent())
                .contains(
                        "Jean Hargreaves", "John Hargreaves <script>alert(1)</script>", new Telephone(number).shown());

        assertThat(page.locator(".pb-matter").first().textContent())
                .contains("Margaret Llewellyn", "Rhys <b>Llewellyn</b>");

        Browsing.follow(
                page,
                () -> shared.getByRole(AriaRole.BUTTON)
                        .filter(new FilterOptions().setHasText("Leave it undecided"))
                        .click());
        assertThat(page.locator(".pb-notice").textContent()).contains("Settled.");
        assertThat(page.locator(".pb-matter").count()).isEqualTo(1);
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("Open again.");
        page.navigate("/review/matters");
        assertThat(page.locator(".pb-matter").count()).isEqualTo(2);
    }

    @Test
    void whoWritesFromAMailboxIsSaidWhereItIsAskedAndCanBeTakenBack(Browsing browsing) {
        long bridgewater = records.contact("John Bridgewater", "public", true);
        var address = "bridgewater" + System.nanoTime() + "@example.org";
        records.uses(bridgewater, "email", address, "sole", "register");
        records.mailsUnder(bridgewater, "John Bridgewater", "Mary Bridgewater");
        matter("name-differs", "contact:" + bridgewater, bridgewater, null);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/contacts/" + bridgewater);
        assertThat(page.locator(".pb-bar").textContent()).contains("Who writesOne person");
        assertThat(page.locator(".pb-timeline").textContent()).contains("Mary Bridgewater", "John Bridgewater");
        page.navigate("/review/matters");
        browsing.look(page, "matters-who-writes");

        Browsing.follow(
                page, () -> page.getByText("Several people write from it").click());

        assertThat(page.locator(".pb-notice").textContent()).contains("Several people write", "John Bridgewater");
        assertThat(page.locator(".pb-matter").count()).isZero();
        var undo = page.locator(".pb-notice form").getAttribute("action");
        Browsing.follow(page, () -> page.locator(".pb-notice a").click());
        assertThat(page.locator(".pb-bar").textContent())
                .contains("KindShared mailbox", "Who writesSeveral people")
                .doesNotContain("Person");
        assertThat(page.locator(".pb-known").first().textContent()).contains("used by several people");
        browsing.look(page, "contact-shared-mailbox");
        page.evaluate(
                "action => { const form = document.querySelector('.pb-me').cloneNode(true); form.action = action; form.id = 'undo'; document.body.append(form) }",
                undo);
        Browsing.follow(page, () -> page.evaluate("document.querySelector('#undo').requestSubmit()"));
        assertThat(page.locator(".pb-notice").textContent()).contains("Taken back");
        page.navigate("/contacts/" + bridgewater);
        assertThat(page.locator(".pb-bar").textContent()).contains("KindPerson", "Who writesOne person");
        assertThat(page.locator(".pb-known").first().textContent()).contains("used by this contact only");
    }

    @Test
    void whatSomebodyElseSettledDoesNotLookLikeSuccess(Browsing browsing) {
        long margaret = records.contact("Margaret Llewellyn", "public", true);
        matter("name-differs", "contact:" + margaret, margaret, null);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review/matters");
        jdbc.sql("update review set state = 'settled', settled_at = now(), settled_by = 'staff:other'")
                .update();

        Browsing.follow(page, () -> page.locator(".pb-matter button[value=one]").click());

        assertThat(page.locator(".pb-notice--refused").textContent()).contains("Not done", "someone decided it");
        browsing.look(page, "notice-refused");
    }

    private String state(long identifier, long contact) {
        return jdbc.sql("select state from identifier_use where identifier_id = ? and contact_id = ?")
                .params(identifier, contact)
                .query(String.class)
                .single();
    }

    @Test
    void anAddressOfSeveralIsSaidToBeOnesAloneOrSharedAndBothAreTakenBack(Browsing browsing) {
        long jean = records.contact("Jean Hargreaves", "public", true);
        long john = records.contact("John Hargreaves", "press", true);
        long joan = records.contact("Joan Hargreaves", "press", true);
        jdbc.sql("update contact set merged_into = ? where id = ?")
                .params(john, joan)
                .update();
        var address = "hargreaves" + System.nanoTime() + "@example.org";
        long identifier = records.uses(jean, "email", address, "shared", "register");
        records.uses(john, "email", address, "shared", "register");
        records.uses(joan, "email", address, "shared", "register");
        matter("address-shared", "identifier:" + identifier, null, identifier);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review/matters");
        browsing.look(page, "matters-whose");

        Browsing.follow(
                page,
                () -> page.locator(".pb-side")
                        .filter(new FilterOptions().setHasText("Jean"))
                        .getByRole(AriaRole.BUTTON)
                        .click());

        assertThat(page.locator(".pb-notice").textContent()).contains("no longer used by 2 contacts", "Jean");
        assertThat(page.locator(".pb-matter").count()).isZero();
        assertThat(state(identifier, jean)).isEqualTo("sole");
        assertThat(state(identifier, john)).isEqualTo("retired");
        assertThat(state(identifier, joan)).isEqualTo("retired");

        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("Taken back");
        assertThat(state(identifier, jean)).isEqualTo("shared");
        assertThat(state(identifier, john)).isEqualTo("shared");
        assertThat(state(identifier, joan)).isEqualTo("shared");

        Browsing.follow(page, () -> page.getByText("They share it").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("They share it");
        assertThat(state(identifier, john)).isEqualTo("shared");
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-matter").textContent()).contains("They share it");
        assertThat(jdbc.sql(
                                "select array_agg(detail order by id) from audit_event where subject_kind = 'review' and detail is not null"
                                        + " and subject_id = (select id::text from review)")
                        .query((row, n) -> (String[]) row.getArray(1).getArray())
                        .single())
                .containsExactly(
                        "It is contact %d's alone".formatted(jean),
                        "Opened again",
                        "Several contacts share it",
                        "Opened again");
    }

    @Test
    void anOfficerSeesMattersButReviewersSettleThem(Browsing browsing) {
        long margaret = records.contact("Margaret Llewellyn", "public", true);
        matter("name-differs", "contact:" + margaret, margaret, null);
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/contacts/" + margaret);
        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Look at it"))
                        .click());

        assertThat(page.locator(".pb-matter").textContent()).contains("Different names came from one address");
        assertThat(page.locator(".pb-matter button").count()).isZero();
        browsing.axe(page);
        assertThat(page.navigate("/review/999999999").status()).isEqualTo(404);
    }

    @Test
    void aReaderDoesNotSeeTheList(Browsing browsing) {
        var page = browsing.signIn(Role.READER);

        assertThat(page.context().request().get("/review/matters").status()).isEqualTo(403);
    }

    private void matter(String matter, String key, @Nullable Long contact, @Nullable Long identifier) {
        jdbc.sql(
                        "insert into review (matter, subject_key, contact_id, identifier_id, raised_at) values (?, ?, ?, ?, now())")
                .params(Arrays.asList(matter, key, contact, identifier))
                .update();
    }
}
