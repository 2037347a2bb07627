package org.postbag.audit;

import org.jspecify.annotations.Nullable;

/**
 * One change or one look.
 *
 * @param actor {@code staff:<username>} or {@code job:<name>}
 * @param detail in words, without personal data, or null
 * @param before the value before, which may be personal: it is kept apart, and erasure removes it
 */
public record AuditEvent(
        String actor,
        Action action,
        Subject subject,
        @Nullable String detail,
        @Nullable String before,
        @Nullable String after) {

    public AuditEvent(String actor, Action action, Subject subject) {
        this(actor, action, subject, null, null, null);
    }

    public AuditEvent(String actor, Action action, Subject subject, String detail) {
        this(actor, action, subject, detail, null, null);
    }
}
