package org.postbag.receiving.exports;

import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Field;

/**
 * A row of an export with what tells it from others.
 *
 * @param number from 1 for the first row after the header
 * @param place how many rows before it in the same export are equal to it; 0 where the row has an id of its own
 */
public record RowItem(int number, int place, ExportRow row) {

    /** The item that it is, in whichever way the export comes: so the same row is known again. */
    public Arrival arrival(String route, Profile profile, @Nullable String sourceFile) {
        var id = id(profile);
        return Identity.row(
                profile.channel(),
                route,
                direction(profile),
                // Two contact centres may count their calls alike, so the profile is part of what names a row.
                id.isEmpty() ? null : profile.name() + "\n" + id,
                place,
                profile.name(),
                sourceFile,
                number,
                row.json());
    }

    /** Whether the source gave it an id of its own. */
    boolean isNamed(Profile profile) {
        return !id(profile).isEmpty();
    }

    private String id(Profile profile) {
        if (!(row instanceof ExportRow.Whole whole)) {
            return "";
        }
        if (profile.source() != null) {
            // Another content under what names an entry is how it stands in another list.
            return profile.source().entry(profile, whole);
        }
        if (profile.channel() == Channel.TELEPHONE) {
            return profile.value(Field.CALL_ID, whole);
        }
        var id = profile.value(Field.MESSAGE_ID, whole);
        return id.isEmpty() ? "" : profile.platform(whole) + "\n" + id;
    }

    private Direction direction(Profile profile) {
        boolean outbound = row instanceof ExportRow.Whole whole && profile.isOutbound(whole);
        return outbound ? Direction.OUTBOUND : Direction.INBOUND;
    }
}
