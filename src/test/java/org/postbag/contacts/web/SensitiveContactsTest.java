package org.postbag.contacts.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Records;
import org.postbag.Visitor;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.postbag.staff.SampleStaff;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who wrote nothing but what is sensitive and for others is nowhere: neither in a list, nor found, nor chosen, nor opened. */
@ApplicationTest
class SensitiveContactsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private Records records;

    /** Names that only this test's contacts have. */
    private final String secretly = "Secretly" + Long.toString(System.nanoTime(), 36);

    private final String openly = "Openly" + Long.toString(System.nanoTime(), 36);

    private long secret;
    private long secretEnquiry;
    private long known;

    @BeforeEach
    void given() {
        records = new Records(jdbc);
        jdbc.sql("delete from contact_match").update();
        jdbc.sql("delete from review").update();
        secret = records.contact("Sid " + secretly, "public", true);
        records.uses(secret, "email", address(secretly), "sole", "receipt:none");
        secretEnquiry = wrote(secret, "Sid " + secretly);
        sensitive(secretEnquiry);
        known = records.contact("Ken " + openly, "public", true);
        records.uses(known, "email", address(openly), "sole", "receipt:none");
        wrote(known, "Ken " + openly);
    }

    private static String address(String name) {
        return name.toLowerCase() + "@example.org";
    }

    private long wrote(long contact, String name) {
        var receipt = records.receipt(Channel.EMAIL, Duration.ofMinutes(1), null);
        return records.enquiry(new Records.Draft(
                receipt,
                contact,
                records.thread(contact),
                "About " + name,
                "Text",
                "Text",
                name,
                null,
                false,
                false,
                null,
                List.of(),
                null));
    }

    private void sensitive(long enquiry) {
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'whistleblowing')")
                .param(enquiry)
                .update();
    }

    private void pair(long one, long other) {
        jdbc.sql("insert into contact_match (one, other, log_odds, decision, model, found_at)"
                        + " values (?, ?, 1, 'review', 'test', now())")
                .params(Math.min(one, other), Math.max(one, other))
                .update();
    }

    private long matter(String matter, long identifier) {
        return jdbc.sql("insert into review (matter, subject_key, identifier_id, raised_at)"
                        + " values (?, ?, ?, now()) returning id")
                .params(matter, "identifier:" + identifier, identifier)
                .query(Long.class)
                .single();
    }

    private Visitor as(Role role) {
        return Visitor.signedIn(port, role);
    }

    private static String text(Visitor visitor, String path) {
        return Jsoup.parse(visitor.get(path).body()).body().text();
    }

    /** What a search that is posted leads to. */
    private static String searched(Visitor visitor, String path, String typed) {
        var answer = visitor.postForm(path, Map.of("q", typed), "/contacts");
        var to = answer.headers().firstValue("Location").orElseThrow();
        return text(visitor, to.substring(to.indexOf('/', to.indexOf("//") + 2)));
    }

    @Test
    void theListOfContactsAndItsSearchHoldThemForThoseAloneWhoMayKnow() {
        for (var role : List.of(Role.READER, Role.OFFICER, Role.REVIEWER)) {
            var visitor = as(role);
            assertThat(text(visitor, "/contacts")).contains(openly).doesNotContain(secretly);
            for (var typed : List.of(secretly, "sid " + secretly.substring(0, 12), address(secretly))) {
                assertThat(searched(visitor, "/contacts/search", typed))
                        .as(typed)
                        .doesNotContain("Sid " + secretly);
            }
        }
        var protection = as(Role.DATA_PROTECTION_OFFICER);
        assertThat(text(protection, "/contacts")).contains(openly, secretly);
        assertThat(searched(protection, "/contacts/search", secretly)).contains("Sid " + secretly);
    }

    @Test
    void thoseBeyondThePageComeInPlaceOfWhomIsLeftOut() {
        var many = "Many" + secretly;
        for (int i = 0; i < 60; i++) {
            sensitive(wrote(records.contact("Hidden " + many, "public", true), "Hidden"));
            records.contact("Shown " + many, "public", true);
        }

        var found = searched(as(Role.READER), "/contacts/search", many);

        assertThat(found.split("Shown " + many, -1)).hasSize(50 + 1);
        assertThat(found).doesNotContain("Hidden " + many);
    }

    @Test
    void aCallIsNotTiedToThemByALook() {
        var handler = as(Role.CALL_HANDLER);
        records.uses(secret, "telephone", "+442079460958", "shared", "receipt:none");

        for (var form : List.of(
                Map.of("name", "Sid " + secretly),
                Map.of("telephone", "020 7946 0958"),
                Map.of("contact", Long.toString(secret), "name", "Somebody"))) {
            assertThat(Jsoup.parse(handler.postForm("/by-hand/find", form, "/by-hand")
                                    .body())
                            .text())
                    .as(form.toString())
                    .doesNotContain(secretly, "contact " + secret);
        }
        assertThat(Jsoup.parse(handler.postForm("/by-hand/find", Map.of("name", "Ken " + openly), "/by-hand")
                                .body())
                        .text())
                .contains(openly);
    }

    @Test
    void whateverLiesUnderTheirAddressIsRefusedAndRecorded() {
        pair(secret, known);
        var reviewer = as(Role.REVIEWER);

        for (var path : List.of(
                "/contacts/" + secret,
                "/contacts/" + secret + "/change/name",
                "/contacts/" + secret + "/merge",
                "/contacts/" + secret + "/split",
                "/contacts/" + known + "/merge/" + secret,
                "/review/" + Math.min(secret, known) + "/" + Math.max(secret, known))) {
            var answer = reviewer.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body())
                    .as(path)
                    .contains("This is sensitive", "Sign out")
                    .doesNotContain(secretly, "null");
        }
        assertThat(reviewer.postForm(
                                "/contacts/" + known + "/merge/" + secret, Map.of("survivor", "" + known), "/contacts")
                        .statusCode())
                .isEqualTo(403);
        assertThat(reviewer.postForm(
                                "/review/" + Math.min(secret, known) + "/" + Math.max(secret, known),
                                Map.of("verdict", "same"),
                                "/contacts")
                        .statusCode())
                .isEqualTo(403);
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'REFUSED' and subject_id = ?")
                        .param(Long.toString(secret))
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(as(Role.DATA_PROTECTION_OFFICER).get("/contacts/" + secret).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theyAreNotFoundToMergeWithNorInReview() {
        pair(secret, known);
        long number = records.uses(secret, "telephone", "+441792496321", "shared", "receipt:none");
        records.uses(known, "telephone", "+441792496321", "shared", "receipt:none");
        long matter = matter("telephone-shared", number);
        var reviewer = as(Role.REVIEWER);

        assertThat(searched(reviewer, "/contacts/" + known + "/merge/search", secretly))
                .doesNotContain("Sid " + secretly);
        for (var path : List.of("/review", "/review/list", "/contacts/" + known)) {
            assertThat(text(reviewer, path)).as(path).doesNotContain(secretly, "contact " + secret);
        }
        assertThat(text(reviewer, "/review/matters"))
                .contains("1 matter here is about sensitive enquiries")
                .doesNotContain(secretly, openly);
        assertThat(reviewer.get("/review/" + matter).statusCode()).isEqualTo(403);
        assertThat(text(as(Role.DATA_PROTECTION_OFFICER), "/review/" + matter)).contains(secretly, openly);
    }

    @Test
    void ofSomebodyWhoMayBeKnownNothingIsShownThatOnlyWhatIsSensitiveTells() {
        var receipt = records.receipt(Channel.WEB_FORM, Duration.ofMinutes(2), null);
        long told = records.enquiry(new Records.Draft(
                receipt,
                known,
                records.thread(known),
                "Hidden",
                "Text",
                "Text",
                "Deep " + secretly,
                null,
                false,
                false,
                null,
                List.of(),
                null));
        sensitive(told);
        records.claim(told, known, "postcode", "SA1 4PE");
        records.uses(
                known,
                "email",
                "deep" + address(secretly),
                "sole",
                "receipt:" + receipt.id().hex());
        long claimed = records.claim(told, known, "email", "claimed" + address(secretly));
        records.uses(known, "email", "claimed" + address(secretly), "sole", "claim:" + claimed);

        for (var path : List.of("/contacts", "/contacts/" + known, "/contacts/" + known + "/split")) {
            assertThat(text(as(Role.REVIEWER), path))
                    .as(path)
                    .contains(openly)
                    .doesNotContain(secretly)
                    .doesNotContain(secretly.toLowerCase())
                    .doesNotContain("SA1 4PE");
        }
        assertThat(text(as(Role.DATA_PROTECTION_OFFICER), "/contacts/" + known))
                .contains("Deep " + secretly, "deep" + address(secretly), "claimed" + address(secretly), "SA1 4PE");
        var other = records.contact("Kenneth " + openly, "public", true);
        pair(known, other);
        assertThat(text(as(Role.REVIEWER), "/review/" + known + "/" + other))
                .contains("Kenneth " + openly)
                .doesNotContain(secretly.toLowerCase())
                .doesNotContain("SA1 4PE");
    }

    @Test
    void whatTheyRecordedThemselvesIsAReferenceOnceItIsSensitive() {
        var asked = "What did " + secretly + " ask?";
        var receipt = records.receipt(Channel.BY_HAND, Duration.ZERO, null);
        long enquiry = records.enquiry(new Records.Draft(receipt, known, records.thread(known), "A call", asked));
        jdbc.sql("insert into recorded (enquiry_id, kind, recorded_by, answer, closed)"
                        + " values (?, 'call', ?, 'Told', true)")
                .params(enquiry, "staff:" + SampleStaff.of(Role.CALL_HANDLER).username())
                .update();
        var handler = as(Role.CALL_HANDLER);
        assertThat(text(handler, "/by-hand/today")).contains(asked);

        sensitive(enquiry);

        assertThat(text(handler, "/by-hand/today"))
                .contains(receipt.reference().value(), "Sensitive")
                .doesNotContain(secretly);
    }
}
