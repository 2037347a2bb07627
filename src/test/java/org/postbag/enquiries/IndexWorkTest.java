package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.receiving.Channel;

/** What filing leaves to be indexed, beside the enquiries that it files. */
class IndexWorkTest {

    private FilingRig rig;

    @BeforeEach
    void start() {
        rig = new FilingRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void filed(String label, Duration after, String id, String... answers) {
        rig.filer()
                .file(List.of(rig.items.item(
                        label,
                        Spec.of(Channel.EMAIL, START.plus(after))
                                .from("Jane Doe", "jane@example.org", null)
                                .id(id, answers))));
    }

    private List<String> clocks() {
        return rig.sql()
                .sql("select kind from clock_work order by kind")
                .query((row, n) -> row.getString("kind"))
                .list();
    }

    private List<Long> toIndex() {
        return rig.sql()
                .sql("select enquiry_id from index_work order by 1")
                .query((row, n) -> row.getLong("enquiry_id"))
                .list();
    }

    @Test
    void aClockThatMovesToAnotherDayIsOneRowHoweverOftenItMoves() {
        filed("first", Duration.ZERO, "a@example.org");
        assertThat(clocks()).isEmpty();

        for (int day = 1; day <= 3; day++) {
            filed("day " + day, Duration.ofDays(day), day + "@example.org", "a@example.org");
        }
        assertThat(clocks()).containsExactly("contact", "thread");
    }

    @Test
    void whatComesOnTheSameDayOrEarlierMovesNoDate() {
        filed("first", Duration.ofDays(5), "a@example.org");

        filed("an hour later", Duration.ofDays(5).plusHours(1), "b@example.org", "a@example.org");
        filed("from before", Duration.ofDays(2), "c@example.org");

        assertThat(clocks()).isEmpty();
    }

    @Test
    void allThatIsOnThreadsThatTurnOutToBeOneIsIndexedAgain() {
        filed("first", Duration.ZERO, "a@example.org");
        filed("third", Duration.ofDays(2), "c@example.org", "b@example.org");
        rig.sql().sql("delete from index_work").update();

        filed("second", Duration.ofDays(1), "b@example.org", "a@example.org");

        assertThat(toIndex())
                .containsExactlyInAnyOrder(rig.enquiryOf("first"), rig.enquiryOf("second"), rig.enquiryOf("third"));
    }
}
