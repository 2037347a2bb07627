package org.postbag.search.lucene;

import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.postbag.search.language.Clause;

/** Clauses as Lucene's queries. */
final class LuceneQueries {

    /** Somebody who misspells a word knows how it begins. */
    private static final int FIRST_LETTERS = 1;

    private static final int SPELLINGS_MAX = 50;

    private LuceneQueries() {}

    private static Query weightless(Query query) {
        return new BoostQuery(new ConstantScoreQuery(query), 0);
    }

    static Query of(Clause clause) {
        return switch (clause) {
            case Clause.Everything _ -> MatchAllDocsQuery.INSTANCE;
            case Clause.Nothing _ -> new MatchNoDocsQuery("No letter or digit in what was typed");
            case Clause.Term(var place, String text) -> new TermQuery(new Term(place.field(), text));
            case Clause.Phrase(var place, List<String> terms) ->
                new PhraseQuery(place.field(), terms.toArray(String[]::new));
            case Clause.Beginning(var place, String text) -> new PrefixQuery(new Term(place.field(), text));
            case Clause.Alike(var place, String text, int edits) ->
                new FuzzyQuery(new Term(place.field(), text), edits, FIRST_LETTERS, SPELLINGS_MAX, true);
            case Clause.ReferenceBeginning(String text) -> new PrefixQuery(new Term(Fields.REFERENCE, text));
            case Clause.Is(String field, String value) -> weightless(new TermQuery(new Term(field, value)));
            case Clause.Received(long from, long to) -> weightless(LongPoint.newRangeQuery(Fields.RECEIVED, from, to));
            case Clause.KeptUntil(long from, long to) ->
                weightless(LongPoint.newRangeQuery(Fields.KEPT_UNTIL, from, to));
            case Clause.OfReference(String text) -> new TermQuery(new Term(Fields.REFERENCE, text));
            case Clause.Weighted(Clause of, float weight) -> new BoostQuery(of(of), weight);
            case Clause.Best(List<Clause> of, float others) ->
                new DisjunctionMaxQuery(of.stream().map(LuceneQueries::of).toList(), others);
            case Clause.Every(List<Clause> of, List<Clause> without) -> every(of, without);
        };
    }

    private static Query every(List<Clause> of, List<Clause> without) {
        var every = new BooleanQuery.Builder();
        of.forEach(clause -> every.add(of(clause), Occur.MUST));
        without.forEach(clause -> every.add(of(clause), Occur.MUST_NOT));
        return every.build();
    }

    /** What a rewritten query finds, without saying how well it fits: what is one of several is then found block by block. */
    static Query withoutScores(Query query) {
        return switch (query) {
            case DisjunctionMaxQuery best -> any(best.getDisjuncts());
            case BoostQuery boosted -> withoutScores(boosted.getQuery());
            case ConstantScoreQuery constant -> withoutScores(constant.getQuery());
            case BooleanQuery all
            when all.getMinimumNumberShouldMatch() == 0 -> {
                var same = new BooleanQuery.Builder();
                all.forEach(part -> same.add(
                        withoutScores(part.query()), part.occur() == Occur.MUST ? Occur.FILTER : part.occur()));
                yield same.build();
            }
            default -> query;
        };
    }

    private static Query any(Collection<Query> parts) {
        var any = new BooleanQuery.Builder();
        parts.forEach(part -> any.add(withoutScores(part), Occur.SHOULD));
        return any.build();
    }

    /** Of what was found before, how well it fits. */
    static Query among(Query found, Query query) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(found, Occur.FILTER)
                .build();
    }
}
