package org.postbag.normalising.mail;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.postbag.normalising.EmailAddress;

/**
 * Reads the failed addresses from a delivery report that only people were meant to read, as qmail (QSBMF), Exim, Exchange, Domino, GroupWise and others
 * write it. All of them put an address at the beginning of a line, or name it in the sentence that says what happened, above the copy of the mail.
 */
final class FailureText {

    private static final int LINES_MAX = 200;
    private static final int CHARS_MAX = 500;
    private static final int REASON_LINES_MAX = 6;

    private static final int SENTENCE_CHARS_MAX = 80;

    private static final Pattern BEGINNING = Pattern.compile(
            "[\\s<>\"'(*•\\[|-]*(?i:(?:rfc822|smtp|mailto|to|recipient|failed recipient|failed address):\\s*<?)?");
    private static final Pattern NAMING = Pattern.compile(
            "(?i)\\b(?:delivered to|deliver (?:it|your (?:message|mail|e?-?mail)) to|(?:message|mail|e-?mail) to|recipients?|address(?:es)?|reached|mailbox|user)\\b");
    private static final Pattern COPY = Pattern.compile(
            "(?i).*(?:below this line|copy of (?:the|your) (?:message|mail)|original message|message headers?|transcript of session|your message (?:is|was) attached"
                    + "|returned message|unsent message|diagnostic information for administrators|message follows|first \\d+ lines|included below|text of (?:the|your) message).*");
    private static final Pattern HEADER_COPY =
            Pattern.compile("(?i)(?:received|return-path|message-id|date|from|to): .*");
    private static final Pattern TEMPORARY = Pattern.compile(
            "(?i).*(?:\\b4\\d\\d[ -]|#?\\b4\\.\\d{1,3}\\.\\d{1,3}\\b|temporar|deferred|will (?:be )?retr|delayed).*");
    private static final Pattern PERMANENT =
            Pattern.compile("(?i).*(?:\\b5\\d\\d[ -]|\\b5\\.\\d{1,3}\\.\\d{1,3}\\b|giving up|permanent).*");
    private static final Set<String> DAEMONS =
            Set.of("mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "noreply", "no-reply");

    private FailureText() {}

    /** @param ours addresses that the report was sent to, which it may name too */
    static List<EmailAddress> addresses(String text, Set<EmailAddress> ours) {
        var lines = text.lines().limit(LINES_MAX).toList();
        var found = new LinkedHashSet<EmailAddress>();
        for (int i = 0; i < lines.size() && found.size() < DeliveryReport.ADDRESSES_MAX; i++) {
            var line = lines.get(i);
            if (line.length() > CHARS_MAX) {
                continue;
            }
            if (i > 0
                    && (COPY.matcher(line).matches()
                            || HEADER_COPY.matcher(line).matches())) {
                break;
            }
            var address = address(line);
            if (address.isPresent()
                    && !ours.contains(address.get())
                    && !DAEMONS.contains(local(address.get()))
                    && !isTemporary(lines, i)) {
                found.add(address.get());
            }
        }
        return List.copyOf(found);
    }

    /** The first address in the line, if the line begins with it or has just said what it is. */
    private static Optional<EmailAddress> address(String line) {
        int at = line.indexOf('@');
        int from = at;
        while (from > 0 && isOfAddress(line.charAt(from - 1))) {
            from--;
        }
        int to = at + 1;
        while (at > 0 && to < line.length() && isOfAddress(line.charAt(to))) {
            to++;
        }
        while (to > at + 1 && line.charAt(to - 1) == '.') {
            to--;
        }
        if (at < 1 || from == at) {
            return Optional.empty();
        }
        var before = line.substring(Math.max(0, from - SENTENCE_CHARS_MAX), from);
        boolean named = BEGINNING.matcher(before).matches()
                || NAMING.matcher(before).find()
                || line.startsWith(")<mailto:", to);
        return named ? EmailAddress.parse(line.substring(from, to)) : Optional.empty();
    }

    private static boolean isOfAddress(char c) {
        return !Character.isWhitespace(c) && "<>\"'()[]:;,@*|".indexOf(c) < 0;
    }

    private static String local(EmailAddress address) {
        return address.value().substring(0, address.value().indexOf('@'));
    }

    /** Whether the reason below an address says that the server will or may try again. */
    private static boolean isTemporary(List<String> lines, int at) {
        boolean temporary = false;
        for (int i = at; i < Math.min(lines.size(), at + REASON_LINES_MAX); i++) {
            var line = lines.get(i);
            if (i > at
                    && (line.isBlank()
                            || line.length() > CHARS_MAX
                            || address(line).isPresent())) {
                break;
            }
            if (PERMANENT.matcher(line).matches()) {
                return false;
            }
            temporary |= TEMPORARY.matcher(line).matches();
        }
        return temporary;
    }
}
