package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.contacts.FindingMatches;
import org.postbag.contacts.Verifying;
import org.postbag.normalising.Claim;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;

/** An address is known to be its contact's own once they answered mail that we sent to it, or staff said so; a sender's address alone shows nothing. */
class VerifyingTest {

    private final FilingRig rig = new FilingRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private TestItems.Spec mail(int minute) {
        return TestItems.Spec.of(Channel.EMAIL, START.plus(Duration.ofMinutes(minute)));
    }

    private List<String> verified(String label) {
        return rig.contacts().identifiers(rig.contactOf(label)).stream()
                .filter(use -> use.verified() != null)
                .map(use -> use.identifier().value())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whoAnswersWhatWeSentIsVerifiedInWhateverOrderItIsFiled(long seed) {
        var receipts = new ArrayList<Receipt>(List.of(
                rig.items.item(
                        "asks",
                        mail(0).from("Jane Doe", "jane@example.org", null).id("a@example.org")),
                rig.items.item(
                        "answered",
                        mail(1).from(null, "enquiries@body.example", null)
                                .outboundTo("jane@example.org")
                                .id("ours@body.example", "a@example.org")),
                rig.items.item(
                        "thanks",
                        mail(2).from("Jane Doe", "jane@example.org", null)
                                .id("b@example.org", "a@example.org", "ours@body.example")),
                rig.items.item(
                        "thanks again",
                        mail(3).from("Jane Doe", "jane@example.org", null)
                                .id("c@example.org", "a@example.org", "ours@body.example")),
                rig.items.item(
                        "only asks",
                        mail(4).from("Rhys Pugh", "rhys@example.org", null).id("d@example.org"))));
        Collections.shuffle(receipts, new Random(seed));

        receipts.forEach(receipt -> rig.filer().file(List.of(receipt)));
        rig.filer().file(List.of());
        rig.filer().fileFitting(10);

        assertThat(verified("asks")).as("seed %s", seed).containsExactly("jane@example.org");
        assertThat(verified("only asks")).isEmpty();
        assertThat(rig.text("select verified_by from identifier_use where verified_at is not null"))
                .isEqualTo("receipt:" + TestItems.id("thanks").hex());
    }

    @Test
    void whoAnswersFromAnotherAddressVerifiesNothing() {
        rig.filer()
                .file(List.of(
                        rig.items.item(
                                "asks",
                                mail(0).from("Jane Doe", "jane@example.org", null)
                                        .id("a@example.org")),
                        rig.items.item(
                                "answered",
                                mail(1).from(null, "enquiries@body.example", null)
                                        .outboundTo("jane@example.org")
                                        .id("ours@body.example", "a@example.org")),
                        rig.items.item(
                                "forwarded",
                                mail(2).from("Eve Evil", "eve@example.org", null)
                                        .id("e@example.org", "a@example.org", "ours@body.example"))));

        assertThat(rig.contactOf("forwarded")).isNotEqualTo(rig.contactOf("asks"));
        assertThat(rig.count("identifier_use where verified_at is not null")).isZero();
    }

    @Test
    void twoWithVerifiedAddressesOfTheirOwnAreNeverTakenForOneByTheProgram() {
        var telephone = new Claim(Claim.Kind.TELEPHONE, "01792 496001");
        var postcode = new Claim(Claim.Kind.POSTCODE, "SA1 3SN");
        rig.filer()
                .file(List.of(
                        rig.items.item(
                                "one",
                                mail(0).from("Jonathan Pritchard", "jp@home.example", null)
                                        .claiming(telephone, postcode)),
                        rig.items.item(
                                "other",
                                mail(1).from("Jonathan Pritchard", "jp@work.example", null)
                                        .claiming(telephone, postcode))));
        rig.bean(FindingMatches.class).work();
        assertThat(rig.text("select decision from contact_match")).isEqualTo("same");

        for (var label : List.of("one", "other")) {
            long contact = rig.contactOf(label);
            long identifier = rig.contacts().identifiers(contact).getFirst().identifierId();
            assertThat(rig.bean(Verifying.class).verify(contact, identifier, true, "staff:1"))
                    .isTrue();
        }
        rig.bean(FindingMatches.class).work();

        assertThat(rig.text("select decision from contact_match")).isEqualTo("review");
    }
}
