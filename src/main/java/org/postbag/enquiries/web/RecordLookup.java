package org.postbag.enquiries.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactLookup;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Identifier;
import org.postbag.contacts.IdentifierKind;
import org.postbag.contacts.IdentifierUse;
import org.postbag.normalising.Telephone;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Component;

/**
 * Who it may be, while a name or number is typed. Whoever answers calls sees no more than they need to tell callers apart: few contacts, and of what each is
 * known by only enough to recognise what the caller says. Each look stands in the trail.
 */
@Component
class RecordLookup {

    static final int SHOWN_MAX = 6;
    private static final int NAME_LETTERS_MIN = 3;
    private static final int KNOWN_BY_MAX = 3;
    private static final int DIGITS_SHOWN = 3;

    private final ContactLookup lookup;
    private final Contacts contacts;
    private final ContactPanel panel;
    private final AuditTrail trail;
    private final StaffTexts texts;

    RecordLookup(ContactLookup lookup, Contacts contacts, ContactPanel panel, AuditTrail trail, StaffTexts texts) {
        this.lookup = lookup;
        this.contacts = contacts;
        this.panel = panel;
        this.trail = trail;
        this.texts = texts;
    }

    /** @param knownBy what it is known by, not in full */
    record Line(long id, String name, @Nullable String organisation, List<String> knownBy) {}

    /**
     * @param asked whether enough was typed to look anyone up
     * @param more whether more were found than are shown
     * @param away whether the database doesn't answer: nobody was looked up
     */
    record Found(List<Line> lines, boolean asked, boolean more, boolean away) {

        static final Found NOTHING_ASKED = new Found(List.of(), false, false, false);
        static final Found AWAY = new Found(List.of(), true, false, true);
    }

    /** The contact that is chosen comes first, then those whom number and name both find, then those whom either does. */
    Found find(RecordForm form, StaffMember member) {
        boolean byNumber = Telephone.parse(form.telephone()).isPresent();
        boolean byName = form.name().codePoints().filter(Character::isLetter).count() >= NAME_LETTERS_MIN;
        var chosen = form.contactId();
        if (!byNumber && !byName && chosen == null) {
            return Found.NOTHING_ASKED;
        }
        List<Contact> ofNumber = byNumber ? lookup.find(form.telephone(), SHOWN_MAX + 1, member) : List.of();
        List<Contact> ofName = byName ? lookup.find(form.name(), SHOWN_MAX + 1, member) : List.of();
        var all = new LinkedHashMap<Long, Contact>();
        if (chosen != null) {
            contacts.byId(chosen)
                    .filter(one -> one.erasedAt() == null && one.mergedInto() == null)
                    .filter(one ->
                            panel.hiddenContacts(List.of(one.id()), member).isEmpty())
                    .ifPresent(one -> all.put(one.id(), one));
        }
        ofNumber.stream()
                .filter(one -> ofName.stream().anyMatch(other -> other.id() == one.id()))
                .forEach(one -> all.put(one.id(), one));
        Stream.concat(ofNumber.stream(), ofName.stream()).forEach(one -> all.putIfAbsent(one.id(), one));
        var shown = all.values().stream().limit(SHOWN_MAX).toList();
        record(shown, member.actor());
        var uses = contacts.identifiersOf(shown.stream().map(Contact::id).toList(), member);
        return new Found(
                shown.stream().map(contact -> line(contact, uses)).toList(), true, all.size() > SHOWN_MAX, false);
    }

    private void record(List<Contact> shown, String actor) {
        var ids = shown.stream().map(contact -> Long.toString(contact.id())).collect(Collectors.joining(" "));
        trail.record(new AuditEvent(
                actor,
                Action.SEARCHED,
                new Subject("contact-search", "by-hand"),
                "Contacts shown: " + (ids.isEmpty() ? "none" : ids)));
    }

    private Line line(Contact contact, Map<Long, List<IdentifierUse>> uses) {
        return new Line(
                contact.id(),
                contact.shownName(),
                contact.organisation(),
                uses.getOrDefault(contact.id(), List.of()).stream()
                        .filter(use -> use.state() != IdentifierUse.State.RETIRED)
                        .limit(KNOWN_BY_MAX)
                        .map(use -> hint(use.identifier(), texts))
                        .toList());
    }

    /** Enough to recognise what someone says, not enough to read it out to them. */
    static String hint(Identifier identifier, StaffTexts texts) {
        var value = identifier.value();
        int at = value.lastIndexOf('@');
        if (identifier.kind() == IdentifierKind.EMAIL && at > 0) {
            return value.substring(0, value.offsetByCodePoints(0, 1)) + "…" + value.substring(at);
        }
        if (identifier.kind() == IdentifierKind.TELEPHONE && value.length() > DIGITS_SHOWN) {
            return texts.say("record.known-by.number", value.substring(value.length() - DIGITS_SHOWN));
        }
        return texts.label(identifier.kind());
    }
}
