package org.postbag.search.language;

import java.util.List;

/**
 * What an engine is asked, in words of no engine's own: terms are as {@link Analysis} makes them, and everything that decides what is found, in which order
 * and what is marked is decided before. Each engine turns a clause into its own query, one kind into one kind.
 */
public sealed interface Clause {

    record Everything() implements Clause {}

    record Nothing() implements Clause {}

    /** Where a term stands. */
    record Term(Place place, String text) implements Clause {}

    /** Where terms stand one after the other; two or more. */
    record Phrase(Place place, List<String> terms) implements Clause {

        public Phrase {
            terms = List.copyOf(terms);
        }
    }

    /** Where a term begins so. All are worth the same. */
    record Beginning(Place place, String text) implements Clause {}

    /** Where a term is at most so many slips of the pen from this one, its first letter aside. */
    record Alike(Place place, String text, int edits) implements Clause {}

    /** The enquiry with a reference, without its dashes. */
    record OfReference(String text) implements Clause {}

    /** Enquiries whose references begin so, without dashes. All are worth the same. */
    record ReferenceBeginning(String text) implements Clause {}

    /** What has this value in a field that holds values and no words, such as a facet's; worth nothing beside words. */
    record Is(String field, String value) implements Clause {}

    /** What was received from a moment on and up to another, both inclusive, in milliseconds since 1970; worth nothing beside words. */
    record Received(long from, long to) implements Clause {}

    /** What is kept until a day from one on and up to another, both inclusive, in days since 1970; worth nothing beside words. */
    record KeptUntil(long from, long to) implements Clause {}

    record Weighted(Clause clause, float weight) implements Clause {}

    /** Any of these, worth as much as the best of them, and so large a share of each of the others. */
    record Best(List<Clause> of, float others) implements Clause {

        public Best {
            of = List.copyOf(of);
        }
    }

    /** All of these, worth as much as they are together, and none of those. */
    record Every(List<Clause> of, List<Clause> without) implements Clause {

        public Every {
            of = List.copyOf(of);
            without = List.copyOf(without);
        }
    }
}
