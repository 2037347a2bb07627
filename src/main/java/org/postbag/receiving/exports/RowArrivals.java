package org.postbag.receiving.exports;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.ExportRow.Fault;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Field;
import org.postbag.receiving.PublicSource;
import org.postbag.receiving.exports.RowCutter.CutRow;

/** Makes the rows of one export into items. One instance an export: it counts equal rows, and knows which entries a list has. */
final class RowArrivals {

    private final String route;
    private final Profile profile;
    private final String sourceFile;
    private final @Nullable LocalDate seen;
    private final Map<String, Integer> equalRows = new HashMap<>();
    private final Map<String, String> entries = new HashMap<>();

    /** @param seen the day on which a public list was seen where its rows don't say it: see {@link ListDay}; null on other channels */
    RowArrivals(String route, Profile profile, String sourceFile, @Nullable LocalDate seen) {
        this.route = route;
        this.profile = profile;
        this.sourceFile = sourceFile;
        this.seen = seen;
    }

    Arrival arrival(CutRow cut) {
        return item(cut).arrival(route, profile, sourceFile);
    }

    RowItem item(CutRow cut) {
        var row = profile.source() != null && cut.row() instanceof ExportRow.Whole whole
                ? entry(whole, profile.source())
                : cut.row();
        var item = new RowItem(cut.number(), 0, row);
        return item.isNamed(profile) ? item : new RowItem(cut.number(), place(row.json()), row);
    }

    /** An entry of a public list, with the day on which it was seen; damaged where the same list says something else of it. */
    private ExportRow entry(ExportRow.Whole row, PublicSource source) {
        var dated =
                new ExportRow.Whole(row.cells(), profile.value(Field.SEEN, row).isEmpty() ? seen : null);
        var digest = Digest.of(dated.json());
        var before = entries.putIfAbsent(source.entry(profile, dated), digest);
        return before == null || before.equals(digest) ? dated : twice(dated);
    }

    private static ExportRow twice(ExportRow.Whole row) {
        var text = new StringBuilder();
        row.cells()
                .forEach((column, cell) ->
                        text.append(column).append(": ").append(cell).append('\n'));
        return new ExportRow.Damaged(
                Fault.ENTRY_TWICE, row.cells().size(), row.cells().size(), text.toString());
    }

    /** A row without an id is told from its equals by how many came before it. */
    private int place(byte[] content) {
        return equalRows.merge(Digest.of(content), 1, Integer::sum) - 1;
    }
}
