package org.postbag.normalising;

/**
 * The item goes to quarantine, raw and intact.
 *
 * @param code short and stable, such as {@code empty} or {@code too-many-parts}; staff group and filter by it
 * @param reason in words that staff understand, without personal data
 */
public record Unreadable(String code, String reason) implements Reading {}
