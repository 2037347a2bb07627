package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.postbag.search.lucene.LuceneIndex;

class IndexingTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private final TestServers.Database database = TestServers.database();
    private final RecordRows rows = new RecordRows(database.application());
    private WatchedIndex index;
    private Reindex reindex;
    private Indexing indexing;
    private long contact;

    @BeforeEach
    void start() throws IOException {
        contact = rows.contact("Ann Other", "public");
        open();
    }

    @AfterEach
    void stop() throws IOException {
        indexing.stop();
        index.close();
    }

    private void open() throws IOException {
        index = new WatchedIndex(LuceneIndex.open(data.resolve("index")));
        reindex = new Reindex(database.application(), index, new Random(7), rows.trail());
        indexing = new Indexing(database.application(), index, reindex, rows.watch(index, reindex));
        indexing.start();
    }

    private void again() throws IOException {
        stop();
        open();
    }

    private List<Long> given(int from, int to, String text) {
        return rows.enquiries(contact, LongStream.range(from, to).boxed().toList(), "email", null, text, NOON);
    }

    private long total(String words) {
        try {
            return index.search(Query.of(words)).total();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void untilFound(String words, long total) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> total(words) == total);
    }

    private void untilComplete() {
        await().atMost(SOON).until(() -> reindex.isComplete() && !reindex.isRunning());
    }

    @Test
    void whatIsFiledIsFoundSoonAfter() {
        rows.work(given(0, 10, "ballot"));
        untilFound("ballot", 10);
        await().atMost(SOON).until(() -> rows.workLeft() == 0);
    }

    @Test
    void aMissingIndexIsBuiltAtTheStart() throws IOException {
        rows.work(given(0, 1_500, "ballot"));
        untilFound("ballot", 1_500);
        indexing.stop();
        index.close();
        IOUtils.rm(data.resolve("index"));
        open();

        untilFound("ballot", 1_500);
        untilComplete();
        assertThat(reindex.progress()).isEqualTo(new Reindex.Progress(Reindex.State.DONE, 1_500, 1_500));
    }

    @Test
    void anIndexThatIsNotOfThisRecordIsBuiltAnew() throws IOException {
        rows.work(given(0, 5, "ballot"));
        untilFound("ballot", 5);
        untilComplete();
        indexing.stop();
        given(5, 9, "ballot"); // as after a restore: filed, but never indexed, and no work
        again();

        untilFound("ballot", 9);
        untilComplete();
    }

    @Test
    void aSoundIndexIsNotBuiltAgain() throws IOException {
        rows.work(given(0, 5, "ballot"));
        untilFound("ballot", 5);
        untilComplete();
        await().atMost(SOON).until(() -> rows.workLeft() == 0);
        again();
        rows.work(given(5, 6, "ballot"));
        untilFound("ballot", 6);

        assertThat(reindex.progress().state()).isEqualTo(Reindex.State.NEVER);
    }

    @Test
    void anIndexThatIsDeletedWhileItRunsIsBuiltAnew() throws IOException {
        rows.work(given(0, 5, "ballot"));
        untilFound("ballot", 5);
        untilComplete();
        IOUtils.rm(data.resolve("index").resolve(Files.readString(data.resolve("index/current"))));
        rows.work(given(5, 6, "ballot"));

        await().atMost(SOON).until(() -> total("ballot") == 6 && reindex.isComplete() && rows.workLeft() == 0);
    }

    /** Nothing is written or asked meanwhile: Lucene itself would answer from the files that it has open. */
    @Test
    void aWholeFolderThatIsDeletedWhileNothingIsWrittenIsMissedAndBuiltAnew() throws IOException {
        rows.work(given(0, 5, "ballot"));
        untilFound("ballot", 5);
        untilComplete();
        IOUtils.rm(data.resolve("index"));

        await().atMost(SOON).until(() -> Files.exists(data.resolve("index/current")));
        untilComplete();
        assertThat(total("ballot")).isEqualTo(5);
        assertThat(LuceneIndex.isOpen(data.resolve("index")))
                .as("no other process comes in")
                .isTrue();
        again();
        assertThat(total("ballot")).isEqualTo(5);
    }

    @Test
    void anIndexThatIsDamagedWhileItRunsIsFoundByItsCheckAndBuiltAnew() throws IOException {
        rows.work(given(0, 5, "ballot"));
        untilFound("ballot", 5);
        untilComplete();
        var generation = data.resolve("index").resolve(Files.readString(data.resolve("index/current")));
        try (var files = Files.list(generation)) {
            for (var file : files.filter(f -> f.toString().matches(".*\\.(cfs|fdt|tim|dvd)"))
                    .toList()) {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), channel.size() / 2);
                }
            }
        }
        index.verify();
        assertThat(index.fault()).hasValue(Trouble.DAMAGED);

        untilComplete();
        untilFound("ballot", 5);
    }

    @Test
    void aFullDiskLeavesWhatWasIndexedAndIsCaughtUpWith() throws Exception {
        indexing.stop();
        index.close();
        var small = Files.createDirectory(data.resolve("small"));
        assumeThat(mounted("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small.toString()))
                .as("a disk of its own can be made")
                .isTrue();
        try {
            data = small;
            open();
            var watch = rows.watch(index, reindex);
            rows.work(given(0, 5, "ballot"));
            untilFound("ballot", 5);
            untilComplete();

            fill(small.resolve("filler"));
            rows.work(given(5, 60, "ballot " + "paper ".repeat(2_000)));
            await().atMost(SOON).until(() -> index.look().trouble() == Trouble.FULL);
            watch.look();
            assertThat(watch.trouble()).hasValue(Trouble.FULL);
            assertThat(total("ballot")).as("still found").isGreaterThanOrEqualTo(5);
            assertThat(reindex.run("job:test", _ -> {}).state()).isEqualTo(Reindex.State.FAILED);
            assertThat(total("ballot")).as("still found").isGreaterThanOrEqualTo(5);

            Files.delete(small.resolve("filler"));
            untilFound("ballot", 60);
            await().atMost(SOON).until(() -> rows.workLeft() == 0);
            watch.look();
            assertThat(watch.trouble()).isEmpty();
            assertThat(reindex.run("job:test", _ -> {}).state()).isEqualTo(Reindex.State.DONE);
        } finally {
            stop();
            mounted("umount", "-l", small.toString());
            open();
        }
    }

    private static boolean mounted(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** To the last byte. */
    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            for (int size = 1 << 20; size > 0; size /= 2) {
                try {
                    while (true) {
                        out.write(new byte[size]);
                    }
                } catch (IOException full) {
                    // and now less
                }
            }
        }
    }

    @Test
    void itGoesOnAfterItsConnectionIsLostAndTheEngineFailed() throws IOException {
        rows.work(given(0, 5, "ballot"));
        untilFound("ballot", 5);
        var broken = new AtomicBoolean(true);
        index.before(() -> {
            if (broken.get()) {
                throw new IOException("disk full");
            }
        });
        org.springframework.jdbc.core.simple.JdbcClient.create(database.owner())
                .sql("""
                        select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
                         where l.locktype = 'advisory' and d.datname = current_database()""")
                .query((_, _) -> 1)
                .list();
        rows.work(given(5, 10, "ballot"));
        broken.set(false);

        untilFound("ballot", 10);
    }

    @Test
    void aSecondOneWaitsForTheFirst() throws IOException {
        var theirs = new Reindex(database.application(), index, new Random(7), rows.trail());
        var other = new Indexing(database.application(), index, theirs, rows.watch(index, theirs));
        other.start();
        rows.work(given(0, 5, "ballot"));
        untilFound("ballot", 5);
        indexing.stop();
        rows.work(given(5, 6, "ballot"));
        untilFound("ballot", 6);
        other.stop();
        assertThat(other.isRunning()).isFalse();
    }

    @Test
    void aRebuildThatIsStoppedLeavesTheOldIndex() throws Exception {
        rows.work(given(0, 2_500, "ballot"));
        untilFound("ballot", 2_500);
        untilComplete();
        var stopped = new Reindex(database.application(), index, new Random(7), rows.trail());
        var seen = new ArrayList<Reindex.Progress>();
        var end = stopped.run("job:test", progress -> {
            seen.add(progress);
            stopping(stopped);
        });

        assertThat(end.state()).isEqualTo(Reindex.State.STOPPED);
        assertThat(seen.getFirst()).isEqualTo(new Reindex.Progress(Reindex.State.RUNNING, 1_000, 2_500));
        assertThat(total("ballot")).isEqualTo(2_500);
        assertThat(stopped.start("job:test")).isFalse();
        try (var folders = Files.list(data.resolve("index"))) {
            assertThat(folders.filter(Files::isDirectory))
                    .as("and the half-built one")
                    .hasSize(2);
        }
    }

    @Test
    void oneThatWasLeftHalfBuiltIsGoneOnWithAtTheStart() throws Exception {
        rows.work(given(0, 2_500, "ballot"));
        untilFound("ballot", 2_500);
        untilComplete();
        indexing.stop();
        var stopped = new Reindex(database.application(), index, new Random(7), rows.trail());
        stopped.run("job:test", _ -> stopping(stopped));
        again();

        await().atMost(SOON).until(() -> !index.isHalfBuilt());
        await().atMost(SOON).until(() -> reindex.progress().state() == Reindex.State.DONE);
        assertThat(reindex.progress()).isEqualTo(new Reindex.Progress(Reindex.State.DONE, 2_500, 2_500));
        assertThat(total("ballot")).isEqualTo(2_500);
    }

    private static void stopping(Reindex running) {
        try {
            running.stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRebuildKeepsWhatTheEngineRefusesFindableByItsReference() {
        var ids = given(0, 3, "ballot");
        rows.work(ids);
        untilFound("ballot", 3);
        untilComplete();
        rows.jdbc()
                .sql("update enquiry set channel = repeat('c', 40000) where id = ?")
                .param(ids.getFirst())
                .update();

        assertThat(reindex.run("job:test", _ -> {}).state()).isEqualTo(Reindex.State.DONE);
        assertThat(total("ballot")).isEqualTo(2);
        assertThat(rows.jdbc()
                        .sql("select enquiry_id from index_fault")
                        .query((row, _) -> row.getLong(1))
                        .list())
                .containsExactly(ids.getFirst());
    }

    @Test
    void filingAndSearchingGoOnWhileTheIndexIsBuiltAnew() throws Exception {
        rows.work(given(0, 3_000, "ballot"));
        untilFound("ballot", 3_000);
        untilComplete();
        var over = new AtomicBoolean();
        var random = new Random(7);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var searching = threads.submit(() -> {
                long least = Long.MAX_VALUE;
                while (!over.get()) {
                    least = Math.min(least, total("ballot"));
                }
                return least;
            });
            var rebuilding = threads.submit(() -> {
                for (int i = 0; i < 3; i++) {
                    assertThat(reindex.run("job:test", _ -> {}).state()).isEqualTo(Reindex.State.DONE);
                }
                return true;
            });
            var ids = new ArrayList<>(given(3_000, 3_200, "fresh 0"));
            rows.work(ids);
            for (int round = 1; !rebuilding.isDone(); round++) {
                long id = ids.get(random.nextInt(ids.size()));
                if (random.nextInt(10) == 0) {
                    rows.delete(id);
                } else {
                    rows.jdbc()
                            .sql("update enquiry set text = ? where id = ?")
                            .params("fresh " + round, id)
                            .update();
                }
                rows.work(id);
            }
            assertThat(rebuilding.get()).isTrue();
            over.set(true);
            assertThat(searching.get()).as("never dark").isEqualTo(3_000);
        }
        await().atMost(SOON).until(() -> rows.workLeft() == 0);

        var inRecord = rows.jdbc()
                .sql("select id, text from enquiry where text like 'fresh %'")
                .query((row, _) -> List.of(row.getLong(1), row.getString(2)))
                .list();
        assertThat(index.count()).isEqualTo(3_000 + inRecord.size());
        for (var row : inRecord) {
            assertThat(index.search(Query.of("\"" + row.getLast() + "\"").withSize(Query.SIZE_MAX))
                            .enquiryIds())
                    .contains((Long) row.getFirst());
        }
    }
}
