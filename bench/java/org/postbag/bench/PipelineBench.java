package org.postbag.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postbag.enquiries.FilingStages;
import org.postbag.normalising.AngusReading;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.ReceivingStage;
import org.postbag.search.IndexingStage;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex;
import org.postbag.search.lucene.BareIndexWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Mails of mixed sizes from received to searchable: each stage alone beside its bare peer, slice by slice so that what else the machine does hits both;
 * then all together beside the slowest of the stages.
 */
class PipelineBench {

    private static final int ITEMS = Integer.getInteger("bench.items", 20_000);
    private static final int SLICE = Math.min(ITEMS, 2_000);
    private static final int WARM_UP = Math.min(ITEMS, 2_000);
    private static final int PACED_PER_SECOND = 50;
    private static final int PACED = Integer.getInteger("bench.paced", 3_000);
    private static final int ALONE = 300;

    private final Report report =
            new Report("pipeline: %,d mails of mixed sizes, from received to searchable".formatted(ITEMS));
    private final Map<String, Times> times = new LinkedHashMap<>();
    private int next;

    @Test
    void fromReceivedToSearchable() throws Exception {
        try (var program = Program.atRest()) {
            stages(program);
        }
        try (var program = Program.start()) {
            together(program);
            paced(program);
        }
        report.print();
    }

    private List<byte[]> mails(int count) {
        next += count;
        return Mails.mails(next - count, next);
    }

    private Times of(String stage) {
        return times.computeIfAbsent(stage, _ -> new Times());
    }

    // ---------------------------------------------------------------- each stage alone

    private void stages(Program program) throws Exception {
        var peers = Files.createTempDirectory(Path.of("target", "bench"), "peers-");
        try (var receiving = new ReceivingStage(program);
                var filing = new FilingStages(program);
                var indexing = new IndexingStage(program);
                var writer = new BareIndexWriter(peers.resolve("lucene"))) {
            var copied = new CopiedRows(program, FilingStages.CONSUMERS, FilingStages.BATCH);
            long bytes = 0;
            for (int done = -WARM_UP; done < ITEMS; done += SLICE) {
                if (done == 0) {
                    times.clear();
                }
                var mails = mails(SLICE);
                bytes += mails.stream().mapToLong(m -> m.length).sum();
                slice(mails, peers, receiving, filing, copied, indexing, writer);
            }
            report.note("size of a mail", "%,d bytes".formatted(bytes / next), "on average");
            alone(receiving, filing, indexing);
        } finally {
            org.springframework.util.FileSystemUtils.deleteRecursively(peers);
        }
        peer("storing raw, 16 at once", "store", "plain files, each fsynced", "files");
        peer("receipts to Kafka, 100 a poll", "send", "Kafka's producer", "produce");
        peer("reading (decrypt, normalise)", "read", "Angus, every header and part", "angus");
        peer("recording, 500 a transaction", "record", "COPY of the same rows", "copy");
        peer("indexing", "index", "IndexWriter, same documents", "writer");
    }

    private void slice(
            List<byte[]> mails,
            Path peers,
            ReceivingStage receiving,
            FilingStages filing,
            CopiedRows copied,
            IndexingStage indexing,
            BareIndexWriter writer)
            throws Exception {
        var folder = Files.createTempDirectory(peers, "files");
        of("files").time(() -> ReceivingStage.writePlainFiles(mails, folder));
        var receipts = new ArrayList<org.postbag.receiving.Receipt>();
        of("store").time(() -> receipts.addAll(receiving.store(mails)));
        of("produce").time(() -> receiving.produce(receipts));
        of("send").time(() -> receiving.send(receipts));
        of("angus").time(() -> AngusReading.readAll(mails));
        of("read").time(() -> filing.read(receipts));
        var marks = copied.marks();
        of("record").time(() -> filing.record(receipts, FilingStages.BATCH));
        var rows = copied.since(marks, receipts.size());
        var connections = copied.connections();
        of("copy").time(() -> copied.copy(rows, connections));
        for (var connection : connections) {
            connection.close();
        }
        var documents = indexing.waiting();
        of("writer").time(() -> writer.write(documents));
        of("index").time(indexing::drain);
    }

    private void peer(String what, String stage, String peer, String peerStage) {
        report.rate(what, of(stage).perSecond(ITEMS), peer, of(peerStage).perSecond(ITEMS), 0.5);
    }

    /** One mail at a time through each stage, for the latency of each. */
    private void alone(ReceivingStage receiving, FilingStages filing, IndexingStage indexing) throws Exception {
        for (var mail : mails(ALONE)) {
            var receipts = new ArrayList<org.postbag.receiving.Receipt>();
            of("receive one").time(() -> {
                receipts.addAll(receiving.store(List.of(mail)));
                receiving.send(receipts);
            });
            of("file one").time(() -> {
                filing.read(receipts);
                filing.record(receipts, 1);
            });
            of("index one").time(indexing::drain);
        }
    }

