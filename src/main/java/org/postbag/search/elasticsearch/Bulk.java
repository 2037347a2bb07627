package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.bulk.OperationType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postbag.search.Document;
import org.postbag.search.SearchIndex.Refused;
import org.postbag.search.SearchIndex.Removal;

/**
 * Writes to one index, a few hundred documents a request and one request at a time. Every write carries its version, and Elasticsearch itself passes over
 * what is older than what it has, a removal's version being kept for an hour. Where it has too much to do, what it sent back is sent again, later and later.
 */
final class Bulk {

    private static final int DOCUMENTS_MAX = 500;
    private static final int BYTES_MAX = 5_000_000;
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final int ATTEMPTS_MAX = 7;

    private static final int WRONG = 400;
    private static final int CONFLICT = 409;

    private final ElasticsearchClient client;
    private final String index;
    private final Refresh refresh;
    private final List<Refused> refused = new ArrayList<>();
    private final List<BulkOperation> waiting = new ArrayList<>();
    private long bytes;

    private Bulk(ElasticsearchClient client, String index, Refresh refresh) {
        this.client = client;
        this.index = index;
        this.refresh = refresh;
    }

    /** @param refresh whether a search that is begun afterwards sees it */
    static List<Refused> write(
            ElasticsearchClient client, String index, List<Document> documents, List<Removal> removals, Refresh refresh)
            throws IOException {
        var bulk = new Bulk(client, index, refresh);
        for (var document : documents) {
            var json = ElasticsearchDocuments.of(document);
            bulk.add(
                    BulkOperation.of(o -> o.index(i -> i.id(Long.toString(document.enquiryId()))
                            .version(document.version())
                            .versionType(VersionType.External)
                            .document(json))),
                    json.size());
        }
        for (var removal : removals) {
            bulk.add(
                    BulkOperation.of(o -> o.delete(d -> d.id(Long.toString(removal.enquiryId()))
                            .version(removal.version())
                            .versionType(VersionType.ExternalGte))),
                    0);
        }
        bulk.send();
        return bulk.refused;
    }

    private void add(BulkOperation operation, long size) throws IOException {
        if (waiting.size() == DOCUMENTS_MAX || bytes + size > BYTES_MAX) {
            send();
        }
        waiting.add(operation);
        bytes += size;
    }

    private void send() throws IOException {
        var pause = PAUSE_MIN;
        for (int attempt = 1; !waiting.isEmpty(); attempt++) {
            var sentBack = sentBack(List.copyOf(waiting));
            waiting.clear();
            waiting.addAll(sentBack);
            if (!waiting.isEmpty()) {
                if (attempt == ATTEMPTS_MAX) {
                    throw Refusal.of(Refusal.BUSY, "sent back " + attempt + " times");
                }
                pause(pause);
                pause = pause.multipliedBy(2);
            }
        }
        bytes = 0;
    }

    /** Sends them, and gives those that Elasticsearch had no room for. */
    private List<BulkOperation> sentBack(List<BulkOperation> operations) throws IOException {
        List<BulkResponseItem> items;
        try {
            items = Refusal.told(() -> client.bulk(
                            b -> b.index(index).operations(operations).refresh(refresh)))
                    .items();
        } catch (Refusal refusal) {
            if (refusal.isBusy()) {
                return operations;
            }
            throw refusal;
        }
        var sentBack = new ArrayList<BulkOperation>();
        for (int i = 0; i < operations.size(); i++) {
            if (!isTaken(items.get(i))) {
                sentBack.add(operations.get(i));
            }
        }
        return sentBack;
    }

    private boolean isTaken(BulkResponseItem item) throws IOException {
        var error = item.error();
        if (error == null || item.status() == CONFLICT) {
            return true; // what is there is as new, or newer
        }
        var type = error.type() == null ? "" : error.type();
        if (item.status() == WRONG && item.operationType() != OperationType.Delete) {
            refused.add(new Refused(Long.parseLong(item.id()), "Elasticsearch refuses its content (" + type + ")"));
            return true;
        }
        var refusal = Refusal.of(item.status(), type);
        if (refusal.isBusy()) {
            return false;
        }
        throw refusal;
    }

    static void pause(Duration time) throws InterruptedIOException {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The program ends");
        }
    }
}
