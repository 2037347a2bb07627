package org.postbag.staff;

import org.jspecify.annotations.Nullable;

/**
 * Something about staff that the trail records. Published as an application event and recorded at once, in the transaction of the change; the trail
 * stands above this module, so this module can't call it.
 *
 * @param actor who did it: {@code staff:<username>} or {@code job:<name>}
 * @param staffId whom it is about: the id of the member of staff, or {@code unknown}
 * @param detail in words, without personal data
 * @param before what it was, which may be personal
 * @param after what it is now, which may be personal
 */
public record StaffEvent(
        String actor,
        Kind kind,
        String staffId,
        String detail,
        @Nullable String before,
        @Nullable String after) {

    public StaffEvent(String actor, Kind kind, String staffId, String detail) {
        this(actor, kind, staffId, detail, null, null);
    }

    /** What was done. */
    public enum Kind {
        SIGNED_IN,
        SIGN_IN_FAILED,
        SIGNED_OUT,
        REFUSED,
        CREATED,
        CORRECTED
    }
}
