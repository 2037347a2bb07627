package org.postbag.contacts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.Browsing.press;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class ReviewPageTest {

    private static final String HOSTILE = "J Hargreaves <script>alert(1)</script>\u202Egnp.exe";

    @Autowired
    private JdbcClient jdbc;

    private Records records;

    /** Other tests of the same program may have left pairs and matters here. */
    @BeforeEach
    void noPairs() {
        records = new Records(jdbc);
        jdbc.sql("delete from contact_match").update();
        jdbc.sql("delete from review").update();
    }

    private long contact(String name, @Nullable String telephone) {
        long id = records.contact(name, "public", true);
        records.uses(
                id,
                "email",
                (id % 2 == 0 ? "hello" : "westwind") + id + (id % 2 == 0 ? "@example.org" : "@mail.example"),
                "sole",
                "Members of Northvale Assembly");
        if (telephone != null) {
            records.uses(id, "telephone", telephone, "shared", "receipt:none");
        }
        return id;
    }

    private void pair(long one, long other, double logOdds) {
        jdbc.sql("insert into contact_match (one, other, log_odds, decision, model, found_at)"
                        + " values (?, ?, ?, ?, 'test', now())")
                .params(one, other, logOdds, logOdds > 2 ? "same" : "review")
                .update();
    }

    private long enquiry(long contact, String subject, Duration ago) {
        return records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, ago, null),
                contact,
                records.thread(contact),
                subject,
                "I moved to Swansea last week and have had no poll card. <b>Where</b> do I vote?"));
    }

    /**
     * Two who have a name and a number in common that nobody else has: who is separated again is compared anew, and a pair that the model would not find
     * goes.
     */
    private long[] twoOfOneName(double logOdds) {
        var number = number();
        var name = "Jean " + surname();
        long one = contact(name, number);
        long other = contact(name, number);
        pair(one, other, logOdds);
        return new long[] {one, other};
    }

    private static String number() {
        return "+441792" + (100_000 + System.nanoTime() % 800_000);
    }

    private static String surname() {
        var letters = new StringBuilder("H");
        for (long rest = System.nanoTime() % 1_000_000_000; rest > 0; rest /= 20) {
            letters.append((char) ('b' + rest % 20)).append('a');
        }
        return letters.toString();
    }

    private static String text(Page page) {
        return page.locator("main").textContent();
    }

    private static void key(Page page, String key) {
        Browsing.follow(page, () -> page.keyboard().press(key));
    }

    private @Nullable String verdict(long[] pair) {
        return jdbc.sql("select verdict from contact_match where one = ? and other = ?")
                .params(pair[0], pair[1])
                .query((row, n) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    @Test
    void anEmptyQueueSaysWhatWillBeThere(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/review");

        assertThat(text(page)).contains("No pairs to decide");
        browsing.look(page, "review-empty");
        page.navigate("/review/not-sure");
        assertThat(text(page)).contains("Nothing here");
        browsing.axe(page);
        page.navigate("/review/list?page=7");
        assertThat(text(page)).contains("No more pairs");
        assertThat(page.navigate("/review/1/999999999").status()).isEqualTo(404);
    }

    @Test
    void aPairIsShownSideBySideWithWhatAgreesAndWhatTheyWrote(Browsing browsing) {
        var number = number();
        long jean = contact("Jean Hargreaves", number);
        long john = contact(HOSTILE, number);
        pair(jean, john, 3);
        for (int i = 0; i < 5; i++) {
            long enquiry = enquiry(jean, "Poll card " + i, Duration.ofDays(i));
            records.claim(enquiry, jean, "postcode", "SA1 3SN");
        }
        long enquiry = enquiry(john, "<img src=x onerror=alert(2)>", Duration.ofDays(2));
        records.claim(enquiry, john, "postcode", "sa1 3sn");
        records.claim(enquiry, john, "email", "<i>other</i>@example.org");
        var page = browsing.signIn(Role.REVIEWER);

        page.navigate("/review");
        page.locator("details")
                .first()
                .evaluate("all => document.querySelectorAll('details').forEach(d => d.open = true)");
        browsing.look(page, "review-pair-hostile");

        assertThat(page.locator("#pair-title").textContent()).contains("Same telephone number.", "Same postcode.");
        assertThat(text(page)).contains("such pairs are one person", HOSTILE, "<i>other</i>@example.org", "Says so");
        var postcode = page.locator(".pb-beside tr").filter(new Locator.FilterOptions().setHasText("Postcode"));
        assertThat(postcode.locator(".pb-mark").textContent()).contains("=", "Same");
        assertThat(page.locator("svg.pb-weights rect.for").count()).isPositive();
        assertThat(page.locator(".pb-side").first().locator("li").count()).isEqualTo(3);
        Browsing.follow(page, () -> page.getByText("Show all 5").click());
        assertThat(page.locator(".pb-side").first().locator("li").count()).isEqualTo(5);
        assertThat(jdbc.sql(
                                "select count(*) from audit_event where action = 'LOOKED' and subject_id = ? and detail = 'in review'")
                        .param(Long.toString(john))
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    /** For the pictures of docs/screens.md. */
    @Test
    void aPairThatIsLikelyOnePerson(Browsing browsing) {
        var number = number();
        long home = records.contact("Jonathan Pritchard", "public", true);
        records.uses(home, "email", "jonathan" + home + "@home.example", "sole", "receipt:none");
        records.uses(home, "telephone", number, "shared", "receipt:none");
        long work = records.contact("Jon Prichard", "press", true);
        records.uses(work, "email", "newsdesk" + work + "@valleys-echo.example", "sole", "receipt:none");
        records.uses(work, "telephone", number, "shared", "receipt:none");
        jdbc.sql("update contact set organisation = 'Valleys Echo' where id = ?")
                .param(work)
                .update();
        pair(home, work, 3.6);
        records.claim(enquiry(home, "Poll card not received", Duration.ofDays(1)), home, "postcode", "SA1 3SN");
        records.claim(enquiry(work, "Turnout by ward", Duration.ofDays(40)), work, "postcode", "SA1 3SN");
        twoOfOneName(1);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");
        browsing.look(page, "review-pair");

        page.getByText("Show the weights").click();
        browsing.look(page, "review-weights");

        assertThat(page.locator("#pair-title").textContent())
                .contains("Same telephone number.", "Nearly the same given name.", "Only one has an organisation.");
        assertThat(page.locator("svg.pb-weights").isVisible()).isTrue();
        page.navigate("/contacts/" + home);
        Browsing.follow(page, () -> page.getByText("Compare them").click());
        assertThat(page.locator("#pair-title").isVisible()).isTrue();
    }

    @Test
    void eachVerdictBringsTheNextPairAndCanBeTakenBack(Browsing browsing) {
        var first = twoOfOneName(3);
        var second = twoOfOneName(2);
        var third = twoOfOneName(1);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");
        assertThat(text(page)).contains("Pair 1 of 3");

        press(page, "Same person");

        assertThat(page.locator(".pb-notice").textContent()).contains("Same person: they are one contact now:", "Jean");
        assertThat(page.locator(".pb-notice a").getAttribute("href")).isEqualTo("/contacts/" + first[0]);
        assertThat(text(page)).contains("Pair 1 of 2", "contact " + second[0]);
        browsing.look(page, "review-decided");
        press(page, "Not the same");
        assertThat(text(page)).contains("Pair 1 of 1", "contact " + third[0]);
        press(page, "Not sure");
        assertThat(text(page)).contains("No pairs to decide", "1 pair");
        press(page, "Undo");
        assertThat(text(page)).contains("Pair 1 of 1", "contact " + third[0]);
        page.navigate("/review/" + first[0] + "/" + first[1]);
        assertThat(text(page)).contains("These two are one contact by now", "Same person, said");
        browsing.look(page, "review-joined");
        press(page, "Take it back");
        assertThat(verdict(first)).isNull();
        page.navigate("/review/" + second[0] + "/" + second[1]);
        assertThat(text(page)).contains("Not the same,");
        assertThat(page.locator("#decide").count()).isZero();
        press(page, "Take it back");
        page.navigate("/review");
        assertThat(text(page)).contains("Pair 1 of 3");
    }

    @Test
    void keysDoWhatButtonsDoAndCanBeTurnedOff(Browsing browsing) {
        var first = twoOfOneName(3);
        var second = twoOfOneName(2);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");

        key(page, "j");
        assertThat(text(page)).contains("Pair 2 of 2");
        key(page, "ArrowLeft");
        assertThat(text(page)).contains("Pair 1 of 2");
        key(page, "n");
        assertThat(verdict(first)).isEqualTo("not-same");
        key(page, "z");
        assertThat(verdict(first)).isNull();
        page.navigate("/review");
        key(page, "u");
        assertThat(verdict(first)).isEqualTo("not-sure");
        key(page, "s");
        assertThat(verdict(second)).isEqualTo("same");
        key(page, "z");
        assertThat(verdict(second)).isNull();

        page.keyboard().press("?");
        assertThat(page.locator("dialog").textContent())
                .contains("Same person", "Not sure", "Next pair", "On every page", "To the search of enquiries");
        browsing.axe(page);
        page.getByLabel("Use these keys in this browser").uncheck();
        page.reload();
        page.keyboard().press("s");
        page.keyboard().press("?");
        assertThat(page.locator("dialog[open]").count()).isZero();
        assertThat(page.locator("#decide kbd").first().isVisible()).isFalse();
        assertThat(verdict(second)).isNull();
        page.evaluate("localStorage.removeItem('keys')");
    }

    @Test
    void keysDoNothingWithAModifierOrInAField(Browsing browsing) {
        var pair = twoOfOneName(3);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");

        page.keyboard().press("Alt+s");
        page.locator("input[name=survivor]").last().focus();
        page.keyboard().press("s");
        page.reload();

        assertThat(verdict(pair)).isNull();
    }

    @Test
    void itWorksWithoutScriptsAndTheOtherContactMayGoOn(Browsing browsing) {
        var pair = twoOfOneName(3);
        try (var plain = browsing.withoutScripts()) {
            var page = plain.signIn(Role.REVIEWER);
            page.navigate("/review");
            assertThat(page.locator(".pb-keys-way, dialog").count()).isZero();
            page.locator("input[name=survivor]").last().check();

            press(page, "Same person");

            assertThat(page.locator(".pb-notice").textContent()).contains("Same person");
            assertThat(jdbc.sql("select merged_into from contact where id = ?")
                            .param(pair[0])
                            .query(Long.class)
                            .single())
                    .isEqualTo(pair[1]);
            press(page, "Undo");
            assertThat(verdict(pair)).isNull();
        }
    }

    @Test
    void whoDecidesSecondIsTold(Browsing browsing) {
        var pair = twoOfOneName(3);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");
        var other = page.context().newPage();
        other.navigate("/review");
        press(other, "Not the same");

        press(page, "Same person");

        assertThat(page.locator(".pb-notice--refused").textContent())
                .contains("Not done", "Nothing was changed.", "Not the same", "said", "on ");
        assertThat(verdict(pair)).isEqualTo("not-same");
    }

    @Test
    void aGroupIsDecidedAtOnceAndTakenBack(Browsing browsing) {
        var number = number();
        var name = "Jean " + surname();
        long jean = contact(name, number);
        long second = contact(name, number);
        long third = contact(name, number);
        pair(jean, second, 3);
        pair(second, third, 2);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");
        assertThat(text(page)).contains("A group of 3 contacts that may all be one person");
        browsing.look(page, "review-group");

        press(page, "All 3 are the same person");

        assertThat(text(page)).contains("No pairs to decide");
        assertThat(page.locator(".pb-notice").textContent()).contains("all 3 are one contact now:", name);
        assertThat(List.of(second, third))
                .allSatisfy(contact -> assertThat(jdbc.sql("select merged_into from contact where id = ?")
                                .param(contact)
                                .query(Long.class)
                                .single())
                        .isEqualTo(jean));
        press(page, "Undo");
        page.navigate("/review");
        assertThat(text(page)).contains("A group of 3 contacts");
        press(page, "No two are the same");
        assertThat(text(page)).contains("No pairs to decide");
    }

    @Test
    void whoSaysSameAfterAnotherDidIsToldWhoAndWhatBecameOfThem(Browsing browsing) {
        var pair = twoOfOneName(3);
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");
        var other = page.context().newPage();
        other.navigate("/review");
        press(other, "Same person");

        press(page, "Same person");

        assertThat(page.locator(".pb-notice--refused").textContent())
                .contains("Nothing was changed.", "said “Same person” on", "They are one contact by now");
        assertThat(page.locator(".pb-notice a").getAttribute("href")).isEqualTo("/contacts/" + pair[0]);
        browsing.look(page, "review-second");
    }

    @Test
    void claimsInAnyWayOfWritingAreOneAndAHouseholdIsThoughtOf(Browsing browsing) {
        var name = "John " + surname();
        long father = contact(name, null);
        long son = contact(name, null);
        pair(father, son, 3);
        long one = enquiry(father, "Poll card", Duration.ofDays(1));
        records.claim(one, father, "telephone", "01792 496000");
        records.claim(one, father, "telephone", "+441792496000");
        records.claim(one, father, "postcode", "YO17HH");
        records.claim(one, father, "postcode", "yo1 7hh");
        long another = enquiry(son, "Polling place", Duration.ofDays(2));
        records.claim(another, son, "telephone", "+44 1792 496000");
        records.claim(another, son, "postcode", "YO1 7HH");
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/review");

        assertThat(page.locator(".pb-cautions").textContent())
                .contains("nobody has confirmed it", "A household can explain it too");
        var telephone = page.locator(".pb-beside tr").filter(new Locator.FilterOptions().setHasText("Telephone"));
        assertThat(telephone.locator(".pb-line").allTextContents())
                .allSatisfy(line -> assertThat(line).contains("01792 496000", "Says so"))
                .hasSize(2);
        assertThat(text(page)).contains("YO1 7HH", "Deciding is for reviewers.").doesNotContain("YO17HH", "yo1 7hh");
        browsing.look(page, "review-claims");
    }

    @Test
    void twoThatNobodyAskedAboutAreComparedToo(Browsing browsing) {
        long one = contact("Jean " + surname(), null);
        long other = contact("Huw " + surname(), null);
        enquiry(one, "Poll card", Duration.ofDays(1));
        var page = browsing.signIn(Role.REVIEWER);

        page.navigate("/review/" + one + "/" + other);

        assertThat(page.locator("#pair-title").textContent()).contains("Different given name.");
        assertThat(text(page)).contains("Postbag did not put these two before staff", "Poll card");
        assertThat(page.locator("#decide").count()).isZero();
        browsing.look(page, "review-unasked");
        Browsing.follow(page, () -> page.getByText("Merge these two contacts").click());
        assertThat(page.locator("#pair-title").textContent()).contains("Different given name.");
        browsing.look(page, "merge-compare-unasked");
    }

    @Test
    void listsArePagedAndWhatIsNotSureIsFoundAgain(Browsing browsing) {
        for (int i = 0; i < 21; i++) {
            twoOfOneName(i / 10.0);
        }
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review");
        press(page, "Not sure");
        Browsing.follow(page, () -> page.getByText("Show as list").click());
        assertThat(page.locator("tbody tr").count()).isEqualTo(20);
        browsing.look(page, "review-list");
        page.navigate("/review/not-sure");
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        assertThat(page.locator("tbody tr td").last().textContent()).contains("Owen Pritchard, ");
        browsing.look(page, "review-not-sure-list");

        Browsing.follow(page, () -> page.locator("tbody a").first().click());

        assertThat(text(page)).contains("Not sure,");
        browsing.look(page, "review-not-sure");
        press(page, "Not the same");
        assertThat(text(page)).contains("Nothing here");
    }

    @Test
    void anOfficerSeesPairsAndReviewersDecide(Browsing browsing) {
        var pair = twoOfOneName(3);
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/review");

        assertThat(page.locator(".pb-pair button").count()).isZero();
        assertThat(page.locator(".pb-nav").textContent()).contains("1 waiting");
        browsing.axe(page);
        page.keyboard().press("s");
        page.navigate("/");
        assertThat(page.locator(".pb-need").textContent()).contains("1 to review");
        assertThat(verdict(pair)).isNull();
    }

    @Test
    void aReaderSeesNothingOfIt(Browsing browsing) {
        var page = browsing.signIn(Role.READER);

        for (var path : List.of("/review", "/review/list", "/review/1/2", "/review/report", "/review/report/csv")) {
            assertThat(page.context().request().get(path).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void theReportSaysHowOftenItWasRight(Browsing browsing) {
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/review/report");
        assertThat(text(page)).contains("Nothing was decided");
        browsing.look(page, "review-report-empty");
        var contacts = jdbc.sql("""
                        insert into contact (identified, source) select false, 'email' from generate_series(1, 400) returning id
                        """).query(Long.class).list();
        // The likelier the model took them to be, the oftener staff agreed.
        jdbc.sql("""
                        insert into contact_match (one, other, log_odds, decision, model, found_at, verdict, decided_by, decided_at)
                        select :first + 2 * n, :first + 2 * n + 1, ln(p / (1 - p)), case when p > 0.88 then 'same' else 'review' end, 'test', now(),
                            case when n % 29 = 7 then 'not-sure' when n * 37 % 100 < 100 * p then 'same' else 'not-same' end, 'staff:reviewer', now()
                        from generate_series(0, 199) n cross join lateral (select 0.5 + 0.499 * (n % 40) / 39.0 as p) odds
                        """).param("first", contacts.getFirst()).update();
        // Who is one by now is merged.
        jdbc.sql("""
                        update contact c set merged_into = m.one from contact_match m where m.other = c.id and m.verdict = 'same'
                        """).update();

        page.navigate("/review/report");

        assertThat(text(page)).contains("200 pairs were decided");
        assertThat(page.locator(".pb-reliability circle").count()).isEqualTo(6);
        page.locator("details").last().evaluate("d => d.open = true");
        browsing.look(page, "review-report");
        var csv = page.context().request().get("/review/report/csv");
        assertThat(csv.headers().get("content-type")).startsWith("text/csv");
        assertThat(csv.text().lines()).hasSize(10);
        assertThat(page.navigate("/review/report?from=2026-13-01").status()).isEqualTo(422);
        browsing.axe(page);
        assertThat(page.navigate("/review/report?from=2026-03-02&to=2026-03-01").status())
                .isEqualTo(422);
    }
}
