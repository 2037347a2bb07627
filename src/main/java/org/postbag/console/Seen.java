package org.postbag.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.console.NodeTable.Heard;
import org.postbag.console.StateTable.Row;
import org.postbag.console.StateTable.Run;

/**
 * What a node knew of what is wanted, and of the other nodes, at its last look.
 *
 * @param awaySince since when the database doesn't answer; null while it does
 */
record Seen(
        Map<String, Row> rows,
        Map<String, Run> runs,
        List<Heard> others,
        @Nullable Instant awaySince) {

    static final Seen NOTHING = new Seen(Map.of(), Map.of(), List.of(), null);

    Seen {
        rows = Map.copyOf(rows);
        runs = Map.copyOf(runs);
        others = List.copyOf(others);
    }

    Wanted wanted(String route) {
        var row = rows.get(route);
        return row == null ? Wanted.STARTED : row.wanted();
    }

    /** The database doesn't answer: what was known stays. */
    Seen away(Instant now) {
        return new Seen(rows, runs, others, awaySince == null ? now : awaySince);
    }

    List<Heard> of(String route) {
        return others.stream().filter(heard -> heard.route().equals(route)).toList();
    }
}
