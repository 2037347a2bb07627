package org.postbag.search.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;
import org.postbag.search.Segment;
import org.postbag.search.language.Analysis;
import org.postbag.search.language.Clauses;
import org.postbag.search.language.Place;
import org.postbag.search.language.Words;

/**
 * Marks what was looked for in a text as PostgreSQL has it now, and picks the stretch of it that shows most. It reads the text with the analysis of
 * the index, whichever engine found it.
 */
public final class Marking {

    /** Length of a snippet, and how much of it comes before the first mark. */
    static final int SNIPPET_LENGTH_MAX = 260;

    private static final int BEFORE_FIRST_MARK = 60;

    /** What is looked through; a match after that shows the beginning of the text. */
    public static final int TEXT_LENGTH_MAX = 200_000;

    private static final String CUT = "\u2026";

    private final Query query;
    private final UnifiedHighlighter highlighter;

    private Marking(Query query) {
        this.query = query;
        this.highlighter = UnifiedHighlighter.builderWithoutSearcher(Analysis.ANALYZER)
                .withBreakIterator(WholeBreakIterator::new)
                .withFormatter(new Matches())
                .withMaxLength(TEXT_LENGTH_MAX)
                .withMaxNoHighlightPassages(0)
                .build();
    }

    /** @param loosely whether words that are spelt alike are marked too */
    public static Marking of(String words, boolean loosely) {
        return new Marking(LuceneQueries.of(Clauses.marked(Words.read(words).sought(), loosely)));
    }

    /** The whole of a short text. */
    public List<Segment> subject(String subject) {
        return segments(subject, 0, subject.length(), matches(Place.SUBJECT.field(), subject));
    }

    /** The beginning of a text, without marks. */
    public List<Segment> beginning(String text) {
        return stretch(text, 0, List.of());
    }

    /** The stretch of a text with the most of what was looked for; empty where nothing in it matches. */
    public Optional<List<Segment>> hit(String text) {
        var matches = matches(Place.TEXT.field(), text);
        return matches.isEmpty()
                ? Optional.empty()
                : Optional.of(stretch(text, Math.max(0, bestStart(matches) - BEFORE_FIRST_MARK), matches));
    }

    private record Match(int start, int end, String term) {}

    private List<Match> matches(String field, String text) {
        if (query instanceof MatchNoDocsQuery) {
            return List.of();
        }
        try {
            return highlighter.highlightWithoutSearcher(field, query, text, 1) instanceof List<?> found
                    ? found.stream()
                            .flatMap(m -> m instanceof Match match ? Stream.of(match) : Stream.empty())
                            .sorted(Comparator.comparingInt(Match::start))
                            .toList()
                    : List.of();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The start of the first window that holds the most different words. */
    private static int bestStart(List<Match> matches) {
        var within = new HashMap<String, Integer>();
        int best = 0;
        int start = matches.getFirst().start();
        int left = 0;
        for (var match : matches) {
            within.merge(match.term(), 1, Integer::sum);
            while (match.end() - matches.get(left).start() > SNIPPET_LENGTH_MAX - BEFORE_FIRST_MARK
                    && matches.get(left) != match) {
                within.computeIfPresent(matches.get(left).term(), (_, n) -> n == 1 ? null : n - 1);
                left++;
            }
            if (within.size() > best) {
                best = within.size();
                start = matches.get(left).start();
            }
        }
        return start;
    }

    private static List<Segment> stretch(String text, int from, List<Match> matches) {
        int start = from == 0 ? 0 : wordStart(text, from);
        int end = wordEnd(text, Math.min(text.length(), start + SNIPPET_LENGTH_MAX));
        var segments = new ArrayList<Segment>();
        if (start > 0) {
            segments.add(new Segment(CUT, false));
        }
        segments.addAll(segments(text, start, end, matches));
        if (end < text.length()) {
            segments.add(new Segment(CUT, false));
        }
        return segments;
    }

    private static List<Segment> segments(String text, int start, int end, List<Match> matches) {
        var segments = new ArrayList<Segment>();
        int done = start;
        for (var match : matches) {
            if (match.start() >= done && match.end() <= end) {
                add(segments, text.substring(done, match.start()), false);
                add(segments, text.substring(match.start(), match.end()), true);
                done = match.end();
            }
        }
        add(segments, text.substring(done, Math.max(done, end)), false);
        return segments;
    }

    /** Line breaks and runs of spaces are shown as one space. */
    private static void add(List<Segment> segments, String text, boolean marked) {
        var flat = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
        if (!flat.isEmpty()) {
            segments.add(new Segment(flat, marked));
        }
    }

    private static int wordStart(String text, int at) {
        for (int i = at; i > Math.max(0, at - BEFORE_FIRST_MARK); i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private static int wordEnd(String text, int at) {
        if (at == text.length()) {
            return at;
        }
        for (int i = at; i > at - BEFORE_FIRST_MARK; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    /** Hands on where the matches are, instead of a text with marks in it. */
    private static final class Matches extends PassageFormatter {

        @Override
        public List<Match> format(Passage[] passages, String content) {
            return Arrays.stream(passages).flatMap(Matches::matches).toList();
        }

        private static Stream<Match> matches(Passage passage) {
            var found = new ArrayList<Match>(passage.getNumMatches());
            for (int i = 0; i < passage.getNumMatches(); i++) {
                found.add(new Match(
                        passage.getMatchStarts()[i],
                        passage.getMatchEnds()[i],
                        passage.getMatchTerms()[i].utf8ToString()));
            }
            return found.stream();
        }
    }
}
