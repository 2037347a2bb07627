package org.postbag.search.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Facet;
import org.postbag.search.Found;
import org.postbag.search.Results;
import org.postbag.search.Segment;

/**
 * @param after give this back for the next page; null where this is the last
 * @param loosely whether nothing has the words as typed, and what has words spelt alike is told instead
 * @param notes what of the query was not understood as it may have been meant
 * @param complete false while the index is built anew after a loss: there may be more
 */
record SearchAnswer(
        long total,
        List<Hit> hits,
        Map<String, Map<String, Long>> facets,
        @Nullable String after,
        boolean complete,
        boolean loosely,
        List<String> notes) {

    /**
     * @param sensitive whether it is, and not for whoever asks: it was asked for by its reference alone, and only that and its id are there
     * @param marks what was looked for within the snippet
     * @param snippetFile the name of the file that the snippet is of, or null
     */
    record Hit(
            String reference,
            long id,
            boolean sensitive,
            @Nullable String channel,
            @Nullable String direction,
            @Nullable String subject,
            @Nullable String snippet,
            List<Mark> marks,
            @Nullable String snippetFile,
            @Nullable Instant receivedAt,
            @Nullable LocalDate keptUntil,
            @Nullable ContactName contact) {}

    /** Offsets in characters as JavaScript and Java count them, {@code end} not included. */
    record Mark(int start, int end) {}

    record ContactName(long id, @Nullable String name) {}

    static SearchAnswer of(Results results) {
        var after = results.after();
        return new SearchAnswer(
                results.total(),
                Stream.concat(
                                results.withheld().stream().map(SearchAnswer::hit),
                                results.found().stream().map(SearchAnswer::hit))
                        .toList(),
                byCode(results.facets()),
                after == null ? null : after.toString(),
                results.complete(),
                results.loosely(),
                results.notes());
    }

    private static Map<String, Map<String, Long>> byCode(Map<Facet, Map<String, Long>> facets) {
        var byCode = new LinkedHashMap<String, Map<String, Long>>();
        facets.forEach((facet, counts) -> byCode.put(facet.code(), counts));
        return byCode;
    }

    private static Hit hit(Results.Withheld withheld) {
        return new Hit(
                withheld.reference().value(),
                withheld.enquiryId(),
                true,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static Hit hit(Found found) {
        return new Hit(
                found.reference().value(),
                found.enquiryId(),
                false,
                found.channel().code(),
                found.direction().code(),
                found.subject().isEmpty() ? null : Segment.plain(found.subject()),
                Segment.plain(found.snippet()),
                marks(found.snippet()),
                found.snippetFile(),
                found.receivedAt(),
                found.keptUntil(),
                new ContactName(found.contactId(), found.contactName()));
    }

    private static List<Mark> marks(List<Segment> segments) {
        var marks = new ArrayList<Mark>();
        int at = 0;
        for (var segment : segments) {
            int end = at + segment.text().length();
            if (segment.marked()) {
                marks.add(new Mark(at, end));
            }
            at = end;
        }
        return marks;
    }
}
