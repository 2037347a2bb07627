package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postbag.embedded.MailServer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What must be true after the kills, looked at from all sides: the sources, the database, the index, the reports and reconciliation. */
final class CrashOutcome {

    private static final Duration QUIET_WAIT = Duration.ofMinutes(5);
    private static final Pattern MARKER = Pattern.compile("marker([a-z]?[0-9]+)x");
    private static final Pattern COUNT = Pattern.compile("(?m)^(Rows|Filed|Known already|In quarantine): +([0-9]+)$");

    private final PostbagProcess postbag;
    private final MailServer mailbox;
    private final Path watched;
    private final Path data;
    private final CrashSenders senders;

    CrashOutcome(PostbagProcess postbag, MailServer mailbox, Path data, CrashSenders senders) {
        this.postbag = postbag;
        this.mailbox = mailbox;
        this.data = data;
        this.watched = data.resolve("in/telephone");
        this.senders = senders;
    }

    void check() throws Exception {
        try (var connection = postbag.database()) {
            var sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            await().dontCatchUncaughtExceptions()
                    .atMost(QUIET_WAIT)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        assertThat(mailbox.count("INBOX")).as("mails not taken").isZero();
                        assertThat(names(watched, ".csv"))
                                .as("exports not taken")
                                .isEmpty();
                        assertThat(filed(sql).keySet()).as("filed").containsAll(senders.acknowledged());
                        assertThat(count(sql, "index_work")).as("not indexed").isZero();
                        assertThat(names(watched.resolve("reports"), ".txt"))
                                .as("reports")
                                .hasSizeGreaterThanOrEqualTo(senders.exports());
                    });
            checkRecord(sql);
            await().dontCatchUncaughtExceptions()
                    .atMost(QUIET_WAIT)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(
                            () -> assertThat(found()).as("found by search").isEqualTo(count(sql, "enquiry")));
        }
        checkReports();
        assertThat(get("/api/reconciliation"))
                .as("reconciliation")
                .contains("\"addsUp\":true")
                .doesNotContain("\"addsUp\":false");
    }

    private void checkRecord(JdbcClient sql) {
        var filed = filed(sql);
        assertThat(senders.sent()).as("nothing is filed that nobody sent").containsAll(filed.keySet());
        assertThat(filed)
                .as("each once")
                .allSatisfy((marker, times) -> assertThat(times).as(marker).isOne());
        assertThat(filed.keySet()).as("what is bad is not filed").doesNotContainAnyElementsOf(senders.bad());
        assertThat(count(sql, "quarantine"))
                .as("in quarantine")
                .isEqualTo(senders.bad().size());
        assertThat(count(sql, "(select distinct source_file, source_row from receipt where state = 'quarantined') q"))
                .as("each row in quarantine once")
                .isEqualTo(senders.bad().size());
        assertThat(count(
                        sql,
                        "receipt r where (state = 'filed') <> exists (select from enquiry where receipt_id = r.id)"))
                .as("receipts that say something else than the record")
                .isZero();
        assertThat(count(sql, "receipt where state not in ('filed', 'quarantined')"))
                .as("undecided")
                .isZero();
        assertThat(count(sql, """
                        enquiry e where 1 <> (select count(*) from audit_event where action = 'FILED' and subject_kind = 'enquiry'
                            and subject_id = e.id::text)"""))
                .as("enquiries without one entry in the trail")
                .isZero();
        assertThat(count(sql, "contact c where not exists (select from enquiry where contact_id = c.id)"))
                .as("contacts whom nobody is")
                .isZero();
    }

    /** marker -> how many enquiries carry it */
    private static Map<String, Integer> filed(JdbcClient sql) {
        var filed = new HashMap<String, Integer>();
        sql.sql("select text from enquiry").query(String.class).list().forEach(text -> {
            var markers = new TreeSet<String>();
            MARKER.matcher(text).results().forEach(found -> markers.add(found.group(1)));
            markers.forEach(marker -> filed.merge(marker, 1, Integer::sum));
        });
        return filed;
    }

    private static long count(JdbcClient sql, String from) {
        return sql.sql("select count(*) from " + from).query(Long.class).single();
    }

    /** A kill between the last row and the file's going makes a second report, of rows that are all known. */
    private void checkReports() throws IOException {
        long decided = 0;
        for (var name : names(watched.resolve("reports"), ".txt")) {
            var report = Files.readString(watched.resolve("reports").resolve(name));
            var counts = new HashMap<String, Long>();
            COUNT.matcher(report).results().forEach(found -> counts.put(found.group(1), Long.valueOf(found.group(2))));
            var parts = List.of(counts.get("Filed"), counts.get("In quarantine"), counts.get("Known already"));
            assertThat(parts.stream().mapToLong(Long::longValue).sum())
                    .as(report)
                    .isEqualTo(counts.get("Rows"));
            decided += parts.get(0) + parts.get(1);
        }
        assertThat(decided)
                .as("rows in reports")
                .isEqualTo(senders.sent().stream()
                        .filter(marker -> marker.startsWith("c"))
                        .count());
    }

    private static List<String> names(Path folder, String ending) throws IOException {
        var names = new ArrayList<String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*" + ending)) {
                files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            }
        }
        return names;
    }

    private long found() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(postbag.uri("/api/enquiries/search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\": \"\", \"size\": 1}"));
        var total = Pattern.compile("\"total\":([0-9]+)").matcher(answer(request));
        assertThat(total.find()).isTrue();
        return Long.parseLong(total.group(1));
    }

    private String get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(postbag.uri(path)));
    }

    private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        var token = Files.readString(data.resolve("api-token")).strip();
        var answer = postbag.client()
                .send(request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
