package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.Browsing.choose;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.Visitor;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.postbag.staff.SampleStaff;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The work on an enquiry, from its page. */
@BrowserTest
class WorkPageTest {

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private Records records;
    private long contact;

    @BeforeEach
    void records() {
        records = new Records(jdbc);
        contact = records.contact("Margaret Llewellyn", "public", true);
    }

    private long enquiry(String subject, String text) {
        return records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofHours(3), null),
                contact,
                records.thread(contact),
                subject,
                text,
                text,
                "Margaret Llewellyn",
                "m@example.org",
                false,
                true,
                null,
                List.of(),
                null));
    }

    private long member(Role role) {
        return jdbc.sql("select id from staff_member where username = ?")
                .param(SampleStaff.of(role).username())
                .query(Long.class)
                .single();
    }

    @Test
    void anOfficerTakesItAnswersItByTelephoneAndUndoesThat(Browsing browsing) {
        long id = enquiry("My poll card", "It went to my old address.");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);
        assertThat(page.locator(".pb-work").textContent()).contains("New", "Nobody");

        page.locator("#note").fill("Rang back, no answer.");
        choose(page, "Take it");
        assertThat(page.locator(".pb-notice").textContent()).contains("Assigned: saved.");
        assertThat(page.locator(".pb-work").textContent())
                .contains("Priya Nair (now)")
                .doesNotContain("Take it");
        assertThat(page.locator("#note").inputValue()).isEqualTo("Rang back, no answer.");
        choose(page, "Add note");
        assertThat(page.locator("#note").inputValue()).isEmpty();
        choose(page, "Answered by telephone");

        assertThat(page.locator(".pb-bar").textContent()).contains("Answered by telephone");
        assertThat(page.locator(".pb-notes").textContent()).contains("Priya Nair", "Rang back, no answer.");
        assertThat(page.locator(".pb-history").textContent()).contains("changed: Status", "noted");
        browsing.look(page, "enquiry-work");
        choose(page, "Undo");
        assertThat(page.locator(".pb-work").textContent()).contains("New");
    }

    @Test
    void itsTopicIsSetAndItIsMarkedAsNoEnquiryWithoutLeavingIt(Browsing browsing) {
        long id = enquiry("Win a prize", "You have been chosen.");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);

        Browsing.follow(
                page,
                () -> page.locator(".pb-work button[name=act][value=topic]").click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Set the topic of the enquiry");
        browsing.look(page, "enquiry-topic");
        page.locator("#value").fill("Prizes");
        choose(page, "Set the topic");
        assertThat(page.url()).endsWith("/enquiries/" + id);
        assertThat(page.locator(".pb-work").textContent()).contains("Prizes");

        choose(page, "Not an enquiry");
        choose(page, "Close it as no enquiry");
        assertThat(page.locator(".pb-bar").textContent()).contains("Closed: spam");
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.url()).endsWith("/enquiries/" + id);
        assertThat(page.locator(".pb-bar").textContent()).contains("New");
    }

    @Test
    void anUndoIsOfItsOwnLastChangeAndSaysWhereThatWasOneOfMany(Browsing browsing) {
        long id = enquiry("My poll card", "It went to my old address, and I have moved to Swansea since.");
        long other = enquiry("Another", "Where do I vote?");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);
        choose(page, "No answer needed");
        var undo = page.locator(".pb-notice form").getAttribute("action");
        choose(page, "Mark urgent");

        var visitor = Visitor.signedIn(port, Role.OFFICER);
        var refused = visitor.postForm(undo, Map.of(), "/enquiries/" + id);

        assertThat(refused.statusCode()).isEqualTo(302);
        page.reload();
        assertThat(page.locator(".pb-bar").textContent()).contains("No answer needed", "Urgent");
        long third = enquiry("A third", "And when?");
        visitor.postForm(
                "/queues/change", Map.of("act", "close", "value", "closed", "e", third + "," + other), "/queues");
        page.navigate("/enquiries/" + third);
        assertThat(page.locator(".pb-work").textContent()).contains("together with 1 other", "Undo for all 2");

        page.navigate("/enquiries/" + id);
        choose(page, "Find what says the same");
        assertThat(page.locator("#q").inputValue())
                .isEqualTo("\"It went to my old address and I have moved to Swansea since\"");
    }

    @Test
    void whatIsNotDoneDoesNotLookLikeSuccess(Browsing browsing) {
        long id = enquiry("My poll card", "It went to my old address.");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);

        Browsing.follow(
                page, () -> page.locator("form:has(#work-status) button").click());

        assertThat(page.locator(".pb-notice--refused").textContent()).contains("Not done", "choose what to change it");
    }

    @Test
    void whoSavesOverSomeoneElsesChangeSeesBoth(Browsing browsing) {
        long id = enquiry("My poll card", "It went to my old address.");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);
        var other = page.context().newPage();
        other.navigate("/enquiries/" + id);
        choose(other, "Mark urgent");

        page.locator("#work-status").selectOption("closed");
        Browsing.follow(
                page, () -> page.locator("form:has(#work-status) button").click());

        assertThat(page.locator("main").textContent()).contains("Someone changed it meanwhile", "Urgent now", "Closed");
        browsing.look(page, "enquiry-work-conflict");
        choose(page, "Save mine too");
        assertThat(page.locator(".pb-bar").textContent()).contains("Closed", "Urgent");
    }

    @Test
    void wordsSuggestThatItIsUrgentAndAWarningComesBeforeAbuse(Browsing browsing) {
        long id = enquiry("Shame", "You are a bunch of bastards and I will burn your office down.");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);

        assertThat(page.locator(".pb-inset--warn").textContent()).contains("Words in it suggest a threat.");
        assertThat(page.locator(".pb-text").first().isVisible()).isFalse();
        browsing.look(page, "enquiry-alarm");
        page.locator(".pb-abuse summary").press("Enter");
        assertThat(page.locator(".pb-text").first().isVisible()).isTrue();
        choose(page, "Mark urgent");
        assertThat(page.locator(".pb-inset--warn").count()).isZero();
        assertThat(page.locator(".pb-work").textContent()).contains("Said Priya Nair");
    }

    @Test
    void theBeginningOfAnAbusiveMessageIsFoldedInTheTimelineAndLeftOutOfTheQueue(Browsing browsing) {
        enquiry("Shame", "You are a bunch of bastards.");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/contacts/" + contact);

        var excerpt = page.locator(".pb-timeline .pb-snippet");
        assertThat(excerpt.isVisible()).isFalse();
        browsing.look(page, "contact-abuse");
        page.locator(".pb-timeline .pb-abuse summary").press("Enter");
        assertThat(excerpt.isVisible()).isTrue();
        assertThat(excerpt.textContent()).isEqualTo("You are a bunch of bastards.");

        jdbc.sql("update enquiry set received_at = received_at - interval '300 days' where contact_id = ?")
                .param(contact)
                .update();
        page.navigate("/queues?queue=unassigned");
        assertThat(page.locator("main").textContent())
                .contains("it may hold abusive language")
                .doesNotContain("bunch of bastards");
    }

    @Test
    void whoElseHasItOpenIsSaid(Browsing browsing) {
        long id = enquiry("My poll card", "It went to my old address.");
        Visitor.signedIn(port, Role.REVIEWER).get("/enquiries/" + id);

        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);

        assertThat(page.locator(".pb-open").textContent())
                .isEqualTo(SampleStaff.of(Role.REVIEWER).name() + " has this open too.");
    }

    @Test
    void itIsMadeSensitiveAndWhoIsNamedReadsIt(Browsing browsing) {
        long id = enquiry("About a colleague", "I accuse him.");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);
        choose(page, "Make sensitive");
        choose(page, "Save who may read it");
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Select why it is sensitive");
        page.getByLabel("Allegation").check();
        browsing.look(page, "enquiry-sensitive");
        choose(page, "Save who may read it");
        assertThat(page.locator(".pb-work").textContent()).contains("Allegation: for Priya Nair");

        var reviewer = Visitor.signedIn(port, Role.REVIEWER);
        assertThat(reviewer.get("/enquiries/" + id).statusCode()).isEqualTo(403);
        jdbc.sql("insert into sensitive_viewer (enquiry_id, staff_member_id) values (?, ?)")
                .params(id, member(Role.REVIEWER))
                .update();
        assertThat(reviewer.get("/enquiries/" + id).body()).contains("I accuse him.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/enquiries/%s",
                "/enquiries/%s/raw",
                "/enquiries/%s/raw/download",
                "/enquiries/%s/formatted",
                "/enquiries/%s/formatted/content",
                "/enquiries/%s/files",
                "/enquiries/%s/files/0",
                "/enquiries/%s/files/0/pages/1",
                "/enquiries/%s/files/0/thumbnail",
                "/enquiries/%s/pages/1",
                "/enquiries/%s/location",
                "/enquiries/%s/sensitive",
                "/api/enquiries/%2$s",
                "/api/contacts/%3$s",
                "/contacts/%3$s",
                "/contacts/%3$s/split/enquiries"
            })
    void whoIsNotNamedSeesTheReferenceAndNothingElse(String path) {
        enquiry("Where do I vote?", "So that she is known otherwise too.");
        long id = enquiry("About a colleague", "I accuse him.");
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive, version) values (?, 'allegation', 1)")
                .param(id)
                .update();
        var reference = jdbc.sql("select reference from enquiry where id = ?")
                .param(id)
                .query(String.class)
                .single();
        var reviewer = Visitor.signedIn(port, Role.REVIEWER);
        var officer = Visitor.signedIn(port, Role.DATA_PROTECTION_OFFICER);

        var answer = reviewer.get(path.formatted(id, reference, contact));

        assertThat(answer.body()).doesNotContain("colleague", "accuse");
        if (path.contains("%s")) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains(reference, "Sensitive").doesNotContain("Margaret");
        } else if (path.contains("contacts")) {
            assertThat(answer.body()).contains(reference).containsIgnoringCase("sensitive");
        } else {
            assertThat(answer.statusCode()).isEqualTo(403);
        }
        assertThat(officer.get("/enquiries/" + id).body()).contains("I accuse him.");
    }
}
