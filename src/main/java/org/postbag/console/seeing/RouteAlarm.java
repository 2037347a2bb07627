package org.postbag.console.seeing;

import java.time.Instant;

/**
 * Something that somebody should look at.
 *
 * @param words what it is and what to do, without personal data
 * @param known whether the route is there to be looked at
 */
public record RouteAlarm(long id, Kind kind, String route, Instant since, String words, boolean known) {

    /** What it is about. */
    public enum Kind {
        QUIET("quiet", "Quiet"),
        FAILING("failing", "Its source fails"),
        QUARANTINE("quarantine", "Quarantine grows"),
        HELD("held", "An export is held"),
        NOT_RUNNING("not-running", "Does not run");

        private final String code;
        private final String label;

        Kind(String code, String label) {
            this.code = code;
            this.label = label;
        }

        /** The word in the database, the API and the metrics. */
        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        static Kind of(String code) {
            for (var kind : values()) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No alarm is called " + code);
        }
    }

    /** Tells it from the others on a page. */
    public String key() {
        return kind.code() + " " + route;
    }
}
