package org.postbag.contacts.web;

import java.util.Arrays;
import java.util.Optional;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Contacts.Correction;
import org.postbag.retention.Category;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;

/** What staff may change about a contact, each on a page of its own. */
enum ContactField {
    NAME("name"),
    ORGANISATION("organisation"),
    KIND("kind"),
    CATEGORY("category"),
    WRITERS("writers");

    static final String ONE = "one";
    static final String SEVERAL = "several";

    private final String code;

    ContactField(String code) {
        this.code = code;
    }

    /** The word in the page's address. */
    public String code() {
        return code;
    }

    /** Whether it is one of a list rather than typed. */
    public boolean isChosen() {
        return this == KIND || this == CATEGORY || this == WRITERS;
    }

    /** What the form sends for the contact as it stands; empty where there is nothing. */
    String of(Contact contact) {
        return switch (this) {
            case NAME -> Optional.ofNullable(contact.name()).orElse("");
            case ORGANISATION -> Optional.ofNullable(contact.organisation()).orElse("");
            case KIND -> contact.kind().code();
            case CATEGORY -> contact.category().code();
            case WRITERS -> contact.sharedMailbox() ? SEVERAL : ONE;
        };
    }

    /** Likewise, in words. */
    String words(String value, StaffTexts texts) {
        return switch (this) {
            case NAME, ORGANISATION -> value.isEmpty() ? texts.say("contact-change.nothing") : value;
            case KIND -> texts.label(Contact.Kind.of(value));
            case CATEGORY -> Category.of(value).map(texts::label).orElse(value);
            case WRITERS -> texts.say(value.equals(SEVERAL) ? "contacts.several-people" : "contacts.one-person");
        };
    }

    /** What is wrong with a value. */
    Optional<PageError> problem(String value, StaffTexts texts) {
        return switch (this) {
            case NAME -> value.isEmpty() ? wrong(texts.say("contact-change.wrong.name")) : textProblem(value, texts);
            case ORGANISATION -> textProblem(value, texts);
            case KIND ->
                Arrays.stream(Contact.Kind.values())
                                .anyMatch(kind -> kind.code().equals(value))
                        ? Optional.empty()
                        : wrong(texts.say("contact-change.wrong.kind"));
            case CATEGORY ->
                Category.ofContact(value).isPresent()
                        ? Optional.empty()
                        : wrong(texts.say("contact-change.wrong.category"));
            case WRITERS ->
                value.equals(ONE) || value.equals(SEVERAL)
                        ? Optional.empty()
                        : wrong(texts.say("contact-change.wrong.writers"));
        };
    }

    /** The contact as it was on the page, with this field changed; the value is sound. */
    Correction correction(Contact contact, int version, String value) {
        return new Correction(
                contact.id(),
                version,
                this == KIND ? Contact.Kind.of(value) : contact.kind(),
                this == CATEGORY ? Category.of(value).orElseThrow() : contact.category(),
                this == NAME ? value : null,
                this == ORGANISATION ? value : contact.organisation(),
                this == WRITERS ? value.equals(SEVERAL) : contact.sharedMailbox(),
                this == WRITERS || contact.writersByStaff());
    }

    /** Puts back what this field was before the save that made the version. */
    Correction puttingBack(Contact before, int version) {
        return new Correction(
                before.id(),
                version,
                before.kind(),
                before.category(),
                this == NAME ? of(before) : null,
                before.organisation(),
                before.sharedMailbox(),
                before.writersByStaff());
    }

    /** Whether the contact has the value already, by staff's word where names could tell otherwise. */
    boolean isSaid(Contact contact, String value) {
        return value.equals(of(contact)) && (this != WRITERS || contact.writersByStaff());
    }

    static Optional<ContactField> of(String code) {
        return Arrays.stream(values()).filter(field -> field.code.equals(code)).findFirst();
    }

    private Optional<PageError> textProblem(String value, StaffTexts texts) {
        if (value.codePointCount(0, value.length()) > Contacts.NAME_LENGTH_MAX) {
            return wrong(texts.say("contact-change.wrong.long", texts.label(this), Contacts.NAME_LENGTH_MAX));
        }
        return value.chars().anyMatch(Character::isISOControl)
                ? wrong(texts.say("contact-change.wrong.lines", texts.label(this)))
                : Optional.empty();
    }

    private static Optional<PageError> wrong(String text) {
        return Optional.of(new PageError("value", text));
    }
}
