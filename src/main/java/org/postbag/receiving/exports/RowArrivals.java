package org.postbag.receiving.exports;

import java.util.HashMap;
import java.util.Map;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Field;
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
        var content = cut.row().json();
        var id = cut.row() instanceof ExportRow.Whole whole ? id(whole) : "";
        return Identity.row(
                profile.channel(),
                route,
                direction(cut.row()),
                // Two contact centres may count their calls alike, so the profile is part of what names a call.
                id.isEmpty() ? null : profile.name() + "\n" + id,
                id.isEmpty() ? place(content) : 0,
                profile.name(),
                sourceFile,
                cut.number(),
                content);
    }

    private String id(ExportRow.Whole row) {
        if (profile.channel() == Channel.TELEPHONE) {
            return profile.value(Field.CALL_ID, row);
        }
        var id = profile.value(Field.MESSAGE_ID, row);
        return id.isEmpty() ? "" : profile.platform(row) + "\n" + id;
    }

    private Direction direction(ExportRow row) {
        boolean outbound = row instanceof ExportRow.Whole whole && profile.isOutbound(whole);
        return outbound ? Direction.OUTBOUND : Direction.INBOUND;
    }

    /** A row without a call id is told from its equals by how many came before it. */
    private int place(byte[] content) {
        return equalRows.merge(Digest.of(content), 1, Integer::sum) - 1;
    }
}
