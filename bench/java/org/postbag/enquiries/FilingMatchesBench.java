package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postbag.bench.Program;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.contacts.FindingMatches;
import org.postbag.contacts.KnownContacts;
import org.postbag.contacts.matching.MadeUpContacts;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceivingStage;
import org.postbag.work.AdvisoryLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How fast items are filed with each new contact compared with all others, beside identifiers only; by turns, among ever more contacts. */
class FilingMatchesBench {

    private static final List<Integer> SIZES =
            List.of(10_000, 100_000, Integer.getInteger("bench.contacts", 1_000_000));
    private static final int ROUNDS = 12;
    private static final int ROUNDS_NOT_COUNTED = 4;
    private static final int ITEMS = 4_000;
    private static final long SEED = 13;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration WAIT = Duration.ofMinutes(5);

    private int next;

    @Test
    void filingWithMatchingBesideIdentifiersOnly() throws Exception {
        var report = new Report(
                "matching in the pipeline: reading and recording mails of people who are all new, a transaction each batch of %d"
                        .formatted(FilingStages.BATCH));
        for (int size : SIZES) {
            try (var program = Program.start("--postbag.filing.enabled=false");
                    var owner = program.owner();
                    var holding = program.owner()) {
                new KnownContacts(size, SEED).fill(owner);
                measure(program, holding, size, report);
            }
        }
        report.print();
    }

    private void measure(Program program, Connection holding, int size, Report report) throws Exception {
        var with = new Times();
        var without = new Times();
        try (var receiving = new ReceivingStage(program);
                var filing = new FilingStages(program);
                var statement = holding.createStatement()) {
            for (int i = 0; i < 2 * ROUNDS; i++) {
                var receipts = new ArrayList<Receipt>(receiving.store(mails()));
                program.awaitIndexed();
                boolean matching = i % 2 == 0;
                var times = i < 2 * ROUNDS_NOT_COUNTED ? new Times() : matching ? with : without;
                if (matching) {
                    times.time(() -> recordAndCompare(program, filing, receipts));
                } else {
                    // Nobody else may compare while this is held.
                    await().pollInterval(POLL).until(() -> AdvisoryLock.MATCHING.take(holding));
                    times.time(() -> {
                        filing.read(receipts);
                        filing.record(receipts, FilingStages.BATCH);
                    });
                    statement.execute("delete from match_work");
                    AdvisoryLock.MATCHING.release(holding);
                }
            }
        }
        report.rate(
                "items with matching, at %,d contacts".formatted(size),
                with.perSecond((long) ITEMS * with.count()),
                "identifiers only",
                without.perSecond((long) ITEMS * without.count()),
                0.7);
    }

    /** Until all are filed and compared: the program compares by itself meanwhile, and what then waits is compared at once. */
    private static void recordAndCompare(Program program, FilingStages filing, List<Receipt> receipts)
            throws Exception {
        filing.read(receipts);
        filing.record(receipts, FilingStages.BATCH);
        var finding = program.bean(FindingMatches.class);
        var jdbc = program.bean(JdbcClient.class);
        // Not in a tight loop, which would take from what it waits for.
        await().atMost(WAIT).pollDelay(POLL).pollInterval(POLL).until(() -> {
            finding.work();
            return !jdbc.sql("select exists (select from match_work)")
                    .query(Boolean.class)
                    .single();
        });
    }

    /** Of people of whom a share is there already under another address, with a signature. */
    private List<byte[]> mails() {
        var mails = new ArrayList<byte[]>();
        new MadeUpContacts(ITEMS, SEED + next++)
                .each((person, values) -> mails.add(("From: %s %s <%d.%s>\r\nTo: enquiries@body.example\r\n"
                                + "Subject: Where do I vote?\r\nMessage-ID: <%d.%d@mail.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                                + "I have moved and have had no poll card. Where do I vote?\r\n\r\n-- \r\n%s %s\r\n%s\r\n%s %s\r\nTel. %s\r\n")
                        .formatted(
                                values.get(0),
                                values.get(1),
                                next,
                                values.get(3).isEmpty() ? mails.size() + "@example.org" : values.get(3),
                                next,
                                mails.size(),
                                values.get(0),
                                values.get(1),
                                values.get(5),
                                values.get(6),
                                values.get(7),
                                values.get(4))
                        .getBytes(UTF_8)));
        return mails;
    }
}
