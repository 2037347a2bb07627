package org.postbag.contacts.matching;

import java.util.Arrays;
import java.util.Optional;

/** What a column of a contact list says, and how two of its values are compared. */
public enum Field {
    GIVEN_NAME("given_name", Kind.NAME),
    FAMILY_NAME("family_name", Kind.NAME),
    /** Given name first, family name last. */
    FULL_NAME("full_name", Kind.NAME),
    DATE_OF_BIRTH("date_of_birth", Kind.DATE),
    EMAIL("email", Kind.EMAIL),
    TELEPHONE("telephone", Kind.NUMBER),
    STREET("street", Kind.WORDS),
    SUBURB("suburb", Kind.PLACE),
    CITY("city", Kind.PLACE),
    REGION("region", Kind.PLACE),
    POSTCODE("postcode", Kind.NUMBER),
    ORGANISATION("organisation", Kind.WORDS),
    HANDLE("handle", Kind.NUMBER),
    NATIONAL_ID("national_id", Kind.NUMBER),
    /** Anything else that says something of who it is, such as a house number. May be given several times. */
    OTHER("other", Kind.PLACE);

    /** How values are compared: see {@link Likeness}. */
    enum Kind {
        NAME,
        DATE,
        EMAIL,
        NUMBER,
        WORDS,
        PLACE
    }

    private final String code;
    private final Kind kind;

    Field(String code, Kind kind) {
        this.code = code;
        this.kind = kind;
    }

    /** The word used on the command line, such as {@code given_name}. */
    public String code() {
        return code;
    }

    Kind kind() {
        return kind;
    }

    /** Whether all of a household or an office have it alike, so that it says where somebody belongs and not who. */
    boolean isShared() {
        return switch (this) {
            case FAMILY_NAME, TELEPHONE, STREET, SUBURB, CITY, REGION, POSTCODE, OTHER -> true;
            case GIVEN_NAME, FULL_NAME, DATE_OF_BIRTH, EMAIL, ORGANISATION, HANDLE, NATIONAL_ID -> false;
        };
    }

    public static Optional<Field> of(String code) {
        return Arrays.stream(values()).filter(field -> field.code.equals(code)).findFirst();
    }
}
