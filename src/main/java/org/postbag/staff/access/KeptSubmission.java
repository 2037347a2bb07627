package org.postbag.staff.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into a form whose session had ended before it was sent: kept with the new session, shown after signing in, and sent only if the
 * person then says so.
 *
 * @param path where the form goes
 */
public record KeptSubmission(String path, List<Field> fields) {

    private static final String ATTRIBUTE = KeptSubmission.class.getName();
    /** A secret that is given to routes is shown to nobody, not even to who typed it. */
    private static final Set<String> NEVER_KEPT = Set.of("_csrf", "secret");

    private static final int FIELDS_MAX = 100;
    private static final int TEXT_CHARS_MAX = 100_000;

    /** One value of the form. */
    public record Field(String name, String value) {}

    /** Keeps the fields of a page's own form, within limits. What comes from another site is not kept: nobody typed it here. */
    static boolean keep(HttpServletRequest request) {
        if (!"POST".equals(request.getMethod()) || !isFromOwnPage(request)) {
            return false;
        }
        var fields = new ArrayList<Field>();
        request.getParameterMap().forEach((name, values) -> {
            for (var value : values) {
                fields.add(new Field(name, value));
            }
        });
        fields.removeIf(field -> NEVER_KEPT.contains(field.name()));
        var chars = fields.stream()
                .mapToLong(field -> field.name().length() + (long) field.value().length())
                .sum();
        if (fields.isEmpty() || fields.size() > FIELDS_MAX || chars > TEXT_CHARS_MAX) {
            return false;
        }
        request.getSession().setAttribute(ATTRIBUTE, new KeptSubmission(request.getServletPath(), fields));
        return true;
    }

    private static boolean isFromOwnPage(HttpServletRequest request) {
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    /** What the session keeps, if anything. */
    public static Optional<KeptSubmission> in(@Nullable HttpSession session) {
        return session != null && session.getAttribute(ATTRIBUTE) instanceof KeptSubmission kept
                ? Optional.of(kept)
                : Optional.empty();
    }

    /** Forgets it: the person has seen it, with a form of its own. */
    public static void forget(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }
}
