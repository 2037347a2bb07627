package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.IdentifierKind;
import org.postbag.contacts.IdentifierUse;
import org.postbag.contacts.PublicLists;
import org.postbag.contacts.web.SideBySide.Fact;
import org.postbag.contacts.web.SideBySide.Side;
import org.postbag.contacts.web.SideBySide.Value;
import org.postbag.receiving.Channel;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what is known of a contact for the table in which two stand side by side. */
@Component
class ContactSides {

    private static final int CLAIMS_MAX = 40;
    private static final int VALUES_MAX = 12;

    private final Contacts contacts;
    private final ContactPanel panel;
    private final PublicLists lists;
    private final StaffTexts texts;
    private final CurrentStaff staff;
    private final JdbcClient jdbc;

    ContactSides(
            Contacts contacts,
            ContactPanel panel,
            PublicLists lists,
            StaffTexts texts,
            CurrentStaff staff,
            JdbcClient jdbc) {
        this.contacts = contacts;
        this.panel = panel;
        this.lists = lists;
        this.texts = texts;
        this.staff = staff;
        this.jdbc = jdbc;
    }

    Side of(Contact contact, long enquiries) {
        var uses = contacts.identifiers(contact.id(), staff.member());
        var claims = claims(contact.id());
        return new Side(
                names(contact, claims.getOrDefault("name", List.of())),
                known(uses, IdentifierKind.EMAIL, claims.getOrDefault("email", List.of())),
                known(uses, IdentifierKind.TELEPHONE, claims.getOrDefault("telephone", List.of())),
                known(uses, IdentifierKind.HANDLE, claims.getOrDefault("handle", List.of())),
                known(uses, IdentifierKind.POSTAL, List.of()),
                distinct(Stream.concat(
                        Stream.ofNullable(contact.organisation()).map(Value::of),
                        claims.getOrDefault("organisation", List.of()).stream())),
                claims.getOrDefault("postcode", List.of()),
                claims.getOrDefault("location", List.of()),
                facts(contact, enquiries));
    }

    private List<Value> names(Contact contact, List<Value> claimed) {
        var used = Stream.concat(
                Stream.ofNullable(contact.name()).map(Value::of),
                panel.names(contact.id(), staff.member()).stream().map(Value::of));
        return distinct(Stream.concat(used, claimed.stream()));
    }

    /** What it uses first, then what it only claimed. */
    private List<Value> known(List<IdentifierUse> uses, IdentifierKind kind, List<Value> claimed) {
        var known = uses.stream()
                .filter(use -> use.identifier().kind() == kind)
                .map(use -> new Value(
                        use.shown(), SideBySide.folded(use.identifier().value()), note(use), false));
        return distinct(Stream.concat(known, claimed.stream()));
    }

    private String note(IdentifierUse use) {
        var notes = new ArrayList<String>();
        switch (use.state()) {
            case SOLE -> {}
            case SHARED -> notes.add(texts.say("pair.note.shared"));
            case OF_SEVERAL -> notes.add(texts.say("pair.note.of-several"));
            case RETIRED -> notes.add(texts.say("pair.note.retired"));
        }
        if (!use.source().contains(":")) {
            notes.add(texts.say("pair.note.from", use.source()));
        }
        return String.join(", ", notes);
    }

    private static List<Value> distinct(Stream<Value> values) {
        var found = new LinkedHashMap<String, Value>();
        values.forEach(value -> found.putIfAbsent(value.key(), value));
        return found.values().stream().limit(VALUES_MAX).toList();
    }

    private List<Fact> facts(Contact contact, long enquiries) {
        var entries = lists.ofContact(contact.id()).stream()
                .map(PublicLists.Entry::source)
                .distinct()
                .map(Value::of)
                .toList();
        return List.of(
                fact("contacts.kind", kind(contact)),
                fact("contacts.category", texts.label(contact.category())),
                new Fact(texts.say("public-lists.title"), entries),
                fact(
                        "contacts.first-from",
                        Channel.of(contact.source()).map(texts::label).orElse(contact.source())),
                fact("contacts.kept-until", UkTime.date(contact.keptUntil())),
                fact("pair.first-contact", UkTime.day(contact.createdAt())),
                fact("contacts.last-contact", UkTime.day(contact.lastContactAt())),
                fact("pair.enquiries", texts.say("contacts.enquiries", enquiries)));
    }

    private String kind(Contact contact) {
        return contact.isMailboxOfSeveral() ? texts.say("contacts.shared-mailbox") : texts.label(contact.kind());
    }

    /** @param label the key of its text */
    private Fact fact(String label, String text) {
        return new Fact(texts.say(label), text.isEmpty() ? List.of() : List.of(Value.of(text)));
    }

    /** What its enquiries claim and staff have not dismissed, by kind. */
    private Map<String, List<Value>> claims(long contactId) {
        var said = said(contactId);
        var hidden = panel.hidden(said.stream().map(Said::enquiryId).toList(), staff.member());
        var found = new LinkedHashMap<String, List<Value>>();
        said.stream()
                .filter(one -> !hidden.contains(one.enquiryId()))
                .forEach(one -> found.computeIfAbsent(one.kind(), kind -> new ArrayList<>())
                        .add(one.value()));
        found.replaceAll((kind, values) -> distinct(values.stream()));
        return found;
    }

    private record Said(long enquiryId, String kind, Value value) {}

    private List<Said> said(long contactId) {
        return jdbc.sql("""
                        select c.enquiry_id, c.kind, c.value, c.state = 'confirmed' as confirmed, i.value as identifier
                        from enquiry e join claim c on c.enquiry_id = e.id left join identifier i on i.id = c.identifier_id
                        where e.contact_id in (select id from contact where id = :contact or merged_into = :contact) and c.state <> 'dismissed'
                        order by e.received_at desc, c.id limit :limit
                        """)
                .param("contact", contactId)
                .param("limit", CLAIMS_MAX)
                .query((row, _) -> {
                    boolean confirmed = row.getBoolean("confirmed");
                    var claimed = ClaimedValue.of(row.getString("kind"), row.getString("value"));
                    var key = Objects.requireNonNullElse(row.getString("identifier"), claimed.key());
                    return new Said(
                            row.getLong("enquiry_id"),
                            row.getString("kind"),
                            new Value(
                                    claimed.shown(),
                                    SideBySide.folded(key),
                                    confirmed ? texts.say("pair.note.confirmed") : "",
                                    !confirmed));
                })
                .list();
    }
}
