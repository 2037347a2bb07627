package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.Records;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Contacts.Corrected;
import org.postbag.contacts.FindingMatches;
import org.postbag.contacts.IdentifierUse;
import org.postbag.contacts.Listings;
import org.postbag.contacts.PublicLists;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.keeping.Keeping;
import org.postbag.normalising.Claim;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.RegisterNumber;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ListFigures.Figures;
import org.postbag.receiving.PublicSource;
import org.postbag.receiving.Receipt;
import org.postbag.retention.Category;

/** What public lists make of contacts, on a real database. Lists are cut and read as the program does. */
class PublicListsTest {

    private static final String ADA = "staff:ada";
    private static final String JANE = "1,Jane,Doe,Vale,jane@members.example,01632 960001,,East";

    private final FilingRig rig = new FilingRig();
    private final Lists lists = new Lists(rig);

    @AfterEach
    void close() {
        rig.close();
    }

    private void file(List<Receipt> receipts) {
        rig.filer().file(receipts);
    }

    private static Instant day(int days) {
        return START.plus(Duration.ofDays(days));
    }

    private Contact contact(String name) {
        return rig.contacts().byId(lists.contact(name)).orElseThrow();
    }

    /** Value, state and source of what a contact is known by. */
    private List<String> knownBy(String name) {
        return rig.contacts().identifiers(lists.contact(name)).stream()
                .map(use -> use.identifier().value() + " " + use.state().code() + " "
                        + use.source().replaceAll("(receipt|claim):.*", "$1"))
                .toList();
    }

    private List<String> history(String name) {
        return rig.bean(AuditTrail.class).history(Subject.contact(lists.contact(name)), 50).stream()
                .map(e -> e.actor() + " " + e.action() + " " + e.detail() + ": " + e.before() + " -> " + e.after())
                .toList();
    }

