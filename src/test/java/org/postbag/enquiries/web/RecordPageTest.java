package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.console.RouteDesk;
import org.postbag.console.Stopping;
import org.postbag.embedded.PostgresServer;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Record a call, without scripts, through the whole program. */
@ApplicationTest
class RecordPageTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PostgresServer postgres;

    @Autowired
    private RouteDesk desk;

    private Visitor handler() {
        return Visitor.signedIn(port, Role.CALL_HANDLER);
    }

    /** The page as a browser would send it, with something typed into it. */
    private static Map<String, String> typed(Visitor visitor, Map<String, String> typed) {
        var page = Jsoup.parse(visitor.get("/by-hand").body());
        var fields = new HashMap<String, String>();
        page.select("#note input[type=hidden], #note input[type=text]")
                .forEach(input -> fields.put(input.attr("name"), input.val()));
        fields.put("kind", "call");
        fields.putAll(typed);
        return fields;
    }

    private static Document page(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private long filed(String asked) {
        return jdbc.sql("select count(*) from enquiry where reply = ?")
                .param(asked)
                .query(Long.class)
                .single();
    }

    private void isFiled(String asked) {
        await().until(() -> filed(asked) == 1);
    }

    @Test
    void onlyWhatWasAskedIsRequired() {
        var asked = "Where is my polling station? " + UUID.randomUUID();
        var visitor = handler();

        var answer = visitor.postForm("/by-hand", typed(visitor, Map.of("asked", asked)));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(location(answer)).endsWith("/by-hand/saved");
        var saved = page(visitor.get("/by-hand/saved"));
        assertThat(saved.select("h1").text()).isEqualTo("Call saved");
        isFiled(asked);
        var reference = saved.select(".pb-ref").text();
        assertThat(jdbc.sql("select reference from enquiry where reply = ?")
                        .param(asked)
                        .query(String.class)
                        .single())
                .isEqualTo(reference);
        assertThat(page(visitor.get("/by-hand/today")).text()).contains(asked, reference);
    }

    @Test
    void theSamePageSavedTwiceIsOneEnquiry() {
        var asked = "Asked once " + UUID.randomUUID();
        var visitor = handler();
        var fields = typed(visitor, Map.of("asked", asked));

        visitor.postForm("/by-hand", fields);
        var first = page(visitor.get("/by-hand/saved")).select(".pb-ref").text();
        visitor.postForm("/by-hand", fields);
        var second = page(visitor.get("/by-hand/saved")).select(".pb-ref").text();

        assertThat(second).isEqualTo(first);
        isFiled(asked);
    }

    @Test
    void whatWasTypedStaysWhereSomethingIsWrong() {
        var visitor = handler();
        var fields = typed(
                visitor, Map.of("name", "Gwen <b>", "answered", "Told her", "date", "31/2/2026", "closed", "true"));

        var answer = visitor.postForm("/by-hand", fields);

        assertThat(answer.statusCode()).isEqualTo(422);
        var page = page(answer);
        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.select(".govuk-error-summary a").eachText())
                .containsExactly("Enter what was asked", "Enter the day like 3/3/2026");
        assertThat(page.select("#name").val()).isEqualTo("Gwen <b>");
        assertThat(page.select("#answered").val()).isEqualTo("Told her");
        assertThat(page.select("#date").val()).isEqualTo("31/2/2026");
        assertThat(page.select("#closed").hasAttr("checked")).isTrue();
        assertThat(page.select("input[name=key]").val()).isEqualTo(fields.get("key"));
    }

    @Test
    void aContactIsFoundByNumberOrNameChosenAndShownOnlyAsFarAsNeeded() {
        var first = "First call " + UUID.randomUUID();
        var visitor = handler();
        visitor.postForm(
                "/by-hand",
                typed(visitor, Map.of("asked", first, "name", "Blodwen Trahaearn", "telephone", "01632 960 377")));
        isFiled(first);
        var again = "Second call " + UUID.randomUUID();

        var found = page(visitor.postForm(
                "/by-hand", typed(visitor, Map.of("asked", again, "telephone", "+44 1632 960377", "find", "yes"))));

        assertThat(found.select("#asked").val()).isEqualTo(again);
        var choice = found.select("#found input[type=radio]").val();
        assertThat(found.select("#found label").eachText().getFirst()).isEqualTo("Blodwen Trahaearn number ending 377");
        assertThat(found.select("#found").text()).doesNotContain("960377");

        visitor.postForm("/by-hand", typed(visitor, Map.of("asked", again, "name", "Mrs T", "contact", choice)));
        isFiled(again);
        assertThat(jdbc.sql("select count(distinct contact_id) from enquiry where reply in (?, ?)")
                        .params(first, again)
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(jdbc.sql("select count(*) from audit_event where subject_kind = 'contact-search' and detail like ?")
                        .param("Contacts shown: " + choice + "%")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void whoRecordedItAndWhatTheyAnsweredStandsOnTheEnquiry() {
        var asked = "Can I vote by proxy? " + UUID.randomUUID();
        var officer = Visitor.signedIn(port, Role.OFFICER);
        officer.postForm(
                "/by-hand",
                typed(
                        officer,
                        Map.of("asked", asked, "answered", "Yes: sent the form.", "closed", "true", "kind", "visit")));
        isFiled(asked);

        var saved = page(officer.get("/by-hand/saved"));
        var enquiry = page(officer.get(saved.select("#filed a").attr("href")));

        assertThat(enquiry.select(".pb-bar").text()).contains("Answered at once", "Recorded by Priya Nair");
        assertThat(enquiry.select(".pb-answered").text()).contains("Our answer Yes: sent the form.");
        assertThat(enquiry.select(".pb-history").text()).contains("Priya Nair recorded");
        assertThat(page(Visitor.signedIn(port, Role.CALL_HANDLER).get("/by-hand/today"))
                        .text())
                .doesNotContain(asked);
    }

    @Test
    void aCallHandlerSeesNothingElseOfTheRecord() {
        var visitor = handler();

        assertThat(page(visitor.get("/")).select(".pb-nav a").eachText())
                .contains("Record a call", "My calls today")
                .doesNotContain("Enquiries", "Contacts");
        assertThat(visitor.get("/enquiries").statusCode()).isEqualTo(403);
        assertThat(Visitor.signedIn(port, Role.READER).get("/by-hand").statusCode())
                .isEqualTo(403);
        assertThat(page(Visitor.signedIn(port, Role.READER).get("/")).select(".pb-record"))
                .isEmpty();
    }

    @Test
    void aStoppedRouteSaysNotSavedAndKeepsWhatWasTyped() throws Exception {
        var asked = "Asked while stopped " + UUID.randomUUID();
        var visitor = handler();
        var fields = typed(visitor, Map.of("asked", asked));
        Stopping.stop(desk, "by-hand");
        try {
            var answer = visitor.postForm("/by-hand", fields);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(page(answer).select(".govuk-error-summary").text()).contains("This is not saved yet");
            assertThat(page(answer).select("#asked").val()).isEqualTo(asked);
        } finally {
            Stopping.start(desk, "by-hand");
        }
        assertThat(visitor.postForm("/by-hand", fields).statusCode()).isEqualTo(303);
        isFiled(asked);
    }

    @Test
    void aCallIsSavedWhileTheDatabaseIsAwayAndFiledWhenItIsBack() throws Exception {
        var asked = "Asked while the database was away " + UUID.randomUUID();
        var officer = Visitor.signedIn(port, Role.OFFICER);
        var fields = typed(officer, Map.of("asked", asked, "name", "Somebody New"));
        databaseGoes(true);
        try {
            assertThat(officer.get("/by-hand").statusCode()).isEqualTo(200);
            var answer = officer.postForm("/by-hand", fields);

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(page(officer.get("/by-hand/saved")).select("#filed").text())
                    .contains("Nothing is lost");
            assertThat(officer.get("/enquiries").statusCode()).isEqualTo(500);
        } finally {
            databaseGoes(false);
        }
        await().atMost(java.time.Duration.ofSeconds(60)).until(() -> filed(asked) == 1);
    }

    /** PostgreSQL ends the program's connections and takes no new ones. */
    private void databaseGoes(boolean away) throws SQLException {
        try (var owner = DriverManager.getConnection(postgres.url(), PostgresServer.OWNER, postgres.ownerPassword());
                var statement = owner.createStatement()) {
            statement.execute("alter role " + PostgresServer.APPLICATION + (away ? " nologin" : " login"));
            if (away) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                        + PostgresServer.APPLICATION + "'");
            }
        }
    }
}
