package org.postbag.search.lucene;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * The fields of a document and how their words are made: by Unicode's word rules (UAX 29), accents folded, in lower case, split at what stands inside a
 * word (so that {@code example.org}, {@code annual_report.pdf} and {@code O'Brien} are found by their parts); in running text reduced to their stem by
 * Porter's algorithm. Words such as "the" are kept, so that they count in phrases.
 */
final class Fields {

    static final String ID = "id";
    static final String VERSION = "version";
    static final String REFERENCE = "reference";
    static final String CHANNEL = "channel";
    static final String CATEGORY = "category";
    static final String RECEIVED = "received";
    /** There only where no person wrote it. */
    static final String AUTOMATIC = "automatic";

    static final String SUBJECT = "subject";
    static final String TEXT = "text";
    static final String NAMES = "names";
    static final String IDENTIFIERS = "identifiers";
    static final String ATTACHMENTS = "attachments";

    /** Between two values of a field, so that no phrase runs from one into the next. */
    private static final int VALUES_GAP = 100;

    static final Analyzer STEMMED = new Chain(true);
    static final Analyzer PLAIN = new Chain(false);
    static final Analyzer ANALYZER = new PerFieldAnalyzerWrapper(PLAIN, Map.of(SUBJECT, STEMMED, TEXT, STEMMED));

    private Fields() {}

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
