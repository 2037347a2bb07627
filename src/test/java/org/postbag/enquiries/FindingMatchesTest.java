package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.contacts.ContactComparing;
import org.postbag.contacts.FindingMatches;
import org.postbag.contacts.MatchEvidence;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Splitting;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.Level;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Receipt;

/** Contacts that may be one person are found and put before staff, and none is joined: real items, on a real database. */
class FindingMatchesTest {

    private final FilingRig rig = new FilingRig();
    private int minute;

    @AfterEach
    void close() {
        rig.close();
    }

    private Receipt form(String label, String name, String email, String telephone, String postcode) {
        var form = new ContactForm(
                label, name, email, telephone, postcode, "", "Where do I vote?", false, List.of(), List.of(), "", "");
        return rig.items.raw(label, Channel.WEB_FORM, START.plus(Duration.ofMinutes(minute++)), null, form.toJson());
    }

    private Receipt mail(String label, String from, String text) {
        var raw = "From: " + from + "\r\nSubject: A question\r\nMessage-ID: <" + label.replace(' ', '.')
                + "@mail.example>\r\n\r\n" + text + "\r\n";
        return rig.items.raw(label, Channel.EMAIL, START.plus(Duration.ofMinutes(minute++)), null, raw.getBytes(UTF_8));
    }

    private Receipt call(String label, String number, String name) {
        var cells = new TreeMap<>(Map.of("Call ID", label, "Call date", "01/03/2026", "Call time", "08:00:00"));
        cells.put("Caller number", number);
        cells.put("Caller name", name);
        cells.put("Notes", "Asks where to vote");
        return rig.items.raw(
                label,
                Channel.TELEPHONE,
                START.plus(Duration.ofMinutes(minute++)),
                "contact-centre",
                new ExportRow.Whole(cells).json());
    }

    private void file(Receipt... receipts) {
        rig.filer().file(List.of(receipts));
        rig.bean(FindingMatches.class).work();
        assertThat(rig.count("match_work")).isZero();
    }

    /** Each pair that was found, by the labels of its items, with what the model decided. */
    private List<String> found(String... labels) {
        return rig.sql()
                .sql("select one, other, decision from contact_match order by one, other")
                .query((row, n) ->
                        label(row.getLong(1), labels) + ", " + label(row.getLong(2), labels) + ": " + row.getString(3))
                .list();
    }

    private String label(long contactId, String... labels) {
        return List.of(labels).stream()
                .filter(label -> rig.contactOf(label) == contactId)
                .findFirst()
                .orElse("another");
    }

    @Test
    void whoWritesFromAnotherAddressWithNameAndTelephoneIsTheSame() {
        file(
                form("at home", "Jonathan Pritchard", "jp@home.example", "01792 496001", "SA1 3SN"),
                form("at work", "Jon Pritchard", "jon.pritchard@work.example", "(01792) 496001", "SA1 3SN"),
                form("another", "Gwen Pugh", "gwen@example.org", "01792 496002", "SA2 0AA"));

        assertThat(found("at home", "at work", "another")).containsExactly("at home, at work: same");
        assertThat(rig.count("contact where merged_into is not null")).isZero();
        var comparison = rig.bean(ContactComparing.class)
                .compare(rig.contactOf("at home"), rig.contactOf("at work"))
                .orElseThrow();
        assertThat(comparison.fields())
                .filteredOn(field -> field.level() != Level.MISSING)
                .extracting(field -> field.field() + " " + field.level())
                .containsExactlyInAnyOrder(
                        "GIVEN_NAME NEAR", "FAMILY_NAME EQUAL", "TELEPHONE EQUAL", "POSTCODE EQUAL", "EMAIL DIFFERENT");
        assertThat(comparison.fields())
                .filteredOn(field -> field.field() == Field.EMAIL)
                .allSatisfy(field -> assertThat(field.weight()).isZero());
    }

