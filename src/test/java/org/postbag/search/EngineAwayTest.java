package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.JsonData;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.search.elasticsearch.ElasticsearchIndex;
import org.postbag.search.elasticsearch.ElasticsearchServer;

/** Elasticsearch ends, answers too late, takes no writes or is another one in the middle of things, and comes back. */
class EngineAwayTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
    private static final Duration SOON = Duration.ofMinutes(2);

    private final String name = "away-" + UUID.randomUUID();
    private final TestServers.Database database = TestServers.database();
    private final RecordRows rows = new RecordRows(database.application());

    private void given(int from, int to) {
        long contact = rows.contact("Ann Other", "public");
        rows.work(rows.enquiries(contact, LongStream.range(from, to).boxed().toList(), "email", null, "ballot", NOON));
    }

    /** What the program runs beside an index. */
    private record Running(Indexing indexing, Reindex reindex, IndexWatch watch) implements AutoCloseable {

        void untilBuilt() {
            await().atMost(SOON).until(() -> reindex.isComplete() && !reindex.isRunning());
        }

        void untilTrouble(Trouble trouble) {
            await().atMost(SOON).until(() -> watch.trouble().equals(Optional.of(trouble)));
        }

        void untilWell() {
            await().atMost(SOON).until(() -> watch.trouble().isEmpty());
        }

        @Override
        public void close() {
            indexing.stop();
        }
    }

    private Running running(SearchIndex index) {
        var reindex = new Reindex(database.application(), index, new Random(7), rows.trail());
        var watch = rows.watch(index, reindex);
        var indexing = new Indexing(database.application(), index, reindex, watch);
        indexing.start();
        return new Running(indexing, reindex, watch);
    }

    @Test
    void workWaitsWhileItIsAwayAndIsCaughtUpWith() throws IOException {
        try (var server = ElasticsearchServer.process()) {
            server.start();
            try (var index = ElasticsearchIndex.open(
                            ElasticsearchServer.client(server.url()), "away", Clock.systemUTC());
                    var running = running(index)) {
                given(0, 5);
                untilDone(index, 5);
                running.untilBuilt();

                server.stop();
                given(5, 12);
                assertThatThrownBy(() -> index.search(Query.of("ballot"))).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> index.count()).isInstanceOf(IOException.class);
                assertThat(rows.workLeft()).isEqualTo(7);
                running.untilTrouble(Trouble.AWAY);
                await().atMost(SOON)
                        .until(() -> running.watch().latest().orElseThrow().engine() == null);

                server.start();
                untilDone(index, 12);
                assertThat(running.reindex().isComplete()).isTrue();

                server.pause();
                given(12, 15);
                assertThatThrownBy(() -> index.search(Query.of("ballot")))
                        .as("nobody waits for it as long as it likes")
                        .isInstanceOfSatisfying(
                                IOException.class,
                                late -> assertThat(index.trouble(late)).isEqualTo(Trouble.SLOW));
                running.untilTrouble(Trouble.SLOW);
                server.goOn();
                untilDone(index, 15);
                running.untilWell();
            } finally {
                server.goOn();
            }
        }
    }

    @Test
    void whatTakesNoWritesIsToldAndCaughtUpWith() throws IOException {
        try (var index = ElasticsearchIndex.open(
                        ElasticsearchServer.client(ElasticsearchServer.shared()), name, Clock.systemUTC());
                var client = ElasticsearchServer.client(ElasticsearchServer.shared());
                var running = running(index)) {
            given(0, 5);
            untilDone(index, 5);
            running.untilBuilt();

            for (var block :
                    List.of("index.blocks.read_only_allow_delete", "index.blocks.write", "index.blocks.read_only")) {
                int before = (int) index.count();
                set(client, block, true);
                running.watch().look();
                assertThat(running.watch().trouble()).as("nothing is written").isPresent();
                given(before, before + 3);
                running.untilTrouble(block.endsWith("delete") ? Trouble.FULL : Trouble.READ_ONLY);
                assertThat(index.search(Query.of("ballot")).total()).isEqualTo(before);
                assertThat(rows.workLeft()).isEqualTo(3);
                set(client, block, false);
                untilDone(index, before + 3);
                running.untilWell();
            }
        } finally {
            ElasticsearchServer.drop(name);
        }
    }

    private void set(ElasticsearchClient client, String block, boolean on) throws IOException {
        client.indices().putSettings(s -> s.index(name).settings(i -> i.otherSettings(block, JsonData.of(on))));
    }

    @Test
    void anotherVersionIsToldAndNothingIsWrittenUntilItIsOursAgain() throws IOException {
        try (var proxy = OlderElasticsearch.before(ElasticsearchServer.shared());
                var index = ElasticsearchIndex.open(ElasticsearchServer.client(proxy.url()), name, Clock.systemUTC());
                var running = running(index)) {
            given(0, 5);
            untilDone(index, 5);

            proxy.isOlder(true);
            running.untilTrouble(Trouble.OTHER_VERSION);
            given(5, 8);
            assertThatThrownBy(() -> index.search(Query.of("ballot")))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            wrong -> assertThat(index.trouble(wrong)).isEqualTo(Trouble.OTHER_VERSION));
            assertThat(rows.workLeft()).isEqualTo(3);

            proxy.isOlder(false);
            untilDone(index, 8);
            running.untilWell();
        } finally {
            ElasticsearchServer.drop(name);
        }
    }

    private void untilDone(SearchIndex index, long total) {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() ->
                        rows.workLeft() == 0 && index.search(Query.of("ballot")).total() == total);
    }
}
