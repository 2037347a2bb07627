package org.postbag.contacts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.retention.Category;
import org.postbag.staff.StaffMember;

/** Who wrote: read, and corrected by staff. Every change is recorded with what stood before and after, under the actor given. */
public interface Contacts {

    int NAME_LENGTH_MAX = 300;

    /** The contact, also where it is merged into another or erased. */
    Optional<Contact> byId(long id);

    /** Those of the ids that there are. */
    Map<Long, Contact> byIds(Collection<Long> ids);

    /**
     * For each of the ids the contact under which it is shown: itself, or the one that it is merged into. Ids that there are not are absent.
     */
    Map<Long, Contact> shown(Collection<Long> ids);

    /** Likewise for one. */
    default Optional<Contact> shownAs(long id) {
        return Optional.ofNullable(shown(List.of(id)).get(id));
    }

    /** What the contact and all that are merged into it are known by, in use first. It is not to be shown as it is: some may be sensitive. */
    List<IdentifierUse> identifiers(long contactId);

    /** Likewise as somebody may read it: without what is known from nothing but enquiries that are not for them. */
    default List<IdentifierUse> identifiers(long contactId, StaffMember reader) {
        return identifiersOf(List.of(contactId), reader).getOrDefault(contactId, List.of());
    }

    /** Likewise for many contacts; one without identifiers is absent. */
    Map<Long, List<IdentifierUse>> identifiersOf(Collection<Long> contactIds, StaffMember reader);

    /** Sets what staff know better; refused where someone else saved since {@code correction.version()} was read. */
    Corrected correct(Correction correction, String actor);

    /** Takes the name in the latest public list, else in the earliest item, again, where staff had set another. */
    Corrected useItemName(long contactId, int version, String actor);

    /**
     * The contact no longer uses the identifier: from now on it decides nothing for it. What was filed stays.
     *
     * @return false where it was not in use by the contact
     */
    boolean retire(long contactId, long identifierId, String actor);

    /**
     * The identifier is this contact's alone, as it is shown: for all others that use it, it is retired as by {@link #retire}.
     *
     * @return those for which it was, in order of id; none where this contact doesn't use it
     */
    List<Long> keepFor(long contactId, long identifierId, String actor);

    /** Undoes {@link #retire}; false where the use is not retired, or, for an email address or handle, another contact uses it now. */
    boolean useAgain(long contactId, long identifierId, String actor);

    /**
     * What staff typed.
     *
     * @param version the contact's when the page was made
     * @param name null leaves the contact's name as it is
     * @param organisation null or empty for none
     * @param sharedMailbox whether several people write from it
     * @param writersByStaff whether it is staff who say so, or that it is one
     */
    record Correction(
            long contactId,
            int version,
            Contact.Kind kind,
            Category category,
            @Nullable String name,
            @Nullable String organisation,
            boolean sharedMailbox,
            boolean writersByStaff) {}

    /** What became of a save. */
    sealed interface Corrected {

        record Saved(Contact contact) implements Corrected {}

        /** Someone else saved first, or the contact is merged or erased: nothing was changed. {@code current} is what stands, for showing beside what was typed. */
        record Refused(Contact current) implements Corrected {}

        /** There is no such contact. */
        record Unknown() implements Corrected {}
    }
}
