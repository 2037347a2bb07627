package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.search.Query.Order;
import org.postbag.search.SearchIndex.Removal;

/** What every engine must do. */
public abstract class SearchIndexContract {

    private static final Instant START = Instant.parse("2026-03-03T09:00:00Z");

    /** A document with something to find in each field. */
    private static final Document RICH = new Document(
            1,
            1,
            "7K4M-2Q9D-6HT" + checked("7K4M2Q9D6HT"),
            START,
            facets("email", "political-party"),
            null,
            null,
            "Registering my café before the polls",
            "I was told to ring 01792 496000 about the annual accounts of the party. The ombudsman's answer came late. "
                    + "See example.org and O’Brien’s letter; the Llŷn branch wrote too. 東京 office.",
            List.of("Zoë Fitzgerald", "Niamh O'Connor"),
            List.of("zoe.fitzgerald+votes@mail.example.org", "+442079460958", "CF10 1EP", "@zoe_votes"),
            List.of("annual_report-2025.pdf", "Déclaration.docx"),
            Document.Sorted.BY_NOTHING,
            null);

    private static Map<Facet, String> facets(String channel, String category) {
        return Map.of(Facet.CHANNEL, channel, Facet.DIRECTION, "inbound", Facet.CATEGORY, category);
    }

    private static char checked(String eleven) {
        return "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
                .chars()
                .mapToObj(c -> (char) c)
                .filter(c -> org.postbag.receiving.Reference.parse(eleven + c).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** A new, empty index that stays open until the test ends. */
    protected abstract SearchIndex index();

    private static Document document(long id, String text) {
        return document(id, 1, text, START.plusSeconds(id));
    }

    private static Document document(long id, long version, String text, Instant receivedAt) {
        return document(id, version, text, receivedAt, Document.Sorted.BY_NOTHING);
    }

    private static Document document(long id, long version, String text, Instant receivedAt, Document.Sorted sorted) {
        return new Document(
                id,
                version,
                "ref",
                receivedAt,
                facets("email", "public"),
                null,
                null,
                null,
                text,
                List.of(),
                List.of(),
                List.of(),
                sorted,
                null);
    }

    private static Document in(long id, String channel, String category) {
        return new Document(
                id,
                1,
                "ref",
                START,
                facets(channel, category),
                null,
                null,
                null,
                "ballot",
                List.of(),
                List.of(),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null);
    }

    private List<Long> found(String words) throws IOException {
        return index().search(Query.of(words).withSize(Query.SIZE_MAX)).enquiryIds();
    }

    private void given(Document... documents) throws IOException {
        assertThat(index().write(List.of(documents), List.of())).isEmpty();
    }

    // ------------------------------------------------------------ words

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registering",
                "registered", // stemming
                "REGISTER",
                "polls",
                "poll",
                "cafe",
                "CAFÉ", // accents
                "llyn",
                "café polls", // across fields and in any order
                "polls accounts fitzgerald report",
                "\"annual accounts\"",
                "“annual accounts”",
                "\"told to ring\"", // common words count in phrases
                "what are the accounts", // and are passed over outside them
                "ombudsman",
                "ombudsmans OR ombudsman",
                "example.org",
                "example",
                "o'brien",
                "brien",
                "東京",
                "zoe",
                "Zoë",
                "fitzger", // a name may go on after the last word
                "oconnor",
                "o'connor",
                "zoe.fitzgerald+votes@mail.example.org",
                "Zoe.Fitzgerald+Votes@Mail.Example.ORG",
                "mail.example.org",
                "zoe_votes",
                "@zoe_votes",
                "020 7946 0958", // a telephone number in any way of writing
                "02079460958",
                "+44 20 7946 0958",
                "+44 (0)20 7946 0958",
                "0044 20 7946 0958",
                "(020) 7946-0958",
                "fitzgerald 020 7946 0958",
                "01792496000", // and where it stands in the text
                "+441792496000",
                "01792 496000",
                "CF10 1EP",
                "cf101ep",
                "annual_report-2025.pdf",
                "annual report 2025",
                "report",
                "declaration",
                "regist*",
                "registering*",
                "fitz* polls",
                "polls -elephant",
                "polls NOT elephant",
                "elephant OR polls",
                "elephant OR giraffe OR polls",
                "elephant OR \"annual accounts\"",
                "-elephant",
                "polls AND cafe",
                "\"polls", // a mark never closed
                "polls\"",
                "polls -",
                "name:fitzgerald",
                "name: fitz*",
                "name:\"Niamh O'Connor\"",
                "NAME:zoe polls",
                "fitzgerlad", // names are found in spite of a slip
                "niamh fitzgarald",
                "from:zoe.fitzgerald+votes@mail.example.org",
                "subject:polls",
                "text:ombudsman",
                "file:report",
                "tel:020 7946 0958",
                "tel:02079460",
                "postcode:CF10",
                "postcode:CF10*",
                "postcode:CF10 1EP",
                "postcode:cf101ep polls",
                "channel:email",
                "channel:Email polls",
                "category:political-party",
                "category:\"political party\"",
                "direction:received polls",
                "-channel:letter",
                "since:2026-03-03",
                "until:3/3/2026 polls",
                "before:2026-03-04",
                "after:2/3/2026",
                "on:2026-03",
                "on:3/2026",
                "on:2026",
                "ref:7K4M",
                "polls OR",
                "OR polls",
                "polls !!! ***",
                ""
            })
    void finds(String words) throws IOException {
        given(RICH, document(2, "elephant giraffe"));

        assertThat(found(words)).as(words).contains(1L);
        if (!words.isEmpty() && !words.contains("OR") && !words.contains(":")) {
            assertThat(found(words)).as(words).containsExactly(1L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elephant",
                "\"accounts annual\"",
                "\"Fitzgerald Niamh\"", // no phrase runs from one value into the next
                "polls elephant",
                "polls -accounts",
                "-polls",
                "elephant OR giraffe",
                "poll* -café",
                "+442079460959",
                "zoe.fitzgerald@elsewhere.example",
                "name:polls",
                "subject:ombudsman",
                "text:fitzgerald",
                "file:polls",
                "postcode:CF1",
                "postcode:SA1",
                "channel:letter",
                "-channel:email",
                "category:press",
                "before:2026-03-03",
                "after:2026-03-03",
                "on:2025",
                "polls since:2027",
                "has:file",
                "is:automatic",
                "ref:9999",
                "regestering polsl", // a slip in running text counts only where nothing else is found
                "registr", // running text isn't found by the beginnings of words
                "!!!",
                "\"\"\"",
                "*"
            })
    void doesNotFind(String words) throws IOException {
        given(RICH);

        assertThat(found(words)).as(words).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"regestering", "ombusdman", "anual acounts", "fitzgarald polsl"})
    void findsWordsSpeltAlikeWhereThatIsAsked(String words) throws IOException {
        given(RICH, document(2, "elephant giraffe"));

        assertThat(index().search(Query.of(words).asLoosely()).enquiryIds())
                .as(words)
                .containsExactly(1L);
    }

