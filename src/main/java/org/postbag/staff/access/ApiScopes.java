package org.postbag.staff.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.Scope;

/**
 * Which scope each call of the API needs: one table, read from the top. What stands in no line is shut to tokens of limited scope. {@code ApiScopesTest}
 * walks every call that there is.
 */
final class ApiScopes {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    /**
     * @param method null: any; {@code GET} also for HEAD
     * @param begins how the path of the call begins, as its handler has it
     * @param holds a part of the path that makes the line fit, or null
     */
    private record Line(
            @Nullable String method,
            String begins,
            @Nullable String holds,
            Scope scope) {

        boolean fits(String asked, String path) {
            return (method == null || method.equals(asked) || method.equals("GET") && READING.contains(asked))
                    && (path.equals(begins) || path.startsWith(begins + "/"))
                    && (holds == null || path.contains(holds));
        }
    }

    private static final String ROUTES = "/api/routes";

    private static final List<Line> LINES = List.of(
            new Line("POST", "/api/enquiries/search", null, Scope.ENQUIRIES_SEARCH),
            new Line("GET", "/api/enquiries", null, Scope.ENQUIRIES_READ),
            new Line("GET", "/api/contacts", null, Scope.CONTACTS_READ),
            new Line("GET", "/api/quarantine", "/preview", Scope.QUARANTINE_CONTENT),
            new Line("GET", "/api/quarantine", null, Scope.QUARANTINE_READ),
            new Line("POST", "/api/quarantine", null, Scope.QUARANTINE_REPLAY),
            new Line("GET", "/api/review", null, Scope.REVIEW_READ),
            new Line("POST", "/api/review", null, Scope.REVIEW_DECIDE),
            new Line("GET", "/api/contact-lists", null, Scope.LISTS_READ),
            new Line("GET", "/api/reconciliation", null, Scope.RECONCILIATION_READ),
            new Line("GET", "/api/retention", null, Scope.RETENTION_READ),
            new Line(null, "/api/reindex", null, Scope.INDEX_RUN),
            new Line(null, "/api/search/verify", null, Scope.INDEX_RUN),
            new Line("POST", "/api/imports", null, Scope.IMPORTS_WRITE),
            // The way of one item and counts are asked for by POST, since an external id may be personal.
            new Line(null, "/api/item", null, Scope.ROUTES_READ),
            new Line("GET", "/api/again", null, Scope.ROUTES_READ),
            new Line("POST", "/api/again", null, Scope.ROUTES_OPERATE),
            new Line("GET", ROUTES, null, Scope.ROUTES_READ),
            new Line("GET", "/api/connectors", null, Scope.ROUTES_READ),
            new Line("GET", "/api/changes", null, Scope.ROUTES_READ),
            new Line("GET", "/api/machines", null, Scope.ROUTES_READ),
            new Line("GET", "/api/profiles", null, Scope.ROUTES_READ),
            new Line("GET", "/api/questions", null, Scope.ROUTES_READ),
            new Line("GET", "/api/secrets", null, Scope.ROUTES_READ),
            new Line(null, ROUTES, "/approve", Scope.ROUTES_APPROVE),
            new Line(null, ROUTES, "/refuse", Scope.ROUTES_APPROVE),
            new Line(null, ROUTES, "/confirm", Scope.ROUTES_APPROVE),
            new Line(null, ROUTES, "/urgent", Scope.ROUTES_APPROVE),
            new Line(null, "/api/changes", "/approve", Scope.ROUTES_APPROVE),
            new Line(null, "/api/machines", null, Scope.ROUTES_APPROVE),
            new Line(null, "/api/changes", "/refuse", Scope.ROUTES_APPROVE),
            new Line(null, "/api/changes", "/confirm", Scope.ROUTES_APPROVE),
            new Line(null, "/api/changes", "/urgent", Scope.ROUTES_APPROVE),
            new Line(null, "/api/changes", null, Scope.ROUTES_CHANGE),
            new Line(null, "/api/profiles", null, Scope.ROUTES_CHANGE),
            new Line(null, "/api/questions", null, Scope.ROUTES_CHANGE),
            new Line(null, "/api/connectors", null, Scope.ROUTES_CHANGE),
            new Line(null, "/api/secrets", null, Scope.ROUTES_CHANGE),
            new Line(null, ROUTES + "/changes", null, Scope.ROUTES_CHANGE),
            new Line(null, ROUTES, "/versions", Scope.ROUTES_CHANGE),
            new Line(null, ROUTES, "/drafts", Scope.ROUTES_CHANGE),
            new Line("POST", ROUTES, null, Scope.ROUTES_OPERATE));

    private ApiScopes() {}

    /** @param path as the handler's mapping has it, with its variables */
    static Optional<Scope> of(String method, String path) {
        return LINES.stream()
                .filter(line -> line.fits(method, path))
                .findFirst()
                .map(Line::scope);
    }
}
