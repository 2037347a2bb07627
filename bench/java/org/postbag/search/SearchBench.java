package org.postbag.search;

import java.nio.file.Files;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postbag.bench.LargeRecord;
import org.postbag.bench.Parallel;
import org.postbag.bench.Program;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.bench.Vocabulary;
import org.postbag.contacts.ContactLookup;
import org.postbag.search.elasticsearch.ElasticsearchServer;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Building the index of a large record while it answers, and searching it: what staff wait for, beside the engine asked the same. */
class SearchBench {

    private static final int QUERIES = 2_000;
    private static final int QUERIES_NOT_COUNTED = 400;
    private static final int PAGES = 200;
    private static final int STAFF = 20;
    private static final int QUERIES_EACH = 50;
    private static final int PAUSE_MILLIS_MIN = 500;
    private static final int PAUSE_MILLIS_MAX = 1_500;
    private static final int FILED_PER_SECOND = 200;
    private static final int FILED = 4_000;
    private static final double REINDEX_SECONDS_MAX =
            (LargeRecord.ENGINE.equals("lucene") ? 360.0 : 600.0) * LargeRecord.ENQUIRIES / 1_000_000;
    private static final StaffMember READER = new StaffMember("staff:bench", "Bench", EnumSet.of(Role.READER));

    private final Report report =
            new Report("search on %s: a record of %,d enquiries".formatted(LargeRecord.ENGINE, LargeRecord.ENQUIRIES));
    private final Random random = new Random(9);

    @Test
    void aLargeRecordIsSearched() throws Exception {
        var program = LargeRecord.program();
        program.awaitIndexed();
        reindex(program);
        size(program);
        searches(program);
        staffAtOnce(program);
        filedToSearchable(program);
        pages(program);
        suggestions(program);
        report.print();
    }

    private void reindex(Program program) throws Exception {
        var reindex = program.bean(Reindex.class);
        var over = new AtomicBoolean();
        var answers = new Times();
        try (var searcher = Executors.newSingleThreadExecutor()) {
            var searching = searcher.submit(() -> {
                while (!over.get()) {
                    var query = query();
                    answers.time(() -> program.bean(SearchIndex.class).search(query));
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                return answers;
            });
            var times = new Times();
            times.time(() -> {
                var end = reindex.run("job:bench", _ -> {});
                if (end.state() != Reindex.State.DONE) {
                    throw new IllegalStateException("Reindexing ended " + end);
                }
            });
            over.set(true);
            searching.get();
            double seconds = times.meanMillis() / 1_000;
            report.limit("full reindex", seconds, "s", REINDEX_SECONDS_MAX);
            report.note(
                    "  documents a second",
                    "%,.0f/s".formatted(program.bean(SearchIndex.class).count() / seconds),
                    "");
            report.note(
                    "  searches answered meanwhile, all of them", Integer.toString(answers.count()), answers.shown());
        }
    }

    private void searches(Program program) throws Exception {
        var search = program.bean(Search.class);
        var index = program.bean(SearchIndex.class);
        var asked = new Times();
        var direct = new Times();
        for (int i = 0; i < QUERIES; i++) {
            var query = query();
            boolean counts = i >= QUERIES_NOT_COUNTED;
            List<Runnable> sides = new ArrayList<>(List.of(
                    () -> time(counts ? direct : new Times(), () -> index.search(query)),
                    () -> time(
                            counts ? asked : new Times(),
                            () -> search.page(search.ask(query, READER), null, READER)
                                    .orElseThrow())));
            if (i % 2 == 0) {
                Collections.reverse(sides);
            }
            sides.forEach(Runnable::run);
        }
        report.note("search, as staff wait for it", asked.shown(), "");
        report.note("the engine asked the same", direct.shown(), "");
        report.limit("search, p99", asked.percentileMillis(99), "ms", 100);
        report.time("search, p99", asked.percentileMillis(99), "the engine directly", direct.percentileMillis(99), 1.3);
    }

    /** Each asks, reads for a second, and asks again. */
    private void staffAtOnce(Program program) throws Exception {
        var search = program.bean(Search.class);
        var times = new Times();
        var queries = new ArrayList<List<Query>>();
        for (int member = 0; member < STAFF; member++) {
            queries.add(Stream.generate(this::query).limit(QUERIES_EACH).toList());
        }
        Parallel.each(queries, STAFF, own -> {
            var pauses = new Random(own.hashCode());
            for (var query : own) {
                TimeUnit.MILLISECONDS.sleep(pauses.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX));
                time(
                        times,
                        () -> search.page(search.ask(query, READER), null, READER)
                                .orElseThrow());
            }
            return own;
        });
        report.note("%d staff at once, %,d searches".formatted(STAFF, times.count()), times.shown(), "");
        report.limit("at once, p50", times.percentileMillis(50), "ms", 20);
        report.limit("at once, p99", times.percentileMillis(99), "ms", 100);
    }

    private void filedToSearchable(Program program) throws Exception {
        var times = new FiledToSearchable(program).measure(FILED_PER_SECOND, FILED);
        report.note("filed to searchable, at %d/s".formatted(FILED_PER_SECOND), times.shown(), "");
        report.limit("filed to searchable, p99", times.percentileMillis(99), "ms", 1_000);
    }