    @ParameterizedTest
    @MethodSource("referencesAsTyped")
    void findsByReferenceInAnyWayOfTyping(String typed) throws IOException {
        given(RICH, document(2, "polls and an office"));

        assertThat(found(typed)).as(typed).containsExactly(1L);
        assertThat(found(typed + " polls")).as(typed).containsExactly(1L);
        assertThat(found("polls " + typed)).as(typed).containsExactly(1L);
    }

    static List<String> referencesAsTyped() {
        var reference = RICH.reference();
        return List.of(
                reference,
                reference.toLowerCase(java.util.Locale.ROOT),
                reference.replace("-", ""),
                reference.replace("-", " "),
                reference.replace('-', '\u2013'),
                reference.substring(0, 9).replace("-", "") + " " + reference.substring(10));
    }

    @Test
    void findsAReferenceThatIsQuotedInAnotherText() throws IOException {
        given(RICH, document(2, "You gave me the reference " + RICH.reference() + " last week"));

        assertThat(found(RICH.reference().replace("-", ""))).containsExactly(1L, 2L);
    }

    @Test
    void aNameOrAnIdentifierIsABetterHitThanTheText() throws IOException {
        given(document(2, "banks banks banks banks"), RICH);
        given(new Document(
                3,
                1,
                "ref",
                START,
                facets("email", "public"),
                null,
                null,
                null,
                "x",
                List.of("Ann Banks"),
                List.of(),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null));

        assertThat(found("banks")).containsExactly(3L, 2L);
    }

    // ------------------------------------------------------------ order, filters, counts

    @Test
    void newestFirst() throws IOException {
        given(document(5, "ballot"), document(7, "ballot ballot"), document(6, "ballot"));

        assertThat(index().search(Query.of("ballot").withOrder(Order.NEWEST)).enquiryIds())
                .containsExactly(7L, 6L, 5L);
    }

    @Test
    void oldestFirst() throws IOException {
        given(document(5, "ballot"), document(7, "ballot ballot"), document(6, "ballot"));

        var query = Query.of("ballot").withOrder(Order.OLDEST).withSize(2);
        var first = index().search(query);
        assertThat(first.enquiryIds()).containsExactly(5L, 6L);
        assertThat(index().search(query.withAfter(first.after())).enquiryIds()).containsExactly(7L);
    }

    private static Document sortedBy(long id, @Nullable String subject, @Nullable String contact) {
        return document(id, 1, "ballot", START.plusSeconds(id), new Document.Sorted(subject, contact));
    }

