package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.contacts.Reviews.Matter;
import org.postbag.contacts.Reviews.Review;
import org.postbag.receiving.Channel;
import org.postbag.receiving.HandNote;
import org.postbag.receiving.HandNote.Kind;
import org.postbag.receiving.Receipt;

/** What staff recorded by hand, filed on a real database. */
class RecordedByHandTest {

    private final FilingRig rig = new FilingRig();

    @BeforeEach
    void someoneIsKnown() {
        rig.filer()
                .file(List.of(
                        note("known", "Gwen Protheroe", "01632 960 114", null), note("other", "Ed Carr", "", null)));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Receipt note(String label, String name, String telephone, @Nullable Long contactId) {
        var note = new HandNote(
                label,
                Kind.CALL,
                name,
                telephone,
                "",
                "",
                "",
                "Asked about " + label,
                "Told about " + label,
                true,
                START,
                contactId,
                "staff:kwame");
        return rig.items.raw(label, Channel.BY_HAND, START, null, note.toJson());
    }

    @Test
    void itStandsOnTheEnquiryAndInTheTrailWhoRecordedItAndWhatTheyAnswered() {
        long enquiry = rig.enquiryOf("known");

        assertThat(rig.bean(RecordedByHand.class).of(List.of(enquiry)))
                .containsEntry(enquiry, new RecordedByHand.Shown("call", "staff:kwame", "Told about known", true));
        assertThat(rig.text("select reply from enquiry where id = " + enquiry)).isEqualTo("Asked about known");
        assertThat(rig.text("select text from enquiry where id = " + enquiry)).contains("Told about known");
        assertThat(rig.count("audit_event where actor = 'staff:kwame' and action = 'RECORDED' and subject_id = '"
                        + enquiry + "'"))
                .isOne();
    }

    @Test
    void theSameNoteTwiceIsFiledOnce() {
        rig.filer().file(List.of(note("known", "Gwen Protheroe", "01632 960 114", null)));

        assertThat(rig.count("recorded")).isEqualTo(2);
    }

    @Test
    void whoeverStaffChoseItIs() {
        long chosen = rig.contactOf("known");

        rig.filer().file(List.of(note("again", "G. Protheroe", "07700 900 123", chosen)));

        assertThat(rig.contactOf("again")).isEqualTo(chosen);
        assertThat(rig.text("select name from contact where id = " + chosen)).isEqualTo("Gwen Protheroe");
        assertThat(rig.count("identifier_use where contact_id = " + chosen)).isOne();
        assertThat(rig.text("select value from claim where enquiry_id = " + rig.enquiryOf("again")))
                .isEqualTo("+447700900123");
    }

    @Test
    void whatTheChosenContactIsKnownByIsNotClaimed() {
        rig.filer().file(List.of(note("again", "Gwen", "01632 960 114", rig.contactOf("known"))));

        assertThat(rig.count("claim where enquiry_id = " + rig.enquiryOf("again")))
                .isZero();
        assertThat(rig.reviews().openCount()).isZero();
    }

    @Test
    void whatIsRecordedForAContactThatWasMergedMeanwhileStaysWithIt() {
        long chosen = rig.contactOf("known");
        long survivor = rig.contactOf("other");
        rig.sql()
                .sql("update contact set merged_into = ? where id = ?")
                .params(survivor, chosen)
                .update();

        rig.filer().file(List.of(note("again", "Gwen", "", chosen)));

        assertThat(rig.contactOf("again")).isEqualTo(chosen);
        assertThat(rig.panel().count(survivor)).isEqualTo(3);
    }

    @Test
    void aChosenContactThatWasErasedMeanwhileComesBackToNobody() {
        long chosen = rig.contactOf("other");
        rig.sql()
                .sql("update contact set erased_at = now(), name = null where id = ?")
                .param(chosen)
                .update();

        rig.filer().file(List.of(note("again", "Ed Carr", "", chosen), note("never", "", "", 999_999L)));

        assertThat(rig.contactOf("again")).isNotEqualTo(chosen).isNotEqualTo(rig.contactOf("never"));
        assertThat(rig.text("select name from contact where id = " + rig.contactOf("again")))
                .isEqualTo("Ed Carr");
        assertThat(rig.reviews().open(0, 10))
                .extracting(Review::matter)
                .containsOnly(Matter.CHOSEN_GONE)
                .hasSize(2);
        assertThat(rig.text("select resolved_by from enquiry where id = " + rig.enquiryOf("again")))
                .contains("was erased");
    }

    @Test
    void withoutAChoiceTheNumberDecidesOnlyTogetherWithTheName() {
        rig.filer()
                .file(List.of(
                        note("agrees", "Gwen Protheroe", "+44 1632 960114", null),
                        note("differs", "Idris Protheroe", "01632 960 114", null),
                        note("anonymous", "", "", null)));

        assertThat(rig.contactOf("agrees")).isEqualTo(rig.contactOf("known"));
        assertThat(rig.contactOf("differs")).isNotEqualTo(rig.contactOf("known"));
        assertThat(rig.text("select identified from contact where id = " + rig.contactOf("anonymous")))
                .isEqualTo("f");
    }

    @Test
    void anErasedEnquiryTakesWhatWasRecordedWithIt() {
        rig.sql()
                .sql("delete from enquiry where id = ?")
                .param(rig.enquiryOf("known"))
                .update();

        assertThat(rig.count("recorded")).isOne();
    }

    @Test
    void eachSeesTheirOwnOnly() {
        assertThat(rig.bean(RecordedByHand.class).by("staff:kwame", START))
                .extracting(RecordedByHand.Own::asked)
                .containsExactlyInAnyOrder("Asked about known", "Asked about other");
        assertThat(rig.bean(RecordedByHand.class).by("staff:priya", START)).isEmpty();
        assertThat(rig.bean(RecordedByHand.class).by("staff:kwame", START.plusSeconds(1)))
                .isEmpty();
    }
}
