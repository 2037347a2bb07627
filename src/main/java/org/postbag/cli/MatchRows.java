package org.postbag.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postbag.contacts.matching.Matched.Doubtful;

/**
 * Some rows as they were written: the id, then the columns that are compared.
 *
 * @param cells by row, from 0, of the one list or the other behind it
 */
record MatchRows(Map<Integer, List<String>> cells) {

    /** Reads the lists once more, for the few rows that are shown. */
    static MatchRows of(MatchArguments asked, List<Doubtful> doubtful) throws UsageProblem {
        var cells = new HashMap<Integer, List<String>>();
        for (var one : doubtful) {
            cells.put(one.pair().one(), List.of());
            cells.put(one.pair().other(), List.of());
        }
        int[] row = {0};
        for (var list : asked.lists()) {
            list.rows(asked.places(list), (_, read) -> {
                cells.computeIfPresent(row[0], (_, _) -> List.copyOf(read));
                row[0]++;
            });
        }
        return new MatchRows(cells);
    }

    String cell(int row, int place) {
        var read = cells.getOrDefault(row, List.of());
        return place < read.size() ? read.get(place) : "";
    }
}
