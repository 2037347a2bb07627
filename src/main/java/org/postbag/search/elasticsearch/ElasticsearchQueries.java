package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.QueryBuilders;
import java.util.List;
import org.postbag.search.language.Clause;

/** Clauses as Elasticsearch's queries. */
final class ElasticsearchQueries {

    /** Elasticsearch multiplies what BM25 says of a term by 1 + k1, which Lucene leaves away; what is worth the same everywhere has to keep up. */
    private static final float CONSTANT = 2.2f;

    /** As Lucene's engine has it: somebody who misspells a word knows how it begins. */
    private static final int FIRST_LETTERS = 1;

    private static final int SPELLINGS_MAX = 50;

    private ElasticsearchQueries() {}

    static Query of(Clause clause) {
        return of(clause, 1);
    }

    private static Query of(Clause clause, float weight) {
        return switch (clause) {
            case Clause.Everything _ -> Query.of(q -> q.matchAll(m -> m.boost(CONSTANT * weight)));
            case Clause.Nothing _ -> Query.of(q -> q.matchNone(m -> m));
            case Clause.Term(var place, String text) -> term(place.field(), text, weight);
            // Terms hold no white space, so that they stay as they are.
            case Clause.Phrase(var place, List<String> terms) ->
                Query.of(q -> q.matchPhrase(m -> m.field(place.field())
                        .query(String.join(" ", terms))
                        .analyzer("whitespace")
                        .boost(weight)));
            case Clause.Beginning(var place, String text) ->
                Query.of(q -> q.prefix(p -> p.field(place.field()).value(text).boost(CONSTANT * weight)));
            case Clause.Alike(var place, String text, int edits) ->
                Query.of(q -> q.fuzzy(f -> f.field(place.field())
                        .value(text)
                        .fuzziness(Integer.toString(edits))
                        .prefixLength(FIRST_LETTERS)
                        .maxExpansions(SPELLINGS_MAX)
                        .transpositions(true)
                        .boost(weight)));
            case Clause.ReferenceBeginning(String text) ->
                Query.of(
                        q -> q.prefix(p -> p.field(Fields.REFERENCE).value(text).boost(CONSTANT * weight)));
            case Clause.Is(String field, String value) -> weightless(term(field, value, 1));
            case Clause.Received(long from, long to) -> weightless(range(Fields.RECEIVED, from, to));
            case Clause.KeptUntil(long from, long to) -> weightless(range(Fields.KEPT_UNTIL, from, to));
            case Clause.OfReference(String text) -> term(Fields.REFERENCE, text, weight);
            case Clause.Weighted(Clause of, float more) -> of(of, weight * more);
            case Clause.Best(List<Clause> of, float others) ->
                Query.of(q -> q.disMax(
                        d -> d.queries(all(of)).tieBreaker((double) others).boost(weight)));
            case Clause.Every(List<Clause> of, List<Clause> without) ->
                QueryBuilders.bool()
                        .must(all(of))
                        .mustNot(all(without))
                        .boost(weight)
                        .build()
                        ._toQuery();
        };
    }

    private static Query range(String field, long from, long to) {
        return Query.of(
                q -> q.range(r -> r.longNumber(n -> n.field(field).gte(from).lte(to))));
    }

    private static Query weightless(Query query) {
        return Query.of(q -> q.constantScore(c -> c.filter(query).boost(0f)));
    }

    private static List<Query> all(List<Clause> clauses) {
        return clauses.stream().map(ElasticsearchQueries::of).toList();
    }

    private static Query term(String field, String text, float weight) {
        return Query.of(q -> q.term(t -> t.field(field).value(text).boost(weight)));
    }
}
