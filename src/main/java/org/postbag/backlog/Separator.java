package org.postbag.backlog;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.MailDate;

/**
 * The line before each mail of an mbox (RFC 4155, appendix A): {@code From }, who sent it and when. Told from a sentence that begins alike by its date;
 * Thunderbird, which may leave both out, by the header that follows.
 *
 * @param at when the mail was delivered into the file, or null where it doesn't say
 */
record Separator(@Nullable Instant at) {

    static final String BEGINNING = "From ";
    static final int BYTES_MAX = 400;

    private static final Pattern DATE = Pattern.compile(
            "\\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\\s+(?:[a-z]{3}\\s+\\d{1,2}|\\d{1,2}[ -][a-z]{3})\\b.*");
    private static final Pattern TIME = Pattern.compile("\\b\\d{1,2}:\\d{2}\\b");
    private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d{2}\\b");
    private static final Pattern FIELD = Pattern.compile("[\\x21-\\x39\\x3b-\\x7e]{1,100}[ \\t]*:");

    /**
     * @param line without its end
     * @param next how what follows begins
     */
    static Optional<Separator> of(String line, String next) {
        if (!line.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        var rest = line.substring(BEGINNING.length()).toLowerCase(Locale.ROOT).strip();
        var date = DATE.matcher(rest);
        if (date.find()
                && TIME.matcher(date.group()).find()
                && YEAR.matcher(date.group()).find()) {
            return Optional.of(new Separator(MailDate.parse(date.group())));
        }
        boolean bare = rest.isEmpty() || rest.equals("-");
        return bare && FIELD.matcher(next).lookingAt() ? Optional.of(new Separator(null)) : Optional.empty();
    }

    static boolean isField(String line) {
        return FIELD.matcher(line).lookingAt();
    }
}
