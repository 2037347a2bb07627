package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.enquiries.Acknowledgements.State;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.EmailAddress;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.retention.Category;

/** Whose mail is acknowledged, and how often. */
class AcknowledgementsTest {

    private static final String JANE = "jane@example.org";

    private FilingRig rig;

    @BeforeEach
    void start() {
        rig = new FilingRig(TestServers.database(), START, true);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Spec mail(Duration after, String address) {
        return Spec.of(Channel.EMAIL, START.plus(after))
                .from("Jane Doe", address, null)
                .and(message -> message.answerTo(EmailAddress.parse(address).orElseThrow()));
    }

    private Receipt item(String label, Spec spec) {
        return rig.items.item(label, spec);
    }

    private void file(Receipt... receipts) {
        rig.filer().file(List.of(receipts));
    }

    private Acknowledgements acknowledgements() {
        return rig.bean(Acknowledgements.class);
    }

    /** Sends what is due at a moment, and says to whom. */
    private List<String> sentAt(Duration after) {
        rig.at(START.plus(after));
        var sent = new ArrayList<String>();
        for (var due = acknowledgements().next();
                due.isPresent();
                due = acknowledgements().next()) {
            sent.add(due.get().address());
            acknowledgements().sent(due.get());
        }
        return sent;
    }

    @Test
    void aMailIsAcknowledgedOnceItsThreadHasSettled() {
        file(item("first", mail(Duration.ZERO, JANE)));

        assertThat(sentAt(Duration.ofSeconds(1))).isEmpty();
        assertThat(sentAt(Duration.ofMinutes(1))).containsExactly(JANE);
        assertThat(sentAt(Duration.ofMinutes(2))).isEmpty();
        var shown = shown("first");
        assertThat(shown.state()).isEqualTo(State.SENT);
        assertThat(shown.welsh()).isFalse();
        assertThat(rig.count("audit_event where action = 'ACKNOWLEDGED' and actor = 'job:acknowledging'"))
                .isEqualTo(1);
    }

    @Test
    void whoWritesInWelshIsAnsweredInWelsh() {
        file(item("welsh", mail(Duration.ZERO, JANE).and(message -> message.language("cy"))));

        rig.at(START.plusSeconds(60));
        assertThat(acknowledgements().next().orElseThrow().language()).isEqualTo("cy");
    }

    @Test
    void aThreadIsAcknowledgedOnceInWhateverOrderItsMailsAreFiled() {
        var first = item("first", mail(Duration.ZERO, JANE).id("1@example.org"));
        var second = item("second", mail(Duration.ofSeconds(5), JANE).id("2@example.org", "1@example.org"));
        file(second);
        file(first);

        assertThat(sentAt(Duration.ofMinutes(1))).containsExactly(JANE);
        file(item("third", mail(Duration.ofMinutes(3), JANE).id("3@example.org", "1@example.org", "2@example.org")));
        assertThat(sentAt(Duration.ofMinutes(5))).isEmpty();
        assertThat(rig.text("select string_agg(enquiry_id::text, ',') from acknowledgement"))
                .isEqualTo(Long.toString(rig.enquiryOf("first")));
    }

    @Test
    void whoAnswersUsIsNotAcknowledged() {
        file(item("asked", mail(Duration.ZERO, JANE).id("1@example.org").and(message -> message.answerTo(null))));
        file(item(
                "ours",
                Spec.of(Channel.EMAIL, START.plusSeconds(60))
                        .id("2@body.example", "1@example.org")
                        .outboundTo(JANE)));
        file(item("reply", mail(Duration.ofMinutes(2), JANE).id("3@example.org", "2@body.example")));

        assertThat(sentAt(Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void neitherOurOwnAddressesNorOldMailsNorThoseThatNoProgramMayAnswer() {
        file(
                item("own", mail(Duration.ZERO, "someone@body.example")),
                item("old", mail(Duration.ofDays(-3), JANE)),
                item(
                        "dated long ago",
                        mail(Duration.ZERO, "joe@example.org")
                                .and(message -> message.sentAt(START.minus(Duration.ofDays(30))))),
                imported(item("of a backlog", mail(Duration.ZERO, "bob@example.org"))),
                item("silent", Spec.of(Channel.EMAIL, START).from("Ann", "ann@example.org", null)));

        assertThat(sentAt(Duration.ofMinutes(5))).isEmpty();
        assertThat(rig.count("acknowledgement")).isZero();
    }

    @Test
    void oneAddressGetsAFewADayAtMost() {
        for (int i = 0; i < Acknowledgements.ADDRESS_PER_DAY_MAX + 3; i++) {
            file(item("mail " + i, mail(Duration.ofSeconds(i), JANE).saying("Subject " + i, "Text " + i)));
        }

        assertThat(sentAt(Duration.ofMinutes(5))).hasSize(Acknowledgements.ADDRESS_PER_DAY_MAX);
        file(item("next day", mail(Duration.ofHours(25), JANE).saying("Another", "Text")));
        assertThat(sentAt(Duration.ofHours(26))).containsExactly(JANE);
    }

    @Test
    void whatMayHaveBeenSentIsNotSentAgain() {
        file(item("first", mail(Duration.ZERO, JANE)));
        rig.at(START.plusSeconds(60));
        assertThat(acknowledgements().next()).isPresent();

        // The program was killed while it sent.
        assertThat(sentAt(Duration.ofHours(1))).isEmpty();
        assertThat(state("first")).isEqualTo(State.UNSURE);
        file(item("second", mail(Duration.ofHours(1), JANE).id("2@example.org")));
        assertThat(sentAt(Duration.ofHours(2))).containsExactly(JANE);
    }

    @Test
    void whileTheServerIsAwayItIsTriedAgainForTwoDays() {
        file(item("first", mail(Duration.ZERO, JANE)));
        Instant now = START;
        int tries = 0;
        while (now.isBefore(START.plus(Duration.ofDays(4)))) {
            rig.at(now);
            var due = acknowledgements().next();
            if (due.isPresent()) {
                acknowledgements().later(due.get(), "the mail server does not answer");
                tries++;
            }
            now = now.plus(Duration.ofMinutes(10));
        }

        assertThat(tries).isBetween(40, 60);
        assertThat(state("first")).isEqualTo(State.GIVEN_UP);
        assertThat(shown("first").reason()).isEqualTo("the mail server does not answer");
    }

    @Test
    void itGoesWithItsEnquiry() {
        file(item("first", mail(Duration.ZERO, JANE)));
        rig.bean(EnquiryErasing.class)
                .erase(List.of(rig.enquiryOf("first")), Category.PUBLIC, LocalDate.parse("2027-03-02"), "job:test");

        assertThat(rig.count("acknowledgement")).isZero();
        assertThat(sentAt(Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void unlessItIsSwitchedOnNobodyIsAcknowledged() {
        try (var off = new FilingRig(rig.database, START)) {
            off.filer().file(List.of(off.items.item("off", mail(Duration.ZERO, JANE))));
            assertThat(off.count("acknowledgement")).isZero();
        }
    }

    private static Receipt imported(Receipt receipt) {
        return new Receipt(
                receipt.id(),
                receipt.channel(),
                receipt.direction(),
                Receipt.BACKLOG_ROUTE,
                receipt.receivedAt(),
                receipt.size(),
                null,
                null,
                null,
                null);
    }

    private State state(String label) {
        return shown(label).state();
    }

    private Acknowledgements.Shown shown(String label) {
        long enquiry = rig.enquiryOf(label);
        return Objects.requireNonNull(acknowledgements().of(List.of(enquiry)).get(enquiry), label);
    }
}
