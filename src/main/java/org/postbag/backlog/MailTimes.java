package org.postbag.backlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.MailDate;

/**
 * When a mail reached the body: by the topmost trace header, which the body's own server wrote (RFC 5321, 4.4); else by what the file that it lies in
 * says; else by what its sender says; else by the file's own time.
 */
final class MailTimes {

    private static final int HEADER_BYTES_MAX = 1_000_000;
    private static final int VALUE_CHARACTERS_MAX = 4_000;
    /** Before there was mail to public bodies: a clock that was never set. */
    private static final Instant TIME_MIN = Instant.parse("1990-01-01T00:00:00Z");

    private MailTimes() {}

    /**
     * @param delivered what the file says, such as the line before the mail in an mbox
     * @param file when the file was last written
     * @param now no mail came later than this
     * @return null where nothing tells
     */
    static @Nullable Instant reached(byte[] mail, @Nullable Instant delivered, @Nullable Instant file, Instant now) {
        var headers = first(mail);
        var received = headers.getOrDefault("received", "");
        int semicolon = received.lastIndexOf(';');
        return Stream.of(
                        semicolon < 0 ? null : MailDate.parse(received.substring(semicolon + 1)),
                        delivered,
                        MailDate.parse(headers.get("date")),
                        file)
                .filter(Objects::nonNull)
                .filter(at -> at.isAfter(TIME_MIN) && !at.isAfter(now))
                .findFirst()
                .orElse(null);
    }

    /** The first header of each of the names that tell a time, its folds undone (RFC 5322, 2.2.3). */
    private static Map<String, String> first(byte[] mail) {
        var values = new HashMap<String, String>();
        int limit = Math.min(mail.length, HEADER_BYTES_MAX);
        var name = "";
        boolean isFirst = false;
        for (int at = 0; at < limit; ) {
            int end = at;
            while (end < limit && mail[end] != '\n' && mail[end] != '\r') {
                end++;
            }
            if (end == at) {
                break;
            }
            if (mail[at] == ' ' || mail[at] == '\t') {
                if (isFirst) {
                    values.merge(name, text(mail, at, end), String::concat);
                }
            } else {
                name = name(mail, at, end);
                isFirst = !name.isEmpty() && values.putIfAbsent(name, text(mail, at + name.length() + 1, end)) == null;
            }
            at = end + (end + 1 < limit && mail[end] == '\r' && mail[end + 1] == '\n' ? 2 : 1);
        }
        return values;
    }

    private static String name(byte[] mail, int from, int to) {
        for (var name : new String[] {"received", "date"}) {
            if (to - from > name.length()
                    && mail[from + name.length()] == ':'
                    && text(mail, from, from + name.length()).equalsIgnoreCase(name)) {
                return name;
            }
        }
        return "";
    }

    private static String text(byte[] mail, int from, int to) {
        return new String(mail, from, Math.clamp(to - from, 0, VALUE_CHARACTERS_MAX), StandardCharsets.ISO_8859_1);
    }
}
