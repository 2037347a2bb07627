package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.audit.Action;
import org.postbag.audit.Subject;
import org.postbag.search.Compared.Fault;
import org.postbag.search.Reindex.Progress;
import org.postbag.search.Reindex.State;
import org.postbag.search.SearchIndex.Removal;
import org.postbag.work.IndexWorks;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Building an index anew and comparing it with the record, on every engine. */
abstract class ReindexContract {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    /** More than are in a new index before it remembers how far it is. */
    private static final int MANY = 11_500;

    private final TestServers.Database database = TestServers.database();
    private final RecordRows rows = new RecordRows(database.application());
    private SearchIndex index;
    private long contact;

    /** The same one as before, opened as by a new process. */
    protected abstract SearchIndex open() throws IOException;

    /** How many generations there are. */
    protected abstract int generations() throws IOException;

    @BeforeEach
    void start() throws IOException {
        contact = rows.contact("Ann Other", "public");
        index = open();
    }

    @AfterEach
    void stop() throws IOException {
        index.close();
    }

    private List<Long> given(int from, int to) {
        return new ArrayList<>(
                rows.enquiries(contact, LongStream.range(from, to).boxed().toList(), "email", null, "ballot", NOON));
    }

    private Reindex reindex(SearchIndex on) {
        return new Reindex(database.application(), on, new Random(7), rows.trail());
    }

    private Progress rebuild(Consumer<Progress> seen) {
        return reindex(index).run("job:test", seen);
    }

    private void built() {
        assertThat(rebuild(_ -> {}).state()).isEqualTo(State.DONE);
    }

    private void drain() throws SQLException, IOException {
        try (var connection = database.application().getConnection()) {
            while (rows.workLeft() > 0) {
                Drainer.on(connection, index).drain();
            }
        }
    }

    private Compared verified(boolean mend) {
        var verification = new Verification(
                database.application(),
                index,
                IndexWorks.in(JdbcClient.create(database.application())),
                new Random(7),
                rows.trail());
        var end = verification.run(new Verification.Asked(Verification.SAMPLE_USUAL, mend), "job:test", _ -> {});
        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(verification.progress()).isEqualTo(end);
        return java.util.Objects.requireNonNull(end.found());
    }

    private long total(String words) throws IOException {
        return index.search(Query.of(words)).total();
    }

    private void says(long enquiryId, String text) {
        rows.jdbc()
                .sql("update enquiry set text = ? where id = ?")
                .params(text, enquiryId)
                .update();
    }

    private long version() {
        return rows.jdbc()
                .sql("select nextval('index_version')")
                .query(Long.class)
                .single();
    }

    private static Consumer<Progress> killedAt(long done) {
        return progress -> {
            if (progress.state() == State.RUNNING && progress.done() >= done) {
                throw new IllegalStateException("killed");
            }
        };
    }

    // ------------------------------------------------------------ building

    @Test
    void oneThatIsKilledHalfWayIsGoneOnWithByAnotherProcess() throws Exception {
        built();
        var ids = given(0, MANY);
        assertThat(rebuild(killedAt(MANY - 200)).state()).isEqualTo(State.FAILED);
        index.close();

        index = open(); // as the next process does
        assertThat(total("ballot")).as("the old one answers").isZero();
        assertThat(index.isHalfBuilt()).isTrue();
        says(ids.get(3), "written between");
        rows.work(ids.get(3));
        rows.delete(ids.get(5));
        rows.work(ids.get(5));
        drain();
        index.close();

        index = open();
        var seen = new ArrayList<Progress>();
        var end = rebuild(seen::add);
        assertThat(seen.getFirst().done()).as("not from the start").isGreaterThan(10_000);
        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(total("ballot")).isEqualTo(MANY - 2);
        assertThat(total("\"written between\"")).isEqualTo(1);
        assertThat(index.isHalfBuilt()).isFalse();
        assertThat(generations()).isEqualTo(1);
        assertThat(verified(false).isRight()).isTrue();
    }

    @Test
    void oneThatIsKilledBeforeItRemembersAnythingBringsNothingTwice() throws Exception {
        built();
        given(0, 2_500);
        rebuild(killedAt(2_000));
        rows.work(given(2_500, 2_501));
        drain(); // which makes durable what was added, too
        index.close();

        index = open();
        built();
        assertThat(index.count()).isEqualTo(2_501);
        assertThat(total("ballot")).isEqualTo(2_501);
        assertThat(verified(false).isRight()).isTrue();
    }

    @Test
    void ofTwoAtOnceTheSecondLeavesTheFirstAlone() throws Exception {
        given(0, 2_500);
        var others = new ArrayList<Progress>();
        var end = rebuild(_ -> others.add(reindex(index).run("job:test", _ -> {})));

        assertThat(others)
                .isNotEmpty()
                .allSatisfy(other -> assertThat(other.state()).isEqualTo(State.ELSEWHERE));
        assertThat(end).isEqualTo(new Progress(State.DONE, 2_500, 2_500));
        assertThat(total("ballot")).isEqualTo(2_500);
        built();
        assertThat(generations()).isEqualTo(1);
    }

