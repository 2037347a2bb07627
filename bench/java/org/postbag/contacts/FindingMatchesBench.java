package org.postbag.contacts;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postbag.bench.Program;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.work.AdvisoryLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One contact, and a batch of them, compared with a million in PostgreSQL: keys, candidates, scores, pairs and the commit. */
class FindingMatchesBench {

    private static final int CONTACTS = Integer.getInteger("bench.contacts", 1_000_000);
    private static final int SINGLES = 2_000;
    private static final int SINGLES_NOT_COUNTED = 500;
    private static final int BATCHES = 30;
    private static final int BATCHES_NOT_COUNTED = 5;
    private static final long SEED = 11;

    @Test
    void oneAndABatchAgainstAMillion() throws Exception {
        var report = new Report("matching: against %,d contacts in PostgreSQL".formatted(CONTACTS));
        try (var program = Program.start("--postbag.filing.enabled=false");
                var owner = program.owner();
                var holding = program.owner()) {
            // The program's own work of the kind waits: what is measured runs here.
            await().until(() -> AdvisoryLock.MATCHING.take(holding));
            new KnownContacts(CONTACTS, SEED).fill(owner);
            measure(program, report);
            var pairs = program.bean(JdbcClient.class)
                    .sql("select count(*) from contact_match")
                    .query(Long.class)
                    .single();
            report.note("pairs found", "%,d".formatted(pairs), "");
        }
        report.print();
    }

    private void measure(Program program, Report report) throws Exception {
        var random = new Random(SEED);
        var one = new Times();
        for (int i = 0; i < SINGLES; i++) {
            time(program, List.of(1L + random.nextInt(CONTACTS)), i >= SINGLES_NOT_COUNTED ? one : new Times());
        }
        var batch = new Times();
        for (int i = 0; i < BATCHES; i++) {
            var ids = random.longs(FindingMatches.BATCH_MAX, 1, CONTACTS + 1)
                    .distinct()
                    .boxed()
                    .toList();
            time(program, ids, i >= BATCHES_NOT_COUNTED ? batch : new Times());
        }
        report.limit("one contact, p99", one.percentileMillis(99), "ms", 10);
        report.note("one contact", one.shown(), "");
        report.limit("a batch of %d, p99".formatted(FindingMatches.BATCH_MAX), batch.percentileMillis(99), "ms", 500);
        report.note("a batch of %d".formatted(FindingMatches.BATCH_MAX), batch.shown(), "");
    }

    private static void time(Program program, List<Long> contactIds, Times times) throws Exception {
        var finding = program.bean(FindingMatches.class);
        program.bean(MatchWork.class).add(contactIds);
        times.time(() -> program.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> finding.compare(finding.waiting())));
    }
}
