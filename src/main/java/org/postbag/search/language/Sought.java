package org.postbag.search.language;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Telephone;

/** What is looked for, as a tree. {@link Words#read} makes it from what was typed; each engine has one class that turns it into its own query. */
public sealed interface Sought {

    /** Nothing in particular: every enquiry. */
    record Everything() implements Sought {}

    /**
     * A word in any form of it, anywhere.
     *
     * @param last whether it is the last that was typed, so that a name or an address may go on after it
     */
    record Word(String text, boolean last) implements Sought {}

    /** Words that start like this, such as {@code regist*}. */
    record Prefix(String text) implements Sought {}

    /** These words one after the other. */
    record Phrase(String text) implements Sought {}

    /** An enquiry's reference, in whatever way it was typed. */
    record Quoted(org.postbag.receiving.Reference reference) implements Sought {}

    /**
     * A telephone number, in whatever way it was typed or stands in a text.
     *
     * @param typed as it was typed
     */
    record Number(Telephone telephone, String typed) implements Sought {}

    /** An enquiry whose reference begins so, without dashes. */
    record Reference(String begins) implements Sought {}

    /** Words that stand in one of these places. */
    record Within(Set<Place> places, Sought what) implements Sought {

        public Within {
            places = Set.copyOf(places);
        }
    }

    /** What has this value of a facet, such as {@code channel} and {@code email}. */
    record Is(String facet, String value) implements Sought {}

    /** What was received on these days of the United Kingdom, both inclusive; null for no bound. */
    record Received(@Nullable LocalDate first, @Nullable LocalDate last) implements Sought {}

    /** What is kept until one of these days, both inclusive; null for no bound. What is kept without an end is kept until after any day. */
    record KeptUntil(@Nullable LocalDate first, @Nullable LocalDate last) implements Sought {}

    /** What is assigned to whoever asks. */
    record Mine() implements Sought {}

    record Not(Sought what) implements Sought {}

    /** All of these. Never empty. */
    record All(List<Sought> of) implements Sought {

        public All {
            of = List.copyOf(of);
        }
    }

    /** Any of these. Never empty. */
    record Any(List<Sought> of) implements Sought {

        public Any {
            of = List.copyOf(of);
        }
    }
}
