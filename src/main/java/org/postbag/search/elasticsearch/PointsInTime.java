package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * States of the index that somebody pages through by score, so that scores stay comparable, under numbers that fit a page's mark. Elasticsearch lets go
 * of them by itself some time after they were last asked; who comes back later goes on in the state of that day.
 */
final class PointsInTime {

    static final Time KEPT = Time.of(t -> t.time(Duration.ofMinutes(10).toSeconds() + "s"));

    /** Each holds on to files that are there no more for others. */
    private static final int KEPT_MAX = 300;

    private final ElasticsearchClient client;
    private final Random random = new Random();
    private final LinkedHashMap<Long, String> kept = new LinkedHashMap<>(16, 0.75f, true);

    PointsInTime(ElasticsearchClient client) {
        this.client = client;
    }

    /** Of all that answers now. */
    String open(String index) throws IOException {
        return Refusal.told(() -> client.openPointInTime(
                        p -> p.index(index).keepAlive(KEPT).allowPartialSearchResults(false)))
                .id();
    }

    /** The number of one that others may ask for. */
    long keep(String id) {
        String tooMany = null;
        long number;
        synchronized (kept) {
            do {
                number = random.nextLong();
            } while (number == 0 || kept.containsKey(number));
            kept.put(number, id);
            if (kept.size() > KEPT_MAX) {
                tooMany = kept.pollFirstEntry().getValue();
            }
        }
        if (tooMany != null) {
            close(tooMany);
        }
        return number;
    }

    @Nullable
    String of(long number) {
        synchronized (kept) {
            return number == 0 ? null : kept.get(number);
        }
    }

    void forget(long number) {
        synchronized (kept) {
            kept.remove(number);
        }
    }

    void close(String id) {
        try {
            Refusal.told(() -> client.closePointInTime(p -> p.id(id)));
        } catch (IOException endsByItself) {
            // in the time that it is kept at most
        }
    }
}
