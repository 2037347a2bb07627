package org.postbag.receiving.exports;

import java.util.HashMap;
import java.util.Map;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Profile;
import org.postbag.receiving.exports.RowCutter.CutRow;

/** Makes the rows of one export into items. One instance an export: it counts equal rows. */
final class RowArrivals {

    private final String route;
    private final Profile profile;
    private final String sourceFile;
    private final Map<String, Integer> equalRows = new HashMap<>();

    RowArrivals(String route, Profile profile, String sourceFile) {
        this.route = route;
        this.profile = profile;
        this.sourceFile = sourceFile;
    }

    Arrival arrival(CutRow cut) {
        return item(cut).arrival(route, profile, sourceFile);
    }

    RowItem item(CutRow cut) {
        var item = new RowItem(cut.number(), 0, cut.row());
        return item.isNamed(profile)
                ? item
                : new RowItem(cut.number(), place(cut.row().json()), cut.row());
    }

    /** A row without a call id is told from its equals by how many came before it. */
    private int place(byte[] content) {
        return equalRows.merge(Digest.of(content), 1, Integer::sum) - 1;
    }
}
