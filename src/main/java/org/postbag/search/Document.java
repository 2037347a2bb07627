package org.postbag.search;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.search.language.Place;
import org.postbag.search.language.Written;

/**
 * An enquiry as it is searched.
 *
 * @param version drawn before its rows were read, or 0 when they were read for a new generation; a higher one is never overwritten by a lower
 * @param facets what it is counted and filtered by
 * @param text the whole body and what its files say, cut at a length the engine can hold
 * @param names of the contact, of the sender and as claimed
 * @param identifiers email addresses, telephone numbers in E.164 where they can be read as such, postcodes and handles: the contact's, the
 *     sender's and claimed ones
 */
public record Document(
        long enquiryId,
        long version,
        String reference,
        Instant receivedAt,
        Map<Facet, String> facets,
        @Nullable String subject,
        String text,
        List<String> names,
        List<String> identifiers,
        List<String> attachmentNames) {

    public Document {
        var values = new EnumMap<Facet, String>(Facet.class);
        values.putAll(facets);
        facets = Collections.unmodifiableMap(values);
        names = List.copyOf(names);
        identifiers = List.copyOf(identifiers);
        attachmentNames = List.copyOf(attachmentNames);
    }

    /** What is looked for in each place, in every way in which it is looked for. Each engine indexes this and nothing else of the texts. */
    public Map<Place, List<String>> words() {
        var words = new EnumMap<Place, List<String>>(Place.class);
        words.put(Place.SUBJECT, subject == null ? List.of() : List.of(subject));
        words.put(Place.TEXT, List.of(text));
        words.put(Place.NAMES, Written.names(names));
        words.put(Place.IDENTIFIERS, Written.identifiers(identifiers));
        words.put(Place.POSTCODES, Written.postcodes(identifiers));
        words.put(Place.ATTACHMENTS, attachmentNames);
        return words;
    }

    Document withVersion(long other) {
        return new Document(
                enquiryId, other, reference, receivedAt, facets, subject, text, names, identifiers, attachmentNames);
    }

    /** The same, found by nothing but its reference and filters: for one whose content an engine will not take. */
    public Document withoutContent() {
        return new Document(
                enquiryId, version, reference, receivedAt, facets, null, "", List.of(), List.of(), List.of());
    }
}
