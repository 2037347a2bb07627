package org.postbag.console.seeing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should look at.
 *
 * @param words what it is and what to do, without personal data
 * @param known whether the route is there to be looked at
 */
public record RouteAlarm(long id, Kind kind, String route, Instant since, String words, boolean known) {

    /** What it is about. */
    public enum Kind {
        QUIET("quiet", "Quiet", null),
        FAILING("failing", "Its source fails", null),
        QUARANTINE("quarantine", "Quarantine grows", new Mending("/quarantine", "See the items")),
        HELD("held", "An export is held", new Mending("/routes/profiles", "See the files")),
        NOT_RUNNING("not-running", "Does not run", null);

        private final String code;
        private final String label;
        private final @Nullable Mending mending;

        Kind(String code, String label, @Nullable Mending mending) {
            this.code = code;
            this.label = label;
            this.mending = mending;
        }

        /** The word in the database, the API and the metrics. */
        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        /** Where it is mended; null where that is the route's own page. */
        public @Nullable Mending mending() {
            return mending;
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

    /** A page, and what a link to it says. */
    public record Mending(String path, String words) {}

    /** Tells it from the others on a page. */
    public String key() {
        return kind.code() + " " + route;
    }
}