    @Test
    void aListMakesContactsWithTheirCategoryAndNoEnquiry() {
        file(lists.members("2026-03-01", START, JANE, "2,Bo,Said,Hill,,,,West"));

        var jane = contact("Jane Doe");
        assertThat(jane.category()).isEqualTo(Category.ELECTED_REPRESENTATIVE);
        assertThat(jane.kind()).isEqualTo(Contact.Kind.PERSON);
        assertThat(jane.organisation()).isEqualTo("Vale");
        assertThat(jane.source()).isEqualTo("Members of Northvale Assembly");
        assertThat(jane.lastContactAt()).isNull();
        assertThat(jane.lastSeenAt()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(knownBy("Jane Doe"))
                .containsExactly(
                        "jane@members.example sole Members of Northvale Assembly",
                        "+441632960001 sole Members of Northvale Assembly");
        assertThat(contact("Bo Said").shownName()).isEqualTo("Bo Said");
        assertThat(knownBy("Bo Said")).isEmpty();
        assertThat(rig.count("enquiry")).isZero();
        assertThat(rig.count("receipt where state = 'filed'")).isEqualTo(2);
        assertThat(history("Jane Doe"))
                .containsExactly("job:filing CREATED In a list of Members of Northvale Assembly: null -> null");
    }

    @Test
    void aLaterListUpdatesAndTheHistorySaysWhat() {
        file(lists.members("2026-03-01", START, JANE));
        file(lists.members("2026-03-08", day(7), "1,Jane,Smith,Hill,jane@smith.example,01632 960001,,East"));

        assertThat(rig.count("contact")).isEqualTo(1);
        assertThat(contact("Jane Smith").lastSeenAt()).isEqualTo("2026-03-08T00:00:00Z");
        assertThat(knownBy("Jane Smith"))
                .containsExactlyInAnyOrder(
                        "jane@smith.example sole Members of Northvale Assembly",
                        "+441632960001 sole Members of Northvale Assembly",
                        "jane@members.example retired Members of Northvale Assembly");
        var by = "by Members of Northvale Assembly (seen on 8 March 2026): ";
        assertThat(history("Jane Smith"))
                .contains(
                        "job:filing CORRECTED Name, " + by + "Jane Doe -> Jane Smith",
                        "job:filing CORRECTED Organisation, " + by + "Vale -> Hill",
                        "job:filing CORRECTED Email address, given " + by + "null -> jane@smith.example")
                .anyMatch(line ->
                        line.startsWith("job:filing CORRECTED Email address, no longer given by Members of Northvale"));
    }

    @Test
    void theSameListTwiceIsKnownAndAnOlderListThatComesLateChangesNothing() {
        file(lists.members("2026-03-08", day(7), "1,Jane,Smith,Hill,jane@smith.example,,,East"));
        file(lists.members("2026-03-08", day(8), "1,Jane,Smith,Hill,jane@smith.example,,,East"));
        assertThat(rig.count("register_sighting")).isEqualTo(1);

        file(lists.members("2026-03-01", day(9), JANE));

        assertThat(contact("Jane Smith").lastSeenAt()).isEqualTo("2026-03-08T00:00:00Z");
        assertThat(knownBy("Jane Smith"))
                .contains("jane@members.example retired Members of Northvale Assembly")
                .contains("jane@smith.example sole Members of Northvale Assembly");
        assertThat(rig.count("register_sighting")).isEqualTo(2);
    }

    @Test
    void aMailOfTheListedPersonIsTheirs() {
        file(lists.members("2026-03-01", START, JANE));
        file(List.of(
                rig.items.item("mail", Spec.of(Channel.EMAIL, day(1)).from("J", "jane@members.example", null)),
                rig.items.item("call", Spec.of(Channel.TELEPHONE, day(1)).from("Jane Doe", null, "01632 960001")),
                rig.items.item("other", Spec.of(Channel.TELEPHONE, day(1)).from("John Doe", null, "01632 960001"))));

        assertThat(rig.contactOf("mail")).isEqualTo(lists.contact("Jane Doe")).isEqualTo(rig.contactOf("call"));
        assertThat(rig.contactOf("other")).isNotEqualTo(lists.contact("Jane Doe"));
        assertThat(contact("Jane Doe").category()).isEqualTo(Category.ELECTED_REPRESENTATIVE);
        // They wrote from it, so it stays when the list gives another.
        file(lists.members("2026-03-08", day(7), "1,Jane,Doe,Vale,new@members.example,,,East"));
        assertThat(knownBy("Jane Doe")).contains("jane@members.example sole receipt");
    }

    @Test
    void whoWroteUnderTheSameNameFromTheAddressIsFound() {
        file(List.of(rig.items.item(
                "mail", Spec.of(Channel.EMAIL, day(1)).from("Cllr Jane DOE", "jane@members.example", null))));
        file(lists.members("2026-03-01", day(2), JANE));

        assertThat(rig.contactOf("mail")).isEqualTo(lists.contact("Jane Doe"));
        assertThat(contact("Jane Doe").category()).isEqualTo(Category.ELECTED_REPRESENTATIVE);
        assertThat(contact("Jane Doe").source()).isEqualTo("email");
        assertThat(history("Jane Doe"))
                .anyMatch(line -> line.contains("Found in a list of Members of Northvale Assembly, by the address"))
                .anyMatch(line ->
                        line.contains("Category, by Members") && line.endsWith("Public -> Elected representative"));
    }

    @Test
    void whoWroteUnderAnotherNameOrNoneIsNobodyListed() {
        file(List.of(
                rig.items.item("john", Spec.of(Channel.EMAIL, day(1)).from("John Smith", "jane@members.example", null)),
                rig.items.item("none", Spec.of(Channel.EMAIL, day(1)).from(null, "bo@members.example", null))));
        file(lists.members("2026-03-01", day(2), JANE, "2,Bo,Said,Hill,bo@members.example,,,West"));

        assertThat(rig.contactOf("john")).isNotEqualTo(lists.contact("Jane Doe"));
        assertThat(rig.contactOf("none")).isNotEqualTo(lists.contact("Bo Said"));
        assertThat(knownBy("Jane Doe")).contains("jane@members.example shared Members of Northvale Assembly");
        assertThat(
                        rig.text(
                                "select string_agg(matter || ' ' || i.value, ', ' order by i.value) from review r join identifier i on i.id = r.identifier_id"))
                .isEqualTo("address-shared bo@members.example, address-shared jane@members.example");
        // What comes from it goes to whom it went before.
        file(List.of(rig.items.item(
                "again", Spec.of(Channel.EMAIL, day(3)).from("Jane Doe", "jane@members.example", null))));
        assertThat(rig.contactOf("again")).isEqualTo(rig.contactOf("john"));
    }

    @Test
    void twoPeopleOfOneOfficeStayTwo() {
        file(lists.members(
                "2026-03-01",
                START,
                "1,Jane,Doe,Vale,office@vale.example,01632 960001,,East",
                "2,John,Smith,Vale,office@vale.example,01632 960001,,West",
                "3,Ann,Ifans,Vale,shared@vale.example,,,North",
                "4,Bo,Said,Vale,shared@vale.example,,,South"));
        file(List.of(
                rig.items.item("mail", Spec.of(Channel.EMAIL, day(1)).from("Jane Doe", "office@vale.example", null)),
                rig.items.item("shared", Spec.of(Channel.EMAIL, day(1)).from("Bo Said", "shared@vale.example", null)),
                rig.items.item("call", Spec.of(Channel.TELEPHONE, day(1)).from("John Smith", null, "01632 960001"))));

        assertThat(rig.count("contact")).isEqualTo(6);
        assertThat(rig.contactOf("call"))
                .isEqualTo(rig.sql()
                        .sql(
                                "select e.contact_id from register_entry e join register_sighting s on s.entry_id = e.id where s.says ->> 'name' = 'John Smith'")
                        .query(Long.class)
                        .single());
        var listed = rig.sql()
                .sql("select contact_id from register_entry")
                .query(Long.class)
                .list();
        assertThat(listed).doesNotHaveDuplicates().doesNotContain(rig.contactOf("mail"), rig.contactOf("shared"));
        assertThat(rig.count("review where matter = 'address-shared'")).isEqualTo(2);
    }

    @Test
    void anotherHolderOfAPostIsAnotherContact() {
        file(lists.offices(
                "1", START, "N1,Jane Doe,Northvale,electoral@northvale.example,01632 960001,,,1 March 2026"));
        file(lists.offices(
                "2", day(7), "N1,John Smith,Northvale,electoral@northvale.example,01632 960001,,,8 March 2026"));

        assertThat(contact("Jane Doe").lastSeenAt()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(contact("John Smith").lastSeenAt()).isEqualTo("2026-03-08T00:00:00Z");
        assertThat(contact("John Smith").category()).isEqualTo(Category.ELECTORAL_ADMINISTRATOR);
    }

    @Test
    void oneWhoIsInTwoSourcesIsOneContact() {
        file(lists.members("2026-03-01", START, JANE));
        file(lists.offices("1", day(1), "N1,Jane Doe,Northvale,jane@members.example,01632 960009,,,2 March 2026"));

        assertThat(rig.count("contact")).isEqualTo(1);
        assertThat(contact("Jane Doe").category()).isEqualTo(Category.ELECTORAL_ADMINISTRATOR);
        assertThat(knownBy("Jane Doe")).hasSize(3);
    }

    @Test
    void twoContactsThatAListShowsToBeOneAreJoined() {
        file(lists.members("2026-03-08", day(7), "1,Jane,Doe,Vale,new@members.example,,,East"));
        file(lists.offices("1", day(7), "N1,Jane Doe,Northvale,jane@members.example,,,,8 March 2026"));
        assertThat(rig.count("contact")).isEqualTo(2);

        file(lists.members("2026-03-01", START, JANE));

        assertThat(rig.count("contact where merged_into is null")).isEqualTo(1);
        assertThat(knownBy("Jane Doe")).hasSize(3);
        assertThat(rig.count("audit_event where detail like 'Joined to contact %'"))
                .isEqualTo(1);
    }

    @Test
    void whatStaffSetStays() {
        file(lists.members("2026-03-01", START, JANE));
        var jane = contact("Jane Doe");
        var email = rig.contacts().identifiers(jane.id()).getFirst();
        assertThat(rig.contacts()
                        .correct(
                                new Contacts.Correction(
                                        jane.id(),
                                        jane.version(),
                                        jane.kind(),
                                        Category.PRESS,
                                        "Jane D",
                                        "The Gazette",
                                        jane.sharedMailbox(),
                                        jane.writersByStaff()),
                                ADA))
                .isInstanceOf(Corrected.Saved.class);
        assertThat(rig.contacts().retire(jane.id(), email.identifierId(), ADA)).isTrue();

        file(lists.members("2026-03-08", day(7), "1,Janet,Doe,Hill,jane@members.example,01632 960002,,East"));

        var after = rig.contacts().byId(jane.id()).orElseThrow();
        assertThat(after.name()).isEqualTo("Jane D");
        assertThat(after.category()).isEqualTo(Category.PRESS);
        assertThat(after.organisation()).isEqualTo("The Gazette");
        assertThat(after.lastSeenAt()).isEqualTo("2026-03-08T00:00:00Z");
        assertThat(rig.contacts().identifiers(jane.id()))
                .extracting(use -> use.identifier().value() + " " + use.state())
                .containsExactlyInAnyOrder(
                        "jane@members.example " + IdentifierUse.State.RETIRED,
                        "+441632960001 " + IdentifierUse.State.RETIRED,
                        "+441632960002 " + IdentifierUse.State.SOLE);
        assertThat(rig.contacts().useItemName(jane.id(), after.version(), ADA)).isInstanceOf(Corrected.Saved.class);
        assertThat(contact("Janet Doe").nameByStaff()).isFalse();
    }

    @Test
    void anAddressThatComesBackIsInUseAgain() {
        file(lists.members("2026-03-01", START, JANE));
        file(lists.members("2026-03-08", day(7), "1,Jane,Doe,Vale,,,,East"));
        assertThat(knownBy("Jane Doe")).allMatch(line -> line.contains(" retired "));

        file(lists.members("2026-03-15", day(14), JANE));

        assertThat(knownBy("Jane Doe")).hasSize(2).allMatch(line -> line.contains(" sole "));
    }

    @Test
    void anAddressThatStaffPutInUseAgainStaysThoughNoListGivesIt() {
        file(lists.members("2026-03-01", START, JANE));
        file(lists.members("2026-03-08", day(7), "1,Jane,Doe,Vale,,,,East"));
        long jane = lists.contact("Jane Doe");
        long email = rig.contacts().identifiers(jane).stream()
                .filter(use -> use.asWritten().contains("@"))
                .findFirst()
                .orElseThrow()
                .identifierId();
        assertThat(rig.contacts().useAgain(jane, email, ADA)).isTrue();

        file(lists.members("2026-03-15", day(14), "1,Jane,Doe,Hill,,,,East"));

        assertThat(knownBy("Jane Doe")).contains("jane@members.example sole Members of Northvale Assembly");
    }

    @Test
    void theRetentionDateCountsFromWhenTheyWereLastSeen() {
        file(lists.members("2026-03-01", START, JANE, "2,Bo,Said,Hill,bo@members.example,,,West"));
        file(lists.members("2026-09-01", day(184), JANE));

        assertThat(contact("Jane Doe").keptUntil()).isEqualTo(LocalDate.of(2027, 9, 1));
        assertThat(contact("Bo Said").keptUntil()).isEqualTo(LocalDate.of(2027, 3, 1));
    }

    @Test
    void whatIsErasedGoesWithItsItemsAndOnlyALaterListBringsSomebody() {
        var first = lists.members("2026-03-01", START, JANE, "2,Bo,Said,Hill,bo@members.example,,,West");
        file(first);
        file(lists.members("2026-09-01", day(184), "2,Bo,Said,Hill,bo@members.example,,,West"));
        rig.at(Instant.parse("2027-03-02T02:00:00Z"));
        var keeping = rig.bean(Keeping.class);

        assertThat(keeping.run()).isEqualTo(new Keeping.Done(0, 1, 0, 0));

        assertThat(rig.count("contact where name = 'Jane Doe' or listed_name = 'Jane Doe'"))
                .isZero();
        assertThat(rig.count("identifier where value like '%jane%'")).isZero();
        assertThat(rig.count("register_entry")).isEqualTo(1);
        assertThat(rig.text("select string_agg(state, ' ' order by state) from receipt"))
                .isEqualTo("erased filed filed");
        assertThat(rig.items.has(first.getFirst().id())).isFalse();
        assertThat(rig.items.has(first.getLast().id())).isTrue();
        assertThat(rig.count("raw_erasure")).isZero();

        file(lists.members("2026-03-01", START, JANE));
        assertThat(rig.count("contact where erased_at is null")).isEqualTo(1);

        file(lists.members("2027-03-01", day(366), JANE));
        assertThat(contact("Jane Doe").erasedAt()).isNull();
        assertThat(rig.count("contact")).isEqualTo(3);
    }

    @Test
    void anEntryStaysWithAContactThatWasMerged() {
        file(lists.members("2026-03-01", START, JANE, "2,Bo,Said,Hill,bo@members.example,,,West"));
        long jane = lists.contact("Jane Doe");
        long other = lists.contact("Bo Said");
        rig.sql()
                .sql("delete from identifier_use where contact_id = ?")
                .param(jane)
                .update();
        rig.sql()
                .sql("update contact set merged_into = ? where id = ?")
                .params(other, jane)
                .update();

        file(lists.members("2026-03-08", day(7), "1,Jane,Doe,Hill,new@members.example,,,East"));

        assertThat(rig.count("register_entry where contact_id = " + jane)).isEqualTo(1);
        assertThat(rig.contacts().byId(other).orElseThrow().lastSeenAt()).isEqualTo("2026-03-08T00:00:00Z");
    }

    @Test
    void whatCannotBeReadIsInQuarantineAndTheOthersAreFiled() {
        var receipts = new ArrayList<>(lists.members("2026-03-01", START, JANE, "2,Vacant,,Hill,,,,West", "3,Bo"));
        receipts.addAll(lists.members("2031-03-01", START, JANE));
        file(receipts);

        assertThat(rig.text("select string_agg(reason_code, ' ' order by reason_code) from quarantine"))
                .isEqualTo("date-ahead no-name too-few-cells");
        assertThat(rig.count("contact")).isEqualTo(1);
    }

    @Test
    void aListEndsInAReportOfWhoIsNewKnownChangedAndForReview() {
        file(lists.members(
                "2026-03-02", day(1), JANE, "2,Peter,Hargreaves,Hill,peter@members.example,01632 970555,,West"));
        rig.bean(FindingMatches.class).work();
        var first = rig.bean(PublicLists.class).latest(Lists.MEMBERS);
        assertThat(Objects.requireNonNull(first.list()).figures().fresh()).isEqualTo(2);
        assertThat(first.forReview()).isZero();

        rig.filer()
                .file(List.of(rig.items.item(
                        "writes",
                        Spec.of(Channel.EMAIL, day(2))
                                .from("Jane Doe", "jane.doe@home.example", null)
                                .claiming(new Claim(Claim.Kind.TELEPHONE, "01632 960001")))));
        file(lists.members(
                "2026-03-09",
                day(8),
                JANE,
                "2,Peter,Hargreaves,Hill,p.hargreaves@members.example,01632 970555,,West",
                "3,Ann,Quarmby,Hill,ann@members.example,,,South"));
        assertThat(rig.bean(PublicLists.class).latest(Lists.MEMBERS).waiting()).isPositive();
        rig.bean(FindingMatches.class).work();

        var report = rig.bean(PublicLists.class).latest(Lists.MEMBERS);
        assertThat(report.waiting()).isZero();
        assertThat(Objects.requireNonNull(report.list()).figures())
                .extracting(Figures::fresh, Figures::changed, Figures::unchanged, Figures::gone)
                .containsExactly(1, 1, 1, 0);
        assertThat(report.forReview()).isEqualTo(1);
        assertThat(rig.bean(PublicLists.class).latest("no-such-list").list()).isNull();
    }

    /** An entry of a list that some profile read, whose ids are numbers of a register. */
    private void listed(String label, String profile, String name, String email, String number) {
        var receipt = rig.items.raw(label, Channel.PUBLIC_REGISTER, day(1), profile, label.getBytes(UTF_8));
        new Records(rig.sql()).stored(receipt, "filed");
        rig.bean(Listings.class)
                .file(List.of(new Listings.Listed(
                        receipt,
                        new ListEntry(
                                "A register",
                                LocalDate.of(2026, 3, 2),
                                PublicSource.Kind.ORGANISATION,
                                Category.POLITICAL_PARTY,
                                name,
                                null,
                                EmailAddress.parse(email).orElseThrow(),
                                email,
                                null,
                                null,
                                null,
                                RegisterNumber.parse("parties", number).orElseThrow(),
                                null,
                                null,
                                List.of()))));
    }

    @Test
    void twoListsThatGiveTheSameNumberOfARegisterMeanTheSameParty() {
        listed("one", "a-list", "The Harbour Party", "office@harbour.example", "PP 123");
        listed("other", "another-list", "The Harbour Party", "london@harbour.example", "pp123");
        listed("third", "another-list", "The Hill Party", "office@hill.example", "PP 124");

        assertThat(rig.count("contact where merged_into is null")).isEqualTo(2);
        assertThat(knownBy("The Harbour Party"))
                .containsExactlyInAnyOrder(
                        "parties:PP123 sole A register",
                        "office@harbour.example shared A register",
                        "london@harbour.example sole A register");
    }
}
