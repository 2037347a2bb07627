package org.postbag.enquiries.location;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Postcode;

/** Where an enquiry comes from, and how that is known. */
public sealed interface Location {

    /** Nobody said. */
    record Unknown() implements Location {}

    /** A member of staff said so. */
    record SetByStaff(LocalAuthority authority, String by) implements Location {}

    /**
     * From the postcode that the sender gave.
     *
     * @param authorities in which it lies: none where the directory hasn't got it, several where it lies across a boundary
     * @param ended year and month in which it went out of use, or null
     * @param directory whether there is a directory at all
     */
    record FromPostcode(
            Postcode postcode,
            List<LocalAuthority> authorities,
            @Nullable String ended,
            boolean directory) implements Location {

        public FromPostcode {
            authorities = List.copyOf(authorities);
        }
    }
}
