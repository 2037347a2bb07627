package org.postbag.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ReceiptId;
import org.postbag.search.elasticsearch.ElasticsearchServer;
import org.postgresql.PGConnection;

/**
 * A record with as many contacts as enquiries, put into a program's database by COPY: enquiry {@code n} is of 30 to 600 words and holds its own
 * {@link Vocabulary#marker}. The first are all an office's; those after it belong to people with two each; all others to people with one.
 */
public final class LargeRecord {

    public static final int ENQUIRIES = Integer.getInteger("bench.enquiries", 1_000_000);
    /** Which finds: {@code lucene} or {@code elasticsearch}, which is started as for tests. */
    public static final String ENGINE = System.getProperty("bench.engine", "lucene");

    public static final int OFFICE_ENQUIRIES = Math.min(50_000, ENQUIRIES / 4);
    public static final int PAIRED_ENQUIRIES = Math.min(10_000, ENQUIRIES / 4);
    public static final String OFFICE = "office@council.example";

    private static final int CHUNK = 5_000;
    private static final int REST_SECONDS_MAX = 300;
    private static final int CONNECTIONS = 2;
    private static final int WORDS_MIN = 30;
    private static final int WORDS_MAX = 600;
    private static final Duration SPREAD = Duration.ofDays(300);
    private static final List<String> CHANNELS = List.of("email", "email", "email", "web-form", "telephone");
    private static final List<String> CATEGORIES =
            List.of("public", "public", "public", "public", "press", "political-party");

    private static @Nullable Program program;

    private LargeRecord() {}

    /** A program with the large record, which all benchmarks of a run share; filing is at rest, indexing runs. It ends with the JVM. */
    public static synchronized Program program() throws Exception {
        if (program == null) {
            var settings = new ArrayList<>(List.of("--postbag.filing.enabled=false"));
            if (ENGINE.equals("elasticsearch")) {
                settings.add("--postbag.search.elasticsearch.urls=" + ElasticsearchServer.shared());
            }
            var started = Program.start(settings.toArray(String[]::new));
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            fill(started, ENQUIRIES);
            program = started;
        }
        return program;
    }

    /** The address of the contact of an enquiry. */
    public static String address(int enquiry, int enquiries) {
        return "person" + contact(enquiry, enquiries) + "@example.org";
    }

    public static void fill(Program program, int enquiries) throws Exception {
        var newest = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var starts = new ArrayList<Integer>();
        for (int from = 1; from <= enquiries; from += CHUNK) {
            starts.add(from);
        }
        Parallel.each(starts, CONNECTIONS, from -> {
            try (var owner = program.owner()) {
                copy(owner, rows(from, Math.min(from + CHUNK, enquiries + 1), enquiries, newest));
            }
            return from;
        });
        try (var owner = program.owner();
                var statement = owner.createStatement()) {
            for (var table : List.of("contact", "identifier", "thread", "enquiry")) {
                statement.execute("select setval('%s_id_seq', %d)".formatted(table, enquiries));
            }
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
            awaitRest(statement);
        }
    }

    /** What filling set off in the background is not the work that is measured. */
    private static void awaitRest(Statement statement) throws SQLException, InterruptedException {
        for (int left = REST_SECONDS_MAX; left > 0; left--) {
            try (var row = statement.executeQuery(
                    "select count(*) from pg_stat_activity where backend_type = 'autovacuum worker'")) {
                row.next();
                if (row.getInt(1) == 0) {
                    return;
                }
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static void copy(Connection owner, Map<String, StringBuilder> rows) throws SQLException {
        owner.setAutoCommit(false);
        try (var statement = owner.createStatement()) {
            // The rows are known to be whole, and need no looking up of what they refer to.
            statement.execute("set session_replication_role = replica");
        }
        for (var table : rows.entrySet()) {
            var bytes = table.getValue().toString().getBytes(StandardCharsets.UTF_8);
            var into = owner.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table.getKey() + " from stdin");
            into.writeToCopy(bytes, 0, bytes.length);
            into.endCopy();
        }
        owner.commit();
    }

    private static int contact(int enquiry, int enquiries) {
        int office = Math.min(OFFICE_ENQUIRIES, enquiries / 4);
        if (enquiry <= office) {
            return 1;
        }
        return enquiry <= office + Math.min(PAIRED_ENQUIRIES, enquiries / 4) ? enquiry - enquiry % 2 : enquiry;
    }

    private static Map<String, StringBuilder> rows(int from, int to, int enquiries, Instant newest) {
        var tables = new LinkedHashMap<String, StringBuilder>();
        for (int n = from; n < to; n++) {
            var random = new Random(n * 31L + 5);
            var at = newest.minusSeconds((long) (random.nextDouble() * SPREAD.toSeconds()));
            var id = receipt(n);
            var reference = id.reference().value();
            var channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
            int contact = contact(n, enquiries);
            var category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
            var name = Vocabulary.word(random) + " " + Vocabulary.word(random);
            row(
                    tables,
                    "contact (id, category, name, item_name, named_at, named_by, identified, shared_mailbox, source, known_by, last_contact_at, created_at)",
                    n,
                    category,
                    name,
                    name,
                    at,
                    id,
                    "t",
                    n == 1 ? "t" : "f",
                    channel,
                    id,
                    newest,
                    at);
            var address = n == 1 ? OFFICE : "person" + n + "@example.org";
            row(tables, "identifier (id, kind, value)", n, "email", address);
            row(
                    tables,
                    "identifier_use (identifier_id, contact_id, state, name_key, source, as_written, since)",
                    n,
                    n,
                    "sole",
                    "",
                    "receipt:" + id,
                    address,
                    at);
            row(tables, "thread (id, contact_id, started_at, last_contact_at)", n, contact, at, newest);
            row(tables, "thread_key (key, contact_id, thread_id)", "bench." + n + "@example.org", contact, n);
            row(
                    tables,
                    "receipt (id, reference, channel, route, direction, received_at, size, state)",
                    id,
                    reference,
                    channel,
                    "bench",
                    "inbound",
                    at,
                    2_000,
                    "filed");
            var text = (Vocabulary.text(random, Vocabulary.size(random, WORDS_MIN, WORDS_MAX)) + "\n"
                            + Vocabulary.marker(n))
                    .replace("\n", "\\n");
            row(
                    tables,
                    "enquiry (id, receipt_id, reference, channel, direction, contact_id, thread_id, subject, text, reply, from_name, from_address, received_at, language, resolved_by, message_id)",
                    n,
                    id,
                    reference,
                    channel,
                    "inbound",
                    contact,
                    n,
                    Vocabulary.text(random, 6),
                    text,
                    text,
                    name,
                    address,
                    at,
                    "en",
                    "The email address it came from",
                    "bench." + n + "@example.org");
        }
        return tables;
    }

    private static void row(Map<String, StringBuilder> tables, String table, Object... values) {
        var rows = tables.computeIfAbsent(table, _ -> new StringBuilder());
        for (int i = 0; i < values.length; i++) {
            rows.append(i == 0 ? "" : "\t").append(values[i]);
        }
        rows.append('\n');
    }

    /** Receipt ids lie scattered, as keyed hashes do. */
    private static ReceiptId receipt(int n) {
        var random = new Random(n * 0x9E3779B97F4A7C15L);
        return new ReceiptId("%016x%016x%016x%016x"
                .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
    }
}
