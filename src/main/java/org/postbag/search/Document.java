package org.postbag.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.retention.RetentionRule;
import org.postbag.search.language.Place;
import org.postbag.search.language.Written;

/**
 * An enquiry as it is searched.
 *
 * @param version drawn before its rows were read; a higher one is never overwritten by a lower
 * @param facets what it is counted and filtered by; those that follow from its days are set here
 * @param keptUntil last day on which it is kept; null for no end
 * @param viewers ids of the members who alone may find it, where it is sensitive; null where whoever may search may
 * @param text the whole body and what its files say, cut at a length the engine can hold
 * @param names of the contact, of the sender and as claimed
 * @param identifiers email addresses, telephone numbers in E.164 where they can be read as such, postcodes and handles: the contact's, the
 *     sender's and claimed ones
 * @param sorted what lists of it are sorted by, beside its time
 * @param writtenAt when its version was drawn; null where nobody tells. No part of what it says
 */
public record Document(
        long enquiryId,
        long version,
        String reference,
        Instant receivedAt,
        Map<Facet, String> facets,
        @Nullable LocalDate keptUntil,
        @Nullable Set<Long> viewers,
        @Nullable String subject,
        String text,
        List<String> names,
        List<String> identifiers,
        List<String> attachmentNames,
        Sorted sorted,
        @Nullable Instant writtenAt) {

    /**
     * @param subject without {@code Re:} and the like, so that answers stand beside what they answer
     * @param contact the name under which its contact is shown
     */
    public record Sorted(@Nullable String subject, @Nullable String contact) {

        public static final Sorted BY_NOTHING = new Sorted(null, null);
    }

    /** The field of who may find what is sensitive: {@link #NAMED} and their ids. */
    public static final String VIEWERS = "viewers";

    public static final String NAMED = "named";

    /** Raised when what documents say changes in any other way than by another field: indexes are built anew then. */
    private static final int FORM = 4;

    public Document {
        var values = new EnumMap<Facet, String>(Facet.class);
        values.putAll(facets);
        values.put(Facet.KEPT, keptUntil == null ? Facet.NO_END : Integer.toString(keptUntil.getYear()));
        values.put(
                Facet.MONTH,
                YearMonth.from(receivedAt.atZone(RetentionRule.ZONE)).toString());
        viewers = viewers == null ? null : Set.copyOf(viewers);
        facets = Collections.unmodifiableMap(values);
        names = List.copyOf(names);
        identifiers = List.copyOf(identifiers);
        attachmentNames = List.copyOf(attachmentNames);
    }

    /** Names what documents hold: an index whose documents were of another form is built anew. */
    public static String form() {
        return FORM + " " + Arrays.toString(Facet.values()) + " " + Arrays.toString(Place.values());
    }

    /** The day until which it is kept, in days since 1970; after any other where there is no end. */
    public long lastDay() {
        return keptUntil == null ? Long.MAX_VALUE : keptUntil.toEpochDay();
    }

    /** The values of {@link #VIEWERS}: none where it isn't sensitive. */
    public List<String> viewerValues() {
        return viewers == null
                ? List.of()
                : Stream.concat(Stream.of(NAMED), viewers.stream().sorted().map(String::valueOf))
                        .toList();
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

    /** What it is sorted by in each order that goes by a text: nothing that is typed or shown. */
    public Map<Query.Order, String> sortedBy() {
        var by = new EnumMap<Query.Order, String>(Query.Order.class);
        by.put(Query.Order.SUBJECT, Written.sorted(sorted.subject()));
        by.put(Query.Order.CONTACT, Written.sorted(sorted.contact()));
        return by;
    }

    /**
     * Tells what it says from what another version of it says: engines keep it, since they keep nothing else that could be compared. The version is no part of it, nor
     * is the order of names, identifiers and files.
     */
    public long checksum() {
        var said = new ArrayList<String>();
        said.add(reference);
        said.add(Long.toString(receivedAt.toEpochMilli()));
        facets.forEach((facet, value) -> said.add(facet.code() + "=" + value));
        said.add(Long.toString(lastDay()));
        said.add(String.join(" ", viewerValues()));
        said.add(subject == null ? "" : subject);
        said.add(text);
        said.add(Objects.requireNonNullElse(sorted.subject(), ""));
        said.add(Objects.requireNonNullElse(sorted.contact(), ""));
        Stream.of(names, identifiers, attachmentNames)
                .forEach(values ->
                        said.add(values.size() + values.stream().sorted().collect(Collectors.joining("\0", "\0", ""))));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : said) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                digest.update(bytes);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    Document withVersion(long other, @Nullable Instant at) {
        return new Document(
                enquiryId,
                other,
                reference,
                receivedAt,
                facets,
                keptUntil,
                viewers,
                subject,
                text,
                names,
                identifiers,
                attachmentNames,
                sorted,
                at);
    }

    /** The same, found by nothing but its reference and filters: for one whose content an engine will not take. */
    public Document withoutContent() {
        return new Document(
                enquiryId,
                version,
                reference,
                receivedAt,
                facets,
                keptUntil,
                viewers,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                Sorted.BY_NOTHING,
                writtenAt);
    }
}
