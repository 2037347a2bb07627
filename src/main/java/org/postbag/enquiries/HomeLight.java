package org.postbag.enquiries;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.StaffMember;

/** A light on the first page that a module above tells of: whether a part of Postbag does what it should. */
public interface HomeLight {

    /**
     * As it is now.
     *
     * @param name of the part
     * @param good whether all is well: else everybody is told
     * @param state in two or three words
     * @param detail a sentence or two, without personal data
     * @param path where more is said; null where this member may not see it
     * @param planned of what isn't well, whether staff wanted it so
     */
    record Shown(
            String name,
            boolean good,
            String state,
            String detail,
            @Nullable String path,
            boolean planned) {

        public Shown(String name, boolean good, String state, String detail, @Nullable String path) {
            this(name, good, state, detail, path, false);
        }
    }

    /** Empty where it isn't known yet. */
    Optional<Shown> shown(StaffMember member);
}
