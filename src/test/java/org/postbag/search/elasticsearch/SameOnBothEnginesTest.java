package org.postbag.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.search.Document;
import org.postbag.search.Facet;
import org.postbag.search.Hits;
import org.postbag.search.Query;
import org.postbag.search.Query.Order;
import org.postbag.search.Reader;
import org.postbag.search.RecordRows;
import org.postbag.search.SearchIndex;
import org.postbag.search.lucene.LuceneIndex;

/** The same few hundred made-up enquiries on Lucene and on Elasticsearch, and the same questions: the same hits, counts and orders. */
class SameOnBothEnginesTest {

    private static final int DOCUMENTS = 400;
    private static final String NAME = "test-" + UUID.randomUUID();
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private static final List<String> WORDS = List.of(
            ("ballot paper polling station register registration registered registering vote voter voting election elections "
                            + "candidate candidates candidate's deposit party parties donation donations donated spending return accounts "
                            + "imprint leaflet agent observer postal proxy signature café naïve Llŷn Môn résumé O'Brien's don't can't "
                            + "example.org annual_report-2025.pdf e-mail well-known 2026 1,000 £500 the of and to a in is it for "
                            + "ID photo identification elephant running ran runs universities university organisation organise "
                            + "02079460958 01792496000 東京 office street council councils ward boundary boundaries")
                    .split(" "));

    private static final List<String> GIVEN =
            List.of("Zoë", "Niamh", "Ann", "John", "Siân", "Mohammed", "Jean-Luc", "Ada");
    private static final List<String> FAMILY =
            List.of("O'Connor", "Fitzgerald", "Smith", "Smythe", "Banks", "Lloyd-George", "Ní Bhriain", "Khan");
    private static final List<String> POSTCODES = List.of("CF10 1EP", "NE1 4ST", "SA1 1AA", "EC1A 1BB");

    @TempDir
    private static Path folder;

    private static SearchIndex lucene;
    private static SearchIndex elasticsearch;

    @BeforeAll
    static void fill() throws IOException {
        lucene = LuceneIndex.open(folder.resolve("index"));
        elasticsearch = ElasticsearchIndex.open(ElasticsearchServer.client(), NAME, Clock.systemUTC());
        var random = new Random(11);
        var documents =
                IntStream.range(0, DOCUMENTS).mapToObj(i -> document(i, random)).toList();
        for (var index : List.of(lucene, elasticsearch)) {
            try (var generation = index.rebuild()) {
                assertThat(generation.add(documents)).isEmpty();
                generation.open();
            }
        }
    }

    @AfterAll
    static void close() throws IOException {
        lucene.close();
        elasticsearch.close();
        ElasticsearchServer.drop(NAME);
    }

    private static Document document(int id, Random random) {
        var facets = new EnumMap<Facet, String>(Facet.class);
        facets.put(Facet.CHANNEL, any(List.of("email", "web-form", "telephone", "letter"), random));
        facets.put(Facet.DIRECTION, any(List.of("inbound", "outbound"), random));
        facets.put(Facet.CATEGORY, any(List.of("public", "press", "political-party"), random));
        if (random.nextBoolean()) {
            facets.put(Facet.TOPIC, any(List.of("registration", "finance"), random));
        }
        if (random.nextInt(5) == 0) {
            facets.put(Facet.AUTOMATIC, Facet.YES);
        }
        if (random.nextInt(3) > 0) {
            facets.put(Facet.STATUS, any(List.of("new", "in-hand", "answered", "closed"), random));
            facets.put(Facet.ASSIGNED, any(List.of("nobody", "7", "42"), random));
        }
        if (random.nextInt(6) == 0) {
            facets.put(Facet.URGENT, Facet.YES);
        }
        if (random.nextInt(3) == 0) {
            facets.put(Facet.UNREAD, Facet.YES);
        }
        return new Document(
                id,
                0,
                reference(id),
                START.plusSeconds(random.nextInt(200) * 86_400L),
                facets,
                random.nextInt(10) == 0 ? null : LocalDate.of(2026, 6, 1).plusDays(random.nextInt(2_000)),
                random.nextInt(5) == 0 ? any(List.of(Set.of(), Set.of(7L), Set.of(7L, 42L)), random) : null,
                random.nextInt(4) == 0 ? null : text(2 + random.nextInt(6), random),
                text(5 + random.nextInt(120), random),
                random.nextInt(5) == 0 ? List.of() : List.of(any(GIVEN, random) + " " + any(FAMILY, random)),
                List.of(
                        any(GIVEN, random).toLowerCase(java.util.Locale.ROOT) + random.nextInt(40)
                                + "@mail.example.org",
                        "+4420794609" + (10 + random.nextInt(89)),
                        any(POSTCODES, random)),
                random.nextInt(3) == 0 ? List.of(any(WORDS, random) + "_" + any(WORDS, random) + ".docx") : List.of(),
                Document.Sorted.BY_NOTHING,
                null);
    }

