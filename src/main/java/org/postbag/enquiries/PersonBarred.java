package org.postbag.enquiries;

import java.util.Optional;

/**
 * Whether nothing more of a person may be filed by staff's own decision: told by the modules that know (rights requests, once there are any). What
 * comes in by itself is filed all the same.
 */
public interface PersonBarred {

    /** Why, in words for staff, without personal data; empty where nothing bars it. */
    Optional<String> why(long contactId);
}