    /** What the index takes, after it was built. */
    private void size(Program program) throws Exception {
        System.gc();
        var heap = Runtime.getRuntime();
        report.note(
                "memory in use by the program, after collecting",
                "%,d MB".formatted((heap.totalMemory() - heap.freeMemory()) >> 20),
                "");
        report.note("disk of the index", "%,d MB".formatted(indexBytes(program) >> 20), "");
    }

    private static long indexBytes(Program program) throws Exception {
        if (LargeRecord.ENGINE.equals("elasticsearch")) {
            return ElasticsearchServer.bytes();
        }
        try (var files = Files.walk(program.data().resolve("index"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** From the first page, and from where all but the oldest thousand are passed. */
    private void pages(Program program) throws Exception {
        var index = program.bean(SearchIndex.class);
        var deep = JdbcClient.create(program.bean(DataSource.class))
                .sql("select received_at, id from enquiry order by received_at desc, id desc offset ? limit 1")
                .param(LargeRecord.ENQUIRIES - LargeRecord.ENQUIRIES / 10)
                .query((row, _) -> new After(
                        Query.Order.NEWEST,
                        row.getObject("received_at", OffsetDateTime.class)
                                .toInstant()
                                .toEpochMilli(),
                        row.getLong("id"),
                        0))
                .single();
        var firstPages = new Times();
        var deepPages = new Times();
        After first = null;
        After later = deep;
        for (int page = 0; page < PAGES; page++) {
            first = page(index, first, firstPages);
            later = page(index, later, deepPages);
        }
        report.time(
                "a page of 20, past nine tenths of all, p99",
                deepPages.percentileMillis(99),
                "from the first on",
                firstPages.percentileMillis(99),
                1.3);
    }

    /** While somebody types: how a name begins, a name and how the next one does, how an address does. */
    private void suggestions(Program program) {
        var lookup = program.bean(ContactLookup.class);
        var times = new Times();
        for (int i = 0; i < QUERIES; i++) {
            var typed = switch (i % 4) {
                case 0, 1 -> begun(word(0, 5_000));
                case 2 -> word(0, 500) + " " + begun(word(0, 500));
                default -> "person" + (1 + random.nextInt(LargeRecord.ENQUIRIES / 1_000));
            };
            time(i < QUERIES_NOT_COUNTED ? new Times() : times, () -> lookup.beginning(typed, 16, READER));
        }
        report.note("contacts suggested while somebody types", times.shown(), "");
        report.limit("contacts suggested, p99", times.percentileMillis(99), "ms", 50);
    }

    private String begun(String word) {
        return word.substring(0, Math.min(word.length(), 2 + random.nextInt(3)));
    }

    private static After page(SearchIndex index, @org.jspecify.annotations.Nullable After after, Times times)
            throws Exception {
        var hits = new ArrayList<Hits>();
        times.time(() -> hits.add(index.search(Query.of("").withAfter(after))));
        if (hits.getFirst().enquiryIds().size() != Query.SIZE_DEFAULT) {
            throw new IllegalStateException("A page was not full");
        }
        return java.util.Objects.requireNonNull(hits.getFirst().after());
    }

    private interface Asking {
        Object ask() throws Exception;
    }

    private static void time(Times times, Asking asking) {
        try {
            times.time(asking::ask);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What staff type: mostly a word or two, now and then a name, an address, a phrase, or nothing but filters. */
    private Query query() {
        int enquiry = 1 + random.nextInt(LargeRecord.ENQUIRIES);
        var today = LocalDate.now();
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> Query.of(word(20, 5_000));
            case 6, 7, 8, 9, 10 -> Query.of(word(0, 500) + " " + word(20, 5_000));
            case 11 -> Query.of(word(0, 5));
            case 12 -> Query.of("\"" + word(0, 50) + " " + word(0, 50) + "\"");
            case 13 -> Query.of("person" + enquiry + "@example.org");
            case 14 -> Query.of(Vocabulary.marker(enquiry));
            case 15 -> Query.of(word(0, 200) + " " + word(0, 200) + " " + word(0, 200));
            case 16 -> Query.of(word(100, 2_000).substring(0, 4) + "*");
            case 17 -> Query.of(word(0, 500)).withOrder(Query.Order.NEWEST);
            case 18 -> filtered(word(20, 1_000), Set.of("telephone"), today);
            default -> filtered("", Set.of("web-form", "email"), today);
        };
    }

    private Query filtered(String words, Set<String> channels, LocalDate today) {
        int daysAgo = 10 + random.nextInt(200);
        return Query.of(words)
                .in(Facet.CHANNEL, channels.toArray(String[]::new))
                .in(Facet.CATEGORY, "public")
                .received(today.minusDays(daysAgo), today.minusDays(daysAgo / 2))
                .withOrder(Query.Order.NEWEST);
    }

    private String word(int fromRank, int toRank) {
        return Vocabulary.word(fromRank + random.nextInt(toRank - fromRank));
    }
}
