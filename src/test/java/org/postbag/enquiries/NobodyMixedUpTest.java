package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.contacts.Contact;
import org.postbag.contacts.IdentifierUse;
import org.postbag.contacts.Reviews.Matter;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Receipt;

/** Nobody is mixed up with somebody else, whatever an item says: real items of each channel, through the readers and the filer, on a real database. */
@TestInstance(Lifecycle.PER_CLASS)
class NobodyMixedUpTest {

    private final FilingRig rig = new FilingRig();
    private int made;

    @AfterAll
    void close() {
        rig.close();
    }

    private static Receipt mail(FilingRig rig, String label, int minute, String... headers) {
        var text = String.join("\r\n", headers) + "\r\nSubject: A question\r\nMessage-ID: <" + label.replace(' ', '.')
                + "@mail.example>\r\n\r\nWhere do I vote?\r\n";
        return rig.items.raw(label, Channel.EMAIL, START.plus(Duration.ofMinutes(minute)), null, text.getBytes(UTF_8));
    }

    private static Receipt call(FilingRig rig, String label, int minute, String number, String name) {
        var cells = new TreeMap<>(Map.of("Call ID", label, "Call date", "01/03/2026", "Call time", "08:00:00"));
        cells.put("Caller number", number);
        cells.put("Caller name", name);
        cells.put("Notes", "Asks where to vote");
        cells.values().removeIf(String::isEmpty);
        return rig.items.raw(
                label,
                Channel.TELEPHONE,
                START.plus(Duration.ofMinutes(minute)),
                "contact-centre",
                new ExportRow.Whole(cells).json());
    }

    private static Receipt form(FilingRig rig, String label, int minute, String name, String email, String telephone) {
        var form = new ContactForm(label, name, email, telephone, "", "", "Where do I vote?", false, List.of());
        return rig.items.raw(label, Channel.WEB_FORM, START.plus(Duration.ofMinutes(minute)), null, form.toJson());
    }

    private Receipt mail(String label, int minute, String... headers) {
        return mail(rig, label, minute, headers);
    }

    private void file(Receipt... receipts) {
        rig.filer().file(List.of(receipts));
        assertThat(receipts)
                .allSatisfy(r -> assertThat(rig.count("receipt where state = 'filed' and id = '" + r.id().hex() + "'"))
                        .isEqualTo(1));
    }

    private Contact contact(String label) {
        return rig.contacts().byId(rig.contactOf(label)).orElseThrow();
    }

    private List<String> addresses(String label) {
        return addresses(rig, rig.contactOf(label));
    }

    private static List<String> addresses(FilingRig of, long contactId) {
        return of.contacts().identifiers(contactId).stream()
                .map(use -> use.identifier().value() + " " + use.state().code())
                .toList();
    }

    private Set<Long> contactsOf(String... labels) {
        return new HashSet<>(Arrays.stream(labels).map(rig::contactOf).toList());
    }