    @ParameterizedTest
    @CsvSource({
        "Ballot,Candidate",
        "ballot,Candidate", // neither case
        "Ballot,candidate",
        "École,Eddie", // nor accents
        "edgar,Édouard",
        "'  (Ballot)',candidate", // nor marks and spaces
        "“Ballot” lost,Ballot paper",
        "Ballot,Ballot paper",
        "Ballot box,Ballots",
        "Łukasz,Lydia",
        "O'Brien,O’Byrne",
        "12 polls,Ballot",
        "Åsa Öberg,Zoë",
        "zebra,東京",
        "zebra,",
        "東京,",
        "zebra,!!!",
        "zebra,😀"
    })
    void sortsFromAToZ(String first, @Nullable String then) throws IOException {
        given(sortedBy(5, first, first), sortedBy(6, then, then));
        given(sortedBy(2, then, first), sortedBy(3, first, then));

        for (var order : List.of(Order.SUBJECT, Order.CONTACT)) {
            var found = index().search(Query.of("ballot").withOrder(order)).enquiryIds();
            assertThat(found)
                    .as("of equal ones the newest first")
                    .containsExactlyElementsOf(
                            order == Order.SUBJECT ? List.of(5L, 3L, 6L, 2L) : List.of(5L, 2L, 6L, 3L));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Order.class,
            names = {"SUBJECT", "CONTACT"})
    void pagesByATextGoOnFromWhatIsGoneOrCalledOtherwiseSince(Order order) throws IOException {
        for (long id = 1; id <= 6; id++) {
            given(sortedBy(id, "Ballot " + id, "Ann " + id));
        }
        var query = Query.of("ballot").withOrder(order).withSize(2);

        var first = index().search(query);
        index().write(List.of(), List.of(new Removal(2, 2)));
        var second = index().search(query.withAfter(first.after()));
        given(document(4, 2, "ballot", START));
        var third = index().search(query.withAfter(second.after()));

        assertThat(first.enquiryIds()).containsExactly(1L, 2L);
        assertThat(second.enquiryIds()).containsExactly(3L, 4L);
        assertThat(third.enquiryIds()).containsExactly(5L, 6L);
        assertThat(third.after()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Order.class,
            names = {"SUBJECT", "CONTACT"})
    void aMarkOfATextThatNobodyHasAnyMoreLeadsToTheBeginning(Order order) throws IOException {
        given(sortedBy(1, "Ballot", "Ann"), sortedBy(2, "Card", "Bea"));

        var of = Query.of("ballot").withOrder(order);
        assertThat(index().search(of.withAfter(new After(order, 0, 99, 123_456)))
                        .enquiryIds())
                .containsExactly(1L, 2L);
        assertThat(index().search(of.withAfter(
                                new After(order, START.plusSeconds(1).toEpochMilli(), 1, 0)))
                        .enquiryIds())
                .as("the state is gone, the enquiry is not")
                .containsExactly(2L);
    }

    @Test
    void whatProgramsSentCanBeLeftOut() throws IOException {
        given(document(5, "ballot"), document(7, "ballot"));
        given(new Document(
                6,
                1,
                "ref",
                START,
                Map.of(Facet.CHANNEL, "email", Facet.AUTOMATIC, Facet.YES),
                null,
                null,
                null,
                "ballot",
                List.of(),
                List.of(),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null));

        var hits = index().search(Query.of("").leavingOutAutomatic(true));
        assertThat(hits.enquiryIds()).containsExactly(7L, 5L);
        assertThat(hits.total()).isEqualTo(2);
        assertThat(index().search(Query.of("")).enquiryIds()).contains(6L);
        assertThat(found("ballot")).contains(6L);
    }

    @Test
    void everythingWithoutWords() throws IOException {
        given(document(5, "a"), document(7, ""), document(6, "c"));

        var hits = index().search(Query.of(""));
        assertThat(hits.enquiryIds()).containsExactly(7L, 6L, 5L);
        assertThat(hits.total()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29,2026-03-29,2 3",
        "2026-03-30,2026-03-30,4",
        "2026-03-29,,2 3 4",
        ",2026-03-28,1",
        ",,1 2 3 4",
        "2026-03-30,2026-03-29,",
        "1900-01-01,2999-12-31,1 2 3 4"
    })
    void filtersByDaysOfTheUnitedKingdom(LocalDate since, LocalDate until, String ids) throws IOException {
        // The clocks went forward on 29 March 2026 at 01:00 UTC.
        given(
                document(1, 1, "ballot", Instant.parse("2026-03-28T23:59:59.999Z")),
                document(2, 1, "ballot", Instant.parse("2026-03-29T00:00:00Z")),
                document(3, 1, "ballot", Instant.parse("2026-03-29T22:59:59.999Z")),
                document(4, 1, "ballot", Instant.parse("2026-03-29T23:00:00Z")));

        var query = Query.of("ballot").received(since, until).withOrder(Order.NEWEST);
        assertThat(index().search(query).enquiryIds())
                .containsExactlyInAnyOrderElementsOf(
                        ids == null
                                ? List.of()
                                : java.util.Arrays.stream(ids.split(" "))
                                        .map(Long::valueOf)
                                        .toList());
    }

    @Test
    void filtersByChannelAndCategory() throws IOException {
        givenChannelsAndCategories();

        var query = Query.of("ballot")
                .in(Facet.CHANNEL, "email", "web-form")
                .in(Facet.CATEGORY, "press")
                .withOrder(Order.NEWEST);
        var hits = index().search(query);
        assertThat(hits.enquiryIds()).containsExactlyInAnyOrder(2L, 3L);
        assertThat(hits.total()).isEqualTo(2);
    }

    @Test
    void countsByChannelAndCategoryOverAllThatWasFound() throws IOException {
        givenChannelsAndCategories();

        var hits = index().search(Query.of("ballot").withSize(1));
        assertThat(hits.facets().get(Facet.CHANNEL))
                .containsOnly(entry("email", 2L), entry("web-form", 1L), entry("telephone", 1L));
        assertThat(hits.facets().get(Facet.CATEGORY)).containsOnly(entry("public", 1L), entry("press", 3L));
    }

    @Test
    void aFieldsOwnFilterDoesNotNarrowItsCounts() throws IOException {
        givenChannelsAndCategories();

        var query = Query.of("ballot").in(Facet.CHANNEL, "email").in(Facet.CATEGORY, "press");
        var facets = index().search(query).facets();
        assertThat(facets.get(Facet.CHANNEL))
                .containsOnly(entry("email", 1L), entry("web-form", 1L), entry("telephone", 1L));
        assertThat(facets.get(Facet.CATEGORY)).containsOnly(entry("public", 1L), entry("press", 1L));
    }

    private void givenChannelsAndCategories() throws IOException {
        given(
                in(1, "email", "public"),
                in(2, "email", "press"),
                in(3, "web-form", "press"),
                in(4, "telephone", "press"),
                document(5, "something else"));
    }

    // ------------------------------------------------------------ the work on it

    private static Document worked(
            long id, @Nullable LocalDate keptUntil, @Nullable Set<Long> viewers, String... facets) {
        var values = new EnumMap<Facet, String>(Facet.class);
        values.put(Facet.DIRECTION, "inbound");
        for (int i = 0; i < facets.length; i += 2) {
            values.put(Facet.of(facets[i]).orElseThrow(), facets[i + 1]);
        }
        return new Document(
                id,
                1,
                "ref",
                START.plus(Duration.ofDays(31 * id)),
                values,
                keptUntil,
                viewers,
                null,
                "ballot from someone",
                List.of("Wanda Whistle"),
                List.of("wanda@mail.example.org", "+442079460958"),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null);
    }

    private void givenWork() throws IOException {
        given(
                worked(1, LocalDate.of(2026, 12, 31), null, "status", "new", "assigned", "nobody", "unread", "yes"),
                worked(2, LocalDate.of(2027, 1, 1), null, "status", "in-hand", "assigned", "42", "urgent", "yes"),
                worked(3, LocalDate.of(2027, 5, 31), null, "status", "waiting-for-them", "assigned", "42"),
                worked(4, LocalDate.of(2030, 2, 1), null, "status", "answered", "assigned", "7"),
                worked(5, LocalDate.of(2031, 2, 1), null, "status", "closed", "assigned", "nobody", "unread", "yes"),
                worked(6, null, null, "direction", "outbound"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    status:new;                              1
                    status:in-hand;                          2
                    status:"in hand";                        2
                    status:"Waiting for them";               3
                    STATUS:Answered;                         4
                    -status:new;                             2 3 4 5 6
                    is:open;                                 1 2 3
                    is:closed;                               4 5
                    is:open -is:urgent;                      1 3
                    status:new OR status:closed;             1 5
                    assigned:me;                             2 3
                    assigned:ME status:in-hand;              2
                    -assigned:me is:open;                    1
                    assigned:nobody;                         1 5
                    is:urgent;                               2
                    is:unread;                               1 5
                    is:unread is:open;                       1
                    is:Unread ballot;                        1 5
                    kept-until:2026;                         1
                    kept-until:<2027;                        1
                    kept-until:<=2027;                       1 2 3
                    kept-until:2027;                         2 3
                    kept-until:2027-05;                      3
                    kept-until:5/2027;                       3
                    kept-until:2027-05-31;                   3
                    kept-until:=31/5/2027;                   3
                    kept-until:<1 May 2027;                  1 2
                    kept-until:<=1/1/2027;                   1 2
                    kept-until:<1/1/2027;                    1
                    kept-until:>2027;                        4 5 6
                    kept-until:>=2030;                       4 5 6
                    kept-until:>=2031;                       5 6
                    kept-until:≥2031;                        5 6
                    kept-until:>2031;                        6
                    kept-until:< 2027;                       1
                    kept-until: >= 2031 ballot;              5 6
                    kept-until:>=2027 kept-until:<2030;      2 3
                    kept-until:no-end;                       6
                    -kept-until:no-end kept-until:>2026;     2 3 4 5
                    since:2026-05 kept-until:<2028;          2 3
                    """, delimiter = ';')
    void findsByTheWorkOnItAndByItsDate(String words, String ids) throws IOException {
        givenWork();

        var asked = Query.of(words).by(new Reader(42L, false, null)).withSize(Query.SIZE_MAX);
        assertThat(index().search(asked).enquiryIds())
                .as(words)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ids.split(" ")).map(Long::valueOf).toList());
    }

    @Test
    void nothingIsAssignedToWhoIsNoMember() throws IOException {
        givenWork();

        assertThat(found("assigned:me")).isEmpty();
        assertThat(found("-assigned:me")).hasSize(6);
    }

    @Test
    void countsByTheWorkOnItAndByItsDays() throws IOException {
        givenWork();

        var facets = index().search(
                        Query.of("ballot").in(Facet.STATUS, "new", "in-hand").withSize(1))
                .facets();
        assertThat(facets.get(Facet.STATUS))
                .containsOnly(
                        entry("new", 1L),
                        entry("in-hand", 1L),
                        entry("waiting-for-them", 1L),
                        entry("answered", 1L),
                        entry("closed", 1L));
        assertThat(facets.get(Facet.ASSIGNED)).containsOnly(entry("nobody", 1L), entry("42", 1L));
        assertThat(facets.get(Facet.URGENT)).containsOnly(entry("yes", 1L));
        assertThat(facets.get(Facet.UNREAD)).containsOnly(entry("yes", 1L));
        assertThat(facets.get(Facet.KEPT)).containsOnly(entry("2026", 1L), entry("2027", 1L));
        assertThat(facets.get(Facet.MONTH)).containsOnly(entry("2026-04", 1L), entry("2026-05", 1L));
        assertThat(index().search(Query.of("")).facets().get(Facet.KEPT))
                .containsOnly(
                        entry("2026", 1L),
                        entry("2027", 2L),
                        entry("2030", 1L),
                        entry("2031", 1L),
                        entry("no-end", 1L));
    }

    @Test
    void filtersByYearOfItsEndAndByMonthOfReceipt() throws IOException {
        givenWork();

        assertThat(index().search(Query.of("").in(Facet.KEPT, "2027", "no-end")).enquiryIds())
                .containsExactlyInAnyOrder(2L, 3L, 6L);
        assertThat(index().search(Query.of("").in(Facet.MONTH, "2026-05", "2026-06"))
                        .enquiryIds())
                .containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void aMonthIsTheUnitedKingdoms() throws IOException {
        given(document(1, 1, "ballot", Instant.parse("2026-06-30T23:30:00Z")));

        assertThat(index().search(Query.of("")).facets().get(Facet.MONTH)).containsOnly(entry("2026-07", 1L));
    }

    @Test
    void theWorkOnItAddsNothingToHowWellWordsAreFound() throws IOException {
        given(document(1, "ballot ballot ballot"), document(2, "ballot and other words that make it longer"));
        given(worked(3, null, null, "status", "new"));

        assertThat(index().search(Query.of("ballot kept-until:>2000").by(new Reader(1L, false, LocalDate.EPOCH)))
                        .enquiryIds())
                .isEqualTo(found("ballot"));
    }

    // ------------------------------------------------------------ who may find it

    private void givenSensitive() throws IOException {
        given(
                worked(1, null, null, "status", "new"),
                worked(2, null, Set.of(42L, 43L), "status", "new", "urgent", "yes"),
                worked(3, null, Set.of(), "status", "new"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ballot",
                "\"from someone\"",
                "wanda",
                "name:whistle",
                "wanda@mail.example.org",
                "020 7946 0958",
                "tel:02079460958",
                "status:new",
                "wand*",
                "ballot OR wanda",
                "-elephant",
                "-channel:letter",
                "kept-until:no-end"
            })
    void whatIsSensitiveIsFoundByThoseAloneWhoAreNamed(String words) throws IOException {
        givenSensitive();
        var query = Query.of(words);

        assertThat(index().search(query).enquiryIds()).containsExactly(1L);
        assertThat(index().search(query.by(new Reader(7L, false, null))).enquiryIds())
                .containsExactly(1L);
        assertThat(index().search(query.by(new Reader(42L, false, null))).enquiryIds())
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(index().search(query.by(new Reader(7L, true, null))).enquiryIds())
                .containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(index().search(query.asLoosely()).total()).isEqualTo(1);
    }

    @Test
    void whatIsSensitiveIsInNoCountOfOthers() throws IOException {
        givenSensitive();

        for (var query : List.of(Query.of("ballot"), Query.of("").in(Facet.STATUS, "new"))) {
            var hits = index().search(query.by(new Reader(7L, false, null)));
            assertThat(hits.total()).isEqualTo(1);
            assertThat(hits.facets().get(Facet.STATUS)).containsOnly(entry("new", 1L));
            assertThat(hits.facets().get(Facet.URGENT)).isEmpty();
            assertThat(hits.facets().get(Facet.KEPT)).containsOnly(entry("no-end", 1L));
            assertThat(index().search(query.by(new Reader(42L, false, null)))
                            .facets()
                            .get(Facet.URGENT))
                    .containsOnly(entry("yes", 1L));
        }
        assertThat(index().search(Query.of("").in(Facet.URGENT, "yes").by(new Reader(7L, false, null)))
                        .total())
                .isZero();
    }

    /** About a ballot, for the member 42 alone. */
    private static Document sensitive(long id, long version, String reference) {
        return new Document(
                id,
                version,
                reference,
                START,
                Map.of(),
                null,
                Set.of(42L),
                null,
                "ballot",
                List.of(),
                List.of(),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null);
    }

    @Test
    void whatIsSensitiveIsNotFoundByItsReferenceEither() throws IOException {
        given(sensitive(1, 1, RICH.reference()));

        for (var words : List.of(RICH.reference(), "ref:" + RICH.reference(), "ref:7K4M")) {
            assertThat(found(words)).as(words).isEmpty();
            assertThat(index().search(Query.of(words).by(new Reader(42L, false, null)))
                            .enquiryIds())
                    .as(words)
                    .containsExactly(1L);
        }
    }

    @Test
    void whoMayFindItFollowsItsNextVersion() throws IOException {
        given(document(1, 1, "ballot", START));
        given(sensitive(1, 2, "ref"));
        assertThat(found("ballot")).isEmpty();

        given(document(1, 3, "ballot", START));
        assertThat(found("ballot")).containsExactly(1L);
    }

    @Test
    void whatIsPastItsDateIsNotFoundByWhoAsksOnADay() throws IOException {
        givenWork();

        for (var all : List.of(true, false)) {
            var hits = index().search(Query.of("").by(new Reader(null, all, LocalDate.of(2027, 1, 1))));
            assertThat(hits.enquiryIds()).containsExactlyInAnyOrder(2L, 3L, 4L, 5L, 6L);
            assertThat(hits.facets().get(Facet.KEPT)).doesNotContainKey("2026");
        }
        assertThat(index().search(Query.of("").by(new Reader(null, false, LocalDate.of(2026, 12, 31))))
                        .total())
                .isEqualTo(6);
    }

    // ------------------------------------------------------------ versions

    @Test
    void aNewVersionTakesTheOldOnesPlace() throws IOException {
        given(document(1, 1, "before", START));
        given(document(1, 2, "after", START));

        assertThat(found("before")).isEmpty();
        assertThat(found("after")).containsExactly(1L);
        assertThat(index().count()).isEqualTo(1);
    }

    @Test
    void anOldVersionNeverWins() throws IOException {
        given(document(1, 7, "after", START));
        given(document(1, 6, "before", START));

        assertThat(found("after")).containsExactly(1L);
        assertThat(found("before")).isEmpty();
    }

    @Test
    void theSameVersionAgainChangesNothing() throws IOException {
        given(document(1, 7, "after", START));
        given(document(1, 7, "after", START));

        assertThat(found("after")).containsExactly(1L);
        assertThat(index().count()).isEqualTo(1);
    }

    @Test
    void ofTwoVersionsInOneWriteTheNewerWins() throws IOException {
        given(document(1, 9, "after", START), document(1, 8, "before", START));

        assertThat(found("")).containsExactly(1L);
        assertThat(found("after")).containsExactly(1L);
    }

    @Test
    void aRemovalTakesTheDocumentAway() throws IOException {
        given(document(1, 1, "ballot", START), document(2, 2, "ballot", START));
        index().write(List.of(), List.of(new Removal(1, 3)));

        assertThat(found("ballot")).containsExactly(2L);
        assertThat(index().count()).isEqualTo(1);
    }

    @Test
    void anOldVersionDoesNotComeBackAfterARemoval() throws IOException {
        given(document(1, 1, "ballot", START));
        index().write(List.of(), List.of(new Removal(1, 3)));
        given(document(1, 2, "ballot", START));

        assertThat(found("ballot")).isEmpty();
    }

    @Test
    void anOldRemovalDoesNotTakeANewerDocumentAway() throws IOException {
        given(document(1, 5, "ballot", START));
        index().write(List.of(), List.of(new Removal(1, 4)));

        assertThat(found("ballot")).containsExactly(1L);
    }

    @Test
    void aDocumentThatIsRefusedDoesNotKeepTheOthersBack() throws IOException {
        var refused = new Document(
                1,
                1,
                "ref",
                START,
                facets("c".repeat(100_000), "public"),
                null,
                null,
                null,
                "ballot",
                List.of(),
                List.of(),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null);

        assertThat(index().write(List.of(refused, document(2, "ballot")), List.of()))
                .singleElement()
                .satisfies(r -> assertThat(r.enquiryId()).isEqualTo(1));
        assertThat(found("ballot")).containsExactly(2L);
    }

    @Test
    void takesVeryLongTextsAndWords() throws IOException {
        given(
                document(1, "x".repeat(1_000_000) + " ballot " + "ab ".repeat(300_000)),
                document(2, "\u0000\ud800 ballot"));

        assertThat(found("ballot")).containsExactlyInAnyOrder(1L, 2L);
    }

    // ------------------------------------------------------------ pages

    @ParameterizedTest
    @EnumSource(Order.class)
    void pagingGivesEachOnceThoughNewOnesComeIn(Order order) throws IOException {
        int documents = 20_000;
        var random = new Random(3);
        for (int from = 0; from < documents; from += 5_000) {
            index().write(
                            LongStream.range(from, from + 5_000)
                                    // Many share a moment of receipt, and many a score.
                                    .mapToObj(id -> document(
                                            id,
                                            1,
                                            "ballot ".repeat(1 + random.nextInt(3)),
                                            START.plusSeconds(random.nextInt(100)),
                                            new Document.Sorted(
                                                    "Subject " + random.nextInt(50), "Name " + random.nextInt(50))))
                                    .toList(),
                            List.of());
        }

        var seen = new ArrayList<Long>();
        var query = Query.of("ballot").withOrder(order).withSize(Query.SIZE_MAX);
        long next = documents;
        for (var hits = index().search(query); ; ) {
            seen.addAll(hits.enquiryIds());
            var after = hits.after();
            if (after == null) {
                break;
            }
            if (seen.size() % 2_000 == 0) {
                given(
                        document(next++, 2, "ballot", START.plusSeconds(1_000)),
                        document(
                                random.nextInt(documents),
                                0,
                                "ballot",
                                START)); // an old version, which changes nothing
            }
            hits = index().search(query.withAfter(After.parse(after.toString()).orElseThrow()));
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(new HashSet<>(seen))
                .containsAll(LongStream.range(0, documents).boxed().toList());
    }

    @Test
    void theLastPageSaysSo() throws IOException {
        given(document(1, "ballot"), document(2, "ballot"), document(3, "ballot"));

        var query = Query.of("ballot").withOrder(Order.NEWEST).withSize(2);
        var first = index().search(query);
        var second = index().search(query.withAfter(first.after()));
        assertThat(first.enquiryIds()).containsExactly(3L, 2L);
        assertThat(first.total()).isEqualTo(3);
        assertThat(second.enquiryIds()).containsExactly(1L);
        assertThat(second.total()).isEqualTo(3);
        assertThat(second.after()).isNull();
        assertThat(index().search(query.withSize(3)).after()).isNull();
    }

    @Test
    void aPageMarkThatOutlivedItsIndexStillAnswers() throws IOException {
        given(document(1, "ballot"), document(2, "ballot"));

        var stale = new After(Order.BEST, Float.floatToRawIntBits(0.000001f), 9, 123_456);
        var nonsense = new After(Order.BEST, Long.MIN_VALUE, Long.MAX_VALUE, -1);
        assertThat(index().search(Query.of("ballot").withAfter(stale)).enquiryIds())
                .isEmpty();
        assertThatCode(() -> index().search(Query.of("ballot").withAfter(nonsense)))
                .doesNotThrowAnyException();
    }

    // ------------------------------------------------------------ hostile input

    public static List<String> hostile() {
        return List.of(
                "x".repeat(10_000),
                "a ".repeat(5_000),
                "\"" + "a ".repeat(5_000) + "\"",
                "\"a\" ".repeat(2_500),
                "a OR ".repeat(2_000),
                "-".repeat(10_000),
                "NOT ".repeat(2_500),
                "a* ".repeat(3_333),
                "*".repeat(10_000),
                "?".repeat(10_000),
                "(".repeat(10_000),
                "0 ".repeat(5_000),
                "+44 ".repeat(2_500),
                "\"".repeat(9_999),
                "\u0000\u0001\u001f\u007f",
                "\ud800\udfff\ud83d",
                "é́́́".repeat(2_000),
                "field:value AND (a OR b",
                "/.*/ [a TO z] {a TO *} a~2 a^99 \\",
                "'; drop table enquiry; --",
                "<script>alert(1)</script>",
                "${jndi:ldap://x} #{7*7} {{7*7}}",
                "\u202e\u2066\ufeff",
                "🗳️👨‍👩‍👧");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileWordsAreOnlyWords(String words) throws IOException {
        given(RICH);

        assertThatCode(() -> index().search(Query.of(words))).doesNotThrowAnyException();
        assertThat(index().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anythingTypedIsAnswered(long seed) throws IOException {
        given(RICH);
        var random = new Random(seed);
        var pieces = List.of(
                "a", "polls", "\"", "-", " ", "OR", " OR ", "NOT ", "*", "(", ")", "+44", "01792", "496000", "\u0000",
                "\ud800", "7K4M", "-2Q9D", "@", ".", "“", "”", "\n", "é", "東", "AND", ":", "~", "\\", "/");
        for (int i = 0; i < 500; i++) {
            var words = String.join(
                    "",
                    IntStream.range(0, random.nextInt(40))
                            .mapToObj(_ -> pieces.get(random.nextInt(pieces.size())))
                            .toList());
            assertThatCode(() -> index().search(Query.of(words)))
                    .as("seed %d, words %s", seed, words)
                    .doesNotThrowAnyException();
        }
    }

    // ------------------------------------------------------------ another generation

    @Test
    void aRebuildAnswersFromTheOldGenerationUntilTheNewOneIsOpened() throws IOException {
        given(document(1, "old"));

        try (var generation = index().rebuild()) {
            generation.add(List.of(document(2, 0, "new", START)));
            assertThat(found("")).containsExactly(1L);
            generation.open();
        }
        assertThat(found("")).containsExactly(2L);
        assertThat(found("new")).containsExactly(2L);
    }

    @Test
    void whatIsWrittenDuringARebuildIsInBothGenerations() throws IOException {
        try (var generation = index().rebuild()) {
            given(document(1, "ballot"));
            assertThat(found("ballot")).containsExactly(1L);
            generation.open();
        }
        assertThat(found("ballot")).containsExactly(1L);
    }

    @Test
    void aRebuildDoesNotUndoAWriteThatCameMeanwhile() throws IOException {
        try (var generation = index().rebuild()) {
            given(document(1, 5, "after", START));
            generation.add(List.of(document(1, 0, "before", START)));
            generation.open();
        }
        assertThat(found("after")).containsExactly(1L);
        assertThat(found("before")).isEmpty();
        assertThat(index().count()).isEqualTo(1);
    }

    @Test
    void aWriteReplacesWhatTheRebuildAdded() throws IOException {
        try (var generation = index().rebuild()) {
            generation.add(List.of(document(1, 0, "before", START)));
            given(document(1, 5, "after", START));
            generation.open();
        }
        assertThat(found("")).containsExactly(1L);
        assertThat(found("after")).containsExactly(1L);
    }

    @Test
    void aRebuildDoesNotBringBackWhatWasRemovedMeanwhile() throws IOException {
        given(document(1, 1, "ballot", START), document(2, 1, "ballot", START));
        try (var generation = index().rebuild()) {
            generation.add(List.of(document(2, 0, "ballot", START)));
            index().write(List.of(), List.of(new Removal(1, 5), new Removal(2, 6)));
            generation.add(List.of(document(1, 0, "ballot", START)));
            generation.open();
        }
        assertThat(found("")).isEmpty();
    }

    @Test
    void aRebuildThatIsGivenUpLeavesTheOldGeneration() throws IOException {
        given(document(1, "ballot"));
        try (var generation = index().rebuild()) {
            generation.add(List.of(document(2, 0, "ballot", START)));
            generation.giveUp();
        }
        assertThat(found("ballot")).containsExactly(1L);
        assertThat(index().isHalfBuilt()).isFalse();
        try (var again = index().rebuild()) {
            assertThat(again.reached()).isZero();
            again.open();
        }
        assertThat(found("ballot")).isEmpty();
    }

    @Test
    void aRebuildThatIsLeftFollowsWritesAndIsGoneOnWith() throws IOException {
        given(document(1, 1, "ballot", START), document(2, 2, "ballot", START));
        try (var generation = index().rebuild()) {
            generation.add(List.of(document(1, 3, "ballot", START), document(2, 3, "ballot", START)));
            generation.reach(2);
        }
        assertThat(index().isHalfBuilt()).isTrue();
        index().write(List.of(document(4, 4, "ballot", START)), List.of(new Removal(1, 4)));
        assertThat(found("ballot")).containsExactlyInAnyOrder(2L, 4L);

        try (var again = index().rebuild()) {
            assertThat(again.reached()).isEqualTo(2);
            again.add(List.of(document(3, 5, "ballot", START), document(4, 5, "ballot", START)));
            assertThat(again.contents().count()).isEqualTo(3);
            again.open();
        }
        assertThat(found("ballot")).containsExactlyInAnyOrder(2L, 3L, 4L);
        assertThat(index().isHalfBuilt()).isFalse();
    }

    // ------------------------------------------------------------ what it holds

    @Test
    void whatItHoldsIsWalkedInOrderOfId() throws IOException {
        var ids = List.of(7L, 1_000_000_000_000L, 3L, 20L, 100L);
        for (long id : ids) {
            given(document(id, id + 1, "ballot " + id, START));
        }
        given(document(20, 50, "another", START));
        index().write(List.of(), List.of(new Removal(100, 200)));
        var contents = index().contents();

        assertThat(contents.count()).isEqualTo(4);
        assertThat(contents.after(0, 10))
                .containsExactly(
                        kept(3, 4, "ballot 3"),
                        kept(7, 8, "ballot 7"),
                        kept(20, 50, "another"),
                        kept(1_000_000_000_000L, 1_000_000_000_001L, "ballot 1000000000000"));
        assertThat(contents.after(0, 2))
                .extracting(SearchIndex.Entry::enquiryId)
                .containsExactly(3L, 7L);
        assertThat(contents.after(7, 2))
                .extracting(SearchIndex.Entry::enquiryId)
                .containsExactly(20L, 1_000_000_000_000L);
        assertThat(contents.after(1_000_000_000_000L, 2)).isEmpty();
        assertThat(contents.of(List.of(20L, 100L, 9L))).containsExactly(kept(20, 50, "another"));
    }

    @Test
    void itTellsWhenADocumentWasWritten() throws IOException {
        var at = Instant.parse("2026-03-03T16:05:09.123Z");
        given(document(3, "ballot").withVersion(5, at), document(4, "ballot"));

        assertThat(index().contents().of(List.of(3L)))
                .singleElement()
                .extracting(SearchIndex.Entry::writtenAt)
                .isEqualTo(at);
        assertThat(index().contents().of(List.of(4L)))
                .singleElement()
                .extracting(SearchIndex.Entry::writtenAt)
                .isNull();
    }

    private static SearchIndex.Entry kept(long id, long version, String text) {
        return new SearchIndex.Entry(
                id, version, document(id, version, text, START).checksum());
    }

    @Test
    void aSecondRebuildAtTheSameTimeIsRefused() throws IOException {
        try (var generation = index().rebuild()) {
            assertThat(generation).isNotNull();
            assertThatCode(() -> index().rebuild()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anOpenedGenerationIsSoundAndPagingGoesOnInIt() throws IOException {
        given(document(1, "ballot"), document(2, "ballot"), document(3, "ballot"));
        var first = index().search(Query.of("ballot").withSize(1));
        try (var generation = index().rebuild()) {
            generation.add(List.of(
                    document(1, 0, "ballot", START), document(2, 0, "ballot", START), document(3, 0, "ballot", START)));
            generation.open();
        }
        index().verify();

        assertThat(index().fault()).isEmpty();
        assertThat(index().search(Query.of("ballot").withSize(2).withAfter(first.after()))
                        .enquiryIds())
                .containsExactly(2L, 1L);
    }
}
