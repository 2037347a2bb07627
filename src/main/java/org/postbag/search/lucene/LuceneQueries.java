package org.postbag.search.lucene;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.postbag.search.language.Clause;

/** Clauses as Lucene's queries. */
final class LuceneQueries {

    private LuceneQueries() {}

    static Query of(Clause clause) {
        return switch (clause) {
            case Clause.Everything _ -> MatchAllDocsQuery.INSTANCE;
            case Clause.Nothing _ -> new MatchNoDocsQuery("No letter or digit in what was typed");
            case Clause.Term(var place, String text) -> new TermQuery(new Term(place.field(), text));
            case Clause.Phrase(var place, List<String> terms) ->
                new PhraseQuery(place.field(), terms.toArray(String[]::new));
            case Clause.Beginning(var place, String text) -> new PrefixQuery(new Term(place.field(), text));
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
}
