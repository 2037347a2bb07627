package org.postbag.search;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.postbag.search.elasticsearch.ElasticsearchIndex;
import org.postbag.search.elasticsearch.ElasticsearchServer;

class ReindexOnElasticsearchTest extends ReindexContract {

    private static final String NAMES = "reindex-" + UUID.randomUUID() + "-";

    private final String name = NAMES + UUID.randomUUID();

    @AfterAll
    static void drop() throws IOException {
        ElasticsearchServer.drop(NAMES);
    }

    @Override
    protected SearchIndex open() throws IOException {
        return ElasticsearchIndex.open(
                ElasticsearchServer.client(ElasticsearchServer.shared()), name, Clock.systemUTC());
    }

    @Override
    protected int generations() throws IOException {
        try (var client = ElasticsearchServer.client(ElasticsearchServer.shared())) {
            return client.indices().get(i -> i.index(name + "-*")).indices().size();
        }
    }
}
