package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.postbag.work.IndexWork;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class SearchPageTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IndexWork work;

    private Records records;
    private String town;

    /** Each test has a town of its own, since the program is shared. */
    @BeforeEach
    void records() {
        records = new Records(jdbc);
        town = "Aber" + Long.toString(System.nanoTime(), 36);
    }

    @Test
    void wordsAreFoundMarkedAndKeptOutOfTheAddressBar(Browsing browsing) {
        filed(3);
        var page = browsing.signIn(Role.READER);
        page.navigate("/enquiries");

        search(page, "poll card " + town);

        assertThat(page.url()).matches(".*/enquiries/search/[0-9a-f-]{36}");
        assertThat(page.locator("#q").inputValue()).isEqualTo("poll card " + town);
        assertThat(page.locator("main").textContent()).contains("3 enquiries", "best first", "kept until");
        assertThat(page.locator("mark").allTextContents()).contains(town);

        Browsing.follow(page, () -> page.locator("article a").first().click());
        assertThat(page.locator("h1").textContent()).contains(town);
        Browsing.follow(page, () -> page.getByText("Back to results").click());
        assertThat(page.locator("#q").inputValue()).isEqualTo("poll card " + town);
    }

    @Test
    void resultsArePagedThereAndBackAndOrderedEitherWay(Browsing browsing) {
        filed(45);
        var page = browsing.signIn(Role.READER);
        search(page, town);
        assertThat(page.locator("main").textContent()).contains("best first");
        var first = page.locator("article").allTextContents();
        assertThat(first).hasSize(20);

        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator("article").count()).isEqualTo(5);
        assertThat(page.locator("main").textContent()).contains("45 enquiries", "page 3", "First page");
        assertThat(page.locator("a[rel=next]").count()).isZero();
        browsing.axe(page);
        Browsing.follow(page, () -> page.locator("a[rel=prev]").click());
        Browsing.follow(page, () -> page.locator("a[rel=prev]").click());
        assertThat(page.locator("article").allTextContents()).isEqualTo(first);

        Browsing.follow(page, () -> page.getByText("Show newest first").click());
        assertThat(page.locator("main").textContent()).contains("newest first");
        assertThat(page.locator("article").first().textContent()).contains("number 1 ");
    }

    @Test
    void resultsAreATableThatIsSortedByItsHeading(Browsing browsing) {
        filed(21);
        var page = browsing.signIn(Role.READER);
        search(page, town);

        Browsing.follow(page, () -> page.getByText("Show as table").click());
        assertThat(page.locator("tbody tr").count()).isEqualTo(20);
        assertThat(page.locator("tbody mark").first().textContent()).isEqualTo(town);
        assertThat(sorted(page, "Received")).isEqualTo("none");

        sortByTime(page);
        assertThat(sorted(page, "Received")).isEqualTo("descending");
        assertThat(page.locator("tbody tr").first().textContent()).contains("number 1 ");
        sortByTime(page);
        assertThat(sorted(page, "Received")).isEqualTo("ascending");
        assertThat(page.locator("tbody tr").first().textContent()).contains("number 21 ");
        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator("tbody tr").textContent()).contains("number 1 ");

        Browsing.follow(page, () -> page.getByText("Show as cards").click());
        assertThat(page.locator("article").first().textContent()).contains("number 21 ");
    }

    @Test
    void resultsAreSortedBySubjectAndByContactInTheTableAndAsCards(Browsing browsing) {
        var ids = filed(21);
        jdbc.sql("update enquiry set subject = 'Re: ändern ' || subject, base_subject = 'ändern' where id = ?")
                .param(ids.get(7))
                .update();
        jdbc.sql("update enquiry set subject = null, base_subject = null where id = ?")
                .param(ids.get(8))
                .update();
        index(ids.subList(7, 9));
        var page = browsing.signIn(Role.READER);
        search(page, town);
        Browsing.follow(page, () -> page.getByText("Sort by subject").click());
        assertThat(page.locator("main").textContent()).contains("by subject, A to Z");
        assertThat(page.locator("article h2").first().textContent()).contains("Re: ändern");
        browsing.look(page, "search-by-subject");
        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator("article h2").textContent()).contains("No subject");

        Browsing.follow(page, () -> page.getByText("Show as table").click());
        assertThat(sorted(page, "Subject")).isEqualTo("ascending");
        browsing.look(page, "search-table-by-subject");
        sortBy(page, "From");
        assertThat(sorted(page, "From")).isEqualTo("ascending");
        assertThat(sorted(page, "Subject")).isEqualTo("none");
        assertThat(page.locator("main").textContent()).contains("by contact, A to Z");
    }

    private static Locator heading(Page page, String name) {
        return page.locator("th[aria-sort]")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + name)));
    }

    private static String sorted(Page page, String name) {
        return heading(page, name).getAttribute("aria-sort");
    }

    private static void sortByTime(Page page) {
        sortBy(page, "Received");
    }

    private static void sortBy(Page page, String name) {
        Browsing.follow(page, () -> heading(page, name).locator(".pb-sort").click());
    }

    @Test
    void filtersAreAppliedShownAsTagsAndTakenAway(Browsing browsing) {
        filed(4);
        var page = browsing.signIn(Role.READER);
        search(page, town);

        page.getByLabel("Telephone").check();
        page.getByLabel("Since").fill("1 jan 2020");
        Browsing.follow(page, () -> page.getByText("Apply").last().click());

        assertThat(page.locator(".pb-chip").allTextContents())
                .satisfies(tags -> assertThat(tags.toString()).contains("Telephone", "Since 1 January 2020"));
        assertThat(page.locator("article .pb-tag").allTextContents()).containsOnly("Telephone");

        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Remove filter Telephone"))
                        .click());
        assertThat(page.locator(".pb-chip").count()).isEqualTo(1);
        Browsing.follow(page, () -> page.getByText("Clear").click());
        assertThat(page.locator(".pb-chip").count()).isZero();
        assertThat(page.locator("article").count()).isEqualTo(4);
        assertThat(page.locator("#q").inputValue()).isEqualTo(town);
    }

    @Test
    void aWrongDateIsSaidAndEverythingTypedIsKept(Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        search(page, "anything");

        page.getByLabel("Since").fill("31/6/2026");
        page.getByLabel("Until").fill("soon");
        Browsing.follow(page, () -> page.getByText("Apply").first().click());

        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.locator(".govuk-error-summary").textContent())
                .contains("Since must be a real date, like 27/3/2026", "Until must be a real date, like 27/3/2026");
        assertThat(page.getByLabel("Since").inputValue()).isEqualTo("31/6/2026");
        assertThat(page.getByLabel("Until").inputValue()).isEqualTo("soon");
        assertThat(page.locator("#q").inputValue()).isEqualTo("anything");

        page.getByLabel("Since").fill("2/1/2026");
        page.getByLabel("Until").fill("1/1/2026");
        Browsing.follow(page, () -> page.getByText("Apply").first().click());
        assertThat(page.locator(".govuk-error-summary").textContent())
                .contains("Until must be the same day as since, or later");
    }

    @Test
    void whatProgramsSentIsKeptOutOfTheListUntilSomebodyAsksForIt(Browsing browsing) {
        long contact = records.contact("Margaret Llewellyn", "public", true);
        long id = records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofSeconds(1), null),
                contact,
                records.thread(contact),
                "Out of office " + town,
                "I am away until Monday."));
        jdbc.sql("update enquiry set automatic = 'auto-reply' where id = ?")
                .param(id)
                .update();
        index(List.of(id));
        var page = browsing.signIn(Role.READER);

        page.navigate("/enquiries");
        assertThat(page.locator("main").textContent()).doesNotContain("Out of office " + town);
        Browsing.follow(page, () -> page.getByText("Show them too").click());
        assertThat(page.locator("main").textContent()).contains("Out of office " + town);
        assertThat(page.locator(".pb-chip").textContent()).contains("Automatic messages too");
        browsing.axe(page);

        Browsing.follow(page, () -> page.locator(".pb-chip").first().click());
        assertThat(page.locator("main").textContent())
                .doesNotContain("Out of office " + town)
                .contains("left out");

        // Who looks for it finds it.
        search(page, town);
        assertThat(page.locator("main").textContent())
                .contains("Out of office " + town)
                .doesNotContain("left out");

        // Among much else it can be left out there too, or looked for alone.
        filed(2);
        search(page, town);
        assertThat(page.locator("main").textContent()).contains("1 of them was sent by programs");
        Browsing.follow(page, () -> page.getByText("Leave them out").click());
        assertThat(page.locator("article").count()).isEqualTo(2);
        assertThat(page.locator(".pb-chip").textContent()).contains("Not automatic");
        Browsing.follow(page, () -> page.getByText("Show them too").click());
        assertThat(page.locator("article").count()).isEqualTo(3);
        page.locator("input[name=automatic][value=yes]").check();
        Browsing.follow(page, () -> page.getByText("Apply").last().click());
        assertThat(page.locator("article").textContent()).contains("Out of office " + town);
        assertThat(page.locator(".pb-chip").textContent()).contains("Automatic");
    }

    @Test
    void eachHitSaysHowFarItIsWhoseItIsAndWhatIsUrgentOrSensitive(Browsing browsing) {
        filed(2);
        long id = jdbc.sql("select max(id) from enquiry").query(Long.class).single();
        jdbc.sql("""
                        insert into enquiry_work (enquiry_id, status, urgent_by, urgent_at, assigned_to)
                        select ?, 'waiting-for-them', 'staff:x', now(), id from staff_member where name = 'Priya Nair'""").param(id).update();
        index(List.of(id));
        var page = browsing.signIn(Role.READER);
        search(page, town);

        var of = page.locator("article")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Priya Nair"));
        assertThat(of.textContent()).contains("Urgent", "Waiting for them, Priya Nair");
        assertThat(page.locator("article").allTextContents().toString()).contains("· New ·");
        Browsing.follow(page, () -> page.getByText("Show oldest first").click());
        assertThat(page.locator(".pb-over").textContent()).contains("oldest first");
        Browsing.follow(page, () -> page.getByText("Show as table").click());
        assertThat(page.locator("tbody").textContent()).contains("Urgent", "Waiting for them", "Priya Nair", "New");
        browsing.look(page, "search-table-status");
        Browsing.follow(page, () -> page.getByText("Show as cards").click());
    }

    @Test
    void theWorkOnItItsEndAndItsMonthAreFilters(Browsing browsing) {
        filed(4);
        long id = jdbc.sql("select max(id) from enquiry").query(Long.class).single();
        jdbc.sql("""
                        insert into enquiry_work (enquiry_id, status, urgent_by, urgent_at, opened_at, assigned_to)
                        select ?, 'in-hand', 'staff:x', now(), now(), max(id) from staff_member""").param(id).update();
        index(List.of(id));
        var page = browsing.signIn(Role.READER);
        search(page, town);

        assertThat(page.locator(".pb-filter").textContent()).contains("Urgent", "In hand", "Nobody", "Month received");
        page.getByLabel("Not opened yet").check();
        page.locator("input[name=status][value=new]").check();
        page.locator("input[name=kept]").first().check();
        page.locator("input[name=month]").first().check();
        page.locator("input[name=assigned][value=nobody]").check();
        Browsing.follow(page, () -> page.getByText("Apply").last().click());

        assertThat(page.locator("article").count()).isEqualTo(3);
        assertThat(page.locator(".pb-chip").allTextContents().toString())
                .contains("Not opened yet", "New", "Kept until 20", "Received in ", "Assigned to nobody");
        browsing.look(page, "search-by-work");

        search(page, town + " is:urgent assigned:bob kept-until:soon");
        assertThat(page.locator(".pb-note").allTextContents().toString())
                .contains("After assigned: comes me or nobody.", "After kept-until: comes a day, month or year");
    }

    @Test
    void whatIsSensitiveIsAReferenceAlone(Browsing browsing) {
        filed(2);
        long id = jdbc.sql("select max(id) from enquiry").query(Long.class).single();
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation')")
                .param(id)
                .update();
        index(jdbc.sql("select id from enquiry where thread_id = (select thread_id from enquiry where id = ?)")
                .param(id)
                .query((row, n) -> row.getLong("id"))
                .list());
        var reference = jdbc.sql("select reference from enquiry where id = ?")
                .param(id)
                .query(String.class)
                .single();
        var page = browsing.signIn(Role.READER);

        search(page, town);
        assertThat(page.locator("main").textContent()).contains("0 enquiries", "Nothing was found");
        search(page, reference);
        assertThat(page.locator("main").textContent()).contains("1 enquiry").doesNotContain("Nothing was found");
        assertThat(page.locator("article").textContent())
                .contains("Sensitive", reference, "Only people who are named may read it")
                .doesNotContain("Llewellyn", town);
        browsing.axe(page);
        browsing.look(page, "search-sensitive");
    }

    @Test
    void whatFindsNothingSaysWhatToDoNext(Browsing browsing) {
        var page = browsing.signIn(Role.READER);

        search(page, "nothing <script>alert(1)</script> " + town + "zz");

        assertThat(page.locator("main").textContent()).contains("Nothing was found", "Try fewer words");
    }

    @Test
    void everythingIsReachedByKeyboardInTheOrderOfThePage(Browsing browsing) {
        filed(1);
        var page = browsing.signIn(Role.READER);
        search(page, town);
        page.locator("#q").focus();

        var reached = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            page.keyboard().press("Tab");
            reached.add(
                    (String) page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"));
        }

        assertThat(String.join("|", reached))
                .containsSubsequence("Search", "Apply", "channel", "since", "until", "Apply", "number 1");
    }

    @Test
    void someoneElsesSearchIsNotThere(Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        search(page, "llewellyn");
        var address = page.url();
        Browsing.follow(page, () -> page.getByText("Sign out").click());

        var other = browsing.signIn(Role.OFFICER);
        var response = other.navigate(address);

        assertThat(response.status()).isEqualTo(404);
        assertThat(other.locator("main").textContent()).contains("This search is no longer kept");
        assertThat(other.content()).doesNotContain("llewellyn");
        browsing.look(other, "search-forgotten");
    }

    @Test
    void hostileTextIsTextAndFits(Browsing browsing) {
        long contact = records.contact("<script>alert('name')</script>\u202e" + "W".repeat(150), "public", true);
        long id = records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofMinutes(1), null),
                contact,
                records.thread(contact),
                "<img src=x onerror=alert(1)> " + town + " " + "x".repeat(300),
                "<script>alert('text')</script> " + town + " مرحبا " + "y".repeat(300)));
        index(List.of(id));
        var page = browsing.signIn(Role.READER);

        search(page, town);

        assertThat(page.locator("article").textContent()).contains("<img src=x onerror=alert(1)>");
        assertThat(page.locator("main script, main img").count()).isZero();
        page.setViewportSize(320, 800);
        browsing.axe(page);
        browsing.look(page, "search-hostile");
    }

    @Test
    void anExtractThatMayHoldAbuseIsFoldedAndStaysFound(Browsing browsing) {
        long contact = records.contact("Margaret Llewellyn", "public", true);
        long id = records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofMinutes(1), null),
                contact,
                records.thread(contact),
                "Shame",
                "You bastards of " + town + " lost my vote"));
        index(List.of(id));
        var page = browsing.signIn(Role.READER);

        search(page, "bastards " + town);

        assertThat(page.locator("article").count()).isEqualTo(1);
        assertThat(page.locator(".pb-snippet").isVisible()).isFalse();
        browsing.look(page, "search-abuse");
        page.locator(".pb-abuse summary").press("Enter");
        assertThat(page.locator(".pb-snippet mark").allTextContents()).contains("bastards");
        assertThat(page.locator(".pb-snippet").isVisible()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"CALL_HANDLER", "ROUTE_VIEWER", "ROUTE_OPERATOR", "ROUTE_EDITOR", "ROUTE_APPROVER", "ADMINISTRATOR"
            })
    void rolesWithoutContentAreRefused(Role role, Browsing browsing) {
        var page = browsing.signIn(role);

        assertThat(page.context().request().get("/enquiries").status()).isEqualTo(403);
    }

    @Test
    void whereAFileSaysWhatWasLookedForItIsNamedAndTheHitMarkedInIt(Browsing browsing) {
        filed(1);
        long id = jdbc.sql("select max(id) from enquiry").query(Long.class).single();
        records.file(id, 0, "holiday.pdf", 10);
        records.file(id, 1, "<b>list</b> of donors.pdf", 10);
        records.file(id, 2, "locked.pdf", 10);
        var donor = "Donor" + town;
        jdbc.sql(
                        "update attachment set text_state = 'read', text = :text where enquiry_id = :id and position = :position")
                .param("id", id)
                .param("position", 1)
                .param("text", "x ".repeat(3_000) + "<script>alert(1)</script> From " + donor + " in full")
                .update();
        jdbc.sql(
                        "update attachment set text_state = 'read', text = 'Sun and sea' where enquiry_id = ? and position = 0")
                .param(id)
                .update();
        index(List.of(id));
        var page = browsing.signIn(Role.READER);

        search(page, donor);

        browsing.look(page, "search-hit-in-a-file");
        assertThat(page.locator(".pb-snippet").textContent())
                .contains("in the file <b>list</b> of donors.pdf: ", "<script>alert(1)</script> From " + donor);
        assertThat(page.locator(".pb-snippet mark").allTextContents()).containsExactly(donor);

        // What the text itself says is shown of the text.
        search(page, "January " + town);
        assertThat(page.locator(".pb-snippet").textContent())
                .doesNotContain("in the file")
                .contains("in January");
    }

    private static void search(Page page, String words) {
        if (!page.url().contains("/enquiries")) {
            page.navigate("/enquiries");
        }
        page.locator("#q").fill(words);
        Browsing.follow(page, () -> page.locator("#q").press("Enter"));
    }

    /** Enquiries about poll cards in the town, the newest being number 1, and searchable on return. */
    private List<Long> filed(int count) {
        long contact = records.contact("Margaret Llewellyn", "public", true);
        long thread = records.thread(contact);
        var ids = new ArrayList<Long>();
        for (int n = 1; n <= count; n++) {
            ids.add(
                    records.enquiry(
                            new Records.Draft(
                                    records.receipt(
                                            n % 2 == 0 ? Channel.TELEPHONE : Channel.EMAIL, Duration.ofHours(n), null),
                                    contact,
                                    thread,
                                    "Polling card " + town + ", number " + n + " ",
                                    "I moved to " + town
                                            + " in January and my poll card has gone to the flat in Cardiff. Can I still vote in May, and where?")));
        }
        index(ids);
        return ids;
    }

    private void index(List<Long> ids) {
        work.add(ids);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select count(*) from index_work where enquiry_id = any(?)")
                                .param(ids.toArray(Long[]::new))
                                .query(Long.class)
                                .single()
                        == 0);
    }
}
