package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.Browsing.choose;

import java.time.Duration;
import java.util.List;
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

/** What is to be done, and an officer's morning. */
@BrowserTest
class QueuePageTest {

    /** Not letters, which HomePageTest counts. */
    private static final List<String> CHANNELS = List.of("email", "web-form", "telephone", "by-hand", "x");

    @Autowired
    private JdbcClient jdbc;

    private Records records;

    /** What other tests left is done. */
    @BeforeEach
    void emptyQueues() {
        records = new Records(jdbc);
        jdbc.sql("update enquiry set done = true where not done").update();
    }

    private long enquiry(int hoursAgo, String subject, @Nullable String automatic) {
        long contact = records.contact("Margaret Llewellyn", "public", true);
        return records.enquiry(new Records.Draft(
                records.receipt(
                        Channel.of(CHANNELS.get(hoursAgo % CHANNELS.size())).orElseThrow(),
                        Duration.ofHours(hoursAgo),
                        null),
                contact,
                records.thread(contact),
                subject,
                "I moved to Swansea in January and my poll card went to my old address. What am I to do?",
                "I moved to Swansea in January and my poll card went to my old address. What am I to do?",
                "Margaret Llewellyn",
                "m@example.org",
                false,
                false,
                automatic,
                List.of(),
                null));
    }

    private int toDo() {
        return jdbc.sql("select count(*) from enquiry where not done and direction = 'inbound'")
                .query(Integer.class)
                .single();
    }

    @Test
    void anOfficersMorningIsAnEmptyQueueInTenClicks(Browsing browsing) {
        for (int i = 0; i < 60; i++) {
            enquiry(i + 1, (i % 2 == 0 ? "Win a prize " : "My poll card ") + i, i % 2 == 0 ? "probably-spam" : null);
        }
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/queues");
        assertThat(page.locator(".pb-tabs a[aria-current]").textContent()).isEqualTo("Unassigned 60");
        assertThat(page.locator("tbody tr").first().textContent()).contains("My poll card 59");
        browsing.look(page, "queues");

        choose(page, "Probably spam");
        choose(page, "Tick all 30");
        choose(page, "Not an enquiry");
        assertThat(page.locator("main").textContent()).contains("30 enquiries", "Will be changed");
        browsing.look(page, "queues-not-an-enquiry");
        choose(page, "Close them as no enquiries");
        assertThat(page.locator(".pb-notice").textContent()).contains("30 enquiries changed: Not an enquiry: Spam.");
        assertThat(page.locator(".pb-tabs a[aria-current]").textContent()).isEqualTo("Unassigned 30");
        assertThat(page.locator(".pb-narrowing a[aria-current]").textContent()).isEqualTo("Probably spam");
        choose(page, "Everything");
        browsing.look(page, "queues-done");

        choose(page, "Tick all 30");
        choose(page, "Assign…");
        browsing.look(page, "queues-assign");
        choose(page, "Assign them");
        assertThat(page.locator("main").textContent()).contains("Nothing to do here");
        browsing.look(page, "queues-empty");

        page.navigate("/queues?queue=mine");
        choose(page, "Tick all 30");
        choose(page, "Close…");
        browsing.look(page, "queues-close");
        choose(page, "Close them");
        assertThat(toDo()).isZero();

        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("30 enquiries are as before.");
        assertThat(toDo()).isEqualTo(30);
    }

    @Test
    void aQueueIsWorkedThroughByKeysFromOneToTheNext(Browsing browsing) {
        enquiry(9, "The oldest", null);
        long sensitive = enquiry(8, "About a colleague", null);
        enquiry(7, "The next", null);
        enquiry(6, "The last", null);
        long urgent = enquiry(2, "Threatened", null);
        jdbc.sql("insert into enquiry_work (enquiry_id, urgent_by, urgent_at, version) values (?, 'staff:x', now(), 1)")
                .param(urgent)
                .update();
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive, version) values (?, 'allegation', 1)")
                .param(sensitive)
                .update();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/queues?kind=people");

        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("x");
        assertThat(page.locator("tbody tr:has(input:checked)").textContent()).contains("The oldest");
        page.keyboard().press("x");
        assertThat(page.locator("input:checked").count()).isZero();
        page.keyboard().press("k");
        Browsing.follow(page, () -> page.keyboard().press("Enter"));

        assertThat(page.locator("h1").textContent()).isEqualTo("Threatened");
        choose(page, "Next in the queue");
        assertThat(page.locator("h1").textContent()).isEqualTo("The oldest");
        choose(page, "No answer needed");
        assertThat(page.locator("h1").textContent()).isEqualTo("The oldest");
        browsing.look(page, "enquiry-from-queue");
        choose(page, "Source");
        choose(page, "Back");
        choose(page, "Next in the queue");
        assertThat(page.locator("h1").textContent()).isEqualTo("The next");
        choose(page, "Next in the queue");
        assertThat(page.locator("h1").textContent()).isEqualTo("The last");
        assertThat(page.locator("main").textContent()).doesNotContain("Next in the queue");
        choose(page, "Back to the queue");
        assertThat(page.url()).endsWith("/queues?queue=unassigned&kind=people");
    }

    @Test
    void urgentStandsOnTopAndOfWhatIsSensitiveOnlyTheReferenceIsShown(Browsing browsing) {
        long old = enquiry(9, "Old", null);
        long urgent = enquiry(2, "Threatened at my polling station", null);
        long sensitive = enquiry(5, "About a colleague", null);
        jdbc.sql("insert into enquiry_work (enquiry_id, urgent_by, urgent_at, version) values (?, 'staff:x', now(), 1)")
                .param(urgent)
                .update();
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive, version) values (?, 'allegation', 1)")
                .param(sensitive)
                .update();
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/queues?queue=all");

        var rows = page.locator("tbody tr");
        assertThat(rows.nth(0).textContent()).contains("Urgent", "Threatened");
        assertThat(rows.nth(1).textContent()).contains("Old");
        assertThat(rows.nth(2).textContent())
                .contains(
                        "Sensitive",
                        jdbc.sql("select reference from enquiry where id = ?")
                                .param(sensitive)
                                .query(String.class)
                                .single())
                .doesNotContain("colleague", "Margaret", "Email", "Nobody");
        assertThat(rows.nth(2).locator("input").count()).isZero();
        browsing.look(page, "queues-urgent");
        assertThat(old).isPositive();
    }

    @Test
    void wordsThatAlarmAreSeenInTheQueueBeforeAnybodyOpensIt(Browsing browsing) {
        enquiry(5, "I will burn your office down", null);
        enquiry(4, "My poll card", null);
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/queues");

        assertThat(page.locator("tbody tr").first().textContent()).contains("May be a threat");
        assertThat(page.locator(".t-alarm").count()).isEqualTo(1);
        browsing.look(page, "queues-alarm");
    }

    @Test
    void aTopicIsAskedForAndWhatIsTypedIsKept(Browsing browsing) {
        enquiry(3, "My poll card", null);
        try (var plain = browsing.withoutScripts()) {
            var page = plain.signIn(Role.REVIEWER);
            page.navigate("/queues?tick=all");
            choose(page, "Set topic");
            choose(page, "Set the topic");
            assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter a topic");
            page.locator("#value").fill("Poll cards");
            choose(page, "Set the topic");
            assertThat(page.locator("tbody").textContent()).contains("Poll cards");
            page.locator("tbody input").first().uncheck();
            page.navigate("/queues");
            choose(page, "Close…");
            assertThat(page.locator(".pb-notice").textContent()).contains("tick the enquiries first");
        }
    }
}
