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
 * {@link Vocabulary#marker}. The first are all an office's; those after it belong to people with two each; all others to people with one. Each fifth is our
 * answer to the one before it. What staff did with them is added by {@link WorkedRecord}.
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
    private static final int TOPICS = 12;
    private static final int ANSWERED_AFTER_SECONDS = 3 * 86_400;
    /** Of what came in these days half is still to be done, of the rest three in a hundred. */
    private static final Duration RECENT = Duration.ofDays(14);
    /** COPY's null. */
    private static final String NONE = "\\N";

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

    /** Whether it is for named people alone. */
    public static boolean isSensitive(int enquiry) {
        return enquiry % WorkedRecord.SENSITIVE_OF == WorkedRecord.SENSITIVE;
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
            WorkedRecord.add(statement);
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
            awaitRest(statement);
        }
        program.awaitNone("day_work");
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
            contact(tables, n, newest);
            enquiry(tables, n, enquiries, newest);
        }
        return tables;
    }

    private static Random random(int n) {
        return new Random(n * 31L + 5);
    }

    /** When an enquiry came in; an answer of ours some days after what it answers. */
    private static Instant at(int n, Instant newest) {
        if (!isAnswer(n)) {
            return newest.minusSeconds((long) (random(n).nextDouble() * SPREAD.toSeconds()));
        }
        var sent = at(n - 1, newest).plusSeconds((long) (-Math.log(random(n).nextDouble()) * ANSWERED_AFTER_SECONDS));
        return sent.isBefore(newest) ? sent : newest;
    }

    private static boolean isAnswer(int n) {
        return n % 5 == 0;
    }

    private static String name(int n) {
        var random = random(-n);
        return Vocabulary.word(random) + " " + Vocabulary.word(random);
    }

    private static String writtenFrom(int n) {
        return n == 1 ? OFFICE : "person" + n + "@example.org";
    }

    private static String channel(int n) {
        return CHANNELS.get(new Random(n * 17L).nextInt(CHANNELS.size()));
    }

    private static void contact(Map<String, StringBuilder> tables, int n, Instant newest) {
        var at = at(n, newest);
        var id = receipt(n);
        row(
                tables,
                "contact (id, kind, category, name, item_name, named_at, named_by, identified, shared_mailbox, source, known_by, last_contact_at, created_at)",
                n,
                n % 100 == 0 ? "organisation" : "person",
                CATEGORIES.get(random(n + 1).nextInt(CATEGORIES.size())),
                name(n),
                name(n),
                at,
                id,
                "t",
                n == 1 ? "t" : "f",
                channel(n),
                id,
                n == 1 ? newest : at,
                at);
        row(tables, "identifier (id, kind, value)", n, "email", writtenFrom(n));
        row(
                tables,
                "identifier_use (identifier_id, contact_id, state, name_key, source, as_written, since)",
                n,
                n,
                "sole",
                "",
                "receipt:" + id,
                writtenFrom(n),
                at);
    }

    private static void enquiry(Map<String, StringBuilder> tables, int n, int enquiries, Instant newest) {
        boolean ours = isAnswer(n);
        int thread = ours ? n - 1 : n;
        int contact = contact(thread, enquiries);
        var at = at(n, newest);
        var id = receipt(n);
        var direction = ours ? "outbound" : "inbound";
        var random = random(n);
        if (!ours) {
            row(tables, "thread (id, contact_id, started_at, last_contact_at)", n, contact, at, at);
        }
        row(tables, "thread_key (key, contact_id, thread_id)", "bench." + n + "@example.org", contact, thread);
        row(
                tables,
                "receipt (id, reference, channel, route, direction, received_at, size, state)",
                id,
                id.reference().value(),
                channel(thread),
                "bench",
                direction,
                at,
                2_000,
                "filed");
        var text = (Vocabulary.text(random, Vocabulary.size(random, WORDS_MIN, WORDS_MAX)) + "\n"
                        + Vocabulary.marker(n))
                .replace("\n", "\\n");
        boolean answered = ours || isAnswer(n + 1) && n < enquiries;
        boolean recent = at.isAfter(newest.minus(RECENT));
        row(
                tables,
                "enquiry (id, receipt_id, reference, channel, direction, contact_id, thread_id, subject, text, reply, from_name, from_address, received_at, language, resolved_by, message_id, topic, automatic, done)",
                n,
                id,
                id.reference().value(),
                channel(thread),
                direction,
                contact,
                thread,
                Vocabulary.text(random, 6),
                text,
                text,
                name(n),
                writtenFrom(n),
                at,
                "en",
                random.nextInt(10) == 0 ? "Nothing tells who wrote it" : "The email address it came from",
                "bench." + n + "@example.org",
                random.nextInt(10) < 6 ? "Topic " + (int) (TOPICS * random.nextDouble() * random.nextDouble()) : NONE,
                ours ? NONE : automatic(random.nextInt(100)),
                answered || random.nextInt(100) < (recent ? 50 : 97) ? "t" : "f");
    }

    private static String automatic(int percent) {
        return percent < 4 ? "auto-reply" : percent < 9 ? "probably-spam" : NONE;
    }

    private static void row(Map<String, StringBuilder> tables, String table, Object... values) {
        var rows = tables.computeIfAbsent(table, _ -> new StringBuilder());
        for (int i = 0; i < values.length; i++) {
            rows.append(i == 0 ? "" : "\t").append(values[i]);
        }
        rows.append('\n');
    }

    /** Receipt ids lie scattered, as keyed hashes do. */
    static ReceiptId receipt(int n) {
        var random = new Random(n * 0x9E3779B97F4A7C15L);
        return new ReceiptId("%016x%016x%016x%016x"
                .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
    }
}
