package org.postbag.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.search.language.Clause;
import org.postbag.search.language.Clauses;
import org.postbag.search.language.Words;

/**
 * What to find: words and filters.
 *
 * @param words as staff typed them, without control characters and cut at {@link #WORDS_LENGTH_MAX}; empty finds everything
 * @param filters any of these values of each; nothing for all
 * @param since first day (UK) of receipt, inclusive, or null
 * @param until last day (UK) of receipt, inclusive, or null
 * @param size how many hits a page holds, from 1 to {@link #SIZE_MAX}
 * @param withoutAutomatic whether what no person wrote to us alone is left out: answers and reports of programs, lists, probable spam
 * @param loosely whether words that are spelt alike are found too
 * @param reader for whom: each answer and each count is of what they may find. It isn't kept with a question, but set when one is answered
 * @param after where the page before ended, or null for the first page
 */
public record Query(
        String words,
        Map<Facet, Set<String>> filters,
        @Nullable LocalDate since,
        @Nullable LocalDate until,
        Order order,
        int size,
        @Nullable After after,
        boolean withoutAutomatic,
        boolean loosely,
        Reader reader) {

    public static final int SIZE_DEFAULT = 20;
    public static final int SIZE_MAX = 200;
    public static final int WORDS_LENGTH_MAX = 10_000;
    public static final int VALUES_MAX = 50;

    /** Marks name orders by their places: a new one comes last. */
    public enum Order {
        NEWEST,
        BEST,
        OLDEST,
        /** From A to Z; of equal ones the newest first, and last those without. */
        SUBJECT,
        /** Likewise by the name of the contact. */
        CONTACT;

        /** Whether it goes by when enquiries came, which never changes. */
        public boolean isByTime() {
            return this == NEWEST || this == OLDEST;
        }

        /** Whether it goes by a text, which documents hold in a field of its own. */
        public boolean isByText() {
            return this == SUBJECT || this == CONTACT;
        }

        /** The name of that field. */
        public String field() {
            return "by_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException where size or the number of a filter's values is out of bounds, or {@code after} is of the other order */
    public Query {
        if (size < 1 || size > SIZE_MAX) {
            throw new IllegalArgumentException("size is from 1 to " + SIZE_MAX);
        }
        if (filters.values().stream().anyMatch(values -> values.size() > VALUES_MAX)) {
            throw new IllegalArgumentException("A filter has at most " + VALUES_MAX + " values");
        }
        if (after != null && after.order() != order) {
            throw new IllegalArgumentException("after comes from a search in another order");
        }
        reader = Objects.requireNonNullElse(reader, Reader.NOBODY); // a question kept by an older version has none
        words = clean(words);
        var chosen = new EnumMap<Facet, Set<String>>(Facet.class);
        filters.forEach((facet, values) -> {
            if (!values.isEmpty()) {
                chosen.put(facet, Set.copyOf(values));
            }
        });
        filters = Collections.unmodifiableMap(chosen);
    }

    /** Words alone, the best first; without words the newest first. */
    public static Query of(String words) {
        return new Query(
                words,
                Map.of(),
                null,
                null,
                words.isBlank() ? Order.NEWEST : Order.BEST,
                SIZE_DEFAULT,
                null,
                false,
                false,
                Reader.NOBODY);
    }

    /** The same question, from where another page ended. */
    public Query withAfter(@Nullable After page) {
        return new Query(words, filters, since, until, order, size, page, withoutAutomatic, loosely, reader);
    }

    /** The same question, with words that are spelt alike. */
    public Query asLoosely() {
        return new Query(words, filters, since, until, order, size, after, withoutAutomatic, true, reader);
    }

    public Query leavingOutAutomatic(boolean leaveOut) {
        return new Query(words, filters, since, until, order, size, after, leaveOut, loosely, reader);
    }

    /** With this filter instead of any on the same. */
    public Query in(Facet facet, String... values) {
        var others = new EnumMap<Facet, Set<String>>(Facet.class);
        others.putAll(filters);
        others.put(facet, Set.of(values));
        return new Query(words, others, since, until, order, size, null, withoutAutomatic, loosely, reader);
    }

    /** Received on these days of the United Kingdom, both inclusive. */
    public Query received(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new Query(words, filters, first, last, order, size, null, withoutAutomatic, loosely, reader);
    }

    public Query withOrder(Order other) {
        return new Query(words, filters, since, until, other, size, null, withoutAutomatic, loosely, reader);
    }

    public Query withSize(int hits) {
        return new Query(words, filters, since, until, order, hits, after, withoutAutomatic, loosely, reader);
    }

    /** The same question, asked by somebody. */
    public Query by(Reader other) {
        return new Query(words, filters, since, until, order, size, after, withoutAutomatic, loosely, other);
    }

    /** All of it that an engine is asked but the facets' filters, since each facet is counted under those of the others. */
    public Clause clause() {
        var all = new ArrayList<Clause>();
        all.add(Clauses.of(Words.read(words).sought(), loosely, reader.memberId()));
        if (since != null || until != null) {
            all.add(Clauses.received(since, until));
        }
        var without = reader.withheld();
        if (withoutAutomatic) {
            without.add(new Clause.Is(Facet.AUTOMATIC.code(), Facet.YES));
        }
        return all.size() == 1 && without.isEmpty() ? all.getFirst() : new Clause.Every(all, without);
    }

    /** Neither PostgreSQL's JSON nor an engine takes NULs and halves of characters, and nobody looks for them. */
    private static String clean(String typed) {
        var text = new StringBuilder(Math.min(typed.length(), WORDS_LENGTH_MAX));
        typed.codePoints()
                .limit(WORDS_LENGTH_MAX)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .forEach(text::appendCodePoint);
        return text.toString().strip();
    }
}
