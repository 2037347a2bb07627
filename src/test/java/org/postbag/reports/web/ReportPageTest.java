package org.postbag.reports.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByTextOptions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Visitor;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In years of their own, in which no other test has received anything. */
@BrowserTest
class ReportPageTest {

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private static OffsetDateTime at(String moment) {
        return Instant.parse(moment).atOffset(ZoneOffset.UTC);
    }

    private long thread(String category) {
        long contact = jdbc.sql(
                        "insert into contact (category, name, identified, source, created_at) values (?, 'Nobody Named', true, 'email', now()) returning id")
                .param(category)
                .query(Long.class)
                .single();
        return jdbc.sql("insert into thread (contact_id, started_at) values (?, now()) returning id")
                .param(contact)
                .query(Long.class)
                .single();
    }

    private long enquiry(long thread, String channel, String direction, String moment, @Nullable String topic) {
        var receipt = jdbc.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                        values (encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'none', ?, 'test', ?, ?, 1, 'filed') returning id
                        """)
                .params(channel, direction, at(moment))
                .query(String.class)
                .single();
        // The record is indexed by others' tests: its references are real.
        var reference = new ReceiptId(receipt).reference().value();
        jdbc.sql("update receipt set reference = ? where id = ?")
                .params(reference, receipt)
                .update();
        return jdbc.sql("""
                        insert into enquiry (receipt_id, reference, channel, direction, contact_id, thread_id, text, reply, received_at, topic, resolved_by)
                        values (?, ?, ?, ?, (select contact_id from thread where id = ?), ?, '', '', ?, ?, 'test') returning id
                        """)
                .params(Arrays.asList(receipt, reference, channel, direction, thread, thread, at(moment), topic))
                .query(Long.class)
                .single();
    }

    private void answered(long enquiry, String way, String moment) {
        jdbc.sql("insert into enquiry_work (enquiry_id, status, status_at, answer) values (?, 'answered', ?, ?)")
                .params(enquiry, at(moment), way)
                .update();
    }

    /** Once what was put into the record is counted. */
    private String csv(String path) {
        await().until(() -> jdbc.sql("select not exists (select from day_work)")
                .query(Boolean.class)
                .single());
        var answer = Visitor.signedIn(port, Role.READER).get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        return answer.body();
    }

    @Test
    void volumesAreCountedByDaysOfTheUnitedKingdomWithWhatWasErased(Browsing browsing) {
        long thread = thread("press");
        // Monday 3 June 2019 began at 23:00 UTC on Sunday.
        enquiry(thread, "email", "inbound", "2019-06-02T22:59:00Z", "Poll cards");
        enquiry(thread, "email", "inbound", "2019-06-02T23:00:00Z", "=1+1");
        enquiry(thread, "email", "outbound", "2019-06-03T09:00:00Z", "Poll cards");
        long here = enquiry(thread, "web-form", "inbound", "2019-06-05T09:00:00Z", null);
        jdbc.sql("insert into local_authority (code, name) values ('T00000001', 'Northvale') on conflict do nothing")
                .update();
        jdbc.sql(
                        "insert into enquiry_location (enquiry_id, authority, set_by, set_at) values (?, 'T00000001', 'staff:priya', now())")
                .param(here)
                .update();
        jdbc.sql(
                        "insert into erased_count (channel, category, received_on, erased_on, enquiries) values ('letter', 'public', '2019-06-04', '2020-06-05', 40)")
                .update();
        var period = "?from=2019-06-01&to=2019-06-30";

        assertThat(csv("/reports/volumes/week/csv" + period))
                .startsWith(
                        "Week from Monday,Letter,Email,Web form,All\r\n2019-05-27,0,1,0,1\r\n2019-06-03,40,1,1,42\r\n2019-06-10,0,0,0,0\r\n");
        assertThat(csv("/reports/volumes/category/csv" + period)).contains("Public,40,0.9302", "Press,3,0.0698");
        assertThat(csv("/reports/volumes/topic/csv" + period)).contains("'=1+1,1,", "Poll cards,1,", "No topic,1,");
        assertThat(csv("/reports/volumes/authority/csv" + period)).contains("Northvale,1,", "Not known,2,");

        var page = browsing.signIn(Role.OFFICER);
        Browsing.follow(page, () -> page.locator(".pb-nav").getByText("Reports").click());
        browsing.look(page, "reports");
        Browsing.follow(page, () -> page.getByText("Volumes").click());
        page.getByLabel("From").fill("2019-06-01");
        page.getByLabel("To", new GetByLabelOptions().setExact(true)).fill("2019-06-30");
        Browsing.follow(
                page,
                () -> page.getByText("Show", new GetByTextOptions().setExact(true))
                        .click());
        assertThat(page.locator("[data-chart=week]").textContent())
                .contains("Letter", "40 in all", "highest 3 Jun 2019", "The same figures are in the table below.");
        page.locator("summary").evaluateAll("all => all.forEach(one => one.click())");
        assertThat(page.locator("#week-heading ~ details table").textContent()).contains("3 Jun 2019", "42");
        assertThat(page.locator("main").textContent()).doesNotContain("Nobody Named");
        browsing.look(page, "report-volumes");
    }

    @Test
    void anAnswerIsTimedFromWhenItsEnquiryWasReceived(Browsing browsing) {
        for (var answer : List.of("10:00", "12:00", "14:00")) {
            long thread = thread("public");
            long id = enquiry(thread, "email", "inbound", "2018-03-05T09:00:00Z", null);
            enquiry(thread, "email", "outbound", "2018-03-05T" + answer + ":00Z", null);
            // A later word of ours is no earlier answer, and what was said of it later neither.
            enquiry(thread, "email", "outbound", "2018-03-09T09:00:00Z", null);
            answered(id, "message", "2018-03-09T09:00:00Z");
        }
        answered(
                enquiry(thread("public"), "telephone", "inbound", "2018-03-13T09:00:00Z", null),
                "telephone",
                "2018-03-15T09:00:00Z");
        answered(
                enquiry(thread("public"), "telephone", "inbound", "2018-03-13T09:00:00Z", null),
                "none-needed",
                "2018-03-13T09:01:00Z");
        enquiry(thread("public"), "letter", "inbound", "2018-03-13T09:00:00Z", null);
        var period = "?from=2018-03-01&to=2018-03-31";

        assertThat(csv("/reports/answering/channel/csv" + period))
                .isEqualTo(
                        "Channel,Answered,Median,90th percentile\r\nEmail,3,3.00,4.60\r\nTelephone,1,48.00,48.00\r\n");
        assertThat(csv("/reports/answering/week/csv" + period))
                .contains("2018-03-05,3,3.00,4.60", "2018-03-12,1,48.00,48.00", "2018-03-19,0,,");
        var page = browsing.signIn(Role.REVIEWER);
        page.navigate("/reports/answering" + period);
        assertThat(page.locator("[data-chart=channel]").textContent()).contains("Email, median", "3 hours", "2 days");
        browsing.look(page, "report-answering");
    }

    @Test
    void howMuchWentToQuarantineIsToldAlsoOnceItIsFiled(Browsing browsing) {
        long thread = thread("public");
        enquiry(thread, "email", "inbound", "2017-03-06T09:00:00Z", null);
        long mended = enquiry(thread, "email", "inbound", "2017-03-06T09:00:00Z", null);
        jdbc.sql("""
                        insert into audit_event (at, actor, action, subject_kind, subject_id, detail)
                        select ?, 'job:filing', 'QUARANTINED', 'receipt', receipt_id, 'too-large' from enquiry, generate_series(1, 2) where id = ?
                        """).params(at("2017-03-06T09:01:00Z"), mended).update();
        var period = "?from=2017-03-01&to=2017-03-31";

        assertThat(csv("/reports/quarantine/channel/csv" + period))
                .isEqualTo("Channel,Taken in,To quarantine,Share,There now\r\nEmail,2,1,0.5000,0\r\n");
        assertThat(csv("/reports/quarantine/reason/csv" + period)).contains("Too large,1,1.0000");
        var page = browsing.signIn(Role.DATA_PROTECTION_OFFICER);
        page.navigate("/reports/quarantine" + period);
        browsing.look(page, "report-quarantine");
    }

    @Test
    void matchingAndTheForecastHaveTheirPages(Browsing browsing) {
        thread("public");
        var page = browsing.signIn(Role.ADMINISTRATOR);
        for (var report : List.of("matching", "retention")) {
            page.navigate("/reports/" + report);
            page.locator("summary").evaluateAll("all => all.forEach(one => one.click())");
            browsing.look(page, "report-" + report);
        }
        assertThat(page.locator("[data-chart=month]").textContent()).contains("Contacts");
        assertThat(csv("/reports/retention/month/csv")).startsWith("Month,Enquiries,Contacts\r\n");
    }

    @Test
    void aPeriodThatIsNoneIsExplainedAndWhatIsNotThereIsNot(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);
        var answer = page.navigate("/reports/volumes?from=2026-03-04&to=2026-03-03");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("on or before the last day");
        assertThat(page.getByLabel("From").inputValue()).isEqualTo("2026-03-04");
        browsing.look(page, "report-wrong-period");

        var visitor = Visitor.signedIn(port, Role.OFFICER);
        assertThat(visitor.get("/reports/volumes/week/csv?from=x").statusCode()).isEqualTo(400);
        assertThat(visitor.get("/reports/nothing").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/reports/volumes/nothing/csv").statusCode()).isEqualTo(404);
    }

    @Test
    void whoRunsTheRoutesHasNoReports(Browsing browsing) {
        var page = browsing.signIn(Role.ROUTE_EDITOR);
        assertThat(page.locator(".pb-nav").textContent()).doesNotContain("Reports");
        assertThat(page.navigate("/reports").status()).isEqualTo(403);
    }
}
