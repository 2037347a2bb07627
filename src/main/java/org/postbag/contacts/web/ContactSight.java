package org.postbag.contacts.web;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Reviews.Review;
import org.postbag.staff.CurrentStaff;
import org.springframework.stereotype.Component;

/** Which contacts the member of staff who looks may know of: not those who wrote nothing but what is sensitive and for others. */
@Component
class ContactSight {

    private final ContactPanel panel;
    private final Contacts contacts;
    private final CurrentStaff staff;

    ContactSight(ContactPanel panel, Contacts contacts, CurrentStaff staff) {
        this.panel = panel;
        this.contacts = contacts;
        this.staff = staff;
    }

    Set<Long> hidden(Collection<Long> contactIds) {
        return panel.hiddenContacts(contactIds, staff.member());
    }

    boolean mayRead(Collection<Long> contactIds) {
        return hidden(contactIds).isEmpty();
    }

    /** Likewise of the contacts as which they are shown. */
    boolean mayReadAsShown(Collection<Long> contactIds) {
        return mayRead(contacts.shown(contactIds).values().stream()
                .map(Contact::id)
                .distinct()
                .toList());
    }

    List<Contact> readable(List<Contact> found) {
        var hidden = hidden(found.stream().map(Contact::id).toList());
        return found.stream().filter(one -> !hidden.contains(one.id())).toList();
    }

    /** Whether every contact that it concerns, and, where something claimed is the matter, an enquiry that claims it, may be known. */
    boolean mayRead(Review review) {
        var claimed = review.claimedIn();
        return mayRead(review.contacts().stream().map(Contact::id).toList())
                && (claimed.isEmpty() || panel.hidden(claimed, staff.member()).size() < claimed.size());
    }
}
