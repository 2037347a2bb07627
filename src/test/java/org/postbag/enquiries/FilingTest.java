package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postbag.enquiries.TestItems.START;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.enquiries.Quarantine.Replayed;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.Automatic;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;

class FilingTest {

    private static final String ADA = "staff:ada";

    private final FilingRig rig = new FilingRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static Spec mail(int minute) {
        return Spec.of(Channel.EMAIL, START.plusSeconds(60L * minute));
    }

    @Test
    void anItemBecomesAnEnquiryOnAContactWithADateAndATrail() {
        var receipt = rig.items.item(
                "one",
                mail(0).from("Jane Doe", "Jane@Example.org", null)
                        .saying("Postal vote", "Where is it?")
                        .with("form.pdf"));

        rig.filer().file(List.of(receipt));

        var enquiry = rig.enquiries().byReference(receipt.reference()).getFirst();
        assertThat(enquiry.subject()).isEqualTo("Postal vote");
        assertThat(enquiry.keptUntil()).hasToString("2027-03-01");
        assertThat(enquiry.resolvedBy()).isEqualTo("The email address it came from");
        assertThat(rig.enquiries().files(enquiry.id())).extracting("name").containsExactly("form.pdf");
        var contact = rig.contacts().byId(enquiry.contactId()).orElseThrow();
        assertThat(contact.name()).isEqualTo("Jane Doe");
        assertThat(contact.lastContactAt()).isEqualTo(START);
        assertThat(rig.contacts().identifiers(contact.id()))
                .extracting(u -> u.identifier().value(), u -> u.state().code(), u -> u.source())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("jane@example.org", "sole", "receipt:" + receipt.id()));
        assertThat(rig.count("index_work where enquiry_id = " + enquiry.id())).isEqualTo(1);
        assertThat(rig.count("audit_event where action = 'FILED' and actor = 'job:filing' and subject_id = '"
                        + enquiry.id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void theSameItemAgainChangesNothing() {
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < 20; i++) {
            receipts.add(rig.items.item("item" + i, mail(i).from(null, "p" + i % 3 + "@example.org", null)));
        }
        rig.filer().file(receipts);
        var events = rig.count("audit_event");

        Collections.shuffle(receipts, new java.util.Random(1));
        receipts.addAll(List.copyOf(receipts));
        rig.filer().file(receipts);

        assertThat(rig.count("enquiry")).isEqualTo(20);
        assertThat(rig.count("contact")).isEqualTo(3);
        assertThat(rig.count("audit_event")).isEqualTo(events);
    }

    @Test
    void whatCannotBeReadGoesToQuarantineAndTheOthersAreFiled() {
        rig.filer()
                .file(List.of(
                        rig.items.item("good", mail(0).from(null, "a@example.org", null)),
                        rig.items.item("empty", mail(1).saying("unreadable", "")),
                        rig.items.item("bug", mail(2).saying("reader fails", "")),
                        rig.items.item("deep", mail(3).saying("nested too deeply", "")),
                        rig.items.item("good too", mail(4).from(null, "b@example.org", null))));

        assertThat(rig.count("enquiry")).isEqualTo(2);
        assertThat(rig.quarantine().list(false, 0, 10))
                .extracting(Quarantine.Item::reasonCode)
                .containsExactlyInAnyOrder("empty", "reader-failed", "reader-failed");
        assertThat(rig.quarantine().list(false, 0, 10))
                .allSatisfy(item -> assertThat(item.keptUntil()).hasToString("2027-03-01"));
    }

    @Test
    void anItemThatTakesAllMemoryIsFoundAndOnlyItGoesToQuarantine() {
        var receipts = List.of(
                rig.items.item("one", mail(0).from(null, "a@example.org", null)),
                rig.items.item("greedy", mail(1).saying("takes all memory", "")),
                rig.items.item("two", mail(2).from(null, "b@example.org", null)));

        for (int attempt = 1; attempt < BatchReader.MEMORY_TRIES_MAX; attempt++) {
            assertThatThrownBy(() -> rig.filer().file(receipts)).isInstanceOf(ServerAway.class);
        }
        rig.filer().file(receipts);

        assertThat(rig.count("enquiry")).isEqualTo(2);
        assertThat(rig.quarantine().list(false, 0, 10))
                .extracting(Quarantine.Item::id, Quarantine.Item::reasonCode)
                .containsExactly(org.assertj.core.api.Assertions.tuple(TestItems.id("greedy"), "too-much-memory"));
    }

    @Test
    void textThatTheDatabaseRefusesIsMended() {
        var nul = "a\0b";
        var half = "c\ud800d";
        var emoji = "e\ud83d\ude00f";
        rig.filer()
                .file(List.of(
                        rig.items.item(
                                "odd",
                                mail(0).from(nul + half, "a@example.org", null)
                                        .saying(nul, half + emoji)
                                        .thread(nul + half)
                                        .with(nul)
                                        .claiming(new org.postbag.normalising.Claim(
                                                org.postbag.normalising.Claim.Kind.LOCATION, nul))),
                        rig.items.item(
                                "huge",
                                mail(1).from(null, "b@example.org", null).saying("Huge", "x".repeat(2_000_000)))));

        var odd = rig.enquiries().byId(rig.enquiryOf("odd")).orElseThrow();
        assertThat(odd.subject()).isEqualTo("a\ufffdb");
        assertThat(odd.text()).isEqualTo("c\ufffdd" + emoji);
        var huge = rig.enquiries().byId(rig.enquiryOf("huge")).orElseThrow();
        assertThat(huge.text()).hasSize(ItemLimits.TEXT_LENGTH_MAX);
        assertThat(huge.damaged()).singleElement().asString().contains("first million characters");
        assertThat(rig.quarantine().count(false)).isZero();
    }

    @Test
    void anItemThatTheDatabaseRefusesIsFoundAndOnlyItGoesToQuarantine() {
        rig.ownerSql().sql("""
                create function refuse() returns trigger language plpgsql as $$ begin
                    if new.subject = 'poison' then raise exception 'no' using errcode = '22000'; end if; return new; end $$
                """).update();
        rig.ownerSql()
                .sql("create trigger refuse before insert on enquiry for each row execute function refuse()")
                .update();
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < 50; i++) {
            receipts.add(rig.items.item(
                    "item" + i,
                    mail(i).from("N" + i, "p" + i + "@example.org", null).saying(i == 17 ? "poison" : "fine", "text")));
        }

        rig.filer().file(receipts);

        assertThat(rig.count("enquiry")).isEqualTo(49);
        assertThat(rig.count("contact")).isEqualTo(49);
        var item = rig.quarantine().list(false, 0, 10).getFirst();
        assertThat(item.id()).isEqualTo(TestItems.id("item17"));
        assertThat(item.reasonCode()).isEqualTo("could-not-be-filed");

        assertThat(rig.quarantine().replay(item.id(), ADA)).isInstanceOf(Replayed.QuarantinedAgain.class);
        assertThat(rig.quarantine().byId(item.id()).orElseThrow().tries()).isEqualTo(2);
        rig.ownerSql().sql("drop trigger refuse on enquiry").update();
        assertThat(rig.quarantine().replay(item.id(), ADA)).isEqualTo(new Replayed.Filed(rig.enquiryOf("item17")));
        assertThat(rig.quarantine().replay(item.id(), ADA)).isInstanceOf(Replayed.NotInQuarantine.class);
        assertThat(rig.count("enquiry")).isEqualTo(50);
        assertThat(rig.count("quarantine")).isZero();
    }

