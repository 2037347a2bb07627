package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.enquiries.Work.Member;
import org.postbag.enquiries.Working.Outcome;
import org.postbag.keeping.Keeping;
import org.postbag.receiving.Channel;
import org.postbag.retention.Category;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;

/** What staff do with enquiries, on a real database. */
class WorkingTest {

    private FilingRig rig;
    private Working working;
    private StaffMember ada;
    private StaffMember ben;
    private final StaffMember officer = new StaffMember("staff:dpo", "Dee", Set.of(Role.DATA_PROTECTION_OFFICER));

    @BeforeEach
    void start() {
        rig = new FilingRig();
        working = rig.bean(Working.class);
        ada = member("ada", "Ada");
        ben = member("ben", "Ben");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private StaffMember member(String username, String name) {
        rig.sql()
                .sql("insert into staff_member (username, name, password_hash, roles) values (?, ?, '', '{OFFICER}')")
                .params(username, name)
                .update();
        return new StaffMember("staff:" + username, name, Set.of(Role.OFFICER));
    }

    private Member of(StaffMember staff) {
        return working.member(staff).orElseThrow();
    }

    private long filed(String label) {
        rig.filer()
                .file(List.of(rig.items.item(
                        label, Spec.of(Channel.EMAIL, START).from(label, label + "@example.org", null))));
        return rig.enquiryOf(label);
    }

    private Work now(long id) {
        return working.of(id).orElseThrow();
    }

    private Outcome.Done done(long id, Change change, StaffMember by) {
        return (Outcome.Done) working.change(id, now(id).version(), change, by);
    }

    private List<String> trail(long id) {
        return rig.bean(AuditTrail.class).history(Subject.enquiry(id), 20).stream()
                .filter(entry -> entry.before() != null || entry.after() != null)
                .map(entry -> entry.actor() + " " + entry.action().label() + " " + entry.detail() + " " + entry.before()
                        + " " + entry.after())
                .toList();
    }

    @Test
    void filingWritesNothingAndWhatNobodyTouchedIsNewAndNobodys() {
        long id = filed("jane");

        assertThat(rig.count("enquiry_work")).isZero();
        assertThat(now(id).status()).isEqualTo(WorkStatus.NEW);
        assertThat(now(id).assigned()).isNull();
        assertThat(now(id).version()).isZero();
    }

    @Test
    void aChangeIsRecordedIndexedAndUndone() {
        long id = filed("jane");
        rig.sql().sql("delete from index_work").update();

        var change = done(id, new Change.ToStatus(WorkStatus.IN_HAND), ada);

        assertThat(now(id).status()).isEqualTo(WorkStatus.IN_HAND);
        assertThat(rig.count("index_work where enquiry_id = " + id)).isEqualTo(1);
        assertThat(trail(id)).containsExactly("staff:ada changed Status New In hand");
        assertThat(working.lastChange(id)).contains(new Working.LastChange(change.changeId(), "In hand", "Ada", 1));

        assertThat(working.undo(change.changeId(), ben)).contains(new Working.Undone(1, 0, id));
        assertThat(now(id).status()).isEqualTo(WorkStatus.NEW);
        assertThat(trail(id)).startsWith("staff:ben undid Status In hand New");
        assertThat(working.undo(change.changeId(), ben)).isEmpty();
        assertThat(working.lastChange(id)).isEmpty();
    }

    @Test
    void whoMayReadNoneOfWhatWasChangedDoesNotTakeTheUndoAwayFromThoseWhoMay() {
        long id = filed("jane");
        var change = done(id, new Change.Sensitive(Sensitivity.ALLEGATION, List.of()), ada);

        assertThat(working.undo(change.changeId(), ben)).isEmpty();
        assertThat(now(id).sensitive()).isEqualTo(Sensitivity.ALLEGATION);
        assertThat(working.undo(change.changeId(), ada)).contains(new Working.Undone(1, 0, id));
    }

    @Test
    void ofAChangeOfSeveralEachSaysHowMany() {
        long one = filed("jane");
        long other = filed("john");

        working.change(List.of(one, other), new Change.ToStatus(WorkStatus.CLOSED), ada);

        assertThat(working.lastChange(one).orElseThrow().enquiries()).isEqualTo(2);
    }

    @Test
    void aSaveOverSomeoneElsesIsRefusedAndNothingIsUndoneThatWasChangedSince() {
        long id = filed("jane");
        var first = done(id, new Change.Assigned(of(ada)), ada);

        var second = working.change(id, 0, new Change.Assigned(of(ben)), ben);

        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.ChangedSince.class,
                        since -> assertThat(since.now().assigned()).isEqualTo(of(ada)));
        assertThat(working.change(id, 0, new Change.Assigned(of(ada)), ben)).isEqualTo(new Outcome.Same());
        done(id, new Change.Urgent(true), ben);
        assertThat(working.undo(first.changeId(), ada)).contains(new Working.Undone(0, 1, id));
        assertThat(now(id).assigned()).isEqualTo(of(ada));
        assertThat(now(id).urgent()).isNotNull();
    }

