package org.postbag.enquiries;

import java.time.Instant;
import java.util.Optional;

/** When enquiries were last written to the search index: told by the module that keeps it. */
public interface IndexedTimes {

    /** Empty where it isn't there, or the index doesn't say so at once. */
    Optional<Instant> of(long enquiryId);
}