    // ---------------------------------------------------------------- all together

    private void together(Program program) throws Exception {
        var index = program.bean(SearchIndex.class);
        receive(program, mails(WARM_UP));
        awaitSearchable(program, index, WARM_UP);
        var mails = mails(ITEMS);
        var all = new Times();
        all.time(() -> {
            receive(program, mails);
            awaitSearchable(program, index, WARM_UP + ITEMS);
        });
        double receiving =
                1 / (1 / of("store").perSecond(ITEMS) + 1 / of("send").perSecond(ITEMS));
        double filing = 1 / (1 / of("read").perSecond(ITEMS) + 1 / of("record").perSecond(ITEMS));
        var stages = Map.of(
                "receiving",
                receiving,
                "filing",
                filing,
                "indexing",
                of("index").perSecond(ITEMS));
        var slowest =
                stages.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        stages.forEach((stage, rate) -> report.note(stage + " alone", Report.number(rate) + "/s", ""));
        report.rate(
                "end to end, received to searchable",
                all.perSecond(ITEMS),
                "slowest stage: " + slowest.getKey(),
                slowest.getValue(),
                0.5);
    }

    private static void receive(Program program, List<byte[]> mails) {
        var receiver = program.bean(Receiver.class);
        for (var poll : Parallel.pieces(mails, ReceivingStage.POLL_MAILS)) {
            receiver.receive(poll.stream().map(ReceivingStage::arrival).toList());
        }
    }

    private static void awaitSearchable(Program program, SearchIndex index, long items) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
        while (index.count() < items) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "Not all became searchable: " + index.count() + " of " + items + ", work left "
                                + JdbcClient.create(program.bean(DataSource.class))
                                        .sql("select count(*) from index_work")
                                        .query(Long.class)
                                        .single());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    // ---------------------------------------------------------------- at a steady pace

    /** Each mail by itself, at a steady pace; another thread asks the index for what isn't found yet. */
    private void paced(Program program) throws Exception {
        var receiver = program.bean(Receiver.class);
        int first = next;
        var mails = mails(PACED);
        Map<Integer, Long> accepted = new ConcurrentHashMap<>();
        var toSearchable = new Times();
        var toAccepted = new Times();
        var sent = new AtomicInteger();
        try (var senders = Executors.newScheduledThreadPool(4);
                var watcher = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < PACED; i++) {
                int number = i;
                senders.schedule(
                        () -> {
                            long start = System.nanoTime();
                            receiver.receive(List.of(ReceivingStage.arrival(mails.get(number))));
                            accepted.put(first + number, System.nanoTime());
                            toAccepted.add(System.nanoTime() - start);
                            sent.incrementAndGet();
                        },
                        1_000L * i / PACED_PER_SECOND,
                        TimeUnit.MILLISECONDS);
            }
            watcher.submit(() -> {
                        watch(program.bean(SearchIndex.class), accepted, toSearchable);
                        return true;
                    })
                    .get();
        }
        var slowest = List.of("receive one", "file one", "index one").stream()
                .max(java.util.Comparator.comparing(s -> of(s).percentileMillis(99)))
                .orElseThrow();
        for (var stage : List.of("receive one", "file one", "index one")) {
            report.note(stage + ", alone", of(stage).shown(), "");
        }
        report.note("received at %d/s: to the acknowledgement".formatted(PACED_PER_SECOND), toAccepted.shown(), "");
        report.note("accepted to searchable at %d/s".formatted(PACED_PER_SECOND), toSearchable.shown(), "");
        report.note(
                "its p50 beside the slowest stage's",
                "%.1f times"
                        .formatted(
                                toSearchable.percentileMillis(50) / of(slowest).percentileMillis(50)),
                slowest);
        report.note(
                "its p99 beside the slowest stage's",
                "%.1f times"
                        .formatted(
                                toSearchable.percentileMillis(99) / of(slowest).percentileMillis(99)),
                slowest);
        report.limit("accepted to searchable, p99", toSearchable.percentileMillis(99), "ms", 1_000);
    }

    private static void watch(SearchIndex index, Map<Integer, Long> accepted, Times toSearchable) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60L + PACED / PACED_PER_SECOND);
        while (toSearchable.count() < PACED) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(accepted.size() + " mails never became searchable");
            }
            for (var one : accepted.entrySet()) {
                if (index.search(Query.of(Vocabulary.marker(one.getKey()))).total() > 0) {
                    toSearchable.add(System.nanoTime() - one.getValue());
                    accepted.remove(one.getKey());
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