    @Test
    void whileAServerIsAwayNothingIsFiledAndNothingLost() {
        var receipts = List.of(
                rig.items.item("one", mail(0).from(null, "a@example.org", null)),
                rig.items.item("two", mail(1).saying("unreadable", "")));
        rig.items.away = true;
        assertThatThrownBy(() -> rig.filer().file(receipts)).isInstanceOf(ServerAway.class);
        rig.ownerSql().sql("revoke insert on enquiry from postbag_app").update();
        rig.items.away = false;
        assertThatThrownBy(() -> rig.filer().file(receipts)).isInstanceOf(ServerAway.class);
        assertThat(rig.count("receipt")).isZero();
        rig.ownerSql().sql("grant insert on enquiry to postbag_app").update();

        rig.filer().file(receipts);

        assertThat(rig.count("enquiry")).isEqualTo(1);
        assertThat(rig.quarantine().count(false)).isEqualTo(1);
    }

    @Test
    void aReplayThatACrashCutShortIsSweptUp() {
        rig.filer().file(List.of(rig.items.item("one", mail(0).saying("unreadable", ""))));
        rig.items.item("one", mail(0).from(null, "a@example.org", null));
        rig.items.away = true;
        var id = TestItems.id("one");
        assertThat(rig.quarantine().replay(id, ADA)).isInstanceOf(Replayed.Waiting.class);
        rig.items.away = false;

        var left = rig.bean(StoredReceipts.class).waitingSince(java.time.Instant.parse("2027-01-01T00:00:00Z"), 10);
        assertThat(left).extracting(Receipt::id).containsExactly(id);
        rig.filer().file(left);

        assertThat(rig.bean(StoredReceipts.class).state(id)).contains(ReceiptState.FILED);
        assertThat(rig.count("audit_event where action = 'REPLAYED' and actor = '" + ADA + "'"))
                .isEqualTo(1);
    }

