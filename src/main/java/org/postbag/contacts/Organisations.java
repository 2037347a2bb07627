package org.postbag.contacts;

import java.util.List;

/** Who is at which organisation, as staff said: a caseworker in a representative's office. It ties no items and moves no dates. */
public interface Organisations {

    int SHOWN_MAX = 100;

    /** The organisations, as they are shown, at which the contact is, or any that is merged into it. */
    List<Contact> of(long contactId);

    /** The people, as they are shown, who are at the organisation, at most {@link #SHOWN_MAX}. */
    List<Contact> people(long organisationId);

    /** Says that a person is at an organisation, in place of where they were. */
    Placing put(long contactId, long organisationId, String actor);

    /** Says that a person, whichever of those that are one with the contact, is no longer at the organisation; false where they were not. */
    boolean remove(long contactId, long organisationId, String actor);

    enum Placing {
        DONE,
        /** They were there already. */
        NOTHING_TO_DO,
        NOT_AN_ORGANISATION,
        /** The two are one contact. */
        ITSELF,
        /** One of them is gone, or is shown as another since. */
        GONE
    }
}
