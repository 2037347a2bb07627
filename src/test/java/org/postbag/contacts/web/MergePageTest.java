package org.postbag.contacts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.Browsing.press;

import com.microsoft.playwright.options.FormData;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.contacts.Merging;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class MergePageTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Merging merging;

    private Records records;
    private String mark;
    private long jane;
    private long janet;

    @BeforeEach
    void twoWhoMayBeOne() {
        records = new Records(jdbc);
        mark = "q" + System.nanoTime();
        jane = contact("Jane " + mark, mark + "@example.org", 3);
        janet = contact(
                "Janet <b>" + mark + "</b>", "janet." + mark + "@a-rather-long-name-of-an-office.example.org", 1);
    }

    private long contact(String name, String email, int enquiries) {
        long id = records.contact(name, "public", true);
        long thread = records.thread(id);
        long identifier = records.uses(id, "email", email, "sole", "register");
        for (int n = 1; n <= enquiries; n++) {
            long enquiry = records.enquiry(new Records.Draft(
                    records.receipt(Channel.EMAIL, Duration.ofDays(n), null),
                    id,
                    thread,
                    "Poll card " + n + " of " + name,
                    "No poll card has come.",
                    "No poll card has come.",
                    name,
                    email,
                    false,
                    false,
                    null,
                    List.of(),
                    null));
            jdbc.sql("update enquiry set identifier_id = ? where id = ?")
                    .params(identifier, enquiry)
                    .update();
        }
        return id;
    }

    @Test
    void twoAreFoundComparedMergedAndTheMergeUndone(Browsing browsing) {
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/contacts/" + janet);
        Browsing.follow(page, () -> page.getByText("Merge with another contact").click());
        page.locator("#q").fill("Jane " + mark);
        press(page, "Find");
        assertThat(page.url()).doesNotContain(mark);
        assertThat(page.locator(".pb-side").count()).isEqualTo(1);
        browsing.look(page, "merge-find");
        browsing.axe(page);

        Browsing.follow(page, () -> page.getByText("Compare").first().click());
        assertThat(page.locator(".pb-side").count()).isEqualTo(2);
        assertThat(page.locator("#pair-title").textContent()).contains("surname");
        assertThat(page.locator("main").textContent())
                .contains("such pairs are one person", "What they wrote", "Poll card 1 of Jane");
        assertThat(page.locator("main").textContent()).contains("4 enquiries", "Janet <b>" + mark + "</b>");
        assertThat(page.locator("input[name=survivor]:checked").inputValue()).isEqualTo(Long.toString(jane));
        page.locator("#reason").fill("The same handwriting");
        browsing.look(page, "merge-compare");
        browsing.axe(page);
        press(page, "Merge these contacts");

        assertThat(page.url()).endsWith("/contacts/" + jane);
        assertThat(page.locator(".pb-notice").textContent()).contains("is merged into this one");
        assertThat(page.locator(".pb-timeline li:not(.pb-changed)").count()).isEqualTo(4);
        assertThat(page.locator(".pb-known").first().textContent()).contains("janet." + mark);
        assertThat(page.locator("aside").textContent()).contains("Merged into it", "Contact " + janet);
        browsing.look(page, "merged-contact");
        browsing.axe(page);

        page.navigate("/contacts/" + janet);
        assertThat(page.locator(".pb-inset--warn").textContent()).contains("Merged into contact " + jane, "by");
        assertThat(page.locator(".pb-timeline li:not(.pb-changed)").count()).isEqualTo(1);
        assertThat(page.locator("main").textContent())
                .doesNotContain("Mark as verified", "No longer used", "Split this contact");
        browsing.look(page, "merged-away");
        browsing.axe(page);

        Browsing.follow(page, () -> page.getByText("Take it out again").first().click());
        press(page, "Take them apart");
        assertThat(page.locator(".pb-notice").textContent()).contains("are two again");
        press(page, "Undo");
        assertThat(page.locator(".pb-notice").textContent()).contains("They are merged again");
        assertThat(page.locator(".pb-timeline li:not(.pb-changed)").count()).isEqualTo(4);
    }

    @Test
    void whatCameByNoAddressSinceGoesWhereStaffSay(Browsing browsing) {
        var merge = ((Merging.Outcome.Merged) merging.merge(jane, janet, "staff:ada", "")).merge();
        long call = records.enquiry(new Records.Draft(
                records.receipt(Channel.BY_HAND, Duration.ZERO, null),
                jane,
                records.thread(jane),
                "Asked about a poll card",
                "Asked about a poll card"));
        var letter = records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ZERO, null),
                janet,
                records.thread(janet),
                "Came to Janet since",
                "Where do I vote?"));
        var page = browsing.signIn(Role.REVIEWER);

        page.navigate("/contacts/merges/" + merge.id());
        assertThat(page.locator(".pb-since").first().textContent()).contains("Came to Janet since");
        assertThat(page.locator(".pb-since a").first().getAttribute("href")).isEqualTo("/enquiries/" + letter);
        assertThat(page.locator("main").textContent()).contains("Which of these go with contact " + janet);
        page.locator("label[for=going]").click();
        browsing.look(page, "unmerge");
        browsing.axe(page);
        press(page, "Take them apart");

        assertThat(page.url()).endsWith("/contacts/" + janet);
        assertThat(page.locator(".pb-timeline li:not(.pb-changed)").count()).isEqualTo(3);
        assertThat(owner(call)).isEqualTo(janet);
        press(page, "Undo");
        assertThat(owner(call)).isEqualTo(jane);
    }

    private long owner(long enquiryId) {
        return jdbc.sql("select contact_id from enquiry where id = ?")
                .param(enquiryId)
                .query(Long.class)
                .single();
    }

    @Test
    void aPageFromBeforeSomeoneElsesChangeIsRefusedAndShowsWhatIsThere(Browsing browsing) {
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/contacts/" + jane + "/merge/" + janet);
        page.locator("#reason").fill("Both say so");
        jdbc.sql("update contact set name = 'Jeanette Rees', version = version + 1 where id = ?")
                .param(janet)
                .update();

        press(page, "Merge these contacts");
        assertThat(page.locator(".pb-conflict").textContent()).contains("Nothing was merged", "Someone changed");
        assertThat(page.locator("main").textContent()).contains("Jeanette Rees");
        assertThat(page.locator("#reason").inputValue()).isEqualTo("Both say so");
        browsing.look(page, "merge-overtaken");
        press(page, "Merge these contacts");
        assertThat(page.locator(".pb-notice").textContent()).contains("is merged into this one");
    }

    @Test
    void whatWasSaidNotToBeTheSameSaysByWhomAndCanBeReconsidered(Browsing browsing) {
        jdbc.sql("""
                        insert into contact_match (one, other, log_odds, decision, model, found_at, verdict, decided_by, decided_at)
                        values (?, ?, 2, 'review', 'test', now(), 'not-same', 'staff:grace', '2026-03-03T16:05:00Z')
                        """).params(Math.min(jane, janet), Math.max(jane, janet)).update();
        var page = browsing.signIn(Role.REVIEWER);

        page.navigate("/contacts/" + jane + "/merge/" + janet);
        assertThat(page.locator(".pb-conflict").textContent())
                .contains("grace said on 3 March 2026 at 4:05pm", "are not the same");
        assertThat(page.getByText("Merge these contacts").count()).isZero();
        browsing.look(page, "merge-not-same");
        browsing.axe(page);
        press(page, "Change it to “not sure”");
        assertThat(page.getByText("Merge these contacts").count()).isEqualTo(1);
    }

    @Test
    void aContactIsSplitByAnAddressAndPutBack(Browsing browsing) {
        long identifier = records.uses(jane, "email", "second." + mark + "@example.org", "sole", "register");
        jdbc.sql("update enquiry set identifier_id = ? where id = (select min(id) from enquiry where contact_id = ?)")
                .params(identifier, jane)
                .update();
        var page = browsing.signIn(Role.REVIEWER);

        page.navigate("/contacts/" + jane);
        Browsing.follow(page, () -> page.getByText("Split this contact").click());
        page.getByText("second." + mark).click();
        browsing.look(page, "split");
        browsing.axe(page);
        press(page, "Continue");
        assertThat(page.locator("main").textContent()).contains("1 enquiry of 3");
        assertThat(page.locator("input[name=going]:checked").count()).isEqualTo(1);
        browsing.look(page, "split-enquiries");
        browsing.axe(page);
        press(page, "Split the contact");

        assertThat(page.locator(".pb-notice").textContent()).contains("This is the new contact");
        assertThat(page.locator(".pb-timeline li:not(.pb-changed)").count()).isEqualTo(1);
        assertThat(page.locator("aside").textContent()).contains("Made from contact " + jane);
        assertThat(page.locator(".pb-inset").first().textContent())
                .contains("Split from contact " + jane + " by Owen Pritchard on");
        browsing.look(page, "split-made");
        var made = page.url();
        press(page, "Undo");
        assertThat(page.url()).endsWith("/contacts/" + jane);
        assertThat(page.locator(".pb-timeline li:not(.pb-changed)").count()).isEqualTo(3);
        assertThat(page.locator("aside").textContent()).doesNotContain("Take it out again");
        page.navigate(made);
        assertThat(page.locator("main").textContent())
                .contains("Put back into contact " + jane)
                .doesNotContain("Merged into contact", "Take it out again", "No address or number came");
        browsing.look(page, "split-put-back");
    }

    @Test
    void aPersonIsAtAnOrganisationWhichShowsThem(Browsing browsing) {
        long office = records.contact("Office " + mark, "elected-representative", true);
        jdbc.sql("update contact set kind = 'organisation' where id = ?")
                .param(office)
                .update();
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/contacts/" + jane + "/at");
        page.locator("#q").fill(mark);
        press(page, "Find");
        page.locator("#q").fill("Office " + mark);
        press(page, "Find");
        assertThat(page.locator(".pb-side").count()).isEqualTo(1);
        browsing.axe(page);
        press(page, "They are here");
        assertThat(page.locator(".pb-bar").textContent()).contains("Office " + mark);
        browsing.look(page, "at-organisation");
        browsing.axe(page);

        page.navigate("/contacts/" + office);
        assertThat(page.locator("main").textContent()).contains("People here", "Jane " + mark);
        browsing.look(page, "organisation-people");
        page.navigate("/contacts/" + jane);
        press(page, "Remove");
        assertThat(page.locator(".pb-bar").textContent()).doesNotContain("Office " + mark);
    }

    @Test
    void officersLookAndReviewersMerge(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + jane);
        assertThat(page.locator("aside").textContent())
                .contains("are for reviewers")
                .doesNotContain("Merge with another contact", "Split this contact");
        browsing.look(page, "contact-officer");
        page.navigate("/contacts/" + jane + "/merge/" + janet);
        assertThat(page.locator("main").textContent()).contains("Merging is for reviewers");

        var token = page.locator("input[name=_csrf]").first().inputValue();
        for (var path : List.of("/merge/" + janet, "/split/enquiries")) {
            var answer = page.context()
                    .request()
                    .post(
                            "/contacts/" + jane + path,
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setForm(FormData.create()
                                            .set("_csrf", token)
                                            .set("survivor", Long.toString(jane))
                                            .set("version", "1")
                                            .set("otherVersion", "1")));
            assertThat(answer.status()).as(path).isEqualTo(403);
        }
        assertThat(merging.of(jane)).isEmpty();
    }
}
