package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.audit.Action;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.enquiries.QuarantineBatches.Asked;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.enquiries.QuarantineFinding.Place;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Mend;
import org.postbag.normalising.Sender;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.work.Batch.State;
import org.postbag.work.BatchWork;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Many items of quarantine at once, and one that is mended: on a real database, killed half-way, twice, out of order. */
class QuarantineBatchesTest {

    private static final String ACTOR = "staff:priya";
    private static final Instant NOW = Instant.parse("2026-04-01T12:00:00Z");
    private static final Filter ALL = Filter.all(false);

    private TestServers.Database database;
    private FilingRig rig;

    @BeforeEach
    void start() {
        database = TestServers.database();
        rig = new FilingRig(database, NOW);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static TestItems.Spec mail(int number) {
        return TestItems.Spec.of(Channel.EMAIL, TestItems.START.plusSeconds(number))
                .from(null, "p" + number % 7 + "@example.org", null);
    }

    /** So many items in quarantine, every {@code badEach}th of which can't be read later either. */
    private List<ReceiptId> quarantined(int number, int badEach) {
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < number; i++) {
            receipts.add(rig.items.item("item" + i, mail(i).saying("unreadable", "")));
        }
        rig.filer().file(receipts);
        for (int i = 0; i < number; i++) {
            if ((i + 1) % badEach != 0) {
                rig.items.item("item" + i, mail(i));
            }
        }
        return receipts.stream().map(Receipt::id).sorted().toList();
    }

    private QuarantineBatches batches() {
        return rig.bean(QuarantineBatches.class);
    }

    private QuarantineBatch start(Act act, Filter filter, List<ReceiptId> items, int rate) {
        return batches().start(new Asked(act, filter, items, rate, act == Act.TRY ? null : "because"), ACTOR);
    }

    /** Goes on until nothing is due, time and again, however the rate paces it. */
    private QuarantineBatch toItsEnd(long id) {
        var now = NOW;
        for (int turn = 0; turn < 1_000 && !batches().find(id).orElseThrow().isOver(); turn++) {
            while (rig.bean(BatchWork.class).step()) {
                // more is due
            }
            now = now.plusSeconds(1);
            rig.at(now);
        }
        return batches().find(id).orElseThrow();
    }

    private String state(ReceiptId id) {
        return rig.text("select state from receipt where id = '" + id + "'");
    }