    @Test
    void aFamilyIsNotOnePerson() {
        file(
                form("mother", "Margaret Llewellyn", "margaret@example.org", "01792 496001", "SA1 3SN"),
                form("son", "Rhys Llewellyn", "rhys@example.org", "01792 496001", "SA1 3SN"),
                form("father", "Dewi Llewellyn", "dewi@example.org", "01792 496001", "SA1 3SN"));

        assertThat(found("mother", "son", "father")).noneMatch(pair -> pair.endsWith("same"));
    }

    @Test
    void whoCallsAndGivesTheSameNumberInAFormIsTheSame() {
        file(
                form("by form", "Fay Form", "fay@example.org", "01792 496300", ""),
                call("by telephone", "01792 496300", "Fay Form"));

        assertThat(found("by form", "by telephone")).hasSize(1);
    }

    @Test
    void sharingACommonNameAloneIsNotFoundToBeOne() {
        var all = IntStream.range(0, 30)
                .mapToObj(i -> mail("smith " + i, "John Smith <js%d@example.org>".formatted(i * 7919), "Hello"))
                .toArray(Receipt[]::new);
        file(all);

        assertThat(rig.count("contact_match")).isZero();
    }

    @Test
    void whomStaffSplitAreNeverAskedAboutAndNotMerged() {
        file(
                form("first", "Jonathan Pritchard", "jp@home.example", "01792 496001", "SA1 3SN"),
                form("second", "Jonathan Pritchard", "jp@home.example", "01792 496001", "SA1 3SN"));
        long contact = rig.contactOf("first");

        var split = (Splitting.Outcome.Done) rig.bean(Splitting.class)
                .split(
                        new Splitting.Split(
                                contact,
                                rig.contacts().byId(contact).orElseThrow().version(),
                                Set.of(),
                                Set.of(rig.enquiryOf("second")),
                                Set.of(),
                                "Father and son"),
                        "staff:ada");
        rig.bean(FindingMatches.class).work();

        long made = split.move().to();
        assertThat(rig.bean(ContactComparing.class)
                        .compare(contact, made)
                        .orElseThrow()
                        .logOdds())
                .isPositive();
        assertThat(rig.bean(Matches.class).queue().groups()).isEmpty();
        assertThat(rig.bean(Merging.class).merge(contact, made, "staff:ada", ""))
                .isInstanceOf(Merging.Outcome.SaidNotSame.class);
        assertThat(rig.bean(MatchEvidence.class)
                        .said(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))
                        .counts())
                .isEmpty();

        rig.bean(Splitting.class).undo(split.move().id(), "staff:ada");

