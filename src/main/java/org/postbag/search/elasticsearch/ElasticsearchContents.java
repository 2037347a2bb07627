package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.search.SearchIndex;
import org.postbag.search.SearchIndex.Entry;

/** What an index holds, or whichever an alias leads to. */
final class ElasticsearchContents implements SearchIndex.Contents {

    /** What Elasticsearch gives at once, unless told otherwise. */
    private static final int PAGE_MAX = 10_000;

    private final ElasticsearchClient client;
    private final String index;

    ElasticsearchContents(ElasticsearchClient client, String index) {
        this.client = client;
        this.index = index;
    }

    @Override
    public long count() throws IOException {
        refresh();
        return Refusal.told(() -> client.count(c -> c.index(index))).count();
    }

    @Override
    public List<Entry> after(long enquiryId, int max) throws IOException {
        refresh();
        var entries = new ArrayList<Entry>();
        long last = enquiryId;
        while (entries.size() < max) {
            int size = Math.min(PAGE_MAX, max - entries.size());
            long from = last;
            var page = ask(new SearchRequest.Builder()
                    .query(q -> q.matchAll(all -> all))
                    .searchAfter(a -> a.longValue(from))
                    .searchAfter(a -> a.longValue(Long.MAX_VALUE)) // past every checksum of that one
                    .size(size));
            entries.addAll(page);
            if (page.size() < size) {
                break;
            }
            last = page.getLast().enquiryId();
        }
        return entries;
    }

    @Override
    public List<Entry> of(Collection<Long> enquiryIds) throws IOException {
        refresh();
        var ids = enquiryIds.stream().map(String::valueOf).toList();
        var entries = new ArrayList<Entry>();
        for (int from = 0; from < ids.size(); from += PAGE_MAX) {
            var some = ids.subList(from, Math.min(ids.size(), from + PAGE_MAX));
            entries.addAll(ask(new SearchRequest.Builder()
                    .query(Query.of(q -> q.ids(i -> i.values(some))))
                    .docvalueFields(f -> f.field(Fields.WRITTEN))
                    .size(some.size())));
        }
        return entries;
    }

    /** One that is being built isn't refreshed by itself. */
    private void refresh() throws IOException {
        Refusal.told(() -> client.indices().refresh(r -> r.index(index)));
    }

    /** What is kept of each is what it is sorted by. */
    private List<Entry> ask(SearchRequest.Builder request) throws IOException {
        request.index(index)
                .version(true)
                .source(s -> s.fetch(false))
                .sort(by(Fields.ID), by(Fields.CHECKSUM))
                .trackTotalHits(t -> t.enabled(false))
                .allowPartialSearchResults(false);
        return Refusal.told(() -> client.search(request.build(), Void.class)).hits().hits().stream()
                .map(ElasticsearchContents::entry)
                .toList();
    }

    private static Entry entry(Hit<Void> hit) {
        var version = hit.version();
        return new Entry(
                hit.sort().getFirst().longValue(),
                version == null ? 0 : version,
                hit.sort().get(1).longValue(),
                written(hit));
    }

    private static @Nullable Instant written(Hit<Void> hit) {
        var values = hit.fields().get(Fields.WRITTEN);
        return values == null
                ? null
                : Instant.ofEpochMilli(
                        values.toJson().asJsonArray().getJsonNumber(0).longValue());
    }

    private static SortOptions by(String field) {
        return SortOptions.of(s -> s.field(f -> f.field(field).order(SortOrder.Asc)));
    }
}
