package org.postbag.search.lucene;

import static org.postbag.search.lucene.Fields.ATTACHMENTS;
import static org.postbag.search.lucene.Fields.IDENTIFIERS;
import static org.postbag.search.lucene.Fields.NAMES;
import static org.postbag.search.lucene.Fields.PLAIN;
import static org.postbag.search.lucene.Fields.SUBJECT;
import static org.postbag.search.lucene.Fields.TEXT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
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
import org.jspecify.annotations.Nullable;
import org.postbag.search.language.Sought;

/** Turns what is sought into Lucene's query. What holds no letter or digit is passed over. */
final class LuceneQueries {

    private record Place(String field, float weight) {}

    /** Where words are looked for, and what a hit there is worth beside one in the text. */
    private static final List<Place> PLACES = List.of(
            new Place(SUBJECT, 2),
            new Place(TEXT, 1),
            new Place(NAMES, 3),
            new Place(IDENTIFIERS, 3),
            new Place(ATTACHMENTS, 1));

    /** Where the last word may go on: {@code smi} finds Smith, but not every text with a word that starts like it. */
    private static final Set<String> OPEN_ENDED = Set.of(NAMES, IDENTIFIERS, ATTACHMENTS);

    private static final int PREFIX_LENGTH_MIN = 3;
    private static final float PREFIX_WEIGHT = 0.5f;
    private static final float REFERENCE_WEIGHT = 50;

    /** How much the other places count beside the best one. */
    private static final float OTHER_PLACES = 0.1f;

    /** Words of questions that say nothing about their subject; passed over beside others, save in phrases. */
    private static final Set<String> COMMON = Set.of(
            ("a about am an and any are as at be been but by can did do does for from had has have he her his how i if in into is it its me my no "
                            + "not of on or our please she so such that the their them then there these they this to us was we were what when "
                            + "where which who why will with would you your")
                    .split(" "));

    private LuceneQueries() {}

    static Query of(Sought sought) {
        var query = query(sought);
        return query == null ? new MatchNoDocsQuery("No letter or digit in what was typed") : query;
    }

    /** What a text is marked for: each part of what is sought by itself, since the others may stand in another field. */
    static Query marked(Sought sought) {
        var parts = new ArrayList<Query>();
        collect(sought, parts);
        return parts.isEmpty() ? new MatchNoDocsQuery("Nothing to mark") : new DisjunctionMaxQuery(parts, 0);
    }

    private static void collect(Sought sought, List<Query> parts) {
        switch (sought) {
            case Sought.All(List<Sought> of) -> {
                boolean telling = isTelling(of);
                of.stream().filter(part -> !(telling && isCommon(part))).forEach(part -> collect(part, parts));
            }
            case Sought.Any(List<Sought> of) -> of.forEach(part -> collect(part, parts));
            case Sought.Not _ -> {}
            default -> Stream.ofNullable(query(sought)).forEach(parts::add);
        }
    }

    private static @Nullable Query query(Sought sought) {
        return switch (sought) {
            case Sought.Everything _ -> MatchAllDocsQuery.INSTANCE;
            case Sought.Word word -> word(word);
            case Sought.Prefix(String text) -> anywhere(place -> prefix(place, text));
            case Sought.Phrase(String text) -> anywhere(place -> together(place.field(), text));
            case Sought.Quoted(var reference) -> reference(reference.value());
            case Sought.Number number -> number(number);
            case Sought.Not(Sought what) -> not(query(what));
            case Sought.All(List<Sought> of) -> all(of);
            case Sought.Any(List<Sought> of) ->
                any(of.stream().flatMap(s -> Stream.ofNullable(query(s))).toList());
        };
    }

    private static @Nullable Query all(List<Sought> parts) {
        boolean telling = isTelling(parts);
        var all = new BooleanQuery.Builder();
        boolean positive = false;
        boolean empty = true;
        for (var part : parts) {
            if (telling && isCommon(part)) {
                continue;
            }
            var query = query(part instanceof Sought.Not(Sought what) ? what : part);
            if (query == null) {
                continue;
            }
            positive |= !(part instanceof Sought.Not);
            empty = false;
            all.add(query, part instanceof Sought.Not ? Occur.MUST_NOT : Occur.MUST);
        }
        if (empty) {
            return null;
        }
        return positive
                ? all.build()
                : all.add(MatchAllDocsQuery.INSTANCE, Occur.MUST).build();
    }

    private static boolean isTelling(List<Sought> parts) {
        return parts.stream().anyMatch(part -> !(part instanceof Sought.Not) && !isCommon(part));
    }

    private static boolean isCommon(Sought sought) {
        return sought instanceof Sought.Word(String text, boolean _)
                && (COMMON.contains(text.toLowerCase(java.util.Locale.ROOT))
                        || tokens(TEXT, text).isEmpty());
    }

