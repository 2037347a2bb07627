package org.postbag.contacts.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.contacts.Merging;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class ContactPageTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Merging merging;

    private Records records;
    private String email;

    @BeforeEach
    void records() {
        records = new Records(jdbc);
        email = "m" + System.nanoTime() + "@example.org";
    }

    @Test
    void aContactIsShownWithWhatItIsKnownByItsEnquiriesAndItsDate(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/contacts/" + id);
        browsing.axe(page);

        assertThat(page.locator("h1").textContent()).isEqualTo("Margaret Llewellyn");
        assertThat(page.locator(".pb-known").first().textContent())
                .contains(email, "Email address", "used by this contact only", "the item it came with");
        assertThat(page.locator("main").textContent()).contains("Also claimed", "SA1 4PE", "not confirmed");
        assertThat(page.locator(".pb-timeline li").count()).isEqualTo(20);
        assertThat(page.locator("aside").textContent())
                .contains("Kept until", "One year from the last contact", "Priya Nair looked")
                .containsPattern("In \\d+ days\\.");

        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator(".pb-timeline li").count()).isEqualTo(2);
        Browsing.follow(page, () -> page.locator("a[rel=prev]").click());

        Browsing.follow(
                page, () -> page.getByText("the item it came with").first().click());
        assertThat(page.url()).contains("/enquiries/");
    }

    @Test
    void theTimelineHoldsWhatWasChangedBetweenWhatCameAndNoLooks(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + id + "/change/organisation");
        page.getByLabel("Change organisation").fill("Dragon Books");
        Browsing.follow(page, () -> page.getByText("Save organisation").click());
        jdbc.sql("insert into audit_event (at, actor, action, subject_kind, subject_id, detail)"
                        + " values (now() - interval '25 days', 'staff:priya', 'CHANGED', 'contact', ?, 'Long ago')")
                .param(Long.toString(id))
                .update();

        page.navigate("/contacts/" + id);
        assertThat(page.locator(".pb-timeline li").first().textContent()).contains("Priya Nair", "Dragon Books");
        assertThat(page.locator(".pb-timeline").textContent()).doesNotContain("looked", "Long ago");
        browsing.look(page, "contact-timeline");

        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator(".pb-timeline li").allTextContents())
                .as("between the two that came before and after it")
                .satisfiesExactly(
                        came -> assertThat(came).contains("try 21"),
                        changed -> assertThat(changed).contains("Long ago"),
                        first -> assertThat(first).contains("Polling card sent to my old address"));
    }

    @Test
    void staffSayThatAnAddressIsSurelyTheirsAndTakeItBack(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + id);

        Browsing.follow(page, () -> page.getByText("Mark as verified").first().click());
        assertThat(page.locator(".pb-known").first().textContent()).contains("verified by staff");
        browsing.look(page, "contact-verified");
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());

        assertThat(page.locator(".pb-known").first().textContent()).doesNotContain("verified by staff");
        assertThat(page.locator("aside").textContent()).contains("Verified");
    }

    @Test
    void aMailboxThatSeveralWriteFromIsNoticedAndStaffSaySo(Browsing browsing) {
        long id = records.contact("Ann Abbott", "public", true);
        records.uses(id, "email", email, "sole", "register");
        records.mailsUnder(id, "Ann Abbott", "Bob Bowen", "Cat <i>Cole</i>");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + id);
        assertThat(page.locator(".pb-inset--warn").textContent())
                .contains("Several people seem to write from here", "Cat <i>Cole</i>");
        browsing.look(page, "contact-several");

        Browsing.follow(page, () -> page.getByText("Say who writes").click());
        browsing.look(page, "contact-writers");
        page.getByLabel("Several people").check();
        Browsing.follow(
                page, () -> page.locator("main button[type=submit]").first().click());

        assertThat(page.locator(".pb-inset--warn").count()).isZero();
        assertThat(page.locator(".pb-bar").textContent()).contains("Several people");
        assertThat(jdbc.sql("select shared_mailbox from contact where id = ?")
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aContactIsFoundByNameAndAddressWithoutEitherInTheAddressBar(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.READER);
        page.navigate("/contacts");

        for (var typed : List.of("llew marg", email.toUpperCase(Locale.ROOT))) {
            page.locator("#q").fill(typed);
            Browsing.follow(page, () -> page.locator("#q").press("Enter"));
            assertThat(page.url()).matches(".*/contacts/search/[0-9a-f-]{36}");
            assertThat(page.locator("#q").inputValue()).isEqualTo(typed);
            assertThat(page.locator("main a[href='/contacts/" + id + "']").count())
                    .isEqualTo(1);
        }

        page.locator("#q").fill("nobody' & :* | !(<b>");
        Browsing.follow(page, () -> page.locator("#q").press("Enter"));
        assertThat(page.locator("main").textContent()).contains("Nobody was found");
        var typed = page.locator("#q").inputValue();
        Browsing.follow(
                page, () -> page.getByText("Search enquiries for these words").click());
        assertThat(page.url()).matches(".*/enquiries/search/[0-9a-f-]{36}");
        assertThat(page.locator("#q").inputValue()).isEqualTo(typed);
        browsing.look(page, "contacts-nobody");
    }

    @Test
    void someoneElsesSearchIsNotThere(Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        page.navigate("/contacts");
        page.locator("#q").fill("llewellyn");
        Browsing.follow(page, () -> page.locator("#q").press("Enter"));
        var address = page.url();
        Browsing.follow(page, () -> page.getByText("Sign out").click());

        var other = browsing.signIn(Role.OFFICER);
        var response = other.navigate(address);

        assertThat(response.status()).isEqualTo(404);
        assertThat(other.locator("main").textContent()).contains("This search is no longer kept");
        assertThat(other.content()).doesNotContain("llewellyn");
        browsing.axe(other);
    }

    @Test
    void aNameIsChangedAndPutBack(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + id);

        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Change name"))
                        .click());
        page.getByLabel("Change name").fill("");
        Browsing.follow(page, () -> page.getByText("Save name").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter a name");
        browsing.look(page, "contact-change-error");

        page.getByLabel("Change name").fill("Margaret <b>Rees</b>");
        Browsing.follow(page, () -> page.getByText("Save name").click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Margaret <b>Rees</b>");
        assertThat(page.locator(".pb-notice").textContent()).contains("Name saved.");
        assertThat(page.locator(".pb-history").textContent()).contains("Margaret Llewellyn", "Margaret <b>Rees</b>");
        browsing.look(page, "contact-changed");

        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Margaret Llewellyn");
        assertThat(page.locator(".pb-bar").textContent()).doesNotContain("set by staff");
    }

    @Test
    void aSaveOverSomeoneElsesChangeIsRefusedWithBothTextsKept(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + id + "/change/name");
        var other = page.context().newPage();
        other.navigate("/contacts/" + id + "/change/name");
        other.getByLabel("Change name").fill("Theirs");
        Browsing.follow(other, () -> other.getByText("Save name").click());

        page.getByLabel("Change name").fill("Mine");
        Browsing.follow(page, () -> page.getByText("Save name").click());

        assertThat(page.locator(".pb-conflict").textContent()).contains("Theirs", "Mine");
        assertThat(page.getByLabel("Change name").inputValue()).isEqualTo("Mine");
        Browsing.follow(page, () -> page.getByText("Save mine instead").click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Mine");
    }

    @Test
    void anIdentifierIsRetiredAndUsedAgain(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + id);
        var retire = page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("No longer used " + email));

        Browsing.follow(page, retire::click);
        assertThat(page.locator(".pb-known--retired").textContent()).contains(email);
        browsing.axe(page);

        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("In use again.");
        assertThat(page.locator(".pb-known--retired").count()).isZero();
    }

    @Test
    void aCategoryMovesTheDate(Browsing browsing) {
        long id = margaret();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + id + "/change/category");

        page.getByLabel("Political party").check();
        Browsing.follow(page, () -> page.getByText("Save category").click());

        assertThat(page.locator("aside").textContent()).contains("Regulatory reason: enforcement of party finance");
        assertThat(page.locator(".pb-bar").textContent()).contains("Political party");
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-bar").textContent()).contains("Public");
    }

    @Test
    void whoIsNotIdentifiedIsMarked(Browsing browsing) {
        long id = records.contact(null, "public", false);
        var page = browsing.signIn(Role.READER);

        page.navigate("/contacts/" + id);

        assertThat(page.locator("h1").textContent()).isEqualTo("Not identified");
        assertThat(page.locator("main").textContent()).contains("No enquiries are kept.", "Not identified.");
        assertThat(page.getByText("Change", new Page.GetByTextOptions().setExact(true))
                        .count())
                .isZero();
        browsing.look(page, "contact-not-identified");
    }

    @Test
    void aHostileNameIsTextAndFits(Browsing browsing) {
        long id = records.contact("<script>alert(1)</script> \u202e" + "W".repeat(200), "press", true);
        records.uses(id, "handle", "x:<img src=x>" + System.nanoTime(), "sole", "<b>register</b>");
        var page = browsing.signIn(Role.REVIEWER);

        page.navigate("/contacts/" + id);

        assertThat(page.locator("main script, main img").count()).isZero();
        assertThat(page.locator(".pb-known").textContent()).contains("<b>register</b>");
        page.setViewportSize(320, 800);
        browsing.axe(page);
        browsing.look(page, "contact-hostile");
    }

    @Test
    void aMergedContactShowsItsOwnAndLeadsToItsSurvivorAndAnErasedOneShowsNothing(Browsing browsing) {
        long survivor = margaret();
        long merged = records.contact("Maggie Llewellyn", "public", true);
        merging.merge(survivor, merged, "staff:ada", "");
        long erased = records.contact("Gone Person", "public", true);
        jdbc.sql("update contact set name = null, item_name = null, erased_at = now() where id = ?")
                .param(erased)
                .update();
        var page = browsing.signIn(Role.READER);

        page.navigate("/contacts/" + merged);
        assertThat(page.locator("h1").textContent()).isEqualTo("Maggie Llewellyn");
        assertThat(page.locator(".pb-inset--warn").textContent()).contains("Merged into contact " + survivor);
        Browsing.follow(page, () -> page.locator(".pb-inset--warn a").first().click());
        assertThat(page.url()).endsWith("/contacts/" + survivor);

        var response = page.navigate("/contacts/" + erased);
        assertThat(response.status()).isEqualTo(410);
        assertThat(page.locator("h1").textContent()).isEqualTo("Personal data removed");

        assertThat(page.navigate("/contacts/999999999").status()).isEqualTo(404);
        assertThat(page.locator("h1").textContent()).isEqualTo("There is no contact here");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"CALL_HANDLER", "ROUTE_VIEWER", "ROUTE_OPERATOR", "ROUTE_EDITOR", "ROUTE_APPROVER", "ADMINISTRATOR"
            })
    void rolesWithoutContentAreRefused(Role role, Browsing browsing) {
        long id = records.contact("Margaret Llewellyn", "public", true);
        var page = browsing.signIn(role);

        assertThat(page.context().request().get("/contacts").status()).isEqualTo(403);
        assertThat(page.context().request().get("/contacts/" + id).status()).isEqualTo(403);
        assertThat(page.context()
                        .request()
                        .get("/contacts/" + id + "/change/name")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aReaderMayChangeNothing(Browsing browsing) {
        long id = records.contact("Margaret Llewellyn", "public", true);
        var page = browsing.signIn(Role.READER);

        assertThat(page.context()
                        .request()
                        .get("/contacts/" + id + "/change/name")
                        .status())
                .isEqualTo(403);
    }

    /** A contact with an email address, a telephone number that others use too, a claim and 22 enquiries. */
    private long margaret() {
        long id = records.contact("Margaret Llewellyn", "public", true);
        long thread = records.thread(id);
        var first = records.receipt(Channel.EMAIL, Duration.ofDays(30), null);
        long enquiry = records.enquiry(new Records.Draft(
                first, id, thread, "Polling card sent to my old address", "I moved to Swansea in January."));
        for (int n = 1; n <= 21; n++) {
            records.enquiry(new Records.Draft(
                    records.receipt(n % 3 == 0 ? Channel.TELEPHONE : Channel.EMAIL, Duration.ofDays(n), null),
                    id,
                    thread,
                    n % 5 == 0 ? null : "Poll card not received, try " + n,
                    "Caller says no poll card has come. Registered in January at new address in Swansea."));
        }
        records.uses(id, "email", email, "sole", "receipt:" + first.id().hex());
        records.uses(
                id,
                "telephone",
                "+441792" + System.nanoTime() % 1_000_000,
                "shared",
                "receipt:" + first.id().hex());
        records.claim(enquiry, id, "postcode", "SA1 4PE");
        return id;
    }
}
