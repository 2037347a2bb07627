package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.receiving.Channel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code GET /api/openapi.json} true: every call is in it, and what each really answers fits what it says. */
@ApplicationTest
class ApiDescriptionTest {

    private static final Duration FILED_MAX = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private List<RequestMappingHandlerMapping> mappings;

    @Autowired
    private JdbcClient jdbc;

    private JsonNode description;
    private Visitor visitor;

    @BeforeEach
    void read() throws IOException {
        description = JSON.readTree(new Visitor(port).get("/api/openapi.json").body());
        visitor = new Visitor(port)
                .with("Accept", "application/json")
                .with(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("api-token")).strip());
    }

    @Test
    void everyCallIsDescribedAndNothingElse() {
        var calls = new TreeSet<String>();
        for (var mapping : mappings) {
            for (var info : mapping.getHandlerMethods().keySet()) {
                for (var path : info.getPatternValues()) {
                    if (path.startsWith("/api/")) {
                        info.getMethodsCondition().getMethods().forEach(method -> calls.add(method + " " + path));
                    }
                }
            }
        }

        assertThat(operations()).containsExactlyElementsOf(calls);
    }

    @Test
    void whatIsReferredToIsThereAndCallsHaveNamesOfTheirOwn() {
        var names = new ArrayList<String>();
        walk(description, (field, node) -> {
            if (field.equals("$ref")) {
                assertThat(resolved(node.stringValue()).isMissingNode())
                        .as(node.stringValue())
                        .isFalse();
            } else if (field.equals("operationId")) {
                names.add(node.stringValue());
            }
        });

        assertThat(names).doesNotHaveDuplicates().hasSameSizeAs(operations());
    }

    @Test
    void everyExampleFitsItsSchema() {
        var examples = new ArrayList<JsonNode>();
        walk(description.path("paths"), (_, node) -> {
            if (node.has("schema") && node.has("example")) {
                examples.add(node);
                fits(node.path("schema"), node.path("example"), "the example " + node.path("example"));
            }
        });

        assertThat(examples).hasSizeGreaterThan(operations().size());
    }

    @Test
    void whatIsNotPublicAsksForAToken() {
        for (var operation : operations()) {
            var call = operation.split(" ", 2);
            var described = description.path("paths").path(call[1]).path(call[0].toLowerCase(java.util.Locale.ROOT));
            var isPublic = described.path("security").isArray()
                    && described.path("security").isEmpty();
            var path = call[1].replaceAll("\\{[^}]*}", "0");
            var answer = new Visitor(port)
                    .send(
                            call[0],
                            path,
                            call[0].equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody(),
                            Optional.of("application/json"));

            if (isPublic) {
                assertThat(answer.statusCode()).as(operation).isNotIn(401, 403);
            } else {
                // A browser's session is asked for its token against forgery first.
                fits(call[0], call[1], answer, 401);
            }
        }
    }

    @Test
    void aFormIsFoundAgainAsDescribed() {
        var taken = fits(
                "POST",
                "/api/contact-form",
                visitor.without("Authorization").postJson("/api/contact-form", """
                        {"name": "Nia Example", "email": "nia-%s@example.org", "message": "When do the polls open?", "topic": "Voting and polling stations"}
                        """.formatted(UUID.randomUUID())),
                202);
        var path = "/api/enquiries/" + taken.path("reference").stringValue();
        withToken();
        await().atMost(FILED_MAX).until(() -> visitor.get(path).statusCode() == 200);

        var enquiry = fits("GET", "/api/enquiries/{reference}", visitor.get(path), 200);
        var contact = enquiry.path("contact").path("id").longValue();
        fits("GET", "/api/contacts/{id}", visitor.get("/api/contacts/" + contact), 200);
        var search = "{\"query\": \"polls open\", \"filters\": {\"channel\": \"web-form\"}, \"size\": 1}";
        await().atMost(FILED_MAX)
                .until(() ->
                        visitor.postJson("/api/enquiries/search", search).body().contains("snippet"));
        fits("POST", "/api/enquiries/search", visitor.postJson("/api/enquiries/search", search), 200);
        assertThat(enquiry.path("text").stringValue()).isEqualTo("When do the polls open?");
        var routes = fits("GET", "/api/routes", visitor.get("/api/routes"), 200);
        assertThat(routes.path("routes")
                        .valueStream()
                        .filter(r -> r.path("id").stringValue().equals("public-form")))
                .allSatisfy(route -> assertThat(route.path("taken").asLong()).isPositive())
                .hasSize(1);
    }

    @Test
    void aBacklogIsTakenInAsDescribed() {
        var mail = java.util.Base64.getEncoder()
                .encodeToString("""
                From: nia-%s@example.org
                Subject: Polls

                When do they open?
                """.formatted(UUID.randomUUID()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var body = "{\"items\": [{\"reachedAt\": \"2026-02-02T08:00:01Z\", \"content\": \"%s\"}]}".formatted(mail);

        fits("POST", "/api/imports", visitor.postJson("/api/imports?what=mail&dryRun=true", body), 200);
        var taken = fits("POST", "/api/imports", visitor.postJson("/api/imports?what=mail", body), 200);
        var again = fits("POST", "/api/imports", visitor.postJson("/api/imports?what=mail", body), 200);

        assertThat(taken.path("taken").asInt()).isEqualTo(1);
        assertThat(again.path("known").asInt()).isEqualTo(1);
    }

    @Test
    void reviewIsAsDescribed() {
        var records = new Records(jdbc);
        long one = records.contact("Jean Hargreaves", "public", true);
        long other = records.contact("J Hargreaves", "public", true);
        jdbc.sql(
                        "insert into contact_match (one, other, log_odds, decision, model, found_at) values (?, ?, 3, 'same', 'test', now())")
                .params(one, other)
                .update();
        var pair = "/api/review/" + one + "/" + other;

        fits("GET", "/api/review", visitor.get("/api/review?size=5"), 200);
        fits("POST", "/api/review/{one}/{other}", visitor.postJson(pair, "{\"verdict\": \"perhaps\"}"), 400);
        var said = fits("POST", "/api/review/{one}/{other}", visitor.postJson(pair, "{\"verdict\": \"same\"}"), 200);
        assertThat(said.path("contact").longValue()).isEqualTo(one);
        fits("POST", "/api/review/{one}/{other}", visitor.postJson(pair, "{\"verdict\": \"same\"}"), 409);
        fits("POST", "/api/review/{one}/{other}", visitor.postJson("/api/review/0/1", "{\"verdict\": \"same\"}"), 404);
        fits("GET", "/api/review", visitor.get("/api/review?size=0"), 400);
    }

    @Test
    void quarantineIsAsDescribed() {
        var receipt = new Records(jdbc).receipt(Channel.TELEPHONE, Duration.ofMinutes(1), 3);
        new Records(jdbc).quarantined(receipt, "too-few-cells", "The row has 4 cells and the header 11");

        fits("GET", "/api/quarantine", visitor.get("/api/quarantine?size=5"), 200);
        var answer = visitor.send(
                "POST", "/api/quarantine/" + receipt.id().hex() + "/replay", BodyPublishers.noBody(), Optional.empty());

        fits("POST", "/api/quarantine/{id}/replay", answer, answer.statusCode());
        assertThat(answer.statusCode()).isIn(200, 202);
    }

    @Test
    void oneItemAndReadingAgainAreAsDescribed() {
        var records = new Records(jdbc);
        var receipt = records.receipt(Channel.EMAIL, Duration.ofMinutes(1), null);
        records.quarantined(receipt, "other-made-up", "Made up");
        var reference = "{\"item\": \"%s\"}".formatted(receipt.reference().value());
        var way = fits("POST", "/api/item", visitor.postJson("/api/item", reference), 200);
        assertThat(way.path("items").path(0).path("state").stringValue()).isEqualTo("quarantined");
        fits("POST", "/api/item", visitor.postJson("/api/item", "{}"), 400);
        fits("POST", "/api/item", visitor.postJson("/api/item", "{\"item\": \"none\"}"), 404);

        var span = "{\"channel\": \"letter\", \"first\": \"2020-01-01\", \"last\": \"2020-01-02\"}";
        var counted = fits("POST", "/api/again", visitor.postJson("/api/again", span), 202);
        fits("POST", "/api/again", visitor.postJson("/api/again", "{\"channel\": \"pigeon\"}"), 400);
        fits("GET", "/api/again/sources", visitor.get("/api/again/sources"), 200);
        var ofForm = span.replace("\"channel\": \"letter\"", "\"from\": \"route\", \"route\": \"public-form\"");
        fits("POST", "/api/again", visitor.postJson("/api/again", ofForm), 400);
        var one = "/api/again/" + counted.path("id").asLong();
        await().atMost(FILED_MAX).until(() -> visitor.get(one).body().contains("\"counted\""));
        fits("GET", "/api/again/{id}", visitor.get(one), 200);
        fits("GET", "/api/again/{id}", visitor.get("/api/again/999999999"), 404);
        fits("GET", "/api/again", visitor.get("/api/again"), 200);
        fits("POST", "/api/again/{id}/send", visitor.postJson(one + "/send", "{}"), 400);
        fits("POST", "/api/again/{id}/send", visitor.postJson(one + "/send", "{\"reason\": \"x\"}"), 200);
        fits("POST", "/api/again/{id}/send", visitor.postJson(one + "/send", "{\"reason\": \"x\"}"), 409);
        await().atMost(FILED_MAX).until(() -> visitor.get(one).body().contains("\"done\""));
        fits("POST", "/api/again/{id}/{change}", visitor.postJson(one + "/pause", ""), 409);
        fits("POST", "/api/again/{id}/{change}", visitor.postJson(one + "/sing", ""), 404);
    }

    @Test
    void machinesAreAsDescribed() {
        fits("GET", "/api/machines", visitor.get("/api/machines"), 200);
        var machine = "/api/machines/described.example.org";
        var path = "/api/machines/{name}/{step}";

        var change = visitor.postJson(machine + "/allow", "{\"reason\": \"x\"}");
        fits("POST", path, change, change.statusCode());
        assertThat(change.statusCode()).isIn(200, 403);
        fits(
                "POST",
                path,
                visitor.postJson(machine + "/sing", "{\"reason\": \"x\"}"),
                change.statusCode() == 200 ? 404 : 403);
    }

    @Test
    void mendingAndBatchesAreAsDescribed() {
        var records = new Records(jdbc);
        var receipt = records.receipt(Channel.EMAIL, Duration.ofMinutes(1), null);
        records.quarantined(receipt, "made-up", "Made up");
        var item = "/api/quarantine/" + receipt.id().hex();

        fits("GET", "/api/quarantine", visitor.get("/api/quarantine?reason=made-up&channel=email&size=1"), 200);
        fits("GET", "/api/quarantine/groups", visitor.get("/api/quarantine/groups"), 200);
        var mended = visitor.postJson(item + "/mend", "{\"charset\": \"UTF-8\", \"email\": \"nia@example.org\"}");
        fits("POST", "/api/quarantine/{id}/mend", mended, 200);
        fits("POST", "/api/quarantine/{id}/mend", visitor.postJson(item + "/mend", "{}"), 409);
        fits("POST", "/api/quarantine/{id}/mend", visitor.postJson(item + "/mend", "{\"charset\": \"UTF-7\"}"), 400);
        var preview = visitor.get(item + "/preview");
        fits("GET", "/api/quarantine/{id}/preview", preview, preview.statusCode());
        fits("POST", "/api/quarantine/{id}/discard", visitor.postJson(item + "/discard", "{}"), 400);
        fits(
                "POST",
                "/api/quarantine/{id}/discard",
                visitor.postJson(item + "/discard", "{\"reason\": \"Test\"}"),
                200);
        fits("POST", "/api/quarantine/{id}/restore", visitor.postJson(item + "/restore", ""), 200);
        fits("POST", "/api/quarantine/{id}/restore", visitor.postJson(item + "/restore", ""), 409);
        var asked = "{\"act\": \"try\", \"reasonCode\": \"made-up\"}";
        var batch = fits("POST", "/api/quarantine/batches", visitor.postJson("/api/quarantine/batches", asked), 202);
        fits("POST", "/api/quarantine/batches", visitor.postJson("/api/quarantine/batches", "{\"act\": \"x\"}"), 400);
        fits("GET", "/api/quarantine/batches", visitor.get("/api/quarantine/batches"), 200);
        var one = "/api/quarantine/batches/" + batch.path("id").asLong();
        await().atMost(FILED_MAX).until(() -> visitor.get(one).body().contains("\"done\",\"askedAt\""));
        fits("GET", "/api/quarantine/batches/{id}", visitor.get(one), 200);
        fits("GET", "/api/quarantine/batches/{id}", visitor.get("/api/quarantine/batches/999999999"), 404);
        fits("POST", "/api/quarantine/batches/{id}/{change}", visitor.postJson(one + "/pause", ""), 409);
        fits("POST", "/api/quarantine/batches/{id}/{change}", visitor.postJson(one + "/sing", ""), 404);
        assertThat(batch.path("total").asLong()).isEqualTo(1);
    }

    @Test
    void operatingIsAsDescribed() {
        fits("GET", "/api/retention", visitor.get("/api/retention"), 200);
        var list = visitor.get("/api/contact-lists/no-such-list");
        fits("GET", "/api/contact-lists/{profile}", list, list.statusCode());
        fits("GET", "/api/reconciliation", visitor.get("/api/reconciliation"), 200);
        fits("GET", "/api/connectors", visitor.get("/api/connectors"), 200);
        var routes = fits("GET", "/api/routes", visitor.get("/api/routes"), 200);
        assertThat(routes.path("routes").valueStream().map(r -> r.path("id").stringValue()))
                .contains("public-form");
        fits("GET", "/api/routes/{id}", visitor.get("/api/routes/public-form"), 200);
        fits("GET", "/api/routes/history", visitor.get("/api/routes/history?what=route&name=public-form"), 200);
        fits("GET", "/api/routes/history", visitor.get("/api/routes/history?what=weather"), 400);
        fits("GET", "/api/routes/{id}", visitor.get("/api/routes/no-such-route"), 404);
        fits(
                "POST",
                "/api/routes/{id}/{change}",
                visitor.send("POST", "/api/routes/public-form/start", BodyPublishers.noBody(), Optional.empty()),
                200);
        fits(
                "POST",
                "/api/reindex",
                visitor.send("POST", "/api/reindex", BodyPublishers.noBody(), Optional.empty()),
                202);
        await().atMost(FILED_MAX)
                .until(() -> !visitor.get("/api/reindex").body().contains("running"));
        fits("GET", "/api/reindex", visitor.get("/api/reindex"), 200);
        fits(
                "POST",
                "/api/search/verify",
                visitor.send("POST", "/api/search/verify?mend=true", BodyPublishers.noBody(), Optional.empty()),
                202);
        await().atMost(FILED_MAX)
                .until(() -> !visitor.get("/api/search/verify").body().contains("running"));
        fits("GET", "/api/search/verify", visitor.get("/api/search/verify"), 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /api/contact-form | /api/contact-form | {                | 400",
                "POST | /api/contact-form | /api/contact-form | {}               | 422",
                "POST | /api/enquiries/search | /api/enquiries/search | not json | 400",
                "POST | /api/enquiries/search | /api/enquiries/search | {\"size\":0,\"filters\":{\"colour\":\"red\"}} | 400",
                "GET  | /api/enquiries/{reference} | /api/enquiries/nothing     | | 404",
                "GET  | /api/enquiries/{reference} | /api/enquiries/0000-0000-0000?id=x | | 400",
                "GET  | /api/contacts/{id} | /api/contacts/999999999            | | 404",
                "GET  | /api/contacts/{id} | /api/contacts/abc                  | | 400",
                "GET  | /api/quarantine | /api/quarantine?size=100000           | | 400",
                "POST | /api/quarantine/{id}/replay | /api/quarantine/xyz/replay | | 400",
                "POST | /api/quarantine/{id}/replay | /api/quarantine/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/replay | | 404",
                "POST | /api/imports | /api/imports                            | {\"items\":[]} | 400",
                "POST | /api/imports | /api/imports?what=pigeons               | {\"items\":[]} | 400",
                "POST | /api/imports | /api/imports?what=mail                  | {\"items\":[{\"content\":\"#\"}]} | 400",
                "POST | /api/imports | /api/imports?what=mail                  | {\"items\":[{}]} | 400",
                "POST | /api/imports | /api/imports?what=mail                  | {\"items\":[{\"content\":\"QQ | 400",
                "POST | /api/imports | /api/imports?what=mail&profile=x        | {\"items\":[]} | 400",
                "POST | /api/imports | /api/imports?what=calls                 | {\"items\":[]} | 400",
                "POST | /api/imports | /api/imports?what=calls&profile=../keys | {\"items\":[]} | 400",
                "POST | /api/imports | /api/imports?what=calls&profile=social-inbox | {\"items\":[]} | 400",
                "GET  | /api/reconciliation | /api/reconciliation?from=yesterday | | 400",
                "GET  | /api/reconciliation | /api/reconciliation?from=2000-01-01 | | 400",
                "POST | /api/routes/{id}/{change} | /api/routes/nowhere/stop     | | 404",
                "POST | /api/routes/{id}/{change} | /api/routes/public-form/sing | | 404",
            })
    void whatIsRefusedIsAProblemAsDescribed(String method, String template, String path, String body, int status) {
        var answer = visitor.send(
                method,
                path,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                body == null ? Optional.empty() : Optional.of("application/json"));

        var problem = fits(method, template, answer, status);

        assertThat(problem.path("detail").stringValue()).isNotBlank();
        assertThat(problem.path("instance").stringValue()).isEqualTo(path.replaceAll("[?].*", ""));
    }

    private void withToken() {
        try {
            visitor.with(
                    "Authorization",
                    "Bearer " + Files.readString(data.resolve("api-token")).strip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The answer, once it is found to have a status and a content that are described. */
    private JsonNode fits(String method, String template, HttpResponse<String> answer, int status) {
        var name = method + " " + template + ": " + answer.statusCode() + " " + answer.body();
        assertThat(answer.statusCode()).as(name).isEqualTo(status);
        var described = description
                .path("paths")
                .path(template)
                .path(method.toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        if (described.has("$ref")) {
            described = resolved(described.path("$ref").stringValue());
        }
        var type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        assertThat(described.path("content").has(type))
                .as("%s as %s", name, type)
                .isTrue();
        var content = JSON.readTree(answer.body());
        fits(described.path("content").path(type).path("schema"), content, name);
        return content;
    }

    private void fits(JsonNode schema, JsonNode value, String name) {
        var whole = ((ObjectNode) schema.deepCopy()).set("components", description.path("components"));
        assertThat(SCHEMAS.getSchema(whole).validate(value)).as(name).isEmpty();
    }

    private JsonNode resolved(String reference) {
        return description.at(reference.substring(1));
    }

    private Set<String> operations() {
        var operations = new TreeSet<String>();
        description
                .path("paths")
                .properties()
                .forEach(path -> new HashSet<>(path.getValue().propertyNames())
                        .forEach(method ->
                                operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    private static void walk(JsonNode node, BiConsumer<String, JsonNode> visit) {
        node.properties().forEach(field -> {
            visit.accept(field.getKey(), field.getValue());
            walk(field.getValue(), visit);
        });
        if (node.isArray()) {
            node.forEach(element -> {
                visit.accept("", element);
                walk(element, visit);
            });
        }
    }
}
