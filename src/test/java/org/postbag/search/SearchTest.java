package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.ApplicationTest;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@ApplicationTest
class SearchTest {

    private static final StaffMember READER = new StaffMember("staff:rhea", "Rhea", Set.of(Role.READER));
    private static final StaffMember OTHER = new StaffMember("staff:otto", "Otto", Set.of(Role.OFFICER));
    private static final AtomicLong NUMBERS = new AtomicLong(1L << 40);

    @Autowired
    private Search search;

    @Autowired
    private OldSearches oldSearches;

    @Autowired
    private DataSource database;

    private RecordRows rows;

    /** A word that only this test's enquiries have. */
    private final String word = "w" + UUID.randomUUID().toString().replaceAll("[^a-z]", "") + "q" + NUMBERS.get();

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void connect() {
        rows = new RecordRows(database);
    }

    private List<Long> given(int number, String text) {
        var contact = rows.contact("Ann Other", "press");
        var ids = rows.enquiries(
                contact,
                LongStream.range(0, number)
                        .mapToObj(_ -> NUMBERS.getAndIncrement())
                        .toList(),
                "email",
                "About " + word,
                text + " " + word,
                now);
        rows.work(ids);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);
        return ids;
    }

    private Results results(Query query) {
        return page(search.ask(query, READER), null);
    }

    private Results page(UUID id, @org.jspecify.annotations.Nullable After after) {
        return search.page(id, after, READER).orElseThrow();
    }

    @Test
    void showsWhatTheRecordSays() {
        long id = given(1, "When are the <b>polls</b>?").getFirst();

        var found = results(Query.of(word + " polls")).found().getFirst();
        assertThat(found.enquiryId()).isEqualTo(id);
        assertThat(found.channel()).isEqualTo(Channel.EMAIL);
        assertThat(found.subject()).containsExactly(new Segment("About ", false), new Segment(word, true));
        assertThat(found.snippet())
                .containsExactly(
                        new Segment("When are the <b>", false),
                        new Segment("polls", true),
                        new Segment("</b>? ", false),
                        new Segment(word, true));
        assertThat(found.receivedAt()).isEqualTo(now);
        assertThat(found.contactName()).isEqualTo("Ann Other");
        assertThat(found.category()).isEqualTo("press");
        assertThat(found.keptUntil())
                .isEqualTo(LocalDate.ofInstant(now, ZoneId.of("Europe/London")).plusYears(1));
        assertThat(found.keptBecause()).contains("One year");
    }

    @Test
    void whatIsGoneFromTheRecordIsNotShownThoughTheIndexHasIt() {
        var ids = given(3, "ballot");
        rows.delete(ids.get(1));

        var results = results(Query.of(word));
        assertThat(results.found()).extracting(Found::enquiryId).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
        assertThat(results.total()).isEqualTo(2);
    }

    @Test
    void whatAnErasedContactWroteIsNotShown() {
        given(2, "ballot");
        rows.jdbc()
                .sql("update contact set erased_at = now() where id = (select max(id) from contact)")
                .update();

        assertThat(results(Query.of(word)).found()).isEmpty();
    }

    @Test
    void whatIsPastItsDateIsNotShownEvenBeforeItIsErased() {
        given(1, "ballot");
        var contact = "where id = (select max(id) from contact)";
        rows.jdbc()
                .sql("update contact set last_contact_at = now() - interval '13 months' " + contact)
                .update();

        assertThat(results(Query.of(word)).found()).isEmpty();
    }

    @Test
    void aPageIsFilledUpWhereHitsMayNotBeShown() {
        var ids = given(30, "ballot");
        ids.subList(10, 25).forEach(rows::delete);

        var first = results(Query.of(word).withSize(10));
        assertThat(first.found()).hasSize(10);
        assertThat(first.found())
                .extracting(Found::enquiryId)
                .doesNotHaveDuplicates()
                .isSubsetOf(ids);
    }

    @ParameterizedTest
    @EnumSource(Query.Order.class)
    void pagesFollowEachOther(Query.Order order) {
        var ids = given(45, "ballot");
        var id = search.ask(Query.of(word).withOrder(order).withSize(20), READER);

        var seen = new ArrayList<Long>();
        var page = page(id, null);
        while (true) {
            page.found().forEach(f -> seen.add(f.enquiryId()));
            var after = page.after();
            if (after == null) {
                break;
            }
            page = search.page(id, after, READER).orElseThrow();
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void onlyWhoAskedMayOpenAQuestion() {
        var query = Query.of(word)
                .in(Facet.CHANNEL, "email", "web-form")
                .in(Facet.CATEGORY, "press")
                .received(LocalDate.of(2026, 1, 2), null)
                .withSize(7);
        var id = search.ask(query, READER);

        assertThat(search.asked(id, READER)).contains(query);
        assertThat(search.asked(id, OTHER)).isEmpty();
        assertThat(search.page(id, null, OTHER)).isEmpty();
        assertThat(search.asked(UUID.randomUUID(), READER)).isEmpty();
    }

    @Test
    void aQuestionIsOpenedFor30DaysAndKeptForTheTrailForAYear() {
        var old = search.ask(Query.of(word), READER);
        var young = search.ask(Query.of(word), READER);
        var lastYears = search.ask(Query.of(word), READER);
        askedAgo(old, "30 days 1 minute");
        askedAgo(young, "29 days");
        askedAgo(lastYears, "1 year 1 minute");
        assertThat(search.asked(old, READER)).isEmpty();
        assertThat(search.page(old, null, READER)).isEmpty();
        assertThat(search.asked(young, READER)).isPresent();
        assertThat(oldSearches.forget()).isPositive();
        assertThat(oldSearches.forget()).isZero();

        assertThat(rows.jdbc()
                        .sql("select id from search_query")
                        .query(UUID.class)
                        .list())
                .contains(young, old)
                .doesNotContain(lastYears);
    }

    private void askedAgo(UUID id, String interval) {
        rows.jdbc()
                .sql("update search_query set asked_at = now() - ?::interval where id = ?")
                .params(interval, id)
                .update();
    }

    /** What is looked for among contacts stands in the same table. */
    @Test
    void aQuestionOfAnotherKindIsNotThere() {
        var id = UUID.randomUUID();
        rows.jdbc()
                .sql(
                        "insert into search_query (id, asked_by, asked_at, query) values (?, 'staff:rhea', now(), '{\"contact\": \"x\"}')")
                .param(id)
                .update();

        assertThat(search.asked(id, READER)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.Order.class,
            names = {"NEWEST", "OLDEST"})
    void whatComesAndGoesBetweenPagesNeitherRepeatsNorSkips(Query.Order order) {
        var ids = given(30, "ballot");
        var id = search.ask(Query.of(word).withOrder(order).withSize(10), READER);
        var first = page(id, null);
        var firstIds = first.found().stream().map(Found::enquiryId).toList();

        // One of those seen goes, and one comes that would stand on the first page.
        rows.delete(firstIds.get(3));
        rows.work(firstIds.get(3));
        var contact = rows.contact("Ann Other", "press");
        var come = rows.enquiries(
                contact,
                List.of(NUMBERS.getAndIncrement()),
                "email",
                "About " + word,
                "ballot " + word,
                now.plusSeconds(order == Query.Order.NEWEST ? 60 : -60));
        rows.work(come);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);

        var seen = new ArrayList<>(firstIds);
        for (var after = first.after(); after != null; ) {
            var next = page(id, after);
            next.found().forEach(f -> seen.add(f.enquiryId()));
            after = next.after();
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void theTrailSaysWhatWasShownButNotWhatWasLookedFor() {
        given(2, "ballot");
        var id = search.ask(Query.of(word), READER);
        var results = page(id, null);

        var details = rows.jdbc()
                .sql(
                        "select detail from audit_event where actor = 'staff:rhea' and action = 'SEARCHED' and subject_kind = 'search' and subject_id = ?")
                .param(id.toString())
                .query(String.class)
                .list();
        assertThat(details).singleElement().asString().startsWith("2 found").doesNotContain(word);
        results.found()
                .forEach(f ->
                        assertThat(details.getFirst()).contains(f.reference().value()));
    }

    private StaffMember member(String username) {
        rows.jdbc()
                .sql("insert into staff_member (username, name, password_hash, roles) values (?, ?, '', '{READER}')")
                .params(username, username)
                .update();
        return new StaffMember("staff:" + username, username, Set.of(Role.READER));
    }

    private void sensitive(long id, String... usernames) {
        rows.jdbc()
                .sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation')")
                .param(id)
                .update();
        for (var username : usernames) {
            rows.jdbc()
                    .sql("insert into sensitive_viewer select ?, id from staff_member where username = ?")
                    .params(id, username)
                    .update();
        }
        rows.work(id);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);
    }

    private Results by(StaffMember member, String words) {
        return search.page(search.ask(Query.of(words), member), null, member).orElseThrow();
    }

    @Test
    void whatIsSensitiveIsFoundAndCountedForThoseAloneWhoAreNamedAndForDataProtectionOfficers() {
        var named = member("n" + word);
        long open = given(1, "about a budget").getFirst();
        long secret = given(1, "about a bribe").getFirst();
        sensitive(secret, "n" + word);
        var officer = new StaffMember("staff:dora", "Dora", Set.of(Role.DATA_PROTECTION_OFFICER));
        var job = new StaffMember("job:export", "Export", Set.of(Role.READER));

        for (var other : List.of(READER, OTHER, job)) {
            var results = by(other, word);
            assertThat(results.found()).extracting(Found::enquiryId).containsExactly(open);
            assertThat(results.total()).isEqualTo(1);
            assertThat(results.facets().get(Facet.STATUS))
                    .containsOnly(org.assertj.core.api.Assertions.entry("new", 1L));
            assertThat(by(other, "bribe " + word).total()).isZero();
        }
        for (var one : List.of(named, officer)) {
            assertThat(by(one, word).found()).extracting(Found::enquiryId).containsExactlyInAnyOrder(open, secret);
            assertThat(by(one, "bribe " + word).total()).isEqualTo(1);
        }
    }

    @Test
    void whatIsSensitiveIsByItsReferenceAloneThatReference() {
        long secret = given(1, "about a bribe").getFirst();
        sensitive(secret);
        var reference = new org.postbag.receiving.Reference(rows.jdbc()
                .sql("select reference from enquiry where id = ?")
                .param(secret)
                .query(String.class)
                .single());

        for (var typed : List.of(
                reference.value(), "ref:" + reference.value(), reference.value().replace("-", " "))) {
            var results = by(READER, typed);
            assertThat(results.withheld()).containsExactly(new Results.Withheld(secret, reference));
            assertThat(results.found()).isEmpty();
            assertThat(results.total()).isEqualTo(1);
            assertThat(results.loosely()).isFalse();
            assertThat(results.facets().values())
                    .allSatisfy(counts -> assertThat(counts).isEmpty());
        }
        assertThat(by(READER, reference.value() + " bribe").withheld()).isEmpty();
        assertThat(by(READER, "ref:" + reference.value().substring(0, 9)).withheld())
                .isEmpty();
        var filtered = Query.of(reference.value()).in(Facet.CHANNEL, "email");
        assertThat(results(filtered).withheld()).isEmpty();
        assertThat(results(filtered).total()).isZero();
    }

    /** The index follows within a second; the record says at once. */
    @Test
    void whatIsMadeSensitiveIsNotShownBeforeTheIndexKnows() {
        long secret = given(1, "about a bribe").getFirst();
        rows.jdbc()
                .sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation')")
                .param(secret)
                .update();

        assertThat(results(Query.of(word)).found()).isEmpty();
        assertThat(results(Query.of(word)).total()).isZero();
    }

    @Test
    void mineIsWhatIsAssignedToWhoAsks() {
        var me = member("m" + word);
        var ids = given(2, "ballot");
        rows.jdbc()
                .sql(
                        "insert into enquiry_work (enquiry_id, assigned_to) select ?, id from staff_member where username = ?")
                .params(ids.getFirst(), "m" + word)
                .update();
        rows.work(ids);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);

        assertThat(by(me, "assigned:me " + word).found())
                .extracting(Found::enquiryId)
                .containsExactly(ids.getFirst());
        assertThat(by(READER, "assigned:me " + word).total()).isZero();
        assertThat(by(READER, "assigned:nobody " + word).total()).isEqualTo(1);
        assertThat(by(READER, "assigned:bob " + word).notes())
                .singleElement()
                .asString()
                .contains("me or nobody");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyThoseWhoReadTheRecordMaySearch(Role role) {
        var member = new StaffMember("staff:x", "X", Set.of(role));
        if (Set.of(Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER)
                .contains(role)) {
            assertThat(search.ask(Query.of(word), member)).isNotNull();
        } else {
            assertThatThrownBy(() -> search.ask(Query.of(word), member)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> search.page(UUID.randomUUID(), null, member))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    static List<String> hostile() {
        return SearchIndexContract.hostile();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileWordsAreKeptAndAnswered(String words) {
        var id = search.ask(Query.of(words), READER);

        assertThat(search.asked(id, READER)).contains(Query.of(words));
        assertThat(page(id, null)).isNotNull();
    }
}
