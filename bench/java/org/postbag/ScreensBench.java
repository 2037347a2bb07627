package org.postbag;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.postbag.bench.LargeRecord;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.bench.Vocabulary;
import org.postbag.search.Reindex;
import org.postbag.staff.Role;
import org.postbag.staff.UkTime;

/** The first page of each screen over a large record, as staff wait for it: asked by HTTP, the whole answer read. */
class ScreensBench {

    private static final int ASKED = 100;
    private static final int ASKED_NOT_COUNTED = 20;
    private static final double SCREEN_MILLIS_MAX = 200;
    /** Of reports over years. */
    private static final double LONG_MILLIS_MAX = 2_000;

    private static final int LONG_ASKED = 20;
    private static final List<String> REPORTS = List.of("volumes", "answering", "matching", "quarantine", "retention");

    private final Report report =
            new Report("screens: first pages over a record of %,d enquiries".formatted(LargeRecord.ENQUIRIES));
    private final Random random = new Random(11);

    /** A screen: what it is called, who asks, and for what, another each time. */
    private record Screen(String name, Visitor visitor, Supplier<String> path) {}

    @Test
    void firstPagesAreQuick() throws Exception {
        var program = LargeRecord.program();
        program.bean(Reindex.class).run("job:bench", _ -> {});
        int port = program.port();
        for (var screen : screens(port)) {
            report.limit(screen.name() + ", p95", ask(screen, ASKED), "ms", SCREEN_MILLIS_MAX);
        }
        var today = LocalDate.ofInstant(program.bean(Clock.class).instant(), UkTime.ZONE);
        for (var code : REPORTS) {
            var path = "/reports/" + code + "?from=" + today.minusYears(7);
            var screen =
                    new Screen("report " + code + ", seven years", Visitor.signedIn(port, Role.READER), () -> path);
            report.limit(screen.name() + ", p95", ask(screen, LONG_ASKED), "ms", LONG_MILLIS_MAX);
        }
        report.print();
    }

    private List<Screen> screens(int port) {
        var officer = Visitor.signedIn(port, Role.OFFICER);
        var reviewer = Visitor.signedIn(port, Role.REVIEWER);
        var reader = Visitor.signedIn(port, Role.READER);
        var screens = new ArrayList<>(List.of(
                new Screen("Home, an officer's", officer, () -> "/"),
                new Screen("Home, a reviewer's", reviewer, () -> "/"),
                new Screen("enquiries, the newest", officer, () -> "/enquiries"),
                new Screen(
                        "enquiries, found by a word or two",
                        officer,
                        () -> asked(officer, "/enquiries/search", words())),
                new Screen("queue, mine", officer, () -> "/queues?queue=mine"),
                new Screen("queue, unassigned", officer, () -> "/queues?queue=unassigned&kind=people"),
                new Screen("queue, all", officer, () -> "/queues?queue=all"),
                new Screen("an enquiry", officer, () -> "/enquiries/" + open(enquiry())),
                new Screen(
                        "an enquiry of the office's",
                        officer,
                        () -> "/enquiries/" + open(1 + random.nextInt(LargeRecord.OFFICE_ENQUIRIES))),
                new Screen("a contact", officer, () -> "/contacts/" + enquiry()),
                new Screen(
                        "the office, a contact of %,d enquiries".formatted(LargeRecord.OFFICE_ENQUIRIES),
                        officer,
                        () -> "/contacts/1"),
                new Screen("contacts", officer, () -> "/contacts"),
                new Screen("contacts, found by a name", officer, () -> asked(officer, "/contacts/search", words())),
                new Screen("review", reviewer, () -> "/review"),
                new Screen("review, matters", reviewer, () -> "/review/matters"),
                new Screen("review, how often it was right", reviewer, () -> "/review/report"),
                new Screen("quarantine", officer, () -> "/quarantine"),
                new Screen("files that could not be read", officer, () -> "/enquiries/files-not-read"),
                new Screen("saved searches", officer, () -> "/enquiries/saved"),
                new Screen("record a call", officer, () -> "/by-hand"),
                new Screen("public lists", officer, () -> "/contacts/lists")));
        REPORTS.forEach(code -> screens.add(new Screen("report " + code, reader, () -> "/reports/" + code)));
        return screens;
    }

    private double ask(Screen screen, int times) {
        var counted = new Times();
        for (int i = -ASKED_NOT_COUNTED; i < times; i++) {
            var path = screen.path().get();
            long start = System.nanoTime();
            var answer = screen.visitor().get(path);
            if (i >= 0) {
                counted.add(System.nanoTime() - start);
            }
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode());
            }
        }
        report.note(
                screen.name(),
                "p50 %.0f ms".formatted(counted.percentileMillis(50)),
                "most %.0f ms".formatted(counted.percentileMillis(100)));
        return counted.percentileMillis(95);
    }

    /** Where the answer to what is asked stands. */
    private static String asked(Visitor visitor, String path, String words) {
        return visitor.postForm(path, Map.of("q", words), path.substring(0, path.lastIndexOf('/')))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst("^https?://[^/]+", "");
    }

    private String words() {
        var word = Vocabulary.word(20 + random.nextInt(2_000));
        return random.nextInt(3) == 0 ? word + " " + Vocabulary.word(random.nextInt(500)) : word;
    }

    /** This one or the next: what is sensitive isn't for an officer. */
    private static int open(int enquiry) {
        return LargeRecord.isSensitive(enquiry) ? enquiry + 1 : enquiry;
    }

    private int enquiry() {
        return LargeRecord.OFFICE_ENQUIRIES
                + LargeRecord.PAIRED_ENQUIRIES
                + 1
                + random.nextInt(LargeRecord.ENQUIRIES - LargeRecord.OFFICE_ENQUIRIES - LargeRecord.PAIRED_ENQUIRIES);
    }
}
