package org.postbag.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the index found: enquiries' ids and nothing else, in order. What is shown is read from PostgreSQL.
 *
 * @param total how many there are in all, on this page, before and after it
 * @param enquiryIds this page's, at most the query's size
 * @param facets to value to count, of all facets. A facet's counts leave its own filter out, so that they tell what choosing another value would find
 * @param after where this page ends; null where it is the last
 */
public record Hits(
        long total,
        List<Long> enquiryIds,
        Map<Facet, Map<String, Long>> facets,
        @Nullable After after) {}
