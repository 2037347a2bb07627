package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.Records;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.receiving.Channel;
import org.postbag.search.Query;
import org.postbag.search.SavedSearches;
import org.postbag.search.Search;
import org.postbag.search.web.Suggestions.Suggestion;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class SuggestionsTest {

    @Autowired
    private Suggestions suggestions;

    @Autowired
    private SavedSearches saved;

    @Autowired
    private Search search;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private JdbcClient jdbc;

    /** A surname that only this test's contacts have. */
    private final String surname = "Llew" + Long.toString(System.nanoTime(), 36);

    private final StaffMember reader = new StaffMember("staff:r" + surname, "Rhea", Set.of(Role.READER));
    private final StaffMember officer = new StaffMember("staff:o" + surname, "Otto", Set.of(Role.OFFICER));
    private final StaffMember protection =
            new StaffMember("staff:d" + surname, "Dora", Set.of(Role.DATA_PROTECTION_OFFICER));

    private Records records;

    @BeforeEach
    void records() {
        records = new Records(jdbc);
    }

    private List<String> contacts(String typed, StaffMember member) {
        return suggestions.of(typed, member).stream()
                .filter(one -> one.kind().equals("Contact"))
                .map(Suggestion::path)
                .toList();
    }

    private static String page(long contact) {
        return "/contacts/" + contact;
    }

    private long wrote(long contact) {
        return records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofDays(1), null),
                contact,
                records.thread(contact),
                "Ballot",
                "Text"));
    }

    private void sensitive(long enquiry) {
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation')")
                .param(enquiry)
                .update();
    }

    @Test
    void aContactIsSuggestedByHowNameSurnameOrganisationOrAddressBegins() {
        long contact = records.contact("Margaret " + surname, "public", true);
        jdbc.sql("update contact set organisation = ? where id = ?")
                .params("Council of " + surname + "shire", contact)
                .update();
        records.uses(contact, "email", surname.toLowerCase() + "@example.org", "sole", "test");

        for (var typed : List.of(
                surname,
                surname.substring(0, 9).toUpperCase(),
                "margaret " + surname.substring(0, 5),
                surname + "sh",
                "Council of " + surname,
                surname + "@ex")) {
            assertThat(contacts(typed, reader)).as(typed).containsExactly(page(contact));
        }
        assertThat(suggestions.of(surname, reader).getFirst())
                .isEqualTo(new Suggestion(
                        "Contact",
                        "Margaret " + surname,
                        "Council of " + surname + "shire, " + surname.toLowerCase() + "@example.org",
                        page(contact)));
        assertThat(contacts(surname + "x", reader)).isEmpty();
        assertThat(contacts("beatrice " + surname, reader)).isEmpty();
    }

    @Test
    void noneIsSuggestedThatIsErasedMergedOrPastItsDate() {
        long shown = records.contact("Ann " + surname, "public", true);
        long erased = records.contact("Bea " + surname, "public", true);
        long merged = records.contact("Cat " + surname, "public", true);
        long past = records.contact("Dot " + surname, "public", true);
        records.uses(erased, "email", surname.toLowerCase() + "1@example.org", "sole", "test");
        jdbc.sql("update contact set erased_at = now() where id = ?")
                .param(erased)
                .update();
        jdbc.sql("update contact set merged_into = ? where id = ?")
                .params(shown, merged)
                .update();
        jdbc.sql(
                        "update contact set last_contact_at = now() - interval '13 months', created_at = now() - interval '13 months' where id = ?")
                .param(past)
                .update();

        assertThat(contacts(surname, reader)).containsExactly(page(shown));
        assertThat(contacts("Cat " + surname, reader)).isEmpty();
        assertThat(contacts(surname + "1@", reader)).isEmpty();
    }

    @Test
    void whoIsKnownOnlyByWhatIsSensitiveIsSuggestedToThoseAloneWhoMayReadIt() {
        long secret = records.contact("Sid " + surname, "public", true);
        sensitive(wrote(secret));
        long both = records.contact("Bob " + surname, "public", true);
        sensitive(wrote(both));
        wrote(both);
        long never = records.contact("Nev " + surname, "public", true);

        assertThat(contacts(surname, reader)).containsExactlyInAnyOrder(page(both), page(never));
        assertThat(contacts(surname, protection)).containsExactlyInAnyOrder(page(secret), page(both), page(never));
    }

    @Test
    void noMoreThanEightAreSuggestedAndTheTrailSaysWho() {
        for (int i = 0; i < 20; i++) {
            records.contact("Ann " + surname, "public", true);
        }

        var shown = contacts(surname, reader);

        assertThat(shown).hasSize(Suggestions.SHOWN_MAX);
        assertThat(trail.history(new Subject("contact-search", "suggested"), 50))
                .filteredOn(event -> event.actor().equals(reader.actor()))
                .singleElement()
                .satisfies(event -> assertThat(event.detail())
                        .isEqualTo("Contacts shown: " + String.join(" ", shown).replace("/contacts/", ""))
                        .doesNotContain(surname));
    }

    @Test
    void savedSearchesAndTheirOwnRecentWordsAreSuggested() {
        var shared = saved.save(Query.of("ballot"), "Poll cards " + surname, true, officer)
                .orElseThrow();
        saved.save(Query.of("ballot"), "Poll secrets " + surname, false, officer);
        search.ask(Query.of(surname + " polling station"), reader);
        search.ask(Query.of(surname + " of others"), officer);

        assertThat(suggestions.of(surname, reader))
                .contains(
                        new Suggestion("Saved search", "Poll cards " + surname, null, "/enquiries/saved/" + shared),
                        new Suggestion("Recent search", surname + " polling station", null, null))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "%",
                "%%",
                "__",
                "\\\\",
                "'; drop table contact; --",
                "\u0000\u0000",
                ":* & !",
                "\ud800",
                "<script>",
                "\"quo"
            })
    void whateverIsTypedIsAnswered(String typed) {
        records.contact("Ann " + surname, "public", true);

        assertThat(suggestions.of(typed, reader)).noneMatch(one -> one.label().contains(surname));
        assertThat(suggestions.of(typed + "x".repeat(10_000), reader)).isEmpty();
    }
}