        assertThat(rig.count("contact_match")).isZero();
    }

    @Test
    void whoSaysThatTheyHaveAnothersAddressTakesNothingOver() {
        file(form("victim", "Vera Victim", "vera@example.org", "01792 496001", "SA1 3SN"));
        long victim = rig.contactOf("victim");

        file(form("attacker", "Vera Victim", "eve@evil.example", "01792 496001", "SA1 3SN"));
        file(mail(
                "moved",
                "Eve Evil <eve@evil.example>",
                "My email is now vera@example.org and my number 01792 496001. Please send me all you have."));
        file(form("again", "Vera Victim", "vera@example.org", "", ""));

        assertThat(rig.contactOf("attacker")).isNotEqualTo(victim);
        assertThat(rig.contactOf("moved")).isEqualTo(rig.contactOf("attacker"));
        assertThat(rig.contactOf("again")).isEqualTo(victim);
        assertThat(rig.contacts().identifiers(victim))
                .extracting(use -> use.identifier().value())
                .containsExactly("vera@example.org");
        assertThat(rig.count("contact where merged_into is not null")).isZero();
    }

    @Test
    void ofTwoThatAreFiledAtOnceNoneIsMissed() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            var filings = IntStream.range(0, 40)
                    .mapToObj(i -> pool.submit(() -> rig.filer()
                            .file(List.of(form(
                                    "item " + i,
                                    familyName(19 - i / 2) + " " + familyName(i / 2),
                                    "address%d@example.org".formatted(i),
                                    "01792 4970%02d".formatted(i / 2),
                                    "")))))
                    .toList();
            var comparing = pool.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    rig.bean(FindingMatches.class).work();
                }
            });
            for (var filing : filings) {
                filing.get();
            }
            comparing.get();
        } finally {
            pool.shutdown();
        }
        rig.bean(FindingMatches.class).work();

        var pairs = new java.util.TreeSet<String>();
        for (int i = 0; i < 20; i++) {
            long one = rig.contactOf("item " + 2 * i);
            long other = rig.contactOf("item " + (2 * i + 1));
            pairs.add(Math.min(one, other) + " " + Math.max(one, other));
        }
        assertThat(rig.sql()
                        .sql("select one || ' ' || other from contact_match")
                        .query(String.class)
                        .list())
                .containsAll(pairs);
    }

    /** A name of its own for each number. */
    private static String familyName(int number) {
        var names = List.of(
                "Abbott",
                "Bowen",
                "Cadwallader",
                "Dyer",
                "Ellwood",
                "Fothergill",
                "Gough",
                "Hibbert",
                "Ingham",
                "Jephcott",
                "Kershaw",
                "Lomax",
                "Mottram",
                "Nuttall",
                "Ogden",
                "Parfitt",
                "Quarmby",
                "Rudge",
                "Sowerby",
                "Tunnicliffe");
        return names.get(number);
    }

    @Test
    void anErasedContactIsComparedWithNobody() {
        file(
                form("one", "Jonathan Pritchard", "jp@home.example", "01792 496001", "SA1 3SN"),
                form("other", "Jonathan Pritchard", "jp@work.example", "01792 496001", "SA1 3SN"));
        assertThat(rig.count("contact_match")).isEqualTo(1);
        rig.ownerSql()
                .sql("update contact set erased_at = now() where id = :id")
                .param("id", rig.contactOf("one"))
                .update();
        rig.ownerSql()
                .sql("insert into match_work (contact_id) values (:id)")
                .param("id", rig.contactOf("one"))
                .update();

        rig.bean(FindingMatches.class).work();

        assertThat(rig.count("contact_match")).isZero();
        assertThat(rig.count("contact_key where contact_id = " + rig.contactOf("one")))
                .isZero();
        assertThat(rig.count("contact_traits where contact_id = " + rig.contactOf("one")))
                .isZero();
    }

    /** As it leaves tables that it keeps no log of: without a row. */
    @Test
    void afterACrashOfPostgresEverybodyIsComparedAnew() {
        file(
                form("one", "Jonathan Pritchard", "jp@home.example", "01792 496001", "SA1 3SN"),
                form("other", "Jonathan Pritchard", "jp@work.example", "01792 496001", "SA1 3SN"));
        long keys = rig.count("contact_key");
        rig.ownerSql().sql("truncate contact_key, contact_traits, match_kept").update();
        rig.ownerSql().sql("delete from contact_match").update();

        rig.bean(FindingMatches.class).work();

        assertThat(rig.count("contact_key")).isEqualTo(keys);
        assertThat(rig.count("contact_match")).isEqualTo(1);
        rig.ownerSql().sql("delete from contact_match").update();

        rig.bean(FindingMatches.class).work();

        assertThat(rig.count("contact_match")).isZero();
    }

    @Test
    void keysOfWhatAContactNoLongerHasAreGone() {
        file(form("one", "Jonathan Pritchard", "jp@home.example", "01792 496001", "SA1 3SN"));
        long keys = rig.count("contact_key");
        rig.ownerSql().sql("update claim set state = 'dismissed'").update();
        rig.ownerSql()
                .sql("insert into match_work (contact_id) select id from contact")
                .update();

        rig.bean(FindingMatches.class).work();

        assertThat(rig.count("contact_key")).isBetween(1L, keys - 1);
        assertThat(rig.count("contact_traits t where cardinality(t.keys) = (select count(*) from contact_key)"))
                .isEqualTo(1);
    }
}
