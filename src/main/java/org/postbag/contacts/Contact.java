package org.postbag.contacts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.matching.WrittenNames;
import org.postbag.retention.Category;
import org.postbag.retention.LastContact;
import org.postbag.retention.RetentionRule;

/**
 * A person or an organisation.
 *
 * @param name as shown: what staff set, else {@code itemName}; null where no one gave one, or it was erased
 * @param nameByStaff whether staff set the name
 * @param itemName the name in the earliest item that has one; one that was only claimed, as on a form, counts only in the item that made the contact
 * @param identified false where no identifier came with its item, such as a withheld call
 * @param source a channel's code, or the public source it came from (duty D2)
 * @param sharedMailbox several people write from it: each thread has its own clock
 * @param writersByStaff whether staff said who writes, so that names no longer tell
 * @param atOrganisation the contact of the organisation that the person is at, as staff said, or null
 * @param mergedInto the contact under which this one is shown, or null: see {@link Merging}
 * @param erasedAt when its personal data was removed, or null
 * @param version goes up with each save by staff, and when it is merged or is one of its own again
 * @param family what holds of all that are one with it: until when it is kept follows from that
 */
public record Contact(
        long id,
        Kind kind,
        Category category,
        @Nullable String name,
        boolean nameByStaff,
        @Nullable String itemName,
        @Nullable String organisation,
        boolean identified,
        String source,
        boolean sharedMailbox,
        boolean writersByStaff,
        @Nullable Long atOrganisation,
        @Nullable Long mergedInto,
        @Nullable Instant erasedAt,
        int version,
        Family family) {

    public static final String NOT_IDENTIFIED = "Not identified";
    public static final String NO_NAME = "No name given";
    public static final String REMOVED = "Personal data removed";

    public enum Kind {
        PERSON("person", "Person"),
        ORGANISATION("organisation", "Organisation");

        private final String code;
        private final String label;

        Kind(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        public static Kind of(String code) {
            return code.equals("organisation") ? ORGANISATION : PERSON;
        }
    }

    /** Whether it is a mailbox of several people, and so none of them. */
    public boolean isMailboxOfSeveral() {
        return sharedMailbox && kind == Kind.PERSON;
    }

    /** What to call the contact where it has no name. Never empty. */
    public String shownName() {
        if (name != null) {
            return name;
        }
        if (erasedAt != null) {
            return REMOVED;
        }
        return identified ? NO_NAME : NOT_IDENTIFIED;
    }

    /** Whether the names under which its mails were written are of several people, where staff have not said who writes. */
    public boolean seemsOfSeveral(List<String> writtenNames) {
        return !writersByStaff && WrittenNames.severalPeople(writtenNames);
    }

    /** The clock of all that are one with it. */
    public LastContact lastContact() {
        return family.clock();
    }

    public @Nullable Instant lastContactAt() {
        return family.clock().wroteAt();
    }

    public @Nullable Instant lastSeenAt() {
        return family.clock().seenAt();
    }

    public Instant createdAt() {
        return family.clock().knownSince();
    }

    /** The retention rule that holds now: of all that are one with it, the one that ends first. */
    public RetentionRule rule() {
        return family.rule(family.clock());
    }

    /** The last day on which what is known of the contact itself is kept. Its enquiries' dates are their own where {@link #clockPerThread}. */
    public LocalDate keptUntil() {
        return rule().keptUntil(lastContact());
    }

    /** Organisations and shared mailboxes: a busy office doesn't keep others' enquiries, so each thread has a clock of its own. */
    public boolean clockPerThread() {
        return family.clockPerThread();
    }
}
