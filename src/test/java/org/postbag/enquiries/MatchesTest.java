package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.postbag.Records;
import org.postbag.contacts.MatchEvidence;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Matches.Decision;
import org.postbag.contacts.Matches.Group;
import org.postbag.contacts.Matches.Match;
import org.postbag.contacts.Matches.Outcome;
import org.postbag.contacts.Matches.Verdict;
import org.postbag.contacts.Merging;

/** Staff's verdicts on pairs, on a real database: what they do, that they can be taken back, and that two people at once don't undo each other. */
@TestInstance(Lifecycle.PER_CLASS)
class MatchesTest {

    private static final String REVIEWER = "staff:reviewer";
    private static final String COLLEAGUE = "staff:colleague";

    private final FilingRig rig = new FilingRig();
    private final Records records = new Records(rig.sql());
    private final Matches matches = rig.bean(Matches.class);

    @AfterAll
    void close() {
        rig.close();
    }

    @BeforeEach
    void noPairs() {
        rig.sql().sql("delete from contact_match").update();
    }

    private long contact(String name) {
        return records.contact(name, "public", true);
    }

    private void pair(long one, long other, double logOdds) {
        rig.sql()
                .sql("insert into contact_match (one, other, log_odds, decision, model, found_at)"
                        + " values (least(?::bigint, ?), greatest(?::bigint, ?), ?, ?, 'test', now())")
                .params(one, other, one, other, logOdds, logOdds > 2 ? "same" : "review")
                .update();
    }

    private Outcome say(long one, long other, Verdict verdict) {
        return matches.decide(new Decision(one, other, verdict, null, null), REVIEWER);
    }

    private @Nullable Long mergedInto(long contact) {
        return rig.sql()
                .sql("select coalesce(merged_into, 0) from contact where id = ?")
                .param(contact)
                .query(Long.class)
                .optional()
                .filter(into -> into != 0)
                .orElse(null);
    }

    private List<String> queue() {
        return matches.queue().groups().stream()
                .map(group -> group.pairs().stream()
                        .map(match -> match.oneNow() + "-" + match.otherNow())
                        .toList()
                        .toString())
                .toList();
    }

