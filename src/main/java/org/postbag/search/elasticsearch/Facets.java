package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Facet;

/**
 * Counts what was found by every facet, each under the others' filters only, and says which filters stand. Those that no filter is on are counted together, in
 * one field that holds all facets of a document: a quarter of the work of one after the other.
 */
final class Facets {

    /** More values than all facets have together. Elasticsearch gives 65,536 at most. */
    private static final int VALUES_MAX = 50_000;

    private static final String UNDER_OTHERS = "under_others";

    /** Between a facet and its value. No facet's code has it. */
    private static final char IS = '=';

    private Facets() {}

    /** What a document holds in {@link Fields#FACETS}. */
    static List<String> values(Map<Facet, String> facets) {
        return facets.entrySet().stream()
                .map(facet -> facet.getKey().code() + IS + facet.getValue())
                .toList();
    }

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
        counts.put(Fields.FACETS, count(Fields.FACETS, filters, null));
        filters.keySet().forEach(facet -> counts.put(facet.code(), count(facet.code(), filters, facet)));
        return counts;
    }

    private static Aggregation count(String field, Map<Facet, Set<String>> filters, @Nullable Facet own) {
        var values = Aggregation.of(a -> a.terms(t -> t.field(field).size(VALUES_MAX)));
        boolean others = filters.keySet().stream().anyMatch(f -> f != own);
        return others ? Aggregation.of(a -> a.filter(filter(filters, own)).aggregations(UNDER_OTHERS, values)) : values;
    }

    static Map<Facet, Map<String, Long>> read(Map<Facet, Set<String>> filters, Map<String, Aggregate> aggregates) {
        var facets = new EnumMap<Facet, Map<String, Long>>(Facet.class);
        for (var facet : Facet.values()) {
            facets.put(facet, new HashMap<>());
        }
        values(aggregates.get(Fields.FACETS)).forEach((value, count) -> {
            int is = value.indexOf(IS);
            Facet.of(value.substring(0, is))
                    .filter(facet -> !filters.containsKey(facet))
                    .ifPresent(facet ->
                            facets.computeIfAbsent(facet, _ -> new HashMap<>()).put(value.substring(is + 1), count));
        });
        filters.keySet().forEach(facet -> facets.put(facet, values(aggregates.get(facet.code()))));
        return facets;
    }

    private static Map<String, Long> values(@Nullable Aggregate aggregate) {
        var values = aggregate != null && aggregate.isFilter()
                ? aggregate.filter().aggregations().get(UNDER_OTHERS)
                : aggregate;
        var counts = new HashMap<String, Long>();
        if (values != null) {
            values.sterms().buckets().array().forEach(b -> counts.put(b.key().stringValue(), b.docCount()));
        }
        return counts;
    }
}