    @Test
    void ofManyWhoSaveAtOnceOneWins() throws Exception {
        long id = filed("jane");
        var saves = new ArrayList<Callable<Outcome>>();
        for (int i = 0; i < 8; i++) {
            var to = i % 2 == 0 ? of(ada) : of(ben);
            saves.add(() -> working.change(id, 0, new Change.Assigned(to), ada));
        }
        var outcomes = new ArrayList<Outcome>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var save : threads.invokeAll(saves)) {
                outcomes.add(save.get());
            }
        }

        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Done).hasSize(1);
        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.ChangedSince).hasSize(4);
        assertThat(now(id).version()).isEqualTo(1);
    }

    @Test
    void aSensitiveEnquiryIsForThoseWhoAreNamed() {
        long id = filed("jane");
        var sight = rig.bean(Sight.class);

        done(id, new Change.Sensitive(Sensitivity.ALLEGATION, List.of()), ada);

        assertThat(sight.mayRead(id, ada)).isTrue();
        assertThat(sight.mayRead(id, officer)).isTrue();
        assertThat(sight.mayRead(id, ben)).isFalse();
        assertThat(working.change(id, 1, new Change.ToStatus(WorkStatus.CLOSED), ben))
                .isEqualTo(new Outcome.Missing());
        assertThat(rig.bean(Notes.class).add(id, "Let me in", ben)).isFalse();
        assertThat(working.change(id, 1, new Change.Assigned(of(ben)), ada)).isInstanceOf(Outcome.Refused.class);

        var named = done(id, new Change.Sensitive(Sensitivity.ALLEGATION, List.of(of(ben))), ada);
        assertThat(sight.mayRead(id, ben)).isTrue();
        assertThat(trail(id)).contains("staff:ada changed Who may read it Ada Ada, Ben");
        working.undo(named.changeId(), ada);
        assertThat(sight.mayRead(id, ben)).isFalse();
    }

    @Test
    void anAnswerOnTheThreadOfASensitiveEnquiryIsHiddenWithIt() {
        rig.filer()
                .file(List.of(
                        rig.items.item(
                                "a",
                                Spec.of(Channel.EMAIL, START)
                                        .from("Jane", "jane@example.org", null)
                                        .id("a@example.org")),
                        rig.items.item(
                                "b",
                                Spec.of(Channel.EMAIL, START.plus(Duration.ofDays(1)))
                                        .outboundTo("jane@example.org")
                                        .id("b@body.example", "a@example.org"))));
        long asked = rig.enquiryOf("a");
        rig.sql().sql("delete from index_work").update();

        var change = done(asked, new Change.Sensitive(Sensitivity.WHISTLEBLOWING, List.of()), ada);

        assertThat(rig.count("index_work")).isEqualTo(2);

        assertThat(rig.bean(Sight.class).hidden(List.of(asked, rig.enquiryOf("b")), ben))
                .containsExactlyInAnyOrder(asked, rig.enquiryOf("b"));
        rig.sql().sql("delete from index_work").update();
        working.undo(change.changeId(), ada);
        assertThat(rig.count("index_work")).isEqualTo(2);
    }

    @Test
    void manyAreChangedAsFarAsTheyCanBeAndUndoneTogether() {
        long one = filed("one");
        long two = filed("two");
        long closed = filed("closed");
        long hidden = filed("hidden");
        done(closed, new Change.ToStatus(WorkStatus.CLOSED), ada);
        done(hidden, new Change.Sensitive(Sensitivity.POLITICS, List.of()), ada);
        var all = List.of(one, two, closed, hidden, 999_999L);
        var change = new Change.Answered(AnswerWay.TELEPHONE);

        assertThat(working.wouldChange(all, change, ben)).isEqualTo(new Working.Many(null, 2, 0, 1, 2));
        assertThat(now(one).status()).isEqualTo(WorkStatus.NEW);
        var many = working.change(all, change, ben);

        assertThat(many).isEqualTo(new Working.Many(many.changeId(), 2, 0, 1, 2));
        assertThat(now(one).statusWords()).isEqualTo("Answered by telephone");
        assertThat(now(hidden).status()).isEqualTo(WorkStatus.NEW);
        done(two, new Change.ToStatus(WorkStatus.IN_HAND), ada);
        assertThat(working.undo(java.util.Objects.requireNonNull(many.changeId()), ben))
                .contains(new Working.Undone(1, 1, null));
        assertThat(now(one).status()).isEqualTo(WorkStatus.NEW);
        assertThat(now(two).status()).isEqualTo(WorkStatus.IN_HAND);
    }

    @Test
    void openingMarksItReadOnceAndIsNoChange() {
        long id = filed("jane");

        rig.sql().sql("delete from index_work").update();
        working.opened(id, ada);
        assertThat(rig.count("index_work where enquiry_id = " + id)).isEqualTo(1);
        var first = now(id).openedAt();
        rig.at(START.plus(Duration.ofDays(60)));
        working.opened(id, ben);

        assertThat(first).isNotNull();
        assertThat(now(id).openedAt()).isEqualTo(first);
        assertThat(working.change(id, 0, new Change.Urgent(true), ben)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whoElseHasItOpenIsKnownForSomeMinutes() {
        long id = filed("jane");
        var openings = rig.bean(Openings.class);
        rig.at(START.plus(Duration.ofMinutes(1)));
        assertThat(openings.open(id, ada)).isEmpty();
        rig.at(START.plus(Duration.ofMinutes(5)));
        assertThat(openings.open(id, ben)).containsExactly("Ada");
        rig.at(START.plus(Duration.ofMinutes(7)));
        assertThat(openings.open(id, ben)).isEmpty();
        assertThat(rig.count("enquiry_open")).isEqualTo(1);
    }

    @Test
    void notesAreWithdrawnByWhoeverWroteThem() {
        long id = filed("jane");
        var notes = rig.bean(Notes.class);

        assertThat(notes.add(id, "Rang back, no answer", ada)).isTrue();

        var note = notes.of(id, ben).getFirst();
        assertThat(note.byName() + ": " + note.text() + note.own()).isEqualTo("Ada: Rang back, no answerfalse");
        assertThat(notes.withdraw(id, note.id(), ben)).isFalse();
        assertThat(notes.withdraw(id, note.id(), ada)).isTrue();
        assertThat(notes.of(id, ada)).isEmpty();
    }

    @Test
    void whatIsNoEnquiryGoesByTheShorterRuleAndWhoSentNothingElseWithIt() {
        rig.at(START.plus(Duration.ofDays(9)));
        long spam = filed("spam");
        long both = filed("both");
        rig.filer()
                .file(List.of(
                        rig.items.item("real", Spec.of(Channel.EMAIL, START).from("both", "both@example.org", null))));
        var found = working.change(List.of(spam, both), new Change.NotAnEnquiry(NotEnquiry.ADVERTISING), ada);
        assertThat(found.done()).isEqualTo(2);

        var kept = rig.enquiries().byId(spam).orElseThrow();
        assertThat(kept.keptUntil()).hasToString("2026-04-10");
        assertThat(kept.rule().category()).isEqualTo(Category.NOT_AN_ENQUIRY);
        var keeping = rig.bean(Keeping.class);
        rig.at(java.time.Instant.parse("2026-04-10T12:00:00Z"));
        assertThat(keeping.dryRun()).isEmpty();
        assertThat(keeping.run().enquiries()).isZero();

        rig.at(java.time.Instant.parse("2026-04-11T02:00:00Z"));
        assertThat(keeping.dryRun())
                .singleElement()
                .satisfies(due -> assertThat(due.category() + due.count()).isEqualTo("not-an-enquiry2"));
        assertThat(keeping.run()).isEqualTo(new Keeping.Done(2, 1, 0, 0));
        assertThat(rig.count("enquiry")).isEqualTo(1);
        assertThat(rig.contacts().byId(rig.contactOf("real")).orElseThrow().erasedAt())
                .isNull();
        assertThat(rig.count("enquiry_work")).isZero();
    }

    @Test
    void whatIsAnEnquiryAfterAllIsKeptAsLongAsOthers() {
        long id = filed("jane");
        var change = done(id, new Change.NotAnEnquiry(NotEnquiry.SPAM), ada);

        working.undo(change.changeId(), ada);

        assertThat(rig.enquiries().byId(id).orElseThrow().keptUntil()).hasToString("2027-03-01");
    }
}