    @Test
    void discardingNeedsAReasonAndCanBeUndone() throws Exception {
        rig.filer().file(List.of(rig.items.item("one", mail(0).saying("unreadable", ""))));
        var id = TestItems.id("one");
        assertThatThrownBy(() -> rig.quarantine().discard(id, " ", ADA)).isInstanceOf(IllegalArgumentException.class);

        assertThat(rig.quarantine().discard(id, "Junk", ADA)).isTrue();
        assertThat(rig.quarantine().discard(id, "Junk", ADA)).isFalse();
        assertThat(rig.quarantine().replay(id, ADA)).isInstanceOf(Replayed.NotInQuarantine.class);
        var discarded = rig.quarantine().list(true, 0, 10).getFirst();
        assertThat(discarded.discardReason()).isEqualTo("Junk");
        assertThat(discarded.keptUntil()).hasToString("2026-05-01");

        assertThat(rig.quarantine().restore(id, ADA)).isTrue();
        assertThat(rig.quarantine().count(true)).isZero();
        assertThat(rig.quarantine().raw(id, ADA)).isPresent();
        assertThat(rig.count("audit_event where actor = '" + ADA + "' and subject_kind = 'receipt'"))
                .isEqualTo(3);
    }

    @Test
    void aRawFileThatIsMissingStopsNobody() throws Exception {
        var receipt = rig.items.item("one", mail(0).from(null, "a@example.org", null));
        rig.items.erase(receipt.id(), receipt.channel());

        rig.filer().file(List.of(receipt, rig.items.item("two", mail(1).from(null, "b@example.org", null))));

        assertThat(rig.count("enquiry")).isEqualTo(1);
        assertThat(rig.quarantine().list(false, 0, 1).getFirst().reasonCode()).isEqualTo("raw-missing");
        rig.items.item("one", mail(0).from(null, "a@example.org", null));
        assertThat(rig.quarantine().replay(receipt.id(), ADA)).isInstanceOf(Replayed.Filed.class);
    }

    @Test
    void onlyWhatAPersonWroteMovesADate() {
        rig.filer()
                .file(List.of(
                        rig.items.item("first", mail(0).from(null, "a@example.org", null)),
                        rig.items.item(
                                "bounce",
                                mail(10).from(null, "a@example.org", null).automatic(Automatic.BOUNCE)),
                        rig.items.item(
                                "reply",
                                mail(20).from(null, "a@example.org", null).automatic(Automatic.AUTO_REPLY)),
                        rig.items.item("ours", mail(30).outboundTo("enquiries@body.example", "a@example.org"))));

        assertThat(rig.count("contact")).isEqualTo(1);
        assertThat(rig.count("contact where last_contact_at = '" + START + "'")).isEqualTo(1);
    }

    @Test
    void transitionsAreThoseOfTheTable() {
        assertThat(ReceiptState.ERASED.next()).isEmpty();
        assertThat(ReceiptState.FILED.next()).containsExactly(ReceiptState.ERASED);
        assertThat(ReceiptState.WAITING.reachedFrom()).containsExactly("quarantined");
        assertThat(ReceiptState.ERASED.reachedFrom()).containsExactly("waiting", "filed", "quarantined", "discarded");
    }
}
