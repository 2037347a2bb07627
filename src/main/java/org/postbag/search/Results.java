package org.postbag.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Reference;

/**
 * A page of what was found.
 *
 * @param query what was asked
 * @param total how many there are in all
 * @param withheld what was asked for by its reference alone and is sensitive and not for whoever asks: counted in the total, in no facet
 * @param facets see {@link Hits#facets}
 * @param after where this page ends; null where it is the last
 * @param complete false while the index is built anew after a loss: there may be more than is shown
 * @param loosely whether nothing has the words as they were typed, and what has words spelt alike is shown instead
 * @param notes what of the question was not understood as it may have been meant, in words for people
 */
public record Results(
        Query query,
        long total,
        List<Found> found,
        List<Withheld> withheld,
        Map<Facet, Map<String, Long>> facets,
        @Nullable After after,
        boolean complete,
        boolean loosely,
        List<String> notes) {

    /** All that is shown of it, beside that it is sensitive. */
    public record Withheld(long enquiryId, Reference reference) {}
}
