package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.search.elasticsearch.ElasticsearchIndex;
import org.postbag.search.elasticsearch.ElasticsearchServer;

/** Elasticsearch ends in the middle of things, and comes back. */
class EngineAwayTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
    private static final Duration SOON = Duration.ofMinutes(1);

    private final TestServers.Database database = TestServers.database();
    private final RecordRows rows = new RecordRows(database.application());

    private void given(int from, int to) {
        long contact = rows.contact("Ann Other", "public");
        rows.work(rows.enquiries(contact, LongStream.range(from, to).boxed().toList(), "email", null, "ballot", NOON));
    }

    @Test
    void workWaitsWhileItIsAwayAndIsCaughtUpWith() throws IOException {
        try (var server = ElasticsearchServer.process()) {
            server.start();
            try (var index =
                    ElasticsearchIndex.open(ElasticsearchServer.client(server.url()), "away", Clock.systemUTC())) {
                var reindex = new Reindex(database.application(), index, new Random(7), rows.trail());
                var indexing = new Indexing(database.application(), index, reindex, rows.watch(index, reindex));
                indexing.start();
                try {
                    given(0, 5);
                    untilDone(index, 5);
                    await().atMost(SOON).until(() -> reindex.isComplete() && !reindex.isRunning());

                    server.stop();
                    given(5, 12);
                    assertThatThrownBy(() -> index.search(Query.of("ballot"))).isInstanceOf(IOException.class);
                    assertThatThrownBy(() -> index.count()).isInstanceOf(IOException.class);
                    assertThat(rows.workLeft()).isEqualTo(7);

                    server.start();
                    untilDone(index, 12);
                    assertThat(reindex.isComplete()).isTrue();
                } finally {
                    indexing.stop();
                }
            }
        }
    }

    private void untilDone(SearchIndex index, long total) {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() ->
                        rows.workLeft() == 0 && index.search(Query.of("ballot")).total() == total);
    }
}
