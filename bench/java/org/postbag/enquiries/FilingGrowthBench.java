package org.postbag.enquiries;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postbag.bench.LargeRecord;
import org.postbag.bench.Mails;
import org.postbag.bench.Program;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceivingStage;

/** What filing an item costs in a large record beside a small one, and for an office with many enquiries beside a person with two; by turns. */
class FilingGrowthBench {

    private static final int SMALL = Math.min(10_000, LargeRecord.ENQUIRIES / 10);
    private static final int BATCHES = 24;
    private static final int BATCHES_NOT_COUNTED = 8;
    private static final int SINGLES = 400;
    private static final int SINGLES_NOT_COUNTED = 100;

    private final Random random = new Random(3);
    private int next = 10_000_000;

    @Test
    void anItemCostsTheSameInALargeRecord() throws Exception {
        var report = new Report("growth: recording items, a transaction each batch");
        var large = LargeRecord.program();
        try (var small = Program.start("--postbag.filing.enabled=false")) {
            LargeRecord.fill(small, SMALL);
            try (var inSmall = new Recording(small, SMALL);
                    var inLarge = new Recording(large, LargeRecord.ENQUIRIES)) {
                var timesSmall = new Times();
                var timesLarge = new Times();
                for (int i = 0; i < BATCHES; i++) {
                    boolean counts = i >= BATCHES_NOT_COUNTED;
                    inSmall.record(inSmall.mixed(), FilingStages.BATCH, counts ? timesSmall : new Times());
                    inLarge.record(inLarge.mixed(), FilingStages.BATCH, counts ? timesLarge : new Times());
                }
                report.time(
                        "500 items, half from new senders, at %,d contacts".formatted(LargeRecord.ENQUIRIES),
                        timesLarge.percentileMillis(50),
                        "at %,d".formatted(SMALL),
                        timesSmall.percentileMillis(50),
                        1.3);
                office(inLarge, report);
            }
        }
        report.print();
    }

    private void office(Recording recording, Report report) throws Exception {
        var office = new Times();
        var person = new Times();
        for (int i = 0; i < SINGLES; i++) {
            boolean counts = i >= SINGLES_NOT_COUNTED;
            int paired = LargeRecord.OFFICE_ENQUIRIES + 1 + random.nextInt(LargeRecord.PAIRED_ENQUIRIES);
            recording.record(List.of(Mails.mail(next++, LargeRecord.OFFICE)), 1, counts ? office : new Times());
            recording.record(
                    List.of(Mails.mail(next++, LargeRecord.address(paired, LargeRecord.ENQUIRIES))),
                    1,
                    counts ? person : new Times());
        }
        report.time(
                "1 item of an office with %,d enquiries".formatted(LargeRecord.OFFICE_ENQUIRIES),
                office.percentileMillis(50),
                "of a person with two",
                person.percentileMillis(50),
                1.3);
    }

    /** Recording into one program. */
    private final class Recording implements AutoCloseable {

        private final Program program;
        private final int contacts;
        private final ReceivingStage receiving;
        private final FilingStages filing;

        Recording(Program program, int contacts) throws Exception {
            this.program = program;
            this.contacts = contacts;
            this.receiving = new ReceivingStage(program);
            this.filing = new FilingStages(program);
        }

        /** Every other one from someone who wrote before. */
        List<byte[]> mixed() {
            var mails = new ArrayList<byte[]>();
            for (int i = 0; i < FilingStages.BATCH; i++) {
                mails.add(
                        i % 2 == 0
                                ? Mails.mail(next++, "new" + next + "@example.org")
                                : Mails.mail(next++, "person" + (2 + random.nextInt(contacts - 1)) + "@example.org"));
            }
            return mails;
        }

        void record(List<byte[]> mails, int batch, Times times) throws Exception {
            var receipts = new ArrayList<Receipt>(receiving.store(mails));
            filing.read(receipts);
            program.awaitIndexed();
            times.time(() -> filing.record(receipts, batch));
        }

        @Override
        public void close() {
            receiving.close();
            filing.close();
        }
    }
}
