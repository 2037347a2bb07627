package org.postbag.normalising;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.PublicSource;
import org.postbag.retention.Category;

/**
 * What a public list says of somebody. It is nobody's enquiry.
 *
 * @param source the public source's name, as shown to people
 * @param seen the day on which the list was seen
 * @param name of the person, or of the organisation that the entry is
 * @param organisation that a person belongs to, or null
 * @param emailWritten as it stands in the list, null where there is no email address; {@code telephoneWritten} likewise
 * @param damaged what could not be read or was left out, in words without personal data
 */
public record ListEntry(
        String source,
        LocalDate seen,
        PublicSource.Kind kind,
        Category category,
        String name,
        @Nullable String organisation,
        @Nullable EmailAddress email,
        @Nullable String emailWritten,
        @Nullable Telephone telephone,
        @Nullable String telephoneWritten,
        @Nullable Handle handle,
        @Nullable RegisterNumber registerNumber,
        @Nullable String postcode,
        @Nullable String location,
        List<String> damaged)
        implements Reading {

    public ListEntry {
        damaged = List.copyOf(damaged);
    }
}
