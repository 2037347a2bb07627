package org.postbag.staff;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a token for the API may be used for. It narrows what its owner may do and never widens it: a member's token acts with the roles that the member
 * has at that moment, a job's with the one role that each of its scopes needs.
 */
public enum Scope {
    ROUTES_READ(
            "routes:read",
            Kind.PLAIN,
            Role.ROUTE_VIEWER,
            Role.ROUTE_OPERATOR,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    ROUTES_OPERATE(
            "routes:operate",
            Kind.PLAIN,
            Role.ROUTE_OPERATOR,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    ROUTES_CHANGE("routes:change", Kind.PLAIN, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR),
    ROUTES_APPROVE("routes:approve", Kind.FOR_PEOPLE, Role.ROUTE_APPROVER, Role.ADMINISTRATOR),
    QUARANTINE_READ(
            "quarantine:read",
            Kind.PLAIN,
            Role.ROUTE_VIEWER,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER,
            Role.ROUTE_OPERATOR,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER),
    QUARANTINE_REPLAY(
            "quarantine:replay",
            Kind.PLAIN,
            Role.ROUTE_OPERATOR,
            Role.OFFICER,
            Role.REVIEWER,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER),
    QUARANTINE_CONTENT("quarantine:content", Kind.CONTENT, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER),
    ENQUIRIES_SEARCH(
            "enquiries:search", Kind.CONTENT, Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER),
    ENQUIRIES_READ(
            "enquiries:read", Kind.CONTENT, Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER),
    CONTACTS_READ(
            "contacts:read", Kind.CONTENT, Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER),
    REVIEW_READ("review:read", Kind.CONTENT, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER),
    REVIEW_DECIDE("review:decide", Kind.CONTENT, Role.REVIEWER),
    LISTS_READ("lists:read", Kind.PLAIN, Role.ADMINISTRATOR, Role.OFFICER, Role.REVIEWER),
    IMPORTS_WRITE("imports:write", Kind.PLAIN, Role.ADMINISTRATOR),
    RECONCILIATION_READ(
            "reconciliation:read",
            Kind.PLAIN,
            Role.ROUTE_VIEWER,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER,
            Role.ROUTE_OPERATOR,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    RETENTION_READ("retention:read", Kind.PLAIN, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER),
    INDEX_RUN("index:run", Kind.PLAIN, Role.ADMINISTRATOR);

    /** Whose token may have it. */
    private enum Kind {
        PLAIN,
        /** It shows, or decides on, personal data: only its owner puts it into a token. */
        CONTENT,
        /** What a second person is to do is no job's. */
        FOR_PEOPLE
    }

    private final String code;
    private final Kind kind;
    private final List<Role> roles;

    Scope(String code, Kind kind, Role... roles) {
        this.code = code;
        this.kind = kind;
        this.roles = List.of(roles);
    }

    /** As it is written and kept. */
    public String code() {
        return code;
    }

    /** The role that a job's token acts with. */
    public Role jobRole() {
        return roles.getFirst();
    }

    /** Whether one of these roles may do it at all. */
    public boolean isFor(Set<Role> some) {
        return roles.stream().anyMatch(some::contains);
    }

    public boolean showsContent() {
        return kind == Kind.CONTENT;
    }

    public boolean isForJobs() {
        return kind == Kind.PLAIN;
    }

    public static Optional<Scope> of(String code) {
        return Arrays.stream(values()).filter(scope -> scope.code.equals(code)).findFirst();
    }

    /** Those of the codes that there are; one that is no more opens nothing. */
    public static Set<Scope> of(String[] codes) {
        var scopes = EnumSet.noneOf(Scope.class);
        for (var code : codes) {
            of(code).ifPresent(scopes::add);
        }
        return scopes;
    }
}
