package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One running program into which items come through its real channels only, so that it must account for each of them; and what a test can see from
 * outside of what became of them.
 */
@Tag("application")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"postbag.try.feed=false", "postbag.exports.patience=5s"})
@ContextConfiguration(initializers = TemporaryData.class)
@ActiveProfiles("try")
@ExtendWith(OutputCaptureExtension.class)
abstract class ThroughTheChannels {

    @LocalServerPort
    int port;

    @Value("${postbag.data}")
    Path data;

    @Autowired
    private JdbcClient jdbc;

    Visitor officer;
    private Visitor program;
    private List<ReceiptId> before;

    @BeforeEach
    void comeIn() throws IOException {
        program = new Visitor(port)
                .with(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("api-token")).strip());
        officer = Visitor.signedIn(port, Role.OFFICER);
        before = receipts();
    }

    @AfterEach
    void everythingIsAccountedFor(CapturedOutput output) {
        settle();
        assertThat(output).doesNotContain("\n\tat ");
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(150));
    }

    /** A word that stands in no other item. */
    static String word() {
        return "w" + UUID.randomUUID().toString().replaceAll("[^a-f]", "") + "zz";
    }

    private void settle() {
        soon().untilAsserted(() -> assertThat(program.get("/api/reconciliation").body())
                .contains("\"addsUp\":true")
                .doesNotContain("\"addsUp\":false")
                .doesNotContainPattern("\"waiting\":[1-9]"));
    }

    /** What came in since this test began, once all of it is decided; in no order that matters. */
    List<ReceiptId> fresh() {
        settle();
        return receipts().stream().filter(id -> !before.contains(id)).toList();
    }

    private List<ReceiptId> receipts() {
        return jdbc.sql("select id from receipt order by id")
                .query((row, number) -> new ReceiptId(row.getString("id")))
                .list();
    }

    /** What staff read on the page of an item: an enquiry's, or its page in quarantine. */
    String shown(ReceiptId id) {
        var path = jdbc.sql("select id from enquiry where receipt_id = ?")
                .param(id.hex())
                .query(Long.class)
                .optional()
                .map(enquiry -> "/enquiries/" + enquiry)
                .orElse("/quarantine/" + id.hex());
        var page = officer.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body()).doesNotContain("<script>alert", "Exception");
        return Jsoup.parse(page.body()).text();
    }

    /** Waits until search finds a word in one enquiry. */
    JsonNode found(String word) {
        var search = "{\"query\": \"" + word + "\", \"size\": 5}";
        return soon().until(
                        () -> JsonMapper.shared()
                                .readTree(program.postJson("/api/enquiries/search", search)
                                        .body())
                                .path("hits"),
                        hits -> hits.size() == 1)
                .get(0);
    }
}