    private List<Matter> reviews(String label) {
        return rig.reviews().ofContact(rig.contactOf(label)).stream()
                .map(review -> review.matter())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void withheldCallsTheContactCentresMailsAndAFormWithOthersAddresses(long seed) {
        try (var one = new FilingRig()) {
            var receipts = new ArrayList<Receipt>();
            var withheld = List.of("Withheld", "Anonymous", "Unavailable", "0000000000", "");
            for (int i = 0; i < 40; i++) {
                receipts.add(call(one, "withheld " + i, i, withheld.get(i % 5), i % 3 == 0 ? "Jane Doe" : ""));
            }
            for (int i = 0; i < 20; i++) {
                receipts.add(mail(
                        one,
                        "forwarded " + i,
                        i,
                        "From: Contact Centre <" + FilingRig.OWN_ADDRESS.toUpperCase(java.util.Locale.ROOT) + ">",
                        "To: enquiries@body.example",
                        i % 2 == 0 ? "Reply-To: sue@example.org" : "X-Caller: 01792 496001"));
            }
            receipts.add(mail(one, "sue", 0, "From: Sue Stranger <sue@example.org>"));
            receipts.add(call(one, "tom", 0, "01792 496001", "Tom Other"));
            receipts.add(form(one, "form", 60, "Mallory Third", "sue@example.org", "(01792) 496 001"));
            Collections.shuffle(receipts, new Random(seed));

            receipts.forEach(receipt -> one.filer().file(List.of(receipt)));

            assertThat(one.count("enquiry")).as("seed %s", seed).isEqualTo(63);
            assertThat(one.count("contact")).isEqualTo(62);
            assertThat(one.count("contact where not identified")).isEqualTo(60);
            long sue = one.contactOf("sue");
            long tom = one.contactOf("tom");
            assertThat(one.contactOf("form")).isEqualTo(sue);
            assertThat(one.contacts().byId(sue).orElseThrow().name()).isEqualTo("Sue Stranger");
            assertThat(one.contacts().byId(tom).orElseThrow().name()).isEqualTo("Tom Other");
            assertThat(addresses(one, sue)).containsExactly("sue@example.org sole");
            assertThat(addresses(one, tom)).containsExactly("+441792496001 sole");
            assertThat(one.count("identifier_use")).isEqualTo(2);
            assertThat(one.claims().ofEnquiry(one.enquiryOf("form")))
                    .extracting(claim -> claim.kind() + " " + claim.state().code())
                    .containsExactly("name claimed", "telephone claimed");
            assertThat(one.reviews().open(0, 10))
                    .extracting(review -> review.matter())
                    .containsExactlyInAnyOrder(Matter.NAME_DIFFERS, Matter.CLAIM_OF_ANOTHER, Matter.CLAIM_OF_ANOTHER);
            assertThat(one.contacts().byId(one.contactOf("withheld 0")).orElseThrow())
                    .extracting(Contact::name, Contact::identified)
                    .containsExactly("Jane Doe", false);
            assertThat(one.contacts()
                            .byId(one.contactOf("forwarded 0"))
                            .orElseThrow()
                            .shownName())
                    .isEqualTo("Not identified");
        }
    }

    @Test
    void ofSeveralSendersTheFirstDecidesAndTheOthersKeepTheirAddresses() {
        file(
                mail(
                        "both",
                        0,
                        "From: Ann One <ann1@example.org>, Bob Two <bob2@example.org>",
                        "Sender: bob2@example.org"),
                mail("ann", 1, "From: Ann One <ann1@example.org>"),
                mail("bob", 2, "From: Bob Two <bob2@example.org>"));

        assertThat(contactsOf("both", "ann")).hasSize(1);
        assertThat(contactsOf("ann", "bob")).hasSize(2);
        assertThat(addresses("bob")).containsExactly("bob2@example.org sole");
    }

    @ParameterizedTest
    @CsvSource({
        "case.one@example.org, CASE.One@EXAMPLE.ORG, true",
        "tag@example.org, tag+votes@example.org, false",
        "idn@b\u00fccher.example, IDN@xn--bcher-kva.example, true",
        "sharp@stra\u00dfe.example, sharp@strasse.example, false",
        "ren\u00e9@example.org, rene\u0301@example.org, true",
        "p\u0430ul@example.org, paul@example.org, false",
        "dots.within@example.org, dotswithin@example.org, false",
        "sub@a.example.org, sub@example.org, false"
    })
    void anAddressIsTheSameOnlyWhereItIsTheSameMailbox(String one, String other, boolean same) {
        var first = "address " + made++;
        var second = "address " + made++;
        file(mail(first, 0, "From: <" + one + ">"), mail(second, 1, "From: <" + other + ">"));

        assertThat(contactsOf(first, second)).hasSize(same ? 1 : 2);
    }

    @Test
    void replyToAndSenderAreClaimsAtMost() {
        file(
                mail("victim", 0, "From: Vera Victim <vera@example.org>"),
                mail(
                        "attacker",
                        1,
                        "From: Eve Evil <eve@example.org>",
                        "Reply-To: Vera Victim <vera@example.org>",
                        "Sender: vera@example.org"));

        assertThat(contactsOf("victim", "attacker")).hasSize(2);
        assertThat(addresses("victim")).containsExactly("vera@example.org sole");
        assertThat(addresses("attacker")).containsExactly("eve@example.org sole");
        assertThat(reviews("victim")).containsExactly(Matter.CLAIM_OF_ANOTHER);
    }

    @Test
    void aDisplayNameThatIsAnAddressNamesNobody() {
        file(
                mail("named", 0, "From: Nora Named <nora@example.org>"),
                mail("posing", 1, "From: \"nora@example.org\" <posing@example.org>"));

        assertThat(contactsOf("named", "posing")).hasSize(2);
        assertThat(contact("posing").name()).isNull();
        assertThat(rig.enquiries().byId(rig.enquiryOf("posing")).orElseThrow().fromName())
                .isEqualTo("nora@example.org");
    }

    @Test
    void aNumberIsTheSameInEveryNotation() {
        var notations = List.of(
                "01792 496100",
                "(01792) 496-100",
                "+44 (0)1792 496100",
                "0044 1792 496100",
                "+441792496100",
                "01792 496100 ext 12");
        for (int i = 0; i < notations.size(); i++) {
            file(call(rig, "notation " + i, i, notations.get(i), i % 2 == 0 ? "Nia Rees" : "Ms NIA REES"));
        }

        assertThat(contactsOf("notation 0", "notation 1", "notation 2", "notation 3", "notation 4", "notation 5"))
                .hasSize(1);
        assertThat(addresses("notation 0")).containsExactly("+441792496100 sole");
    }

    @Test
    void aNumberThatAnOfficeSharesMakesNobodyOne() {
        var names = List.of(
                "Jane Doe",
                "John Doe",
                "J\u0430ne Doe",
                "",
                "J D",
                "J. D.",
                "Jane",
                "Mr Doe",
                "Mrs Doe",
                "J Doe",
                "J Doe",
                "07700 900123",
                "Unknown");
        for (int i = 0; i < names.size(); i++) {
            file(call(rig, "office " + i, i, "01792 496200", names.get(i)));
        }

        var contacts = new HashSet<Long>();
        for (int i = 0; i < names.size(); i++) {
            contacts.add(rig.contactOf("office " + i));
        }
        assertThat(contacts).hasSize(names.size());
        assertThat(addresses("office 0")).containsExactly("+441792496200 shared");
        assertThat(reviews("office 0")).containsExactly(Matter.TELEPHONE_SHARED);
        assertThat(contact("office 11").name()).isNull();
        assertThat(contact("office 9").name()).isEqualTo("J Doe");

        file(call(rig, "office again", 99, "+44 1792 496200", "Jane  DOE"));
        assertThat(rig.contactOf("office again")).isEqualTo(rig.contactOf("office 0"));
    }

    @Test
    void aPersonByFormAndByMailIsOneAndByTelephoneAnother() {
        file(
                form(rig, "by form", 0, "Fay Form", "fay@example.org", "01792 496300"),
                mail("by mail", 1, "From: Fay Form <FAY@example.org>"),
                call(rig, "by telephone", 2, "01792 496300", "Fay Form"));

        assertThat(contactsOf("by form", "by mail")).hasSize(1);
        assertThat(contactsOf("by form", "by telephone")).hasSize(2);
        assertThat(addresses("by form")).containsExactly("fay@example.org sole");
        assertThat(reviews("by telephone")).containsExactly(Matter.CLAIM_OF_ANOTHER);
    }

    @Test
    void aFormWithATelephoneNumberAloneDecidesAsACallDoes() {
        file(
                form(rig, "whole", 0, "Gwen Pugh", "", "01792 496400"),
                form(rig, "whole again", 1, "Gwen Pugh", "not an address", "01792 496400"),
                form(rig, "other name", 2, "Huw Pugh", "", "01792 496400"),
                form(rig, "no name", 3, "", "", "01792 496400"));

        assertThat(contactsOf("whole", "whole again")).hasSize(1);
        assertThat(contactsOf("whole", "other name", "no name")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noreply@shop.example",
                "do-not-reply@shop.example",
                "newsletter-no_reply@shop.example",
                "bounces+jane=example.org@list.example",
                "MAILER-DAEMON@mx.example",
                "jane@noreply.shop.example",
                "enquiries@body.example",
                "someone.else@BODY.example",
                "calls+7@contact-centre.example"
            })
    void whatManySendFromIsNobodys(String address) {
        var first = "many " + made++;
        var second = "many " + made++;
        file(mail(first, 0, "From: " + address), mail(second, 1, "From: " + address));

        assertThat(contactsOf(first, second)).hasSize(2);
        assertThat(contact(first).identified()).isFalse();
        assertThat(contact(first).shownName()).isEqualTo("Not identified");
        assertThat(addresses(first)).isEmpty();
    }

    @Test
    void ourOwnNumberIsNobodys() {
        file(
                call(rig, "own 1", 0, "0300 300 1000", "Olive Own"),
                call(rig, "own 2", 1, "+44 300 300 1000", "Olive Own"));

        assertThat(contactsOf("own 1", "own 2")).hasSize(2);
        assertThat(addresses("own 1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameOnAFormIsNeverAddedToAContactThatIsThere(boolean formFirst) {
        var address = "quiet" + made + "@example.org";
        var nameless = "quiet " + made++;
        var form = "quiet " + made++;
        var mail = mail(nameless, 0, "From: <" + address + ">");
        var filled = form(rig, form, 5, "Mallory Third", address, "");
        if (formFirst) {
            file(filled);
            assertThat(contact(form).name()).isEqualTo("Mallory Third");
            file(mail);
        } else {
            file(mail);
            file(filled);
        }

        assertThat(contactsOf(nameless, form)).hasSize(1);
        assertThat(contact(form).name()).isNull();
        assertThat(rig.claims().ofEnquiry(rig.enquiryOf(form)))
                .extracting(claim -> claim.kind() + " " + claim.value())
                .containsExactly("name Mallory Third");
        var later = "quiet " + made++;
        file(mail(later, 9, "From: Quentin Quiet <" + address + ">"));
        assertThat(contact(form).name()).isEqualTo("Quentin Quiet");
        assertThat(reviews(form)).containsExactly(Matter.NAME_DIFFERS);
        if (formFirst) {
            assertThat(rig.text(
                            "select string_agg(coalesce(b.value, '-') || ' > ' || coalesce(a.value, '-'), ', ' order by e.id)"
                                    + " from audit_event e left join audit_value b on b.id = e.before_value_id"
                                    + " left join audit_value a on a.id = e.after_value_id"
                                    + " where e.actor = 'job:filing' and e.action = 'CORRECTED' and e.subject_id = '"
                                    + rig.contactOf(form) + "'"))
                    .isEqualTo("Mallory Third > -, - > Quentin Quiet");
        }
    }

    @Test
    void anAddressThatIsConfirmedForOneIsNeverMovedFromAnother() {
        file(
                mail("holder", 0, "From: Hal Holder <hal@example.org>"),
                call(rig, "claimant", 1, "01792 496500", "Cleo Claim"),
                form(rig, "claim", 2, "Cleo Claim", "", "01792 496500"));
        file(form(rig, "claims mail", 3, "Cleo Claim", "cleo@example.org", "01792 496500"));
        file(mail("reply to", 4, "From: cleo@example.org", "Reply-To: hal@example.org"));
        var claim = rig.claims().ofEnquiry(rig.enquiryOf("reply to")).getFirst();

        assertThat(rig.claims().confirm(claim.id(), "staff:ada"))
                .isEqualTo(org.postbag.contacts.Claims.Decided.USED_BY_ANOTHER);
        assertThat(rig.contacts().identifiers(rig.contactOf("holder")))
                .extracting(IdentifierUse::contactId)
                .containsExactly(rig.contactOf("holder"));
        assertThat(contactsOf("claimant", "claim")).hasSize(1);
        assertThat(contactsOf("claimant", "claims mail")).hasSize(2);
    }
}