    @Test
    void manyAreReplayedAndThoseThatStillCantBeFiledStayWithTheirReason() {
        quarantined(250, 5);
        var batch = start(Act.REPLAY, ALL, List.of(), 6_000);

        var end = toItsEnd(batch.id());

        assertThat(batch.total()).isEqualTo(250);
        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.done()).isEqualTo(200);
        assertThat(end.again()).isEqualTo(50);
        assertThat(end.told()).containsEntry("empty", 50L);
        assertThat(rig.count("enquiry")).isEqualTo(200);
        assertThat(rig.bean(QuarantineCounts.class).count(ALL)).isEqualTo(50);
        assertThat(rig.count("audit_event where action = 'REPLAYED' and subject_kind = 'receipt' and actor = '" + ACTOR
                        + "'"))
                .isEqualTo(250);
    }

    @Test
    void anotherReplayOfTheSameFilesNothingTwice() {
        quarantined(30, 3);
        toItsEnd(start(Act.REPLAY, ALL, List.of(), 6_000).id());

        var again = toItsEnd(start(Act.REPLAY, ALL, List.of(), 6_000).id());

        assertThat(again.total()).isEqualTo(10);
        assertThat(again.done()).isZero();
        assertThat(again.again()).isEqualTo(10);
        assertThat(rig.count("enquiry")).isEqualTo(20);
    }

    @Test
    void killedHalfWayItGoesOnAfterARestartAndCountsEachItemOnce() {
        quarantined(250, 5);
        var batch = start(Act.REPLAY, ALL, List.of(), 6_000);
        assertThat(rig.bean(BatchWork.class).step()).isTrue();
        // The items of the second turn are taken, and it is over before they are filed.
        rig.items.away = true;
        rig.at(NOW.plusSeconds(2));
        assertThat(rig.bean(BatchWork.class).step()).isFalse();
        assertThat(batches().find(batch.id()).orElseThrow().inHand()).isEqualTo(100);
        assertThat(rig.count("receipt where state = 'waiting'")).isEqualTo(100);
        var files = rig.items;

        rig = new FilingRig(database, NOW.plus(Duration.ofMinutes(5)));
        files.handTo(rig.items);
        // What a crash left waiting is swept up too: whoever comes first files it.
        rig.filer().file(rig.bean(StoredReceipts.class).waitingSince(NOW.plusSeconds(60), 50));
        var end = toItsEnd(batch.id());

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.done()).isEqualTo(200);
        assertThat(end.again()).isEqualTo(50);
        assertThat(rig.count("enquiry")).isEqualTo(200);
    }

    @Test
    void twoNodesAtOnceCountEachItemOnce() throws InterruptedException, ExecutionException {
        quarantined(300, 4);
        var batch = start(Act.REPLAY, ALL, List.of(), 6_000);
        var other = new FilingRig(database, NOW.plusSeconds(60));
        try (var nodes = Executors.newFixedThreadPool(2)) {
            rig.items.handTo(other.items);
            rig.at(NOW.plusSeconds(60));
            var running = new ArrayList<Future<?>>();
            for (var node : List.of(rig, other)) {
                running.add(nodes.submit(() -> {
                    for (int turn = 0; turn < 20; turn++) {
                        node.bean(BatchWork.class).step();
                    }
                }));
            }
            for (var one : running) {
                one.get();
            }
            rig.at(NOW.plusSeconds(600));
            while (rig.bean(BatchWork.class).step()) {
                // what is left
            }
        }
        var end = batches().find(batch.id()).orElseThrow();

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(List.of(end.done(), end.again())).isEqualTo(List.of(225L, 75L));
        assertThat(rig.count("enquiry")).isEqualTo(225);
    }

    @Test
    void itKeepsToItsRateAndCanBePausedAndCancelled() {
        quarantined(10, 100);
        var batch = start(Act.REPLAY, ALL, List.of(), 60);
        var work = rig.bean(BatchWork.class);

        assertThat(work.step()).isTrue();
        rig.at(NOW.plusMillis(500));
        assertThat(work.step()).as("one a second").isFalse();
        rig.at(NOW.plusSeconds(1));
        assertThat(work.step()).isTrue();
        assertThat(batches().pause(batch.id(), ACTOR)).isTrue();
        rig.at(NOW.plusSeconds(60));
        assertThat(work.step()).isFalse();
        assertThat(batches().find(batch.id()).orElseThrow().past()).isEqualTo(2);
        assertThat(batches().resume(batch.id(), ACTOR)).isTrue();
        assertThat(work.step()).isTrue();
        assertThat(batches().cancel(batch.id(), ACTOR)).isTrue();

        assertThat(batches().resume(batch.id(), ACTOR))
                .as("what is cancelled stays so")
                .isFalse();
        assertThat(work.step()).isFalse();
        assertThat(rig.bean(QuarantineCounts.class).count(ALL)).isEqualTo(7);
    }

    @Test
    void whatComesAfterItWasAskedForIsNotMeant() {
        quarantined(3, 100);
        var batch = start(Act.DISCARD, ALL, List.of(), 6_000);
        rig.at(NOW.plusSeconds(1));
        rig.filer().file(List.of(rig.items.item("later", mail(99).saying("unreadable", ""))));

        toItsEnd(batch.id());

        assertThat(state(TestItems.id("later"))).isEqualTo("quarantined");
        assertThat(rig.bean(QuarantineCounts.class).count(Filter.all(true))).isEqualTo(3);
    }

    @Test
    void whatWasDiscardedTogetherIsBroughtBackTogether() {
        var ids = quarantined(5, 100);
        rig.quarantine().discard(ids.getFirst(), "by itself", "staff:owen");
        var batch = start(Act.DISCARD, ALL, List.of(), 6_000);
        assertThat(toItsEnd(batch.id()).done()).isEqualTo(4);
        assertThat(state(ids.get(1))).isEqualTo("discarded");

        var undoing = batches().undo(batch.id(), ACTOR).orElseThrow();
        assertThat(toItsEnd(undoing.id()).done()).isEqualTo(4);

        assertThat(state(ids.getFirst())).as("what another discarded stays so").isEqualTo("discarded");
        assertThat(ids.subList(1, 5)).allSatisfy(id -> assertThat(state(id)).isEqualTo("quarantined"));
        assertThat(batches().undo(batch.id(), ACTOR)).isEmpty();
    }

    @Test
    void aTryChangesNothing() {
        quarantined(40, 4);
        var enquiries = rig.count("enquiry");
        var events = rig.count("audit_event where subject_kind <> 'quarantine-batch'");

        var end = toItsEnd(start(Act.TRY, ALL, List.of(), 6_000).id());

        assertThat(List.of(end.done(), end.again())).isEqualTo(List.of(30L, 10L));
        assertThat(end.told()).containsEntry("empty", 10L);
        assertThat(rig.count("enquiry")).isEqualTo(enquiries);
        assertThat(rig.count("contact")).isZero();
        assertThat(rig.count("receipt where state = 'quarantined'")).isEqualTo(40);
        assertThat(rig.count("audit_event where subject_kind <> 'quarantine-batch'"))
                .isEqualTo(events);
    }

    @Test
    void onlyWhatWasTickedOrFitsTheFilterIsMeant() {
        var ids = quarantined(6, 100);
        toItsEnd(start(Act.REPLAY, ALL, ids.subList(0, 2), 6_000).id());
        assertThat(rig.count("enquiry")).isEqualTo(2);

        toItsEnd(start(Act.REPLAY, new Filter(false, Channel.X, null, null, null), List.of(), 6_000)
                .id());
        toItsEnd(start(
                        Act.REPLAY,
                        new Filter(false, null, "test", "empty", LocalDate.parse("2026-03-02")),
                        List.of(),
                        6_000)
                .id());
        assertThat(rig.count("enquiry")).isEqualTo(2);

        toItsEnd(start(
                        Act.REPLAY,
                        new Filter(false, Channel.EMAIL, "test", "empty", LocalDate.parse("2026-03-01")),
                        List.of(),
                        6_000)
                .id());
        assertThat(rig.count("enquiry")).isEqualTo(6);
    }

    @Test
    void whatBelongsToSomethingErasedIsNotFiled() {
        var ids = quarantined(3, 100);
        rig.ownerSql()
                .sql("update receipt set series = 'one call' where id = any(?)")
                .param(new String[] {ids.get(0).hex(), ids.get(1).hex()})
                .update();
        rig.ownerSql()
                .sql("delete from quarantine where receipt_id = ?")
                .param(ids.get(1).hex())
                .update();
        rig.ownerSql()
                .sql("update receipt set state = 'erased' where id = ?")
                .param(ids.get(1).hex())
                .update();

        assertThat(rig.quarantine().replay(ids.get(0), ACTOR)).isInstanceOf(Quarantine.Replayed.Refused.class);
        assertThat(rig.quarantine().replay(ids.get(1), ACTOR)).isInstanceOf(Quarantine.Replayed.NotInQuarantine.class);
        var end = toItsEnd(start(Act.REPLAY, ALL, List.of(), 6_000).id());

        assertThat(end.refused()).isEqualTo(1);
        assertThat(end.done()).isEqualTo(1);
        assertThat(state(ids.get(0))).isEqualTo("quarantined");
    }

    @Test
    void whatIsReadAgainFromItsSourceIsRefusedLikewise() {
        quarantined(1, 100);
        rig.ownerSql()
                .sql("update receipt set series = 'one call', state = 'erased'")
                .update();
        var unknown = rig.items.item("unknown", mail(50));
        var correction = new Receipt(
                TestItems.id("correction"),
                Channel.EMAIL,
                unknown.direction(),
                "test",
                NOW,
                1,
                "one call",
                null,
                null,
                null);
        var offered = List.of(
                new NotReplayed.Offered(unknown, new byte[0]), new NotReplayed.Offered(correction, new byte[0]));

        assertThat(rig.bean(NotReplayed.class).ofUnknown(offered)).containsOnlyKeys(correction.id());

        PersonBarred restricted = contact -> Optional.of("It is restricted");
        var barred = new StaticListableBeanFactory(Map.of("restricted", restricted));
        assertThat(new NotReplayed(rig.sql(), barred.getBeanProvider(PersonBarred.class), rig.bean(DryRun.class))
                        .ofUnknown(offered))
                .containsEntry(unknown.id(), "It is restricted")
                .hasSize(2);
        assertThat(rig.count("enquiry")).isZero();
        assertThat(rig.count("receipt")).isEqualTo(1);
    }

    @Test
    void pagesGoOnExactlyWhereTheyEndedInBothDirections() {
        quarantined(60, 100);
        var finding = rig.bean(QuarantineFinding.class);
        var seen = new ArrayList<ReceiptId>();
        @Nullable Place after = null;
        Place lastPage = null;
        for (var page = finding.after(ALL, after, 25); !page.isEmpty(); page = finding.after(ALL, after, 25)) {
            page.forEach(item -> seen.add(item.id()));
            lastPage = Place.of(page.getFirst());
            after = Place.of(page.getLast());
        }

        assertThat(seen).hasSize(60).doesNotHaveDuplicates();
        assertThat(finding.before(ALL, Objects.requireNonNull(lastPage), 25))
                .extracting(Quarantine.Item::id)
                .containsExactlyElementsOf(seen.subList(25, 50));
        assertThat(rig.bean(QuarantineCounts.class).groups(false, null))
                .hasSize(1)
                .allSatisfy(group -> assertThat(group.count()).isEqualTo(60));
    }

    @Test
    void countsStayTrueHoweverItemsComeAndGo() throws ExecutionException, InterruptedException {
        var ids = quarantined(60, 2);
        var counts = rig.bean(QuarantineCounts.class);
        countsAreTrue();

        toItsEnd(start(Act.DISCARD, ALL, ids.subList(0, 20), 6_000).id());
        countsAreTrue();
        assertThat(counts.count(Filter.all(true))).isEqualTo(20);

        rig.quarantine().restore(ids.getFirst(), ACTOR);
        toItsEnd(start(Act.REPLAY, ALL, List.of(), 6_000).id());
        rig.bean(EnquiryErasing.class).eraseUnfiled(List.of(ids.get(5).hex()), "job:test");
        countsAreTrue();
        assertThat(rig.count("quarantine_count")).isGreaterThan(4);

        try (var threads = Executors.newFixedThreadPool(4)) {
            var folds = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                folds.add(threads.submit(counts::fold));
            }
            for (var fold : folds) {
                fold.get();
            }
        }
        countsAreTrue();
        counts.fold();
        countsAreTrue();
        assertThat(rig.count("quarantine_count")).as("one row a group").isEqualTo(2);
    }

    private void countsAreTrue() {
        var counts = rig.bean(QuarantineCounts.class);
        for (var filter : List.of(ALL, Filter.all(true))) {
            long there = rig.count("quarantine q where " + filter.where());
            assertThat(counts.count(filter)).isEqualTo(there);
            assertThat(counts.groups(filter.discarded(), null).stream()
                            .mapToLong(QuarantineCounts.Group::count)
                            .sum())
                    .isEqualTo(there);
        }
    }

    @Test
    void countsOfADayAreOfADayInTheUnitedKingdom() {
        quarantined(3, 100);
        rig.sql()
                .sql(
                        "update quarantine set received_at = '2026-06-30T23:30:00Z' where receipt_id = (select min(receipt_id) from quarantine)")
                .update();
        var counts = rig.bean(QuarantineCounts.class);

        assertThat(counts.count(new Filter(false, null, null, null, LocalDate.of(2026, 7, 1))))
                .isEqualTo(1);
        assertThat(counts.count(new Filter(false, null, null, null, LocalDate.of(2026, 6, 30))))
                .isZero();
        countsAreTrue();
    }

    @Test
    void aMendedSenderIsTriedFiledAndInTheTrailAndTheBytesStay() {
        var id = quarantined(1, 100).getFirst();
        rig.items.item("item0", mail(0).from(null, null, null));
        var mends = rig.bean(Mends.class);
        var sender =
                new Sender("Nia Rees", EmailAddress.parse("nia@example.org").orElseThrow(), null, null, null);

        assertThat(mends.save(id, new Mend(null, null, sender), 0, ACTOR)).isInstanceOf(Mends.Saved.Done.class);
        assertThat(mends.save(id, Mend.NONE, 0, "staff:owen")).isInstanceOf(Mends.Saved.ChangedMeanwhile.class);
        var would = rig.bean(DryRun.class).of(id);
        assertThat(would).isInstanceOfSatisfying(WouldBe.Enquiry.class, enquiry -> {
            assertThat(enquiry.fromAddress()).isEqualTo("nia@example.org");
            assertThat(enquiry.others()).isZero();
        });
        assertThat(rig.count("enquiry")).isZero();
        assertThat(rig.quarantine().replay(id, ACTOR)).isInstanceOf(Quarantine.Replayed.Filed.class);

        assertThat(rig.text("select from_name || ' ' || from_address from enquiry"))
                .isEqualTo("Nia Rees nia@example.org");
        assertThat(rig.text("select value from identifier")).isEqualTo("nia@example.org");
        assertThat(rig.bean(AuditTrail.class).history(Subject.receipt(id.hex()), 10))
                .anySatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo(Action.SET_RIGHT);
                    assertThat(entry.before()).isNull();
                    assertThat(entry.after()).contains("Nia Rees", "nia@example.org");
                });
        assertThat(mends.save(id, Mend.NONE, 1, ACTOR)).isInstanceOf(Mends.Saved.NotInQuarantine.class);
        rig.bean(EnquiryErasing.class).eraseUnfiled(List.of(id.hex()), "job:test");
        assertThat(rig.count("mend")).as("it goes with the item").isZero();
    }

    @Test
    void aRateOrAReasonThatCantBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Asked(Act.REPLAY, ALL, List.of(), 0, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Asked(Act.DISCARD, ALL, List.of(), 60, " "));
    }
}
