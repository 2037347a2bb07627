package org.postbag.receiving;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a public list changed, in numbers: implemented by the module that keeps contacts. */
public interface ListFigures {

    /**
     * Of the list that a file is, or is a part of; empty where none of its rows was filed.
     *
     * @param sourceFile see {@link Receipt#sourceFile}
     */
    Optional<Figures> of(String profile, String sourceFile);

    /**
     * A list against those before it. Without personal data.
     *
     * @param day on which it was seen; files of one source and day are one list
     * @param before the day of the list before it, or null
     * @param fresh entries that no list had before
     * @param changed entries that say something else than when they were last seen
     * @param gone entries of the list before that it lacks
     * @param tied of the fresh ones, those of a contact that was known before
     * @param expected how many entries the list before has
     */
    record Figures(
            LocalDate day,
            @Nullable LocalDate before,
            int fresh,
            int changed,
            int unchanged,
            int gone,
            int tied,
            int expected) {

        private static final int GONE_MIN = 2;
        private static final int QUARTER = 4;

        public int entries() {
            return fresh + changed + unchanged;
        }

        /** Whether so much is missing that the list is more likely cut off than that so many left: a quarter, and more than one. */
        public boolean isPartial() {
            return gone >= GONE_MIN && gone * QUARTER >= expected;
        }
    }
}
