package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.search.RecordRows;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApplicationTest
class RecordApiTest {

    private static final AtomicLong NUMBERS = new AtomicLong(1L << 41);

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String word = "w" + UUID.randomUUID().toString().replaceAll("[^a-z]", "") + "q" + NUMBERS.get();

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private DataSource database;

    private RecordRows rows;
    private String token;

    @BeforeEach
    void connect() throws IOException {
        rows = new RecordRows(database);
        token = Files.readString(data.resolve("api-token")).strip();
    }

    private List<Long> given(int number) {
        var contact = rows.contact("Ann Other", "press");
        rows.identifier(contact, "email", "ann" + NUMBERS.get() + "@paper.example");
        var ids = rows.enquiries(
                contact,
                LongStream.range(0, number)
                        .mapToObj(_ -> NUMBERS.getAndIncrement())
                        .toList(),
                "email",
                "About the polls",
                "When are the polls? " + word,
                now);
        rows.work(ids);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);
        return ids;
    }

    private String reference(long enquiryId) {
        return rows.jdbc()
                .sql("select reference from enquiry where id = ?")
                .param(enquiryId)
                .query(String.class)
                .single();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(
                request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = json.readTree(answer.body());
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("detail").stringValue()).isNotBlank();
        return problem;
    }

    @Test
    void findsAndSaysSoInTheShapeOfTheDesign() throws Exception {
        var id = given(1).getFirst();
        var answer = ok(post("/api/enquiries/search", """
                {"query": "polls %s", "filters": {"channel": ["email"], "category": "press", "since": "2020-01-01"}, "sort": "best", "size": 5}
                """.formatted(word)));

        assertThat(answer.path("total").longValue()).isEqualTo(1);
        assertThat(answer.path("after").isNull()).isTrue();
        assertThat(answer.at("/facets/channel/email").longValue()).isEqualTo(1);
        assertThat(answer.at("/facets/category/press").longValue()).isEqualTo(1);
        var hit = answer.path("hits").get(0);
        assertThat(hit.path("reference").stringValue()).isEqualTo(reference(id));
        assertThat(hit.path("channel").stringValue()).isEqualTo("email");
        assertThat(hit.path("direction").stringValue()).isEqualTo("inbound");
        assertThat(hit.path("subject").stringValue()).isEqualTo("About the polls");
        assertThat(hit.path("snippet").stringValue()).isEqualTo("When are the polls? " + word);
        assertThat(hit.path("marks").toString()).startsWith("[{\"start\":13,\"end\":18},{\"start\":20,\"end\":");
        assertThat(Instant.parse(hit.path("receivedAt").stringValue())).isEqualTo(now);
        assertThat(hit.path("keptUntil").stringValue()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(hit.at("/contact/name").stringValue()).isEqualTo("Ann Other");
        assertThat(hit.at("/contact/id").isNumber()).isTrue();
    }

    @Test
    void whatIsSensitiveIsNotFoundSaveByItsReferenceAlone() throws Exception {
        long id = given(1).getFirst();
        rows.jdbc()
                .sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'politics')")
                .param(id)
                .update();
        rows.work(id);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);

        token = "reader" + word;
        rows.jdbc()
                .sql(
                        "insert into api_token (token_hash, job, roles) values (sha256(convert_to(?, 'UTF8')), ?, '{READER}')")
                .params(token, "job-" + word)
                .update();
        var byContent = ok(post("/api/enquiries/search", "{\"query\": \"%s\"}".formatted(word)));
        assertThat(byContent.path("total").longValue()).isZero();
        assertThat(byContent.path("hits").size()).isZero();
        assertThat(byContent.at("/facets/channel").size()).isZero();

        var byReference = ok(post("/api/enquiries/search", "{\"query\": \"%s\"}".formatted(reference(id))));
        assertThat(byReference.path("total").longValue()).isEqualTo(1);
        assertThat(byReference.path("hits").get(0).toString())
                .isEqualTo(
                        "{\"reference\":\"%s\",\"id\":%d,\"sensitive\":true,\"channel\":null,\"direction\":null,\"subject\":null,\"snippet\":null,\"marks\":[],\"snippetFile\":null,\"receivedAt\":null,\"keptUntil\":null,\"contact\":null}"
                                .formatted(reference(id), id));
        assertThat(byReference.at("/facets/channel").size()).isZero();
    }

    @Test
    void sortsBySubjectAndByContactPageAfterPage() throws Exception {
        var ann = rows.contact("Ann Other", "press");
        var zoe = rows.contact("Zoë Other", "press");
        var ofZoe = rows.enquiries(zoe, List.of(NUMBERS.getAndIncrement()), "email", "a vote", "Text " + word, now);
        var ofAnn = rows.enquiries(ann, List.of(NUMBERS.getAndIncrement()), "email", "Votes", "Text " + word, now);
        rows.work(List.of(ofZoe.getFirst(), ofAnn.getFirst()));
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);

        for (var sort : List.of("subject", "contact")) {
            var body = "{\"query\": \"%s\", \"sort\": \"%s\", \"size\": 1".formatted(word, sort);
            var first = ok(post("/api/enquiries/search", body + "}"));
            var after = first.path("after").stringValue();
            var second = ok(post("/api/enquiries/search", body + ", \"after\": \"" + after + "\"}"));
            assertThat(List.of(
                            first.at("/hits/0/id").longValue(),
                            second.at("/hits/0/id").longValue()))
                    .as(sort)
                    .isEqualTo(
                            sort.equals("subject")
                                    ? List.of(ofZoe.getFirst(), ofAnn.getFirst())
                                    : List.of(ofAnn.getFirst(), ofZoe.getFirst()));
            assertThat(second.path("after").isNull()).isTrue();
        }
        problem(get("/api/contacts/" + hiddenContact()), 403);
    }

    /** Who wrote nothing but what is sensitive, for a token that is of no member. */
    private long hiddenContact() throws Exception {
        var contact = rows.contact("Sid Other", "press");
        var only = rows.enquiries(contact, List.of(NUMBERS.getAndIncrement()), "email", "Secret", "Text", now);
        rows.jdbc()
                .sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'politics')")
                .param(only.getFirst())
                .update();
        token = "sight" + word;
        rows.jdbc()
                .sql(
                        "insert into api_token (token_hash, job, roles) values (sha256(convert_to(?, 'UTF8')), ?, '{READER}')")
                .params(token, "job-sight-" + word)
                .update();
        return contact;
    }

    @Test
    void filtersByTheWorkOnItByItsDateAndByMonth() throws Exception {
        given(1);
        var answer = ok(post("/api/enquiries/search", """
                {"query": "kept-until:>=2020 %s", "filters": {"status": ["new", "in-hand"], "assigned": "nobody", "unread": "yes", "month": "%s"}}
                """.formatted(
                        word, java.time.YearMonth.from(now.atZone(org.postbag.retention.RetentionRule.ZONE)))));

        assertThat(answer.path("total").longValue()).isEqualTo(1);
        assertThat(answer.at("/facets/status/new").longValue()).isEqualTo(1);
        assertThat(answer.at("/facets/kept").size()).isEqualTo(1);
        for (var wrong : List.of(
                "\"status\": \"done\"", "\"assigned\": \"me\"", "\"kept\": \"soon\"", "\"month\": \"2026-13\"")) {
            problem(post("/api/enquiries/search", "{\"filters\": {%s}}".formatted(wrong)), 400);
        }
    }

    @Test
    void anEnquirySaysWhetherItsFilesWereReadWhoRecordedItAndWhereItComesFrom() throws Exception {
        var ids = given(2);
        long id = ids.getFirst();
        var jdbc = rows.jdbc();
        jdbc.sql("""
                        insert into attachment (enquiry_id, position, name, type, size, text_state) values
                            (:id, 0, 'a.pdf', 'application/pdf', 1, 'read'), (:id, 1, 'b.pdf', 'application/pdf', 2, 'encrypted'),
                            (:id, 2, 'c.pdf', 'application/pdf', 3, null)
                        """).param("id", id).update();
        jdbc.sql(
                        "insert into recorded (enquiry_id, kind, recorded_by, answer, closed) values (?, 'call', 'staff:nobody', 'On 7 May', true)")
                .param(id)
                .update();
        jdbc.sql(
                        "insert into local_authority (code, name) values ('E07999999', 'Borough of Nowhere') on conflict do nothing")
                .update();
        jdbc.sql(
                        "insert into enquiry_location (enquiry_id, authority, set_by, set_at) values (?, 'E07999999', 'staff:nobody', now())")
                .param(id)
                .update();

        var answer = ok(get("/api/enquiries/" + reference(id)));
        assertThat(answer.path("attachments")
                        .valueStream()
                        .map(file -> file.path("textState").asString("none")))
                .containsExactly("read", "encrypted", "none");
        assertThat(answer.path("recorded").toString())
                .isEqualTo("{\"kind\":\"call\",\"by\":\"staff:nobody\",\"answer\":\"On 7 May\",\"closed\":true}");
        assertThat(answer.at("/location/known").stringValue()).isEqualTo("set-by-staff");
        assertThat(answer.at("/location/authorities/0/name").stringValue()).isEqualTo("Borough of Nowhere");
        assertThat(answer.at("/location/setBy").stringValue()).isEqualTo("staff:nobody");

        var other = ok(get("/api/enquiries/" + reference(ids.getLast())));
        assertThat(other.path("recorded").isNull()).isTrue();
        assertThat(other.at("/location/known").stringValue()).isEqualTo("unknown");
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        var ids = given(5);
        var seen = new ArrayList<Long>();
        String after = "";
        do {
            var page = ok(post(
                    "/api/enquiries/search", "{\"query\":\"%s\",\"size\":2,\"after\":\"%s\"}".formatted(word, after)));
            page.path("hits").forEach(hit -> seen.add(hit.path("id").longValue()));
            after = page.path("after").asString("");
        } while (!after.isEmpty());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                       | ''",
                "'\"words\"'                              | ''",
                "{\"query\": 5}                           | /query",
                "{\"words\": \"x\"}                       | ''",
                "{\"filters\": []}                        | /filters",
                "{\"filters\": {\"colour\": \"red\"}}     | /filters",
                "{\"filters\": {\"channel\": [\"fax\"]}}  | /filters/channel",
                "{\"filters\": {\"category\": [7]}}       | /filters/category",
                "{\"filters\": {\"since\": \"yesterday\"}}| /filters/since",
                "{\"filters\": {\"until\": \"2026-02-30\"}}| /filters/until",
                "{\"sort\": \"nearest\"}                  | /sort",
                "{\"size\": 0}                            | /size",
                "{\"size\": 201}                          | /size",
                "{\"size\": \"20\"}                       | /size",
                "{\"size\": 1.5}                          | /size",
                "{\"after\": \"nonsense\"}                | /after"
            })
    void saysWhatIsWrongInABody(String body, String pointer) throws Exception {
        var problem = problem(post("/api/enquiries/search", body), 400);

        assertThat(problem.path("errors").get(0).path("pointer").stringValue()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "not json", "{\"query\":\"x\"", "\u0000", "{\"query\":\"\\ud800\"} trailing"})
    void whatIsNotJsonIsAProblem(String body) throws Exception {
        problem(post("/api/enquiries/search", body), 400);
    }

    @Test
    void wordsMayHoldAnything() throws Exception {
        ok(post("/api/enquiries/search", "{\"query\":\"\\u0000 \\ud800 \\\" <script>\"}"));
        ok(post("/api/enquiries/search", "{}"));
        problem(post("/api/enquiries/search", "{\"query\":\"" + "x".repeat(10_001) + "\"}"), 400);
        problem(post("/api/enquiries/search", "x".repeat(300_000)), 413);
    }

    @Test
    void anEnquiryIsReadByItsReferenceInAnyWayOfTyping() throws Exception {
        var id = given(1).getFirst();
        rows.jdbc()
                .sql(
                        "insert into claim (enquiry_id, contact_id, kind, value) select id, contact_id, 'name', 'A Claim' from enquiry where id = ?")
                .param(id)
                .update();
        var reference = reference(id);
        for (var typed : List.of(reference, reference.toLowerCase(java.util.Locale.ROOT), reference.replace("-", ""))) {
            var enquiry = ok(get("/api/enquiries/" + typed));
            assertThat(enquiry.path("reference").stringValue()).isEqualTo(reference);
            assertThat(enquiry.path("text").stringValue()).contains(word);
            assertThat(enquiry.at("/claims/0/value").stringValue()).isEqualTo("A Claim");
            assertThat(enquiry.at("/rule/reason").stringValue()).contains("One year");
            assertThat(enquiry.path("keptUntil").stringValue()).isNotBlank();
            assertThat(enquiry.at("/contact/name").stringValue()).isEqualTo("Ann Other");
        }
        assertThat(looks("enquiry", id)).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsAProblem() throws Exception {
        var gone = given(1).getFirst();
        var reference = reference(gone);
        rows.delete(gone);

        problem(get("/api/enquiries/" + reference), 404);
        problem(get("/api/enquiries/nonsense"), 404);
        problem(get("/api/contacts/987654321"), 404);
        problem(get("/api/contacts/nonsense"), 400);
    }

    @Test
    void whatIsPastItsDateIsNotThere() throws Exception {
        var id = given(1).getFirst();
        long contact = contactOf(id);
        var reference = reference(id);
        rows.jdbc()
                .sql("update contact set last_contact_at = now() - interval '13 months' where id = ?")
                .param(contact)
                .update();

        problem(get("/api/enquiries/" + reference), 404);
        problem(get("/api/contacts/" + contact), 404);
    }

    @Test
    void ofTwoWithOneReferenceTheCallerChooses() throws Exception {
        var ids = given(2);
        rows.jdbc().sql("""
                        with twin as (
                            insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                            select left(r.id, 63) || '1', r.reference, r.channel, r.route, r.direction, r.received_at, r.size, r.state
                            from receipt r join enquiry e on e.receipt_id = r.id where e.id = ?
                            returning id, reference)
                        update enquiry e set receipt_id = twin.id, reference = twin.reference from twin where e.id = ?
                        """).params(ids.get(0), ids.get(1)).update();
        var reference = reference(ids.get(0));

        var problem = problem(get("/api/enquiries/" + reference), 409);
        assertThat(problem.path("enquiries")).hasSize(2);
        for (var id : ids) {
            assertThat(ok(get("/api/enquiries/" + reference + "?id=" + id))
                            .path("id")
                            .longValue())
                    .isEqualTo(id);
        }
        assertThat(looks("enquiry", ids.get(0))).isEqualTo(1);
    }

    @Test
    void anAddressThatThreePeopleWriteFromIsSharedUntilStaffSayWhoWrites() throws Exception {
        var ids = given(3);
        long contact = contactOf(ids.getFirst());
        rows.jdbc()
                .sql("update identifier_use set state = 'sole' where contact_id = ?")
                .param(contact)
                .update();
        assertThat(state(contact)).isEqualTo("sole");
        var names = List.of("Ann Other", "Gwen Pugh", "Dafydd Rees");
        for (int i = 0; i < ids.size(); i++) {
            rows.jdbc()
                    .sql("update enquiry set from_name = ? where id = ?")
                    .params(names.get(i), ids.get(i))
                    .update();
        }
        assertThat(state(contact)).isEqualTo("shared");

        rows.jdbc()
                .sql("update contact set staff_set = array['writers'] where id = ?")
                .param(contact)
                .update();
        assertThat(state(contact)).isEqualTo("sole");
    }

    private String state(long contact) throws Exception {
        return ok(get("/api/contacts/" + contact)).at("/identifiers/0/state").stringValue();
    }

    @Test
    void aContactIsShownWithAllThatIsKnown() throws Exception {
        var ids = given(3);
        long id = contactOf(ids.getFirst());
        var contact = ok(get("/api/contacts/" + id));

        assertThat(contact.path("name").stringValue()).isEqualTo("Ann Other");
        assertThat(contact.path("category").stringValue()).isEqualTo("press");
        assertThat(contact.at("/identifiers/0/kind").stringValue()).isEqualTo("email");
        assertThat(contact.path("enquiryCount").longValue()).isEqualTo(3);
        assertThat(contact.path("enquiries")).hasSize(3);
        assertThat(contact.at("/rule/legalBasis").stringValue()).isNotBlank();
        assertThat(contact.path("keptUntil").stringValue()).isNotBlank();
        assertThat(looks("contact", id)).isEqualTo(1);
    }

    @Test
    void withoutATokenNothingIsSaid() throws Exception {
        var id = given(1).getFirst();
        token = "wrong";

        assertThat(get("/api/enquiries/" + reference(id)).statusCode()).isEqualTo(401);
        assertThat(get("/api/contacts/1").statusCode()).isEqualTo(401);
        assertThat(post("/api/enquiries/search", "{}").statusCode()).isEqualTo(401);
        assertThat(post("/api/reindex", "").statusCode()).isEqualTo(401);
    }

    @Test
    void theIndexIsBuiltAnewByARunningProgram() throws Exception {
        given(3);
        assertThat(post("/api/reindex", "").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ok(get("/api/reindex")).path("state").stringValue().equals("done"));

        assertThat(ok(post("/api/enquiries/search", "{\"query\":\"%s\"}".formatted(word)))
                        .path("total")
                        .longValue())
                .isEqualTo(3);
    }

    private long contactOf(long enquiryId) {
        return rows.jdbc()
                .sql("select contact_id from enquiry where id = ?")
                .param(enquiryId)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private long looks(String kind, long id) {
        return rows.jdbc()
                .sql("select count(*) from audit_event where action = 'LOOKED' and subject_kind = ? and subject_id = ?")
                .params(kind, Long.toString(id))
                .query((row, _) -> row.getLong(1))
                .single();
    }
}
