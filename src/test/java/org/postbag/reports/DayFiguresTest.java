package org.postbag.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.figures.Period;
import org.postbag.reports.DayFigures.What;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever is done to the record, in whatever order, the figures of each day are what its record counts. A database of its own. */
class DayFiguresTest {

    private static final int STEPS = 400;
    private static final int DAYS = 12;
    private static final Instant FIRST = Instant.parse("2026-03-20T08:00:00Z");
    private static final List<String> CHANNELS = List.of("email", "web-form", "telephone", "letter");
    private static final List<String> CATEGORIES = List.of("public", "press", "other", "political-party");
    private static final List<String> POSTCODES = List.of("NE1 4XX", "ne14xx", "CF10 3NQ", "ZZ9 9ZZ", "AB1 0AA");

    private final DataSource database = TestServers.database().application();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Clock clock = Clock.systemUTC();
    private final DayFigures figures = new DayFigures(jdbc, clock);
    private final DayCounting counting =
            new DayCounting(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)), clock);
    private final long seed = clock.millis();
    private final Random random = new Random(seed);

    @BeforeEach
    void places() {
        jdbc.sql("insert into local_authority values ('A1', 'Northvale'), ('A2', 'Southvale')")
                .update();
        // AB1 0AA lies in two.
        jdbc.sql(
                        "insert into postcode_authority (postcode, authority) values ('NE1 4XX', 'A1'), ('CF10 3NQ', 'A2'), ('AB1 0AA', 'A1'), ('AB1 0AA', 'A2')")
                .update();
    }

    @Test
    void figuresAreWhatTheRecordCountsAfterAnythingThatIsDoneToIt() {
        for (int step = 1; step <= STEPS; step++) {
            change();
            if (step % 20 == 0) {
                counting.countNoted();
                assertThat(kept()).as("seed %s, step %s", seed, step).isEqualTo(counted());
            }
        }
        assertThat(kept().keySet())
                .extracting(key -> key.substring(0, key.indexOf(' ')))
                .contains(What.codes(What.values()));
    }

    @Test
    void whatChangesWhileDaysAreCountedIsCountedToo() throws Exception {
        var over = new AtomicBoolean();
        try (var counter = Executors.newSingleThreadExecutor()) {
            var counts = counter.submit(() -> {
                while (!over.get()) {
                    counting.countNoted();
                }
            });
            for (int step = 0; step < STEPS; step++) {
                change();
            }
            over.set(true);
            counts.get();
        }

        counting.countNoted();

        assertThat(kept()).as("seed %s", seed).isEqualTo(counted());
    }

    @Test
    void figuresAreAsOfTheEarliestChangeThatIsNotCounted() {
        var before = clock.instant().minus(Duration.ofSeconds(1));
        enquiry("inbound", thread(), FIRST);
        var day = LocalDate.ofInstant(FIRST, UkTime.ZONE);

        assertThat(figures.asOf(new Period(day, day))).isBetween(before, clock.instant());
        var waiting = figures.asOf(new Period(day, day));
        assertThat(figures.asOf(new Period(day.plusDays(1), day.plusDays(1)))).isAfter(waiting);
        counting.countNoted();

        assertThat(figures.asOf(new Period(day, day))).isAfter(waiting);
        assertThat(figures.of(new Period(day, day), What.CHANNEL)).hasSize(1);
    }

    @Test
    void whatDoesNotCountNotesNoDay() {
        long id = enquiry("inbound", thread(), FIRST);
        counting.countNoted();

        jdbc.sql("update enquiry set done = true, version = version + 1").update();
        jdbc.sql("insert into enquiry_work (enquiry_id, opened_at, opened_by) values (?, now(), 'staff:priya')")
                .param(id)
                .update();
        jdbc.sql("update enquiry_work set urgent_by = 'staff:priya', urgent_at = now()")
                .update();
        jdbc.sql("update contact set last_contact_at = now(), category = category")
                .update();

        assertThat(jdbc.sql("select count(*) from day_work").query(Long.class).single())
                .isZero();
    }

    // -------------------------------------------------------------- what is done to the record

    private void change() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> enquiry("inbound", random.nextInt(3) == 0 ? any("thread") : thread(), moment());
            case 4 -> enquiry("outbound", any("thread"), moment());
            case 5, 6 -> work();
            case 7 ->
                onAny("update enquiry set topic = :value where id = :id", "enquiry", "Topic " + random.nextInt(3));
            case 8 ->
                onAny(
                        "insert into enquiry_location (enquiry_id, authority, set_by, set_at) values (:id, :value, 'staff:priya', now())"
                                + " on conflict (enquiry_id) do update set authority = excluded.authority",
                        "enquiry",
                        random.nextBoolean() ? "A1" : "A2");
            case 9 ->
                onAny(
                        "update claim set state = :value where id = :id",
                        "claim",
                        random.nextBoolean() ? "dismissed" : "claimed");
            case 10 ->
                onAny(
                        "update contact set category = :value where id = :id",
                        "contact",
                        CATEGORIES.get(random.nextInt(CATEGORIES.size())));
            case 11 -> merge();
            case 12 -> move();
            case 13 -> erase();
            case 14 -> onAny("delete from enquiry_location where enquiry_id = :id", "enquiry", "");
            default -> threadsBecomeOne();
        }
    }

    private Instant moment() {
        return FIRST.plus(Duration.ofMinutes(random.nextInt(DAYS * 24 * 60)));
    }

    private long any(String table) {
        var ids = jdbc.sql("select id from " + table + " order by id")
                .query(Long.class)
                .list();
        if (ids.isEmpty()) {
            return table.equals("thread") ? thread() : 0;
        }
        return ids.get(random.nextInt(ids.size()));
    }

    private void onAny(String sql, String table, String value) {
        long id = any(table);
        if (id != 0) {
            jdbc.sql(sql).param("id", id).param("value", value).update();
        }
    }

    private long thread() {
        long contact = jdbc.sql(
                        "insert into contact (category, identified, source) values (:category, true, 'email') returning id")
                .param("category", CATEGORIES.get(random.nextInt(CATEGORIES.size())))
                .query(Long.class)
                .single();
        return jdbc.sql("insert into thread (contact_id, started_at) values (?, now()) returning id")
                .param(contact)
                .query(Long.class)
                .single();
    }

    private long enquiry(String direction, long thread, Instant at) {
        var automatic = switch (random.nextInt(6)) {
            case 0 -> "probably-spam";
            case 1 -> "auto-reply";
            default -> null;
        };
        return jdbc.sql("""
                        with r as (insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                            select encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'none', :channel, 'test', :direction, :at, 1, 'filed'
                            returning id, channel, direction, received_at),
                        e as (insert into enquiry (receipt_id, reference, channel, direction, contact_id, thread_id, text, reply, received_at, resolved_by, automatic)
                            select id, 'none', channel, direction, (select contact_id from thread where id = :thread), :thread, '', '', received_at, :by,
                                :automatic from r returning id, contact_id),
                        c as (insert into claim (enquiry_id, contact_id, kind, value) select id, contact_id, 'postcode', :postcode from e where :claims)
                        select id from e
                        """)
                .param("channel", CHANNELS.get(random.nextInt(CHANNELS.size())))
                .param("direction", direction)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("thread", thread)
                .param("by", "way " + random.nextInt(2))
                .param("automatic", automatic)
                .param("postcode", POSTCODES.get(random.nextInt(POSTCODES.size())))
                .param("claims", direction.equals("inbound") && random.nextBoolean())
                .query(Long.class)
                .single();
    }

    private void work() {
        long id = any("enquiry");
        if (id == 0) {
            return;
        }
        var answers = java.util.Arrays.asList("message", "telephone", "letter", "at-once", "none-needed", null);
        jdbc.sql("""
                        insert into enquiry_work (enquiry_id, status, status_at, answer, not_enquiry, not_enquiry_at)
                        values (:id, :status, :at, :answer, :not, case when :not::text is not null then now() end)
                        on conflict (enquiry_id) do update set status = excluded.status, status_at = excluded.status_at, answer = excluded.answer,
                            not_enquiry = excluded.not_enquiry, not_enquiry_at = excluded.not_enquiry_at
                        """)
                .param("id", id)
                .param(
                        "status",
                        List.of("in-hand", "answered", "answered", "closed").get(random.nextInt(4)))
                .param("at", moment().plus(Duration.ofDays(random.nextInt(20))).atOffset(ZoneOffset.UTC))
                .param("answer", answers.get(random.nextInt(answers.size())))
                .param("not", random.nextInt(5) == 0 ? "spam" : null)
                .update();
    }

    private void merge() {
        long one = any("contact");
        if (random.nextBoolean()) {
            jdbc.sql("update contact set merged_into = null where id = ?")
                    .param(one)
                    .update();
            return;
        }
        jdbc.sql("""
                        update contact set merged_into = :into where id = :one and id <> :into and not exists (select from contact m where m.merged_into = :one)
                            and exists (select from contact s where s.id = :into and s.merged_into is null)
                        """).param("one", one).param("into", any("contact")).update();
    }

    private void move() {
        long thread = any("thread");
        onAny(
                "update enquiry set thread_id = :value::bigint, contact_id = (select contact_id from thread t where t.id = :value::bigint) where id = :id",
                "enquiry",
                Long.toString(thread));
    }

    private void erase() {
        onAny("delete from enquiry where id = :id and :value = ''", "enquiry", "");
    }

    private void threadsBecomeOne() {
        long one = any("thread");
        onAny(
                "update enquiry set thread_id = :value::bigint where thread_id = :id and :id % 3 = 0",
                "thread", Long.toString(one));
    }

    // -------------------------------------------------------------- what is kept, and what the record counts

    private Map<String, Long> kept() {
        var kept = new TreeMap<String, Long>();
        jdbc.sql("select * from day_figure").query(row -> {
            kept.put(
                    key(
                            row.getString("what"),
                            row.getDate("day").toLocalDate(),
                            row.getString("value"),
                            row.getInt("minutes")),
                    row.getLong("number"));
        });
        return kept;
    }

    private static String key(String what, LocalDate day, String value, int minutes) {
        return what + " " + day + " " + value + " " + minutes;
    }

    /** In Java, from the rows one by one. */
    private Map<String, Long> counted() {
        var counted = new TreeMap<String, Long>();
        jdbc.sql("select channel, received_at from receipt where direction = 'inbound'")
                .query(row -> {
                    counted.merge(key("taken-in", day(row), row.getString("channel"), 0), 1L, Long::sum);
                });
        jdbc.sql("""
                        select e.*, s.category, w.status, w.status_at, w.answer, w.not_enquiry, l.authority
                        from enquiry e join contact c on c.id = e.contact_id join contact s on s.id = coalesce(c.merged_into, c.id)
                        left join enquiry_work w on w.enquiry_id = e.id left join enquiry_location l on l.enquiry_id = e.id
                        where e.direction = 'inbound'
                        """).query(row -> {
            var day = day(row);
            count(counted, "channel", day, row.getString("channel"));
            count(counted, "category", day, row.getString("category"));
            count(counted, "topic", day, row.getString("topic"));
            count(counted, "kind", day, kind(row));
            count(counted, "resolved", day, row.getString("resolved_by"));
            var set = row.getString("authority");
            count(counted, "authority", day, set == null ? authority(row.getLong("id")) : set);
            wait(row).ifPresent(minutes -> counted.merge(key("answered", day, channel(row), minutes), 1L, Long::sum));
        });
        return counted;
    }

    private static void count(Map<String, Long> counted, String what, LocalDate day, String value) {
        counted.merge(key(what, day, value == null ? "" : value, 0), 1L, Long::sum);
    }

    private static LocalDate day(ResultSet row) throws SQLException {
        return LocalDate.ofInstant(at(row), UkTime.ZONE);
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject("received_at", OffsetDateTime.class).toInstant();
    }

    private static String channel(ResultSet row) {
        try {
            return row.getString("channel");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kind(ResultSet row) throws SQLException {
        var automatic = row.getString("automatic");
        if (row.getString("not_enquiry") != null) {
            return "not-an-enquiry";
        }
        return automatic == null ? "people" : automatic.equals("probably-spam") ? "spam" : "automatic";
    }

    private String authority(long enquiry) {
        return jdbc.sql(
                        "select value from claim where enquiry_id = ? and kind = 'postcode' and state <> 'dismissed' order by id limit 1")
                .param(enquiry)
                .query(String.class)
                .optional()
                .map(written -> switch (written.replace(" ", "").toUpperCase(java.util.Locale.ROOT)) {
                    case "NE14XX" -> "A1";
                    case "CF103NQ" -> "A2";
                    default -> "";
                })
                .orElse("");
    }

    private java.util.Optional<Integer> wait(ResultSet row) throws SQLException {
        var answer = row.getString("answer");
        if (answer == null
                || answer.equals("none-needed")
                || !List.of("answered", "closed").contains(row.getString("status"))) {
            return java.util.Optional.empty();
        }
        var received = at(row);
        var ends = new ArrayList<Instant>(jdbc.sql(
                        "select received_at from enquiry where thread_id = ? and direction = 'outbound' and automatic is null")
                .param(row.getLong("thread_id"))
                .query((sent, n) -> at(sent))
                .list());
        ends.removeIf(sent -> sent.isBefore(received));
        if (!answer.equals("message")) {
            ends.add(row.getObject("status_at", OffsetDateTime.class).toInstant());
        }
        return ends.stream().min(Instant::compareTo).map(end -> minutes(Duration.between(received, end)));
    }

    private static int minutes(Duration took) {
        double minutes = Math.max(0, Math.round(took.toSeconds() / 60.0));
        double step = minutes < 60 ? 1 : minutes < 2_880 ? 60 : minutes < 14_400 ? 144 : 1_440;
        return (int) (Math.round(minutes / step) * step);
    }
}
