package org.postbag.staff;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a member of staff does what matters, as they typed it into the field {@code reason} of a page.
 *
 * @param text without white space around it; empty where nothing was typed
 * @param wrong what is wrong with it, for the page; null where it can be kept
 */
public record Reason(String text, @Nullable PageError wrong) {

    public static final int LENGTH_MAX = 500;

    /** What no database holds: NUL, and halves of surrogate pairs. */
    private static final Pattern NOT_KEPT = Pattern.compile("[\\x00\\p{Cs}]");

    /**
     * One that must be given.
     *
     * @param ask what the page says where nothing was typed, such as "Enter why it is discarded"
     */
    public static Reason read(@Nullable String typed, String ask) {
        var reason = optional(typed);
        return reason.text().isEmpty() ? new Reason("", error(ask)) : reason;
    }

    /** One that may be left out. */
    public static Reason optional(@Nullable String typed) {
        var text = typed == null
                ? ""
                : NOT_KEPT.matcher(typed).replaceAll("\uFFFD").strip();
        return new Reason(
                text,
                text.length() > LENGTH_MAX ? error("The reason must be " + LENGTH_MAX + " characters or fewer") : null);
    }

    private static PageError error(String words) {
        return new PageError("reason", words);
    }

    /** Null where it was left out. */
    public @Nullable String orNull() {
        return text.isEmpty() ? null : text;
    }
}
