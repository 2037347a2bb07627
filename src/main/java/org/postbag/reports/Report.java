package org.postbag.reports;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.Chart;
import org.postbag.figures.Period;
import org.postbag.figures.Table;

/** One report. Its figures hold no personal data. */
public interface Report {

    /** How its address names it, such as {@code volumes}, and the texts that say what it is called and what it tells. */
    String code();

    /** Whether it is of what is to come, so that no period is chosen. */
    default boolean looksAhead() {
        return false;
    }

    Counted counted(Period period);

    /** @param at as of when its figures are: what was changed later may not be in them yet */
    record Counted(Instant at, List<Part> parts) {}

    /**
     * A chart with its table.
     *
     * @param code how the address of its file names it
     * @param note what the figures don't show, or null
     */
    record Part(String code, String heading, @Nullable String note, Chart chart, Table table) {}
}
