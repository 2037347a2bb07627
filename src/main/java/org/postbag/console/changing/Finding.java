package org.postbag.console.changing;

import org.jspecify.annotations.Nullable;

/**
 * What a check found in a text.
 *
 * @param message what is wrong and what to do about it, in words for staff, without a secret
 * @param line from 1, or null where it is about the whole
 * @param column from 1, or null
 * @param stops whether a text with it can't be in force; else it is for whoever approves to know
 */
public record Finding(
        Stage stage,
        String message,
        @Nullable Integer line,
        @Nullable Integer column,
        boolean stops) {

    /** In the order of the checks. */
    public enum Stage {
        READING("Can it be read"),
        POLICY("Does it keep to what is allowed"),
        TRIAL("Would it start"),
        SAMPLES("What it makes of samples");

        private final String label;

        Stage(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** About the whole text. */
    public static Finding stop(Stage stage, String message) {
        return new Finding(stage, message, null, null, true);
    }

    public static Finding stop(Stage stage, String message, int line, int column) {
        return new Finding(stage, message, line, column, true);
    }

    /** That which doesn't stop it. */
    public static Finding note(Stage stage, String message) {
        return new Finding(stage, message, null, null, false);
    }
}
