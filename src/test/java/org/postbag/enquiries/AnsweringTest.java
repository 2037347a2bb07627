package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.Automatic;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;

/** Which enquiries our own messages answer, in whatever order they are filed. */
class AnsweringTest {

    private static final String JANE = "jane@example.org";

    private FilingRig rig;
    private Working working;
    private final StaffMember ada = new StaffMember("staff:ada", "Ada", Set.of(Role.OFFICER));

    @BeforeEach
    void start() {
        rig = new FilingRig(org.postbag.TestServers.database(), START.plus(Duration.ofDays(10)));
        working = rig.bean(Working.class);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Spec jane(int day) {
        return Spec.of(Channel.EMAIL, START.plus(Duration.ofDays(day))).from("Jane Doe", JANE, null);
    }

    private static Spec ours(int day) {
        return Spec.of(Channel.EMAIL, START.plus(Duration.ofDays(day))).outboundTo(JANE);
    }

    private Receipt item(String label, Spec spec) {
        return rig.items.item(label, spec);
    }

    private void file(Receipt... receipts) {
        for (var receipt : receipts) {
            rig.filer().file(List.of(receipt));
        }
        rig.filer().fileFitting(100);
    }

    private Work work(String label) {
        return working.of(rig.enquiryOf(label)).orElseThrow();
    }

    private List<Receipt> conversation() {
        return List.of(
                item("first", jane(0).id("a@example.org")),
                item("answer", ours(1).id("b@body.example", "a@example.org")),
                item("thanks", jane(2).id("c@example.org", "a@example.org", "b@body.example")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatWeAnsweredIsAnsweredInAnyOrder(long seed) {
        var order = new ArrayList<>(conversation());
        Collections.shuffle(order, new Random(seed));

        file(order.toArray(Receipt[]::new));

        assertThat(work("first").statusWords()).as("seed %s", seed).isEqualTo("Answered by a message of ours");
        assertThat(work("thanks").status()).as("seed %s", seed).isEqualTo(WorkStatus.NEW);
        assertThat(rig.text("select done || ' ' || actor from enquiry e join audit_event a on a.subject_id = e.id::text"
                        + " and a.subject_kind = 'enquiry' and a.action = 'CHANGED' where e.id = "
                        + rig.enquiryOf("first")))
                .isEqualTo("true job:answering");
    }

    @Test
    void anUndoStaysUntilWeWriteAgain() {
        file(conversation().toArray(Receipt[]::new));
        var change = working.lastChange(rig.enquiryOf("first")).orElseThrow();

        assertThat(working.undo(change.id(), ada)).isPresent();
        file(item("more", jane(3).id("d@example.org", "a@example.org")));
        assertThat(work("first").status()).isEqualTo(WorkStatus.NEW);

        file(item("again", ours(4).id("e@body.example", "a@example.org")));
        assertThat(List.of(work("first").status(), work("more").status())).containsOnly(WorkStatus.ANSWERED);
    }

    @Test
    void whatAPersonSaidAfterItWasSentHolds() {
        file(item("first", jane(0).id("a@example.org")), item("other", jane(0).id("x@example.org")));
        long first = rig.enquiryOf("first");
        working.change(first, 0, new Change.ToStatus(WorkStatus.WAITING_FOR_THEM), ada);
        working.change(rig.enquiryOf("other"), 0, new Change.ToStatus(WorkStatus.CLOSED), ada);

        file(
                item("answer", ours(1).id("b@body.example", "a@example.org")),
                item("late", ours(12).id("y@body.example", "x@example.org")));

        assertThat(work("first").status()).isEqualTo(WorkStatus.WAITING_FOR_THEM);
        assertThat(work("other").status()).isEqualTo(WorkStatus.CLOSED);
        file(item("later", ours(12).id("z@body.example", "a@example.org")));
        assertThat(work("first").status()).isEqualTo(WorkStatus.ANSWERED);
    }

    @Test
    void whatAMachineOfOursSentAnswersNothing() {
        file(
                item("first", jane(0).id("a@example.org")),
                item("receipt", ours(0).id("b@body.example", "a@example.org").automatic(Automatic.AUTO_REPLY)));

        assertThat(work("first").status()).isEqualTo(WorkStatus.NEW);
    }
}
