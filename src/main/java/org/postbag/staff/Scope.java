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
            "See the routes, how they run, and the way of one item",
            Kind.PLAIN,
            Role.ROUTE_VIEWER,
            Role.ROUTE_OPERATOR,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    ROUTES_OPERATE(
            "routes:operate",
            "Start, stop, suspend, resume and run routes; read a span of days again",
            Kind.PLAIN,
            Role.ROUTE_OPERATOR,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    ROUTES_CHANGE(
            "routes:change",
            "Draft changes of routes, profiles and questions",
            Kind.PLAIN,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    ROUTES_APPROVE(
            "routes:approve",
            "Approve and refuse changes of others",
            Kind.FOR_PEOPLE,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    QUARANTINE_READ(
            "quarantine:read",
            "See what could not be filed and why, not what it says",
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
            "Mend, replay and discard what could not be filed",
            Kind.PLAIN,
            Role.ROUTE_OPERATOR,
            Role.OFFICER,
            Role.REVIEWER,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER),
    QUARANTINE_CONTENT(
            "quarantine:content",
            "See what items in quarantine say",
            Kind.CONTENT,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER),
    ENQUIRIES_SEARCH(
            "enquiries:search",
            "Search enquiries",
            Kind.CONTENT,
            Role.READER,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER),
    ENQUIRIES_READ(
            "enquiries:read",
            "Read enquiries",
            Kind.CONTENT,
            Role.READER,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER),
    CONTACTS_READ(
            "contacts:read",
            "Read contacts",
            Kind.CONTENT,
            Role.READER,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER),
    REVIEW_READ(
            "review:read",
            "See pairs of contacts that may be one",
            Kind.CONTENT,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER),
    REVIEW_DECIDE("review:decide", "Say what pairs of contacts are", Kind.CONTENT, Role.REVIEWER),
    LISTS_READ(
            "lists:read",
            "See how public lists were taken in",
            Kind.PLAIN,
            Role.ADMINISTRATOR,
            Role.OFFICER,
            Role.REVIEWER),
    IMPORTS_WRITE("imports:write", "Take in a backlog", Kind.PLAIN, Role.ADMINISTRATOR),
    RECONCILIATION_READ(
            "reconciliation:read",
            "See that nothing was lost, in counts",
            Kind.PLAIN,
            Role.ROUTE_VIEWER,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER,
            Role.ROUTE_OPERATOR,
            Role.ROUTE_EDITOR,
            Role.ROUTE_APPROVER,
            Role.ADMINISTRATOR),
    RETENTION_READ(
            "retention:read",
            "See what is due to be erased, in counts",
            Kind.PLAIN,
            Role.ADMINISTRATOR,
            Role.DATA_PROTECTION_OFFICER),
    INDEX_RUN("index:run", "Rebuild the search index and compare it with the record", Kind.PLAIN, Role.ADMINISTRATOR);

    /** Whose token may have it. */
    private enum Kind {
        PLAIN,
        /** It shows, or decides on, personal data: only its owner puts it into a token. */
        CONTENT,
        /** What a second person is to do is no job's. */
        FOR_PEOPLE
    }

    private final String code;
    private final String label;
    private final Kind kind;
    private final List<Role> roles;

    Scope(String code, String label, Kind kind, Role... roles) {
        this.code = code;
        this.label = label;
        this.kind = kind;
        this.roles = List.of(roles);
    }

    /** As it is written and kept. */
    public String code() {
        return code;
    }

    public String label() {
        return label;
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
