package org.postbag.receiving;

import java.io.Closeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sources of some connectors once more: what lies there of a span of days, also what was taken already. By a connection of its own; nothing at the
 * source is changed, and where its route goes on is not touched.
 */
public interface RereadSource {

    /** Whether it reads the sources of that connector. */
    boolean isOf(String connector);

    /** What of a route's source can be read again. */
    Extent extent(Map<String, String> settings);

    /**
     * Begins to read, from a place on that an earlier reading came to.
     *
     * @param place empty: from the beginning
     * @param look closes what is opened where it is given up
     * @throws Away if the source is away
     */
    Reading open(Span span, String place, SourceLook look) throws Away;

    /** What of a source can be read again, in words for whoever runs the route. */
    sealed interface Extent {

        /** @param first the earliest day of which anything is there; null where nobody knows */
        record Kept(String words, @Nullable LocalDate first) implements Extent {}

        /** @param words why, and what to do instead */
        record Nothing(String words) implements Extent {}
    }

    /**
     * Which items are meant.
     *
     * @param connector from which the route was made
     * @param settings of that connector; secrets as handles
     * @param first and {@code last}: days as the source dates its items
     */
    record Span(String route, String connector, Map<String, String> settings, LocalDate first, LocalDate last) {

        public Span {
            settings = Map.copyOf(settings);
        }

        public boolean holds(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }

        /** Empty where it isn't given: a connector can't leave a value empty, so it says {@code none}. */
        public Optional<String> setting(String name) {
            return given(settings, name);
        }
    }

    /** A setting; empty where it says {@code none}. */
    static Optional<String> given(Map<String, String> settings, String name) {
        return Optional.of(settings.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty() && !value.equals("none"));
    }

    /** A source that is being read. For one thread at a time. */
    interface Reading extends Closeable {

        /**
         * The next items.
         *
         * @param most how many, where the source lets that be chosen
         * @throws Away if the source is away: begin anew from the last piece's place
         */
        Piece next(int most) throws Away;

        /** The same items with all that a route would fetch of them, such as their pictures. */
        default List<Arrival> whole(List<Arrival> items) {
            return items;
        }
    }

    /**
     * Items as the route would hand them over.
     *
     * @param damaged how many items, or whole files, the source lists and doesn't give, or that can't be cut
     * @param place behind them; without personal data
     * @param last whether there are no more
     * @param nextAt when the source may be asked again at the earliest; null: at once
     */
    record Piece(
            List<Arrival> items,
            int damaged,
            String place,
            boolean last,
            @Nullable Instant nextAt) {

        public Piece {
            items = List.copyOf(items);
        }
    }

    /** The source doesn't give what it was asked for. Its message says why and what to do, and nothing that an item or the source says. */
    final class Away extends Exception {

        private static final long serialVersionUID = 1;

        public Away(String words, @Nullable Throwable cause) {
            super(words, cause);
        }
    }
}