    private static String reference(int id) {
        return RecordRows.receipt(id).reference().value();
    }

    /** Some words are much more frequent than others. */
    private static String text(int length, Random random) {
        return String.join(
                " ",
                IntStream.range(0, length)
                        .mapToObj(_ -> WORDS.get((int) (WORDS.size() * random.nextDouble() * random.nextDouble())))
                        .toList());
    }

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    static Stream<String> questions() {
        var words = WORDS.stream();
        var typed = Stream.of(
                "",
                "ballot paper",
                "paper ballot",
                "\"ballot paper\"",
                "\"paper polling\"",
                "\"the ballot\"",
                "\"e-mail\"",
                "\"annual report 2025\"",
                "\"O'Brien's\"",
                "\"Zoë Fitzgerald\"",
                "\"john smith\"",
                "ballot -paper",
                "-ballot",
                "ballot NOT paper -station",
                "-\"ballot paper\"",
                "ballot OR elephant",
                "elephant OR 東京 OR office",
                "ballot elephant OR office",
                "ballot OR \"postal proxy\"",
                "regist*",
                "universit*",
                "fitz*",
                "sm* ballot",
                "o*",
                "elec* -elections",
                "fitz",
                "smi",
                "smythe",
                "oconnor",
                "o'connor",
                "lloyd george",
                "lloyd-george",
                "zoe",
                "Zoë",
                "sian khan",
                "ní bhriain",
                "jean-luc banks",
                "cafe",
                "CAFÉ",
                "llyn mon",
                "020 7946 0958",
                "+44 20 7946 0958",
                "(020) 7946-0958",
                "02079460912",
                "ballot 01792 496000",
                "01792496000 OR 02079460958",
                "CF10 1EP",
                "cf101ep",
                "ne1",
                "ne1*",
                "ne14st smith",
                "zoe1@mail.example.org",
                "mail.example.org",
                "ann3*",
                "example",
                "report docx",
                "ballot_paper.docx",
                "ballot docx",
                "what is the ballot for",
                "the of and",
                "!!!",
                "ballot !!!",
                "\"",
                "*",
                "1000",
                "500",
                "2026",
                "running ran",
                "organisations",
                "boundary council ward",
                "polling station register registration vote",
                "candidate's",
                "dont",
                "don't can't",
                reference(7),
                reference(8).replace("-", " "),
                reference(9).toLowerCase(Locale.ROOT) + " OR " + reference(10),
                "-" + reference(11),
                "ballot " + reference(12),
                "7",
                "name:smith",
                "name:\"john smith\" ballot",
                "-name:smith ballot",
                "from:zoe1@mail.example.org",
                "fitzgerlad", // misspelt
                "niahm oconor",
                "subject:ballot",
                "file:ballot*",
                "tel:020 7946 0958",
                "tel:02079460",
                "postcode:NE1",
                "postcode:NE1*",
                "postcode:cf10 1ep paper",
                "postcode:EC1A1BB OR postcode:SA1",
                "channel:letter",
                "channel:\"web form\" ballot",
                "channel:fax ballot",
                "category:press -channel:email",
                "direction:sent vote",
                "topic:finance",
                "is:automatic",
                "before:2026-02-01",
                "since:1/3/2026 until:2026-04 paper",
                "on:2026-05",
                "after:2027",
                "before:yesterday",
                "ref:" + reference(13),
                "ref:" + reference(14).substring(0, 4),
                "ballot channel:email OR channel:letter",
                "status:new",
                "-status:\"in hand\" ballot",
                "is:open paper",
                "is:closed OR ballot",
                "assigned:me",
                "-assigned:me vote",
                "assigned:nobody is:unread",
                "is:urgent OR is:unread",
                "assigned:smith ballot",
                "kept-until:<2027",
                "kept-until:2027-05 OR kept-until:2028",
                "kept-until:>=2030 ballot",
                "kept-until:no-end",
                "kept-until:soon ballot");
        return Stream.concat(words.map(w -> w.replace("*", "")), typed);
    }

