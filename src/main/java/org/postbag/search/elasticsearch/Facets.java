package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Facet;

/** Counts what was found by every facet, each under the others' filters only, and says which filters stand. */
final class Facets {

    /** More values than any facet has. */
    private static final int VALUES_MAX = 10_000;

    private static final String UNDER_OTHERS = "under_others";

    private Facets() {}

    /** All filters, save that of one facet. */
    static Query filter(Map<Facet, Set<String>> filters, @Nullable Facet without) {
        return Query.of(q -> q.bool(b -> {
            filters.forEach((facet, values) -> {
                if (facet != without) {
                    b.filter(f -> f.terms(t -> t.field(facet.code())
                            .terms(v ->
                                    v.value(values.stream().map(FieldValue::of).toList()))));
                }
            });
            return b;
        }));
    }

    static Map<String, Aggregation> counts(Map<Facet, Set<String>> filters) {
        var counts = new HashMap<String, Aggregation>();
        for (var facet : Facet.values()) {
            var values = Aggregation.of(a -> a.terms(t -> t.field(facet.code()).size(VALUES_MAX)));
            boolean others = filters.keySet().stream().anyMatch(f -> f != facet);
            counts.put(
                    facet.code(),
                    others
                            ? Aggregation.of(
                                    a -> a.filter(filter(filters, facet)).aggregations(UNDER_OTHERS, values))
                            : values);
        }
        return counts;
    }

    static Map<Facet, Map<String, Long>> read(Map<String, Aggregate> aggregates) {
        var facets = new EnumMap<Facet, Map<String, Long>>(Facet.class);
        for (var facet : Facet.values()) {
            var counts = new HashMap<String, Long>();
            var values = values(aggregates.get(facet.code()));
            if (values != null) {
                values.sterms()
                        .buckets()
                        .array()
                        .forEach(b -> counts.put(b.key().stringValue(), b.docCount()));
            }
            facets.put(facet, counts);
        }
        return facets;
    }

    private static @Nullable Aggregate values(@Nullable Aggregate aggregate) {
        return aggregate != null && aggregate.isFilter()
                ? aggregate.filter().aggregations().get(UNDER_OTHERS)
                : aggregate;
    }
}