    private List<String> trail(long contact) {
        return rig.sql()
                .sql("select actor || ' ' || action || ' ' || coalesce(detail, '') from audit_event"
                        + " where subject_kind = 'contact' and subject_id = ? order by id")
                .param(Long.toString(contact))
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void theLikeliestComesFirst() {
        long jean = contact("Jean Hargreaves");
        long john = contact("John Hargreaves");
        long nia = contact("Nia Vaughan");
        long nerys = contact("Nerys Vaughan");
        pair(jean, john, 0.5);
        pair(nia, nerys, 3);

        assertThat(queue()).containsExactly("[" + nia + "-" + nerys + "]", "[" + jean + "-" + john + "]");
        assertThat(matches.openCount()).isEqualTo(2);
    }

    @Test
    void samePersonMergesIntoWhoIsKnownLongerAndIsTakenBack() {
        long older = contact("Jean Hargreaves");
        long newer = contact("J Hargreaves");
        pair(newer, older, 3);

        assertThat(say(newer, older, Verdict.SAME)).isEqualTo(new Outcome.Done(older));

        assertThat(mergedInto(newer)).isEqualTo(older);
        assertThat(queue()).isEmpty();
        assertThat(trail(newer)).contains(REVIEWER + " DECIDED Same person as contact " + older);
        assertThat(trail(older)).contains(REVIEWER + " DECIDED Same person as contact " + newer);

        assertThat(matches.undo(older, newer, COLLEAGUE)).isInstanceOf(Outcome.Done.class);

        assertThat(mergedInto(newer)).isNull();
        assertThat(queue()).hasSize(1);
        assertThat(trail(newer)).contains(COLLEAGUE + " RESTORED Taken back: Same person as contact " + older);
        assertThat(matches.undo(older, newer, COLLEAGUE)).isInstanceOf(Outcome.NothingToDo.class);
    }

    @Test
    void theOtherMayGoOn() {
        long older = contact("Jean Hargreaves");
        long newer = contact("J Hargreaves");
        pair(newer, older, 3);

        var outcome = matches.decide(new Decision(older, newer, Verdict.SAME, null, newer), REVIEWER);

        assertThat(outcome).isEqualTo(new Outcome.Done(newer));
        assertThat(mergedInto(older)).isEqualTo(newer);
    }

    @Test
    void aThirdContactIsNoSurvivor() {
        long older = contact("Jean Hargreaves");
        long newer = contact("J Hargreaves");
        long third = contact("Somebody Else");
        pair(newer, older, 3);

        matches.decide(new Decision(older, newer, Verdict.SAME, null, third), REVIEWER);

        assertThat(mergedInto(newer)).isEqualTo(older);
        assertThat(mergedInto(third)).isNull();
    }

    @Test
    void whoIsNotTheSameIsNeverAskedAboutAgainAlsoThroughAThird() {
        long jean = contact("Jean Hargreaves");
        long john = contact("John Hargreaves");
        long third = contact("J Hargreaves");
        pair(jean, john, 1);
        pair(jean, third, 2);
        pair(john, third, 3);
        assertThat(queue()).hasSize(1);

        assertThat(say(jean, john, Verdict.NOT_SAME)).isInstanceOf(Outcome.Done.class);
        assertThat(queue()).hasSize(1).first().asString().doesNotContain(jean + "-" + john);
        say(jean, third, Verdict.SAME);

        assertThat(queue()).isEmpty();
        assertThat(matches.openCount()).isZero();
        assertThat(say(john, third, Verdict.SAME)).isInstanceOf(Outcome.Refused.class);
        assertThat(mergedInto(john)).isNull();
        assertThat(matches.ofContact(jean)).isEmpty();
        // Taken back, the question is open again.
        matches.undo(jean, third, REVIEWER);
        assertThat(queue()).hasSize(1);
    }

    @Test
    void aVerdictOfNotTheSameIsTakenBackBeforeAnother() {
        long jean = contact("Jean Hargreaves");
        long john = contact("John Hargreaves");
        pair(jean, john, 1);
        say(jean, john, Verdict.NOT_SAME);

        assertThat(matches.decide(new Decision(jean, john, Verdict.SAME, Verdict.NOT_SAME, null), COLLEAGUE))
                .isInstanceOf(Outcome.SaidAlready.class);
        matches.undo(jean, john, COLLEAGUE);

        assertThat(say(jean, john, Verdict.SAME)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whoStaffAreNotSureOfWaitsApartAndMayBeDecidedLater() {
        long jean = contact("Jean Hargreaves");
        long john = contact("John Hargreaves");
        pair(jean, john, 1);

        say(jean, john, Verdict.NOT_SURE);

        assertThat(queue()).isEmpty();
        assertThat(matches.openCount()).isZero();
        assertThat(matches.queue().notSure()).extracting(Match::one).containsExactly(jean);
        assertThat(say(jean, john, Verdict.SAME)).isInstanceOf(Outcome.SaidAlready.class);
        assertThat(matches.decide(new Decision(jean, john, Verdict.SAME, Verdict.NOT_SURE, null), REVIEWER))
                .isEqualTo(new Outcome.Done(jean));
    }

    @Test
    void aPairOfWhomOneIsMergedAsksAboutTheSurvivorOnce() {
        long survivor = contact("Jean Hargreaves");
        long merged = contact("J Hargreaves");
        long john = contact("John Hargreaves");
        pair(merged, john, 2);
        pair(survivor, john, 1);
        rig.bean(Merging.class).merge(survivor, merged, REVIEWER, "The same");

        assertThat(queue()).containsExactly("[" + survivor + "-" + john + "]");
        var match = matches.queue().groups().getFirst().pairs().getFirst();
        say(match.one(), match.other(), Verdict.NOT_SURE);
        assertThat(queue()).isEmpty();
        assertThat(matches.queue().notSure()).hasSize(1);
    }

    @Test
    void whoIsErasedDropsOut() {
        long jean = contact("Jean Hargreaves");
        long john = contact("John Hargreaves");
        pair(jean, john, 1);
        rig.sql()
                .sql("update contact set erased_at = now(), name = null where id = ?")
                .param(john)
                .update();

        assertThat(queue()).isEmpty();
        assertThat(matches.openCount()).isZero();
        assertThat(say(jean, john, Verdict.SAME)).isInstanceOf(Outcome.Gone.class);
        assertThat(say(jean, 999_999_999, Verdict.SAME)).isInstanceOf(Outcome.Gone.class);
    }

    @Test
    void whoIsTiedIsOneGroupThatIsDecidedAndTakenBackAtOnce() {
        long oldest = contact("Jean Hargreaves");
        long second = contact("J Hargreaves");
        long third = contact("Jean Hargreave");
        long fourth = contact("Jeane Hargreaves");
        // The oldest is reached through the third alone.
        pair(second, third, 4);
        pair(third, fourth, 3);
        pair(oldest, third, 2);
        pair(second, fourth, 1);
        var group = matches.queue().groups().getFirst();
        assertThat(group.contacts()).containsExactly(oldest, second, third, fourth);
        assertThat(group.isWhole()).isTrue();

        assertThat(matches.decideGroup(group, Verdict.SAME, REVIEWER)).isEqualTo(new Outcome.Done(oldest));

        assertThat(List.of(second, third, fourth))
                .allSatisfy(contact -> assertThat(mergedInto(contact)).isEqualTo(oldest));
        assertThat(queue()).isEmpty();
        var keys = group.pairs().stream().map(Match::key).toList();
        assertThat(matches.undoGroup(keys, REVIEWER)).isInstanceOf(Outcome.Done.class);
        assertThat(List.of(oldest, second, third, fourth))
                .allSatisfy(contact -> assertThat(mergedInto(contact)).isNull());
        assertThat(matches.queue().groups()).containsExactly(group);
    }

    @Test
    void aGroupInWhichTwoAreKnownApartIsNotJoinedInPart() {
        long jean = contact("Jean Hargreaves");
        long john = contact("John Hargreaves");
        long third = contact("J Hargreaves");
        pair(jean, third, 3);
        pair(john, third, 2);
        pair(jean, john, 1);
        say(jean, john, Verdict.NOT_SAME);
        var group = matches.queue().groups().getFirst();

        assertThat(matches.decideGroup(group, Verdict.SAME, REVIEWER)).isInstanceOf(Outcome.Refused.class);

        assertThat(List.of(jean, john, third))
                .allSatisfy(contact -> assertThat(mergedInto(contact)).isNull());
        assertThat(matches.decideGroup(group, Verdict.NOT_SAME, REVIEWER)).isInstanceOf(Outcome.Done.class);
        assertThat(queue()).isEmpty();
    }

    @Test
    void aGroupThatAColleagueChangedIsNotDecided() {
        long jean = contact("Jean Hargreaves");
        long john = contact("John Hargreaves");
        long third = contact("J Hargreaves");
        pair(jean, third, 3);
        pair(john, third, 2);
        var group = matches.queue().groups().getFirst();
        say(john, third, Verdict.NOT_SAME);

        assertThat(matches.decideGroup(group, Verdict.SAME, COLLEAGUE)).isInstanceOf(Outcome.SaidAlready.class);
        assertThat(mergedInto(third)).isNull();
    }

    @Test
    void ofAGroupThatIsTooLargeTheLikeliestAreShown() {
        var all = IntStream.range(0, 30).mapToObj(i -> contact("John Smith")).toList();
        for (int i = 1; i < all.size(); i++) {
            pair(all.getFirst(), all.get(i), i / 10.0);
        }

        var groups = matches.queue().groups();

        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst())
                .returns(30, Group::contactCount)
                .returns(false, Group::isWhole)
                .satisfies(group -> assertThat(group.contacts()).hasSize(Matches.GROUP_CONTACTS_MAX))
                .satisfies(group -> assertThat(group.pairs()).hasSize(Matches.GROUP_CONTACTS_MAX - 1));
        assertThat(groups.getFirst().contacts()).contains(all.getLast());
    }

    @Test
    void ofTwoWhoDecideAtOnceOneIsTold() throws Exception {
        var verdicts = List.of(Verdict.SAME, Verdict.NOT_SAME, Verdict.NOT_SURE, Verdict.SAME);
        try (var people = Executors.newFixedThreadPool(verdicts.size())) {
            for (int round = 0; round < 20; round++) {
                long jean = contact("Jean Hargreaves");
                long john = contact("John Hargreaves");
                pair(jean, john, 1);
                var start = new CyclicBarrier(verdicts.size());
                var all = new ArrayList<Callable<Outcome>>();
                for (var verdict : verdicts) {
                    all.add(() -> {
                        start.await();
                        return say(jean, john, verdict);
                    });
                }
                var outcomes = new ArrayList<Outcome>();
                for (var done : people.invokeAll(all)) {
                    outcomes.add(done.get());
                }

                assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
                assertThat(outcomes)
                        .allMatch(outcome -> outcome instanceof Outcome.Done
                                || outcome instanceof Outcome.SaidAlready
                                || outcome instanceof Outcome.NothingToDo);
                var said = Objects.requireNonNull(
                        matches.pair(jean, john).orElseThrow().said());
                assertThat(mergedInto(john) != null).isEqualTo(said.verdict() == Verdict.SAME);
            }
        }
    }

    @Test
    void whatStaffSaidIsReportedByBandsWithoutWhatWasTakenBack() {
        var contacts = Stream.generate(() -> contact("John Smith")).limit(12).toList();
        for (int i = 0; i < 12; i += 2) {
            pair(contacts.get(i), contacts.get(i + 1), i < 6 ? 3 : 0.5);
        }
        say(contacts.get(0), contacts.get(1), Verdict.SAME);
        say(contacts.get(2), contacts.get(3), Verdict.NOT_SAME);
        say(contacts.get(4), contacts.get(5), Verdict.SAME);
        rig.bean(Merging.class)
                .mergeOf(contacts.get(5))
                .ifPresent(merge -> rig.bean(Merging.class).unmerge(merge.id(), Set.of(), REVIEWER));
        say(contacts.get(6), contacts.get(7), Verdict.NOT_SURE);
        say(contacts.get(8), contacts.get(9), Verdict.SAME);
        matches.undo(contacts.get(8), contacts.get(9), REVIEWER);
        var now = Instant.parse("2026-04-01T12:00:00Z");

        var said = rig.bean(MatchEvidence.class).said(now, now.plusSeconds(1));

        assertThat(said.separated()).isEqualTo(1);
        assertThat(said.counts())
                .extracting(count -> count.band() + " " + count.sure() + " " + count.verdict() + " " + count.pairs())
                .containsExactlyInAnyOrder("1 false NOT_SURE 1", "5 true NOT_SAME 1", "5 true SAME 1");
        assertThat(rig.bean(MatchEvidence.class).said(now.minusSeconds(9), now).counts())
                .isEmpty();
    }
}
