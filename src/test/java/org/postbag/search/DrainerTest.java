package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.TestServers;
import org.postbag.search.lucene.LuceneIndex;
import org.postbag.work.AdvisoryLock;

class DrainerTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    private static final TestServers.Database DATABASE = TestServers.database();

    @TempDir
    private Path data;

    private final RecordRows rows = new RecordRows(DATABASE.application());
    private WatchedIndex index;
    private Connection connection;

    @BeforeEach
    void open() throws IOException, SQLException {
        index = new WatchedIndex(LuceneIndex.open(data.resolve("index")));
        rows.jdbc().sql("delete from index_work").update();
        rows.jdbc().sql("delete from clock_work").update();
        rows.jdbc().sql("delete from index_fault").update();
        connection = DATABASE.application().getConnection();
        assertThat(AdvisoryLock.DRAINING.take(connection)).isTrue();
    }

    @AfterEach
    void close() throws IOException, SQLException {
        AdvisoryLock.DRAINING.release(connection);
        connection.close();
        index.close();
    }

    private Drainer.Drained drain() throws SQLException, IOException {
        return Drainer.on(connection, index).drain();
    }

    private List<Long> found(String words) throws IOException {
        return index.search(Query.of(words).withSize(Query.SIZE_MAX)).enquiryIds();
    }

    private static final java.util.concurrent.atomic.AtomicLong NUMBERS = new java.util.concurrent.atomic.AtomicLong(1);

    private long given(String text) {
        var contact = rows.contact("Ann Other", "press");
        return given(contact, text);
    }

    private long given(long contact, String text) {
        long id = rows.enquiry(contact, NUMBERS.getAndIncrement(), "A subject", text, NOON);
        rows.work(id);
        return id;
    }

    private void says(long enquiryId, String text) {
        rows.jdbc()
                .sql("update enquiry set text = ? where id = ?")
                .params(text, enquiryId)
                .update();
        rows.work(enquiryId);
    }

    @Test
    void whatIsKnownOfAnEnquiryIsFound() throws IOException, SQLException {
        var contact = rows.contact("Zoë Fitzgerald", "political-party");
        rows.identifier(contact, "email", "zoe@party.example");
        rows.identifier(contact, "telephone", "+441792496000");
        long id = given(contact, "When are the polls?");
        rows.jdbc()
                .sql(
                        "insert into attachment (enquiry_id, position, name, type, size) values (?, 0, 'accounts_2025.pdf', 'application/pdf', 1)")
                .param(id)
                .update();
        rows.jdbc().sql("""
                        insert into claim (enquiry_id, contact_id, kind, value, state) values
                            (:id, :contact, 'name', 'Fitz Claimed', 'claimed'), (:id, :contact, 'telephone', '020 7946 0958', 'claimed'),
                            (:id, :contact, 'name', 'Nobody Dismissed', 'dismissed')""").param("id", id).param("contact", contact).update();
        rows.jdbc()
                .sql("update enquiry set from_name = 'Zed F', from_address = 'zed@elsewhere.example' where id = ?")
                .param(id)
                .update();
        drain();

        for (var words : List.of(
                "polls",
                "subject",
                "fitzgerald",
                "zoe@party.example",
                "01792 496000",
                "accounts 2025",
                "\"fitz claimed\"",
                "+442079460958",
                "zed@elsewhere.example",
                rows.jdbc()
                        .sql("select reference from enquiry where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())) {
            assertThat(found(words)).as(words).containsExactly(id);
        }
        assertThat(found("dismissed")).isEmpty();
        assertThat(index.search(Query.of("polls")).facets().get(Facet.CATEGORY)).containsKey("political-party");
        assertThat(rows.workLeft()).isZero();
    }

    private Map<String, Long> counts(Facet facet, String words) throws IOException {
        return Objects.requireNonNull(index.search(Query.of(words).by(new Reader(null, true, null)))
                .facets()
                .get(facet));
    }

    @Test
    void whatStaffDoWithItIsFoundAndCounted() throws IOException, SQLException {
        long worked = given("worked upon");
        long member = member();
        rows.jdbc()
                .sql(
                        "insert into enquiry_work (enquiry_id, status, assigned_to, urgent_by, urgent_at, opened_at) values (?, 'in-hand', ?, 'staff:x', now(), now())")
                .params(worked, member)
                .update();
        long untouched = given("untouched");
        long sent = given("sent out");
        rows.jdbc()
                .sql("update enquiry set direction = 'outbound' where id = ?")
                .param(sent)
                .update();
        drain();

        assertThat(found("worked status:in-hand is:urgent")).containsExactly(worked);
        assertThat(found("worked is:unread")).isEmpty();
        assertThat(counts(Facet.ASSIGNED, "worked")).containsOnly(entry(Long.toString(member), 1L));
        assertThat(counts(Facet.KEPT, "worked")).containsOnly(entry("2027", 1L));
        assertThat(counts(Facet.MONTH, "worked")).containsOnly(entry("2026-03", 1L));
        assertThat(found("worked kept-until:2027-03-03")).containsExactly(worked);
        assertThat(found("untouched status:new is:unread assigned:nobody is:open"))
                .containsExactly(untouched);
        assertThat(found("\"sent out\" -status:new -is:unread -assigned:nobody"))
                .containsExactly(sent);
    }

    private long member() {
        return rows.jdbc()
                .sql("insert into staff_member (username, name, password_hash) values (?, 'Mira', 'x') returning id")
                .param("mira" + NUMBERS.getAndIncrement())
                .query(Long.class)
                .single();
    }

    private void sensitive(long enquiryId, long... viewers) {
        rows.jdbc()
                .sql(
                        "insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation') on conflict (enquiry_id) do update set sensitive = 'allegation'")
                .param(enquiryId)
                .update();
        for (long viewer : viewers) {
            rows.jdbc()
                    .sql("insert into sensitive_viewer values (?, ?)")
                    .params(enquiryId, viewer)
                    .update();
        }
    }

    @Test
    void whoMayFindAnEnquiryIsWhoIsNamedAtEachSensitiveOneOnItsThread() throws IOException, SQLException {
        var contact = rows.contact("Ann Other", "public");
        var ids = rows.enquiries(
                contact,
                List.of(NUMBERS.getAndIncrement(), NUMBERS.getAndIncrement(), NUMBERS.getAndIncrement()),
                "email",
                null,
                "whispered",
                NOON);
        long both = member();
        long one = member();
        sensitive(ids.get(0), both, one);
        sensitive(ids.get(1), both);
        rows.work(ids);
        drain();

        assertThat(found("whispered")).isEmpty();
        assertThat(foundBy("whispered", one)).isEmpty();
        assertThat(foundBy("whispered", both)).containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<Long> foundBy(String words, long member) throws IOException {
        return index.search(Query.of(words).by(new Reader(member, false, null))).enquiryIds();
    }

    // ------------------------------------------------------------ clocks that moved

    private void moved(String kind, long id) {
        rows.jdbc()
                .sql(
                        "insert into clock_work (kind, id) values (?, ?) on conflict (kind, id) do update set version = nextval('index_version'), reached = 0")
                .params(kind, id)
                .update();
    }

    private long clocksLeft() {
        return rows.jdbc()
                .sql("select count(*) from clock_work")
                .query(Long.class)
                .single();
    }

    @Test
    void datesFollowAClockThatMovedSomeAtATime() throws IOException, SQLException {
        var contact = rows.contact(null, "public");
        var numbers = LongStream.range(0, Drainer.DATES_MAX + 50)
                .mapToObj(_ -> NUMBERS.getAndIncrement())
                .toList();
        rows.work(rows.enquiries(contact, numbers, "email", null, "clockwork", NOON));
        drain();
        rows.jdbc()
                .sql("update contact set last_contact_at = ? where id = ?")
                .params(NOON.atOffset(ZoneOffset.UTC).plusYears(1), contact)
                .update();
        moved("contact", contact);

        assertThat(drain().taken()).isEqualTo(1);
        assertThat(counts(Facet.KEPT, "clockwork"))
                .containsOnly(entry("2028", (long) Drainer.DATES_MAX), entry("2027", 50L));
        assertThat(clocksLeft()).isEqualTo(1);

        drain();
        assertThat(counts(Facet.KEPT, "clockwork")).containsOnly(entry("2028", Drainer.DATES_MAX + 50L));
        assertThat(clocksLeft()).isZero();
        assertThat(drain().taken()).isZero();
    }

    @Test
    void aClockThatMovesAgainMeanwhileBeginsAnew() throws IOException, SQLException {
        var contact = rows.contact(null, "public");
        long id = given(contact, "restless");
        drain();
        moved("contact", contact);
        index.before(() -> moved("contact", contact));
        drain();
        assertThat(clocksLeft()).isEqualTo(1);

        index.before(() -> {});
        drain();
        assertThat(clocksLeft()).isZero();
        assertThat(found("restless")).containsExactly(id);
    }

    @Test
    void ofASharedMailboxTheDatesFollowTheThreadsClock() throws IOException, SQLException {
        var contact = rows.contact("An Office", "press");
        rows.jdbc()
                .sql("update contact set shared_mailbox = true where id = ?")
                .param(contact)
                .update();
        long moved = given(contact, "officious");
        long other = given(contact, "officious");
        drain();
        long thread = rows.jdbc()
                .sql(
                        "update thread set last_contact_at = ? where id = (select thread_id from enquiry where id = ?) returning id")
                .params(NOON.atOffset(ZoneOffset.UTC).plusYears(1), moved)
                .query(Long.class)
                .single();
        moved("contact", contact);
        moved("thread", thread);
        drain();

        assertThat(clocksLeft()).isZero();
        assertThat(found("officious kept-until:2028")).containsExactly(moved);
        assertThat(found("officious kept-until:2027")).containsExactly(other);
    }

    @Test
    void newWorkIsNotKeptBackByClocks() throws IOException, SQLException {
        var contact = rows.contact(null, "public");
        var numbers = LongStream.range(0, 2 * Drainer.DATES_MAX)
                .mapToObj(_ -> NUMBERS.getAndIncrement())
                .toList();
        rows.enquiries(contact, numbers, "email", null, "backlog", NOON);
        moved("contact", contact);
        long id = given("urgently new");

        assertThat(drain().taken()).isEqualTo(2);
        assertThat(found("urgently")).containsExactly(id);
        assertThat(index.search(Query.of("backlog")).total()).isEqualTo(Drainer.DATES_MAX);
    }

    @Test
    void manyPiecesAreTakenInBulk() throws IOException, SQLException {
        var contact = rows.contact(null, "public");
        var numbers = LongStream.range(0, 2_500)
                .mapToObj(_ -> NUMBERS.getAndIncrement())
                .toList();
        rows.work(rows.enquiries(contact, numbers, "email", null, "bulk #", NOON));

        assertThat(List.of(drain().taken(), drain().taken(), drain().taken(), drain().taken()))
                .containsExactly(1_000, 1_000, 500, 0);
        assertThat(index.search(Query.of("bulk")).total()).isEqualTo(2_500);
    }

    @Test
    void longTextsAreWrittenInSeveralParts() throws IOException, SQLException {
        var contact = rows.contact(null, "public");
        var numbers =
                LongStream.range(0, 20).mapToObj(_ -> NUMBERS.getAndIncrement()).toList();
        rows.work(rows.enquiries(contact, numbers, "email", null, "lengthy " + "word ".repeat(150_000), NOON));
        var writes = new ArrayList<Integer>();
        index.before(() -> writes.add(1));

        assertThat(drain().taken()).isEqualTo(20);
        assertThat(writes).hasSizeGreaterThan(1);
        assertThat(index.search(Query.of("lengthy")).total()).isEqualTo(20);
        assertThat(rows.workLeft()).isZero();
    }

    @Test
    void aChangeDuringTheWriteIsWrittenNext() throws IOException, SQLException {
        long id = given("before");
        index.before(() -> says(id, "after"));
        drain();
        assertThat(rows.workLeft()).isEqualTo(1);

        index.before(() -> {});
        drain();
        assertThat(found("after")).containsExactly(id);
        assertThat(found("before")).isEmpty();
        assertThat(rows.workLeft()).isZero();
    }

    @Test
    void aChangeThatIsNotCommittedIsNotWaitedFor() throws IOException, SQLException {
        long id = given("before");
        try (var other = DATABASE.application().getConnection()) {
            other.setAutoCommit(false);
            index.before(() -> {
                try (var statement = other.createStatement()) {
                    statement.execute("update enquiry set text = 'after' where id = " + id);
                    statement.execute(
                            "update index_work set version = nextval('index_version') where enquiry_id = " + id);
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            });
            drain();
            assertThat(found("before")).containsExactly(id);
            other.commit();
        }
        index.before(() -> {});
        drain();

        assertThat(found("after")).containsExactly(id);
        assertThat(found("before")).isEmpty();
    }

    @Test
    void aCrashBeforeTheWorkIsDeletedComesToTheSameEnd() throws IOException, SQLException {
        long kept = given("ballot");
        long gone = given("ballot");
        drain();
        says(kept, "ballot paper");
        rows.delete(gone);
        rows.work(gone);
        index.after(() -> {
            throw new IOException("as a crash would");
        });
        assertThatThrownBy(this::drain).isInstanceOf(IOException.class);
        assertThat(rows.workLeft()).isEqualTo(2);

        index.after(() -> {});
        drain();
        drain();
        assertThat(found("ballot")).containsExactly(kept);
        assertThat(found("paper")).containsExactly(kept);
        assertThat(index.count()).isEqualTo(1);
        assertThat(rows.workLeft()).isZero();
    }

    @Test
    void aFaultOfTheEngineLosesNothing() throws IOException, SQLException {
        long id = given("ballot");
        index.before(() -> {
            throw new IOException("disk full");
        });
        assertThatThrownBy(this::drain).isInstanceOf(IOException.class);
        assertThat(found("ballot")).isEmpty();

        index.before(() -> {});
        drain();
        assertThat(found("ballot")).containsExactly(id);
    }

    @Test
    void anEnquiryThatIsThereNoMoreIsRemoved() throws IOException, SQLException {
        long id = given("ballot");
        drain();
        rows.delete(id);
        rows.work(id);
        drain();

        assertThat(found("ballot")).isEmpty();
        assertThat(index.count()).isZero();
    }

    @Test
    void theEnquiriesOfAnErasedContactAreRemoved() throws IOException, SQLException {
        long id = given("ballot");
        drain();
        rows.jdbc()
                .sql("update contact set erased_at = now() where id = (select contact_id from enquiry where id = ?)")
                .param(id)
                .update();
        rows.work(id);
        drain();

        assertThat(found("ballot")).isEmpty();
    }

    @Test
    void workForAnEnquiryThatNeverWasIsDone() throws IOException, SQLException {
        rows.work(987_654_321L);

        assertThat(drain().taken()).isEqualTo(1);
        assertThat(rows.workLeft()).isZero();
    }

    @Test
    void aDocumentThatTheEngineRefusesIsReportedAndTheOthersAreWritten() throws IOException, SQLException {
        long refused = given("ballot refused");
        long other = given("ballot");
        rows.jdbc()
                .sql("update enquiry set channel = repeat('c', 40000) where id = ?")
                .param(refused)
                .update();
        var drained = drain();

        assertThat(drained.refused()).extracting(SearchIndex.Refused::enquiryId).containsExactly(refused);
        assertThat(found("ballot")).containsExactly(other);
        assertThat(rows.workLeft()).isZero();
        assertThat(faults()).containsExactly(refused);

        rows.jdbc()
                .sql("update enquiry set channel = 'email' where id = ?")
                .param(refused)
                .update();
        rows.work(refused);
        drain();
        assertThat(found("ballot")).containsExactlyInAnyOrder(refused, other);
        assertThat(faults()).isEmpty();
    }

    private List<Long> faults() {
        return rows.jdbc()
                .sql("select enquiry_id from index_fault")
                .query((row, _) -> row.getLong(1))
                .list();
    }

    @Test
    void onlyOneDrainsAtATime() throws SQLException {
        try (var other = DATABASE.application().getConnection()) {
            assertThat(AdvisoryLock.DRAINING.take(other)).isFalse();
            AdvisoryLock.DRAINING.release(connection);
            assertThat(AdvisoryLock.DRAINING.take(other)).isTrue();
            AdvisoryLock.DRAINING.release(other);
        }
        assertThat(AdvisoryLock.DRAINING.take(connection)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void whateverHappensMeanwhileTheIndexEndsAsTheRecordIs(long seed) throws Exception {
        var contact = rows.contact("Ann Other", "public");
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 60; i++) {
            ids.add(given(contact, "race round0"));
        }
        var over = new AtomicBoolean();
        var chaos = new Random(seed);
        index.after(() -> {
            if (chaos.nextInt(5) == 0) {
                throw new IOException("as a crash would, seed " + seed);
            }
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var draining = threads.submit(() -> {
                while (!over.get() || rows.workLeft() > 0) {
                    try {
                        drain();
                    } catch (IOException crash) {
                        continue; // and it begins again
                    }
                }
                return true;
            });
            var writers = new ArrayList<Callable<Boolean>>();
            for (int w = 0; w < 4; w++) {
                var random = new Random(seed * 31 + w);
                writers.add(() -> {
                    for (int i = 1; i <= 60; i++) {
                        change(ids.get(random.nextInt(ids.size())), i, random);
                    }
                    return true;
                });
            }
            for (var writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isTrue();
            }
            over.set(true);
            assertThat(draining.get()).isTrue();
        }

        var inRecord = rows.jdbc()
                .sql("select id, text from enquiry where contact_id = ? order by id")
                .param(contact)
                .query((row, _) -> List.of(row.getLong("id"), row.getString("text")))
                .list();
        assertThat(index.count()).isEqualTo(inRecord.size());
        for (var row : inRecord) {
            var text = (String) row.getLast();
            assertThat(found("\"" + text + "\"")).as("seed %d, %s", seed, text).contains((Long) row.getFirst());
        }
    }

    /** One transaction that changes an enquiry or takes it away, and says so. */
    private void change(long id, int round, Random random) throws SQLException {
        try (var writer = DATABASE.application().getConnection()) {
            writer.setAutoCommit(false);
            try (var statement = writer.createStatement()) {
                statement.execute(
                        random.nextInt(12) == 0
                                ? "delete from enquiry where id = " + id
                                : "update enquiry set text = 'race round%d%d' where id = %d"
                                        .formatted(round, random.nextInt(1000), id));
                statement.execute(
                        "insert into index_work (enquiry_id) values (%d) on conflict (enquiry_id) do update set version = nextval('index_version')"
                                .formatted(id));
            }
            if (random.nextBoolean()) {
                writer.commit();
            } else {
                writer.rollback();
            }
            writer.setAutoCommit(true);
        }
    }
}
