package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.ApplicationTest;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.search.SavedSearches.Saved;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

@ApplicationTest
class SavedSearchesTest {

    @Autowired
    private SavedSearches saved;

    @Autowired
    private RecentSearches recent;

    @Autowired
    private Search search;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private DataSource database;

    private JdbcClient jdbc;

    /** Each test has people of its own, since the program is shared. */
    private final String run = Long.toString(System.nanoTime(), 36);

    private final StaffMember reader = member("reader", Role.READER);
    private final StaffMember officer = member("officer", Role.OFFICER);
    private final StaffMember protection = member("dpo", Role.DATA_PROTECTION_OFFICER);

    private StaffMember member(String name, Role role) {
        return new StaffMember("staff:" + name + run, name, Set.of(role));
    }

    @BeforeEach
    void connect() {
        jdbc = JdbcClient.create(database);
    }

    private List<String> names(StaffMember member) {
        return saved.of(member).stream()
                .map(Saved::name)
                .filter(name -> name.endsWith(run))
                .toList();
    }

    private UUID kept(String name, boolean shared, StaffMember member) {
        return saved.save(Query.of("ballot " + run), name + run, shared, member).orElseThrow();
    }

    @Test
    void aSearchIsKeptForItsMemberOrForAll() {
        kept("mine ", false, officer);
        kept("ours ", true, officer);

        assertThat(names(officer)).containsExactly("mine " + run, "ours " + run);
        assertThat(names(reader)).containsExactly("ours " + run);
    }

    @Test
    void openingAsksAnewInTheNameOfWhoOpens() {
        var id = kept("ours ", true, officer);

        var asked = saved.open(id, reader).orElseThrow();

        assertThat(search.asked(asked, reader)).contains(Query.of("ballot " + run));
        assertThat(search.asked(asked, officer)).isEmpty();
        assertThat(saved.open(id, reader)).isPresent().get().isNotEqualTo(asked);
        assertThat(trail.history(new Subject("saved-search", id.toString()), 10))
                .anySatisfy(event -> {
                    assertThat(event.actor()).isEqualTo(reader.actor());
                    assertThat(event.detail()).isEqualTo("as search " + asked);
                });
    }

    @Test
    void whatIsSomebodysAloneIsNotThereForOthers() {
        var id = kept("mine ", false, officer);

        assertThat(saved.byId(id, reader)).isEmpty();
        assertThat(saved.open(id, reader)).isEmpty();
        assertThat(saved.change(id, "x", false, reader)).isFalse();
        assertThat(saved.delete(id, reader)).isFalse();
        assertThat(saved.delete(id, protection)).isFalse();
        assertThat(names(officer)).containsExactly("mine " + run);
    }

    @Test
    void aReaderSharesNothing() {
        assertThatThrownBy(() -> kept("ours ", true, reader)).isInstanceOf(AccessDeniedException.class);
        var id = kept("mine ", false, reader);
        assertThatThrownBy(() -> saved.change(id, "ours", true, reader)).isInstanceOf(AccessDeniedException.class);
        assertThat(names(officer)).isEmpty();
    }

    @Test
    void itIsRenamedSharedAndNoLonger() {
        var id = kept("old ", false, officer);

        assertThat(saved.change(id, "new " + run, true, officer)).isTrue();
        assertThat(names(reader)).containsExactly("new " + run);
        assertThat(saved.change(id, "new " + run, false, officer)).isTrue();
        assertThat(names(reader)).isEmpty();
        assertThat(saved.change(id, "theirs", false, reader)).isFalse();
    }

    @Test
    void deletedItCanBeBroughtBackForADayThenItAndItsNameAreGone() {
        var id = kept("gone ", true, officer);
        var subject = new Subject("saved-search", id.toString());

        assertThat(saved.delete(id, protection)).isTrue();
        assertThat(saved.delete(id, officer)).isFalse();
        assertThat(names(officer)).isEmpty();
        assertThat(saved.restore(id, reader)).isFalse();
        assertThat(saved.restore(id, officer)).isTrue();
        assertThat(names(officer)).containsExactly("gone " + run);
        assertThat(trail.history(subject, 10)).anyMatch(event -> ("gone " + run).equals(event.after()));

        saved.delete(id, officer);
        jdbc.sql("update saved_search set deleted_at = now() - interval '25 hours' where id = ?")
                .param(id)
                .update();
        assertThat(saved.restore(id, officer)).isFalse();
        kept("other ", false, officer);
        assertThat(jdbc.sql("select count(*) from saved_search where id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(trail.history(subject, 10)).isNotEmpty().noneMatch(event -> event.after() != null);
    }

    @Test
    void aMemberKeepsNoMoreThanTheyCanTellApart() {
        for (int i = 0; i < SavedSearches.OWN_MAX; i++) {
            kept(i + " ", false, reader);
        }
        assertThat(saved.save(Query.of("x"), "one more", false, reader)).isEmpty();
        kept("others have room ", false, officer);
    }

    @ParameterizedTest
    @CsvSource({"'  Polls in May ', Polls in May", "'a\u0000b\nc', a b c", "'\u202eevil', evil"})
    void aNameIsWhatIsLeftOfWhatWasTyped(String typed, String name) {
        assertThat(SavedSearches.name(typed)).contains(name);
    }

    @Test
    void aNameIsNeitherEmptyNorLong() {
        assertThat(SavedSearches.name(" \u0000 ")).isEmpty();
        assertThat(SavedSearches.name("x".repeat(101))).isEmpty();
        assertThat(SavedSearches.name("\uD83D\uDDF3".repeat(100))).isPresent();
    }

    @Test
    void theLatestTenQuestionsAreListedEachOnce() {
        for (int i = 0; i < 12; i++) {
            search.ask(Query.of("word" + i), reader);
        }
        search.ask(Query.of("word11").withOrder(Query.Order.OLDEST), reader);
        search.ask(Query.of("").leavingOutAutomatic(true), reader);
        search.ask(Query.of("theirs"), officer);

        assertThat(recent.of(reader))
                .extracting(asked -> asked.query().words())
                .containsExactly(
                        "word11", "word10", "word9", "word8", "word7", "word6", "word5", "word4", "word3", "word2");
    }

    @Test
    void whatIsOver30DaysAgoIsNotRecent() {
        var id = search.ask(Query.of("long ago"), reader);
        jdbc.sql("update search_query set asked_at = now() - interval '31 days' where id = ?")
                .param(id)
                .update();

        assertThat(recent.of(reader)).isEmpty();
    }

    @Test
    void whatIsForgottenIsOffTheListAndKeptForTheTrail() {
        var id = search.ask(Query.of("private " + run), reader);
        search.ask(Query.of("theirs"), officer);

        recent.forget(reader);

        assertThat(recent.of(reader)).isEmpty();
        assertThat(recent.of(officer)).hasSize(1);
        assertThat(jdbc.sql("select query ->> 'words' from search_query where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("private " + run);
        search.ask(Query.of("after"), reader);
        assertThat(recent.of(reader)).hasSize(1);
    }
}
