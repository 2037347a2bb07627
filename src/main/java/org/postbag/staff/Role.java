package org.postbag.staff;

/** What a member of staff may do. Deny unless granted; route roles and administrators see no content. */
public enum Role {
    READER("Reader"),
    OFFICER("Officer"),
    REVIEWER("Reviewer"),
    CALL_HANDLER("Call handler"),
    DATA_PROTECTION_OFFICER("Data protection officer"),
    ROUTE_VIEWER("Route viewer"),
    ROUTE_OPERATOR("Route operator"),
    ROUTE_EDITOR("Route editor"),
    ROUTE_APPROVER("Route approver"),
    ADMINISTRATOR("Administrator");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
