package org.postbag.console.changing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One text of a changeable thing.
 *
 * @param number from 1, counted for each thing
 * @param text as it was written
 * @param author {@code staff:<username>} or {@code job:<name>}
 * @param reason why the author changes it
 * @param base the number of the version that the author started from, or null
 * @param approver who approved or refused it, or null
 * @param decisionReason what they said to it, or null
 * @param confirmBy until when a second person confirms an urgent change, or null
 * @param confirmedBy who did, or null
 */
public record Version(
        String kind,
        String name,
        int number,
        String text,
        State state,
        Origin origin,
        String author,
        Instant writtenAt,
        String reason,
        @Nullable Integer base,
        @Nullable String approver,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        boolean urgent,
        @Nullable LocalDate confirmBy,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt) {

    /** How a text came about. */
    public enum Origin {
        FORM("Form"),
        YAML("Text written by hand"),
        FILE("File"),
        ROLLBACK("Rolled back");

        private final String label;

        Origin(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Where a text stands; {@link Steps} says which comes after which. */
    public enum State {
        DRAFT("Draft"),
        CHECKED("Checked"),
        WAITING("Waiting for approval"),
        IN_FORCE("In force"),
        SUPERSEDED("Replaced"),
        REFUSED("Refused"),
        WITHDRAWN("Withdrawn"),
        RETIRED("Retired");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** As in the database and in the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
