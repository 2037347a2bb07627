package org.postbag.contacts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ListFigures.Figures;

/** The lists of public sources that were taken, what each changed, and where a contact stands in them. */
public interface PublicLists {

    /** The latest day first, without personal data. */
    List<Taken> taken(int offset, int limit);

    Optional<Taken> list(String profile, LocalDate day);

    /** The latest list that a profile read, and what is still to be done of it. */
    Report latest(String profile);

    /**
     * The list that a file is, or is a part of; where none of its rows is in a list, the latest.
     *
     * @param sourceFile see {@code Receipt}
     */
    Report ofFile(String profile, String sourceFile);

    /** How many pairs of contacts wait for review of which one stands in a list. */
    long forReview(String profile, LocalDate day);

    /**
     * How taking in a list went.
     *
     * @param list null where none is filed yet
     * @param rows of the file that was asked for, those that are filed or refused by now; 0 for none
     * @param refused rows of it that nothing could be made of
     * @param forReview pairs of contacts, of which one stands in it, that may be one person and that nobody has looked at
     * @param waiting rows that aren't filed, and contacts that aren't compared yet, of this list or of any other
     */
    record Report(@Nullable Taken list, long rows, long forReview, Refused refused, long waiting) {}

    /** The rows of a list that went to quarantine. */
    Refused refused(String profile, LocalDate day);

    /**
     * Rows that went to quarantine.
     *
     * @param rows the first of them
     */
    record Refused(int count, List<RefusedRow> rows) {

        static final Refused NONE = new Refused(0, List.of());
    }

    /** @param reason without personal data */
    record RefusedRow(int row, String reason) {}

    /** What a list changed: first what says something else, then who is new, then who is missing; each by name. */
    List<Change> changes(String profile, LocalDate day, int offset, int limit);

    /** The contact's entries in lists, the latest seen first. */
    List<Entry> ofContact(long contactId);

    /** What lists say of a contact's addresses, by the identifier's id. */
    Map<Long, Given> addressesOf(long contactId);

    /**
     * A list: the files of one source that were seen on one day.
     *
     * @param profile the profile that reads it, which stands for the source in addresses of pages
     * @param takenAt when its first row was received
     */
    record Taken(String profile, String source, Instant takenAt, Figures figures) {}

    /** What became of an entry. */
    enum What {
        CHANGED,
        NEW,
        GONE
    }

    record FieldChange(
            ListedField field,
            @Nullable String before,
            @Nullable String after) {}

    /**
     * @param name as the list has it, or last had it
     * @param notes what could not be read of the entry
     * @param tied whether it is new, and its contact was known before
     * @param forReview whether its contact may be the same as another
     */
    record Change(
            long contactId,
            What what,
            String name,
            List<FieldChange> fields,
            List<String> notes,
            boolean tied,
            boolean forReview) {}

    /**
     * An entry as it was last seen.
     *
     * @param says what it says there, by field
     * @param goneOn the day of a later list that lacks it, or null
     * @param goneForSure whether that list is probably whole
     */
    record Entry(
            String profile,
            String source,
            LocalDate seen,
            Map<ListedField, String> says,
            @Nullable LocalDate goneOn,
            boolean goneForSure) {}

    /**
     * An address in lists.
     *
     * @param seen when it was last seen there
     * @param goneOn the day of the first list that lacks it, or its entry; null where none does
     */
    record Given(String source, LocalDate seen, @Nullable LocalDate goneOn) {}
}
