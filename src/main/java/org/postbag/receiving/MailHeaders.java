package org.postbag.receiving;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The headers by which a mail is known, as raw text: the first of each, its folds undone (RFC 5322, 2.2.3). Reads bytes, since a header may be in any
 * charset, and never more than the header block, which ends with the first empty line. A mail that ends without one has a body only if some line of it
 * is no header.
 *
 * @param bodyAt where the body begins; 0 where it can't be told from the headers, so that all of the mail counts as body
 */
record MailHeaders(Map<String, String> values, int bodyAt) {

    private static final Pattern FIELD = Pattern.compile("[\\x21-\\x39\\x3b-\\x7e]+[ \\t]*:");

    static final List<String> IDENTIFYING = List.of("message-id", "from", "date", "subject");

    private static final int HEADER_BYTES_MAX = 1_000_000;

    MailHeaders {
        values = Map.copyOf(values);
    }

    static MailHeaders of(byte[] raw) {
        int limit = Math.min(raw.length, HEADER_BYTES_MAX);
        var values = new HashMap<String, String>();
        var unfolded = new StringBuilder();
        boolean onlyFields = true;
        int at = 0;
        while (at < limit) {
            int end = at;
            while (end < limit && raw[end] != '\n' && raw[end] != '\r') {
                end++;
            }
            int next = end + (end + 1 < raw.length && raw[end] == '\r' && raw[end + 1] == '\n' ? 2 : 1);
            if (end == at) {
                keep(unfolded, values);
                return new MailHeaders(values, Math.min(next, raw.length));
            }
            var line = new String(raw, at, end - at, StandardCharsets.ISO_8859_1);
            if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
                keep(unfolded, values);
                unfolded.setLength(0);
                onlyFields &= FIELD.matcher(line).lookingAt();
            }
            unfolded.append(line);
            at = next;
        }
        keep(unfolded, values);
        boolean bodiless = onlyFields && limit == raw.length && values.containsKey("message-id");
        return new MailHeaders(values, bodiless ? raw.length : 0);
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    private static void keep(StringBuilder unfolded, Map<String, String> values) {
        int colon = unfolded.indexOf(":");
        if (colon < 1) {
            return;
        }
        var name = unfolded.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (IDENTIFYING.contains(name)) {
            values.putIfAbsent(name, unfolded.substring(colon + 1).strip().replaceAll("[ \\t]+", " "));
        }
    }
}
