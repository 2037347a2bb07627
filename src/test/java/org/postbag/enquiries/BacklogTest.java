package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Queues.Kind;
import org.postbag.enquiries.Queues.Queue;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;

/** What a backlog brings and is old stands in nobody's way. */
class BacklogTest {

    private final FilingRig rig = new FilingRig();

    @BeforeEach
    void now() {
        rig.at(START);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Receipt mail(String label, String route, int daysAgo) {
        var reached = START.minus(Duration.ofDays(daysAgo));
        var one = rig.items.item(label, TestItems.Spec.of(Channel.EMAIL, reached));
        return with(one, route, reached);
    }

    private static Receipt with(Receipt one, String route, Instant receivedAt) {
        return new Receipt(
                one.id(), one.channel(), Direction.INBOUND, route, receivedAt, one.size(), null, null, null, null);
    }

    private String status(String label) {
        return rig.sql()
                .sql(
                        "select coalesce((select status from enquiry_work w where w.enquiry_id = e.id), 'new') || ' ' || done from enquiry e where id = ?")
                .param(rig.enquiryOf(label))
                .query(String.class)
                .single();
    }

    @Test
    void whatIsOldIsClosedAndWhatIsNewOrCameByItselfIsToBeDone() {
        var old = mail("old", Receipt.BACKLOG_ROUTE, 31);
        var fresh = mail("fresh", Receipt.BACKLOG_ROUTE, 29);
        var late = mail("late", "mailbox", 31);

        rig.filer().file(List.of(old, fresh, late));
        rig.filer().file(List.of(late, old, fresh));

        assertThat(status("old")).isEqualTo("closed true");
        assertThat(status("fresh")).isEqualTo("new false");
        assertThat(status("late")).isEqualTo("new false");
        assertThat(rig.bean(Queues.class).count(Queue.UNASSIGNED, Kind.EVERYTHING, null))
                .isEqualTo(2);
        assertThat(rig.bean(AuditTrail.class).history(Subject.enquiry(rig.enquiryOf("old")), 10))
                .anySatisfy(event -> {
                    assertThat(event.actor()).isEqualTo(Filer.ACTOR);
                    assertThat(event.detail()).isEqualTo("Closed: of a backlog, and older than 30 days");
                });
    }
}