    private static @Nullable Query any(List<Query> meanings) {
        if (meanings.size() < 2) {
            return meanings.isEmpty() ? null : meanings.getFirst();
        }
        return new DisjunctionMaxQuery(meanings, OTHER_PLACES);
    }

    private static @Nullable Query not(@Nullable Query query) {
        return query == null
                ? null
                : new BooleanQuery.Builder()
                        .add(MatchAllDocsQuery.INSTANCE, Occur.MUST)
                        .add(query, Occur.MUST_NOT)
                        .build();
    }

    private interface Where {
        @Nullable
        Query at(Place place);
    }

    private static @Nullable Query anywhere(Where where) {
        var found = new ArrayList<Query>();
        for (var place : PLACES) {
            var query = where.at(place);
            if (query != null) {
                found.add(place.weight() == 1 ? query : new BoostQuery(query, place.weight()));
            }
        }
        return any(found);
    }

    private static @Nullable Query word(Sought.Word word) {
        return anywhere(place -> {
            var whole = together(place.field(), word.text());
            if (whole == null || !word.last() || !OPEN_ENDED.contains(place.field())) {
                return whole;
            }
            var tokens = tokens(place.field(), word.text());
            if (tokens.size() != 1 || tokens.getFirst().text().length() < PREFIX_LENGTH_MIN) {
                return whole;
            }
            var start =
                    new PrefixQuery(new Term(place.field(), tokens.getFirst().text()));
            return new DisjunctionMaxQuery(List.of(whole, new BoostQuery(start, PREFIX_WEIGHT)), 0);
        });
    }

    /** Words that start so; in running text also those of its stem, which may be shorter than what was typed. */
    private static @Nullable Query prefix(Place place, String text) {
        var tokens = tokens(PLAIN, place.field(), text);
        if (tokens.isEmpty()) {
            return null;
        }
        var all = new BooleanQuery.Builder();
        for (var token : tokens.subList(0, tokens.size() - 1)) {
            all.add(new TermQuery(new Term(place.field(), token.text())), Occur.MUST);
        }
        var start = tokens.getLast().text();
        var either = new ArrayList<Query>();
        either.add(new PrefixQuery(new Term(place.field(), start)));
        var stem = together(place.field(), start);
        if (stem != null) {
            either.add(stem);
        }
        return all.add(new DisjunctionMaxQuery(either, 0), Occur.MUST).build();
    }

    private static Query reference(String reference) {
        var meanings = new ArrayList<Query>();
        meanings.add(new BoostQuery(
                new TermQuery(new Term(Fields.REFERENCE, LuceneDocuments.withoutDashes(reference))), REFERENCE_WEIGHT));
        for (var field : List.of(SUBJECT, TEXT)) {
            Stream.ofNullable(together(field, reference)).forEach(meanings::add);
        }
        return new DisjunctionMaxQuery(meanings, 0);
    }

    private static Query number(Sought.Number number) {
        var meanings = new ArrayList<Query>();
        for (var digits : LuceneDocuments.digits(number.telephone())) {
            meanings.add(new BoostQuery(new TermQuery(new Term(IDENTIFIERS, digits)), 3));
            meanings.add(new TermQuery(new Term(SUBJECT, digits)));
            meanings.add(new TermQuery(new Term(TEXT, digits)));
        }
        for (var written : List.of(number.typed(), number.telephone().shown())) {
            Stream.of(SUBJECT, TEXT)
                    .flatMap(field -> Stream.ofNullable(together(field, written)))
                    .forEach(meanings::add);
        }
        return new DisjunctionMaxQuery(meanings, 0);
    }

    /** The words of a text one after the other, in one field. */
    private static @Nullable Query together(String field, String text) {
        var tokens = tokens(field, text);
        if (tokens.isEmpty()) {
            return null;
        }
        if (tokens.size() == 1) {
            return new TermQuery(new Term(field, tokens.getFirst().text()));
        }
        var phrase = new PhraseQuery.Builder();
        tokens.forEach(token -> phrase.add(new Term(field, token.text()), token.position()));
        return phrase.build();
    }

    private record Token(String text, int position) {}

    private static List<Token> tokens(String field, String text) {
        return tokens(Fields.ANALYZER, field, text);
    }

    private static List<Token> tokens(org.apache.lucene.analysis.Analyzer analyzer, String field, String text) {
        var tokens = new ArrayList<Token>();
        try (TokenStream stream = analyzer.tokenStream(field, text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var step = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            int position = -1;
            while (stream.incrementToken() && tokens.size() < PHRASE_WORDS_MAX) {
                position += step.getPositionIncrement();
                tokens.add(new Token(term.toString(), Math.max(position, 0)));
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return tokens;
    }

    private static final int PHRASE_WORDS_MAX = 100;
}