    @Test
    void oneThatIsShortIsNotOpenedAndSaysSo() throws Exception {
        var ids = given(0, 2_500);
        built();
        given(2_500, 2_600);
        var end = rebuild(progress -> {
            if (progress.state() == State.RUNNING && progress.done() == 2_000) {
                remove(ids.get(7));
            }
        });

        assertThat(end.state()).isEqualTo(State.FAILED);
        assertThat(end.fault()).contains("missing: 1").contains("2599 of 2600");
        assertThat(total("ballot")).as("the old one answers").isEqualTo(2_499);
        assertThat(index.isHalfBuilt()).isFalse();
        built();
        assertThat(total("ballot")).isEqualTo(2_600);
    }

    /** Behind the record's back. */
    private void remove(long id) {
        try {
            index.write(List.of(), List.of(new Removal(id, version())));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whoHadItBuiltAndComparedAndWhatCameOfItStandsInTheTrail() {
        given(0, 2);
        built();
        verified(true);
        assertThat(reindex(index).run(Turn.ITSELF, killedAt(0)).state())
                .as("it tries again and again")
                .isEqualTo(State.FAILED);

        assertThat(rows.trail().history(Subject.searchIndex(), 10))
                .extracting("actor", "action", "detail")
                .containsExactly(
                        tuple(
                                "job:test",
                                Action.MENDED,
                                "2 enquiries in the record, 2 in the index; missing: 0, old: 0, left over: 0, refused: 0"),
                        tuple("job:test", Action.MENDED, "begun"),
                        tuple("job:test", Action.REBUILT, "2 enquiries in the new index, which answers now"),
                        tuple("job:test", Action.REBUILT, "begun"));
    }

    // ------------------------------------------------------------ comparing

    @Test
    void whatIsMissingOldOrLeftOverIsFoundAndMended() throws Exception {
        var ids = given(0, 20);
        built();
        assertThat(verified(false).isRight()).isTrue();
        remove(ids.get(2));
        says(ids.get(4), "changed without work");
        rows.delete(ids.get(6));
        says(ids.get(8), "waits for its turn");
        rows.work(ids.get(8));
        rows.work(given(20, 21));

        var found = verified(false);
        assertThat(found.isRight()).isFalse();
        assertThat(found.wrong())
                .extracting(Compared.Wrong::fault, Compared.Wrong::enquiryId)
                .containsExactlyInAnyOrder(
                        tuple(Fault.MISSING, ids.get(2)),
                        tuple(Fault.OLD, ids.get(4)),
                        tuple(Fault.LEFT_OVER, ids.get(6)));
        assertThat(found.wrong())
                .filteredOn(wrong -> wrong.fault() == Fault.MISSING)
                .allSatisfy(wrong -> assertThat(wrong.reference()).isNotBlank());
        assertThat(found.waiting()).isEqualTo(2);
        assertThat(found.inRecord()).isEqualTo(20);
        assertThat(found.inIndex()).isEqualTo(19);
        assertThat(rows.workLeft()).as("nothing is mended unasked").isEqualTo(2);

        assertThat(verified(true).wrong()).hasSize(3);
        assertThat(verified(false).isRight()).as("it waits now").isTrue();
        drain();
        var mended = verified(false);
        assertThat(mended.isRight()).isTrue();
        assertThat(mended.waiting()).isZero();
        assertThat(mended.contents()).isEqualTo(20);
        assertThat(total("changed")).isEqualTo(1);
    }

    @Test
    void anErasedContactsDocumentIsLeftOver() throws Exception {
        var id = given(0, 1).getFirst();
        built();
        rows.jdbc()
                .sql("update contact set erased_at = now() where id = ?")
                .param(contact)
                .update();

        assertThat(verified(true).count(Fault.LEFT_OVER)).isEqualTo(1);
        drain();
        assertThat(verified(false).isRight()).isTrue();
        assertThat(index.contents().of(List.of(id))).isEmpty();
    }

    @Test
    void anIndexThatIsAheadOfARestoredRecordIsOldAndMended() throws Exception {
        var id = given(0, 1).getFirst();
        built();
        long ahead = version() + 1_000;
        try (var connection = database.application().getConnection()) {
            index.write(Documents.of(connection, List.of(id)).withVersion(ahead).documents(), List.of());
        }
        says(id, "newer");
        rows.work(id);
        drain();
        assertThat(total("newer")).as("the index lets nothing older in").isZero();

        assertThat(verified(true).count(Fault.OLD)).isEqualTo(1);
        drain();
        assertThat(total("newer")).isEqualTo(1);
        assertThat(verified(false).isRight()).isTrue();
    }

    @Test
    void whatTheEngineRefusesIsToldAsThatAndKeepsNoIndexFromBeingOpened() throws Exception {
        var ids = given(0, 3);
        rows.jdbc()
                .sql("update enquiry set channel = repeat('c', 40000) where id = ?")
                .param(ids.getFirst())
                .update();
        built();

        var found = verified(true);
        assertThat(found.wrong())
                .extracting(Compared.Wrong::fault, Compared.Wrong::enquiryId)
                .containsExactly(tuple(Fault.REFUSED, ids.getFirst()));
        assertThat(found.isRight()).isFalse();
        assertThat(rows.workLeft()).isZero();
    }
}
