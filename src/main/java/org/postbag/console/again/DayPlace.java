package org.postbag.console.again;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a batch is in the raw store.
 *
 * @param day null: at the beginning
 * @param after in that day, up to this receipt
 */
record DayPlace(@Nullable LocalDate day, String after) {

    static DayPlace parse(String text) {
        var parts = text.split(" ", 2);
        return parts[0].isEmpty()
                ? new DayPlace(null, "")
                : new DayPlace(LocalDate.parse(parts[0]), parts.length == 2 ? parts[1] : "");
    }

    String text() {
        return day == null ? "" : day + " " + after;
    }
}
