package org.postbag.contacts;

/** What kind of address a contact is known by. */
public enum IdentifierKind {
    EMAIL("email", "Email address"),
    TELEPHONE("telephone", "Telephone number"),
    HANDLE("handle", "Social media handle"),
    POSTAL("postal", "Postal address"),
    REGISTER("register", "Register number");

    private final String code;
    private final String label;

    IdentifierKind(String code, String label) {
        this.code = code;
        this.label = label;
    }

    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    public static IdentifierKind of(String code) {
        for (var kind : values()) {
            if (kind.code.equals(code)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No kind of identifier is called " + code);
    }
}
