package org.postbag.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.postbag.bench.Mails;
import org.postbag.bench.Parallel;
import org.postbag.bench.Program;
import org.postbag.bench.Times;
import org.postbag.enquiries.FilingStages;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceivingStage;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the commit that files an enquiry until the index answers with it, while they are filed at a steady pace. */
final class FiledToSearchable {

    private static final int FIRST_MAIL = 5_000_000;
    private static final int BATCH = 20;
    private static final int WAIT_SECONDS_MAX = 60;

    private final Program program;
    private final Map<Long, Long> filed = new ConcurrentHashMap<>();
    private final Times times = new Times();

    FiledToSearchable(Program program) {
        this.program = program;
    }

    Times measure(int perSecond, int items) throws Exception {
        try (var receiving = new ReceivingStage(program);
                var filing = new FilingStages(program);
                var filers = Executors.newScheduledThreadPool(FilingStages.CONSUMERS)) {
            var receipts = receiving.store(Mails.mails(FIRST_MAIL, FIRST_MAIL + items));
            filing.read(receipts);
            var batches = Parallel.pieces(receipts, BATCH);
            for (int i = 0; i < batches.size(); i++) {
                var batch = batches.get(i);
                filers.schedule(() -> file(filing, batch), 1_000L * i * BATCH / perSecond, TimeUnit.MILLISECONDS);
            }
            watch(items, System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX + items / perSecond));
        }
        return times;
    }

    private Void file(FilingStages filing, List<Receipt> batch) throws Exception {
        filing.record(batch, BATCH);
        long now = System.nanoTime();
        program.bean(JdbcClient.class)
                .sql("select id from enquiry where receipt_id = any(:receipts)")
                .param(
                        "receipts",
                        batch.stream().map(receipt -> receipt.id().hex()).toArray(String[]::new))
                .query(Long.class)
                .list()
                .forEach(id -> filed.put(id, now));
        return null;
    }

    private void watch(int items, long end) throws Exception {
        var contents = program.bean(SearchIndex.class).contents();
        while (times.count() < items) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(items - times.count() + " enquiries never became searchable");
            }
            for (var entry : contents.of(new ArrayList<>(filed.keySet()))) {
                times.add(System.nanoTime() - java.util.Objects.requireNonNull(filed.remove(entry.enquiryId())));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
