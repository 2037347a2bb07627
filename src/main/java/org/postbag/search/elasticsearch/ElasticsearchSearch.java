package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.msearch.MultiSearchResponseItem;
import co.elastic.clients.elasticsearch.core.msearch.RequestItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.PointInTimeReference;
import co.elastic.clients.elasticsearch.core.search.ResponseBody;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

    /** By score and by text, all pages are of one state of the index; by time they need none. */
    Hits run(org.postbag.search.Query query) throws IOException {
        if (query.order().isByTime()) {
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
            var answer = ask(query, point);
            keep = answer.best().size() > query.size();
            return hits(query, answer, keep ? points.keep(point) : 0);
        } finally {
            if (!keep) {
                points.close(point);
            }
        }
    }

    /** What was counted of all that was found, and the best of it with one more than a page, which tells whether there is another. */
    private record Answer(ResponseBody<Void> counted, List<Hit<Void>> best) {}

    /** Counting looks at all that is found but not at how well it fits; what is best is found without looking at what can't be. Both are asked at once. */
    private Answer ask(org.postbag.search.Query query, @Nullable String point) throws IOException {
        var sought = ElasticsearchQueries.of(query.clause());
        var counting = request()
                .query(sought)
                .aggregations(Facets.counts(query.filters()))
                .size(0)
                .trackTotalHits(t -> t.enabled(true));
        var best = request()
                .query(sought)
                .size(query.size() + 1)
                .sort(sort(query.order()))
                .trackTotalHits(t -> t.enabled(false));
        if (!query.filters().isEmpty()) {
            var filter = Facets.filter(query.filters(), null);
            counting.postFilter(filter);
            best.query(q -> q.bool(b -> b.must(sought).filter(filter)));
        }
        if (query.after() != null) {
            from(query.after(), point).ifPresent(best::searchAfter);
        }
        var answers = Refusal.told(() ->
                        client.msearch(m -> m.searches(item(counting, point), item(best, point)), Void.class))
                .responses();
        return new Answer(
                answered(answers.getFirst()), answered(answers.getLast()).hits().hits());
    }

    /** A request at a point in time names no index and says nothing of partial results: its opening did. */
    private RequestItem item(SearchRequest.Builder request, @Nullable String point) {
        if (point != null) {
            request.pit(at(point));
        }
        return RequestItem.of(item -> item.header(
                        header -> point == null ? header.index(index).allowPartialSearchResults(false) : header)
                .body(request.build()));
    }

    private static PointInTimeReference at(String point) {
        return PointInTimeReference.of(p -> p.id(point).keepAlive(PointsInTime.KEPT));
    }

    private static ResponseBody<Void> answered(MultiSearchResponseItem<Void> item) throws Refusal {
        if (item.isFailure()) {
            throw Refusal.of(item.failure());
        }
        return item.result();
    }

    private static SearchRequest.Builder request() {
        return new SearchRequest.Builder().storedFields("_none_").timeout(TIME_MAX);
    }

    private static Hits hits(org.postbag.search.Query query, Answer answer, long snapshot) {
        var found = answer.best();
        boolean more = found.size() > query.size();
        var shown = more ? found.subList(0, query.size()) : found;
        var total = answer.counted().hits().total();
        return new Hits(
                total == null ? 0 : total.value(),
                shown.stream().map(hit -> id(query.order(), hit)).toList(),
                Facets.read(query.filters(), answer.counted().aggregations()),
                more ? after(query.order(), shown.getLast(), snapshot) : null);
    }

    private static List<SortOptions> sort(Order order) {
        return switch (order) {
            case NEWEST -> List.of(by(Fields.RECEIVED, SortOrder.Desc), by(Fields.ID, SortOrder.Desc));
            case OLDEST -> List.of(by(Fields.RECEIVED, SortOrder.Asc), by(Fields.ID, SortOrder.Asc));
            case SUBJECT, CONTACT ->
                List.of(
                        by(order.field(), SortOrder.Asc),
                        by(Fields.RECEIVED, SortOrder.Desc),
                        by(Fields.ID, SortOrder.Desc));
            case BEST ->
                List.of(SortOptions.of(s -> s.score(x -> x.order(SortOrder.Desc))), by(Fields.ID, SortOrder.Desc));
        };
    }

    private static SortOptions by(String field, SortOrder order) {
        return SortOptions.of(s -> s.field(f -> f.field(field).order(order)));
    }

    /** Nothing, so that the first page comes again, where the enquiry whose text is needed is gone, and the state that had it too. */
    private Optional<List<FieldValue>> from(After after, @Nullable String point) throws IOException {
        var key = after.order() == Order.BEST ? FieldValue.of(score(after.key())) : FieldValue.of(after.key());
        var id = FieldValue.of(after.enquiryId());
        return after.order().isByText()
                ? text(after, point).map(text -> List.of(text, key, id))
                : Optional.of(List.of(key, id));
    }

    private Optional<FieldValue> text(After after, @Nullable String point) throws IOException {
        var request = request()
                .query(q -> q.ids(i -> i.values(Long.toString(after.enquiryId()))))
                .size(1)
                .sort(by(after.order().field(), SortOrder.Asc));
        if (point == null) {
            request.index(index).allowPartialSearchResults(false);
        } else {
            request.pit(at(point));
        }
        return Refusal.told(() -> client.search(request.build(), Void.class)).hits().hits().stream()
                .findFirst()
                .map(hit -> hit.sort().getFirst());
    }

    /** A mark may say anything, and JSON has no word for what is no number. */
    private static double score(long key) {
        float score = Float.intBitsToFloat((int) key);
        return Float.isFinite(score) ? score : 0;
    }

    private static After after(Order order, Hit<Void> last, long snapshot) {
        var sorted = last.sort();
        long key = switch (order) {
            case NEWEST, OLDEST -> sorted.getFirst().longValue();
            case SUBJECT, CONTACT -> sorted.get(1).longValue();
            case BEST -> Float.floatToRawIntBits((float) number(sorted.getFirst()));
        };
        return new After(order, key, id(order, last), snapshot);
    }

    /** At a point in time the engine adds a place of its own, behind the id. */
    private static long id(Order order, Hit<Void> hit) {
        return hit.sort().get(order.isByText() ? 2 : 1).longValue();
    }

    private static double number(FieldValue value) {
        return value.isLong() ? value.longValue() : value.doubleValue();
    }
}
