package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.search.After;
import org.postbag.search.Hits;
import org.postbag.search.Query.Order;

/** Asks Elasticsearch. Every order ends in the enquiry's id, so that it is total and a page begins exactly where another ended. */
final class ElasticsearchSearch {

    /** Beyond this a search is given up, and says so. */
    private static final String TIME_MAX = "10s";

    private final ElasticsearchClient client;
    private final String index;
    private final PointsInTime points;

    ElasticsearchSearch(ElasticsearchClient client, String index) {
        this.client = client;
        this.index = index;
        this.points = new PointsInTime(client);
    }

    /** By score, all pages are of one state of the index; by time they need none. */
    Hits run(org.postbag.search.Query query) throws IOException {
        if (query.order() != Order.BEST) {
            return hits(query, ask(query, null), 0);
        }
        var after = query.after();
        var kept = after == null ? null : points.of(after.snapshot());
        if (after != null && kept != null) {
            try {
                return hits(query, ask(query, kept), after.snapshot());
            } catch (Refusal refusal) {
                if (!refusal.isGone()) {
                    throw refusal;
                }
                points.forget(after.snapshot()); // its time was over, or another generation answers
            }
        }
        return fromNow(query);
    }

    private Hits fromNow(org.postbag.search.Query query) throws IOException {
        var point = points.open(index);
        boolean keep = false;
        try {
            var response = ask(query, point);
            keep = isMore(query, response);
            return hits(query, response, keep ? points.keep(point) : 0);
        } finally {
            if (!keep) {
                points.close(point);
            }
        }
    }

    private SearchResponse<Void> ask(org.postbag.search.Query query, @Nullable String point) throws IOException {
        var request = new SearchRequest.Builder()
                .query(ElasticsearchQueries.of(query.clause()))
                .aggregations(Facets.counts(query.filters()))
                .size(query.size() + 1)
                .sort(sort(query.order()))
                .trackTotalHits(t -> t.enabled(true))
                .storedFields("_none_")
                .timeout(TIME_MAX)
                .allowPartialSearchResults(false);
        if (!query.filters().isEmpty()) {
            request.postFilter(Facets.filter(query.filters(), null));
        }
        if (query.after() != null) {
            request.searchAfter(from(query.after()));
        }
        if (point == null) {
            request.index(index);
        } else {
            // A request at a point in time names no index and says nothing of partial results: its opening did.
            request.pit(p -> p.id(point).keepAlive(PointsInTime.KEPT)).allowPartialSearchResults(null);
        }
        return Refusal.told(() -> client.search(request.build(), Void.class));
    }

    private static boolean isMore(org.postbag.search.Query query, SearchResponse<Void> response) {
        return response.hits().hits().size() > query.size();
    }

    private static Hits hits(org.postbag.search.Query query, SearchResponse<Void> response, long snapshot) {
        var found = response.hits().hits();
        boolean more = isMore(query, response);
        var shown = more ? found.subList(0, query.size()) : found;
        var total = response.hits().total();
        return new Hits(
                total == null ? 0 : total.value(),
                shown.stream().map(hit -> hit.sort().get(1).longValue()).toList(),
                Facets.read(response.aggregations()),
                more ? after(query.order(), shown.getLast(), snapshot) : null);
    }

    private static List<SortOptions> sort(Order order) {
        return switch (order) {
            case NEWEST -> List.of(by(Fields.RECEIVED, SortOrder.Desc), by(Fields.ID, SortOrder.Desc));
            case OLDEST -> List.of(by(Fields.RECEIVED, SortOrder.Asc), by(Fields.ID, SortOrder.Asc));
            case BEST ->
                List.of(SortOptions.of(s -> s.score(x -> x.order(SortOrder.Desc))), by(Fields.ID, SortOrder.Desc));
        };
    }

    private static SortOptions by(String field, SortOrder order) {
        return SortOptions.of(s -> s.field(f -> f.field(field).order(order)));
    }

    private static List<FieldValue> from(After after) {
        var key = after.order() == Order.BEST ? FieldValue.of(score(after.key())) : FieldValue.of(after.key());
        return List.of(key, FieldValue.of(after.enquiryId()));
    }

    /** A mark may say anything, and JSON has no word for what is no number. */
    private static double score(long key) {
        float score = Float.intBitsToFloat((int) key);
        return Float.isFinite(score) ? score : 0;
    }

    private static After after(Order order, Hit<Void> last, long snapshot) {
        var first = last.sort().getFirst();
        long key = order == Order.BEST ? Float.floatToRawIntBits((float) number(first)) : first.longValue();
        return new After(order, key, last.sort().get(1).longValue(), snapshot);
    }

    private static double number(FieldValue value) {
        return value.isLong() ? value.longValue() : value.doubleValue();
    }
}
