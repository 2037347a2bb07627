package org.postbag.search.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * How words are made of text: by Unicode's word rules (UAX 29), accents folded, in lower case, split at what stands inside a word (so that
 * {@code example.org}, {@code annual_report.pdf} and {@code O'Brien} are found by their parts); in running text reduced to their stem by Porter's algorithm.
 * Words such as "the" are kept, so that they count in phrases. Engines do the same with documents; what is typed is read by this alone.
 */
public final class Analysis {

    /** Between two values of a place, so that no phrase runs from one into the next. */
    public static final int VALUES_GAP = 100;

    private static final int TERMS_MAX = 100;

    private static final Analyzer PLAIN = new Chain(false);
    private static final Analyzer STEMMED = new Chain(true);

    /** By the fields' names. */
    public static final Analyzer ANALYZER = new PerFieldAnalyzerWrapper(
            PLAIN,
            Arrays.stream(Place.values())
                    .filter(Place::isRunning)
                    .collect(Collectors.toMap(Place::field, _ -> STEMMED)));

    private Analysis() {}

    /** The terms of what was typed, as they stand in a place; the first of them where there are more than anybody types. */
    static List<String> terms(Place place, String text) {
        return terms(ANALYZER, place.field(), text);
    }

    /** As they were before they were reduced to their stem. */
    static List<String> plain(String text) {
        return terms(PLAIN, Place.TEXT.field(), text);
    }

    private static List<String> terms(Analyzer analyzer, String field, String text) {
        var terms = new ArrayList<String>();
        try (TokenStream stream = analyzer.tokenStream(field, text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken() && terms.size() < TERMS_MAX) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return terms;
    }

    private static final class Chain extends Analyzer {

        private static final int SPLIT = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
                | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
                | WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;

        private final boolean stem;

        Chain(boolean stem) {
            this.stem = stem;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new StandardTokenizer();
            TokenStream folded = new ASCIIFoldingFilter(words);
            TokenStream split = new WordDelimiterGraphFilter(folded, SPLIT, null);
            TokenStream lower = new LowerCaseFilter(split);
            return new TokenStreamComponents(words, stem ? new PorterStemFilter(lower) : lower);
        }

        @Override
        protected TokenStream normalize(String field, TokenStream in) {
            return new LowerCaseFilter(new ASCIIFoldingFilter(in));
        }

        @Override
        public int getPositionIncrementGap(String field) {
            return VALUES_GAP;
        }
    }
}