    private static List<Query> ways(String words) {
        var query = Query.of(words).withSize(Query.SIZE_MAX);
        return List.of(
                query.withOrder(Order.NEWEST),
                query.withOrder(Order.OLDEST).in(Facet.CHANNEL, "email", "letter"),
                query.withOrder(Order.NEWEST)
                        .in(Facet.CHANNEL, "email")
                        .in(Facet.TOPIC, "finance")
                        .received(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 6, 30)),
                query.withOrder(Order.NEWEST).leavingOutAutomatic(true).in(Facet.CATEGORY, "press", "nobody"),
                query.withOrder(Order.NEWEST).by(new Reader(42L, false, LocalDate.of(2027, 1, 1))),
                query.withOrder(Order.NEWEST)
                        .by(new Reader(7L, true, null))
                        .in(Facet.STATUS, "new", "in-hand")
                        .in(Facet.KEPT, "2027", "2028", "no-end")
                        .in(Facet.MONTH, "2026-02", "2026-03", "2026-04"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void theSameHitsCountsAndOrderByDate(String words) throws IOException {
        for (var query : ways(words)) {
            assertThat(all(elasticsearch, query)).as(query.toString()).isEqualTo(all(lucene, query));
            assertThat(counted(elasticsearch.search(query)))
                    .as(query.toString())
                    .isEqualTo(counted(lucene.search(query)));
        }
    }

    private record Counted(long total, Map<Facet, Map<String, Long>> facets) {}

    private static Counted counted(Hits hits) {
        return new Counted(hits.total(), hits.facets());
    }

    private static List<Long> all(SearchIndex index, Query query) throws IOException {
        var found = new ArrayList<Long>();
        for (var hits = index.search(query); ; ) {
            found.addAll(hits.enquiryIds());
            if (hits.after() == null) {
                return found;
            }
            hits = index.search(query.withAfter(hits.after()));
        }
    }

    @ParameterizedTest
    @MethodSource("questions")
    void theSameOrderByRelevance(String words) throws IOException {
        var query = Query.of(words).withOrder(Order.BEST).withSize(Query.SIZE_MAX);
        var member = query.by(new Reader(42L, false, LocalDate.of(2027, 1, 1)));

        assertThat(all(elasticsearch, query)).isEqualTo(all(lucene, query));
        assertThat(all(elasticsearch, member)).isEqualTo(all(lucene, member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"balot papre", "elecsion", "regisration ofice", "candidtae smiht", "univercity -balot"})
    void theSameForWordsSpeltAlike(String words) throws IOException {
        for (var query : ways(words)) {
            assertThat(all(elasticsearch, query.asLoosely())).as(words).isEqualTo(all(lucene, query.asLoosely()));
        }
        assertThat(lucene.search(Query.of(words).asLoosely()).total()).as(words).isPositive();
    }

    @Test
    void theQuestionsAreEnoughAndMostFindSomething() throws IOException {
        var questions = questions().toList();
        int finding = 0;
        for (var words : questions) {
            finding += lucene.search(Query.of(words)).total() > 0 ? 1 : 0;
        }

        assertThat(questions).hasSizeGreaterThan(150);
        assertThat(finding).isGreaterThan(120);
    }
}
