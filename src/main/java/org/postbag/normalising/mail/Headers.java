package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header fields of a message or part, in order, unfolded; their values are bytes as Latin-1 characters, still encoded. */
final class Headers {

    private static final int FIELDS_MAX = 5_000;
    private static final int NAME_LENGTH_MAX = 78;

    /** Fields that tell a header block from text that happens to have a colon in it. */
    private static final Set<String> KNOWN = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "reply-to",
            "sender",
            "received",
            "return-path",
            "mime-version",
            "delivered-to",
            "envelope-to",
            "precedence",
            "priority",
            "importance",
            "sensitivity",
            "keywords",
            "comments",
            "organization",
            "organisation",
            "user-agent",
            "mailer",
            "status",
            "lines",
            "thread-topic",
            "thread-index",
            "auto-submitted",
            "errors-to",
            "encoding",
            "newsgroups",
            "path",
            "xref",
            "apparently-to",
            "disposition-notification-to",
            "return-receipt-to",
            "expires",
            "supersedes",
            "dkim-signature",
            "domainkey-signature",
            "authentication-results",
            "received-spf",
            "openpgp",
            "autocrypt",
            "face",
            "accept-language",
            "original-recipient",
            "posted-date",
            "delivery-date",
            "followup-to",
            "sent",
            "language",
            "via",
            "mail-followup-to",
            "mail-from");

    private static final String[] KNOWN_PREFIXES = {
        "x-", "content-", "resent-", "list-", "arc-", "feedback-", "original-"
    };

    record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<Slice> stray = new ArrayList<>();

    void add(String name, String value) {
        if (fields.size() < FIELDS_MAX) {
            fields.add(new Field(name, value.strip()));
        }
    }

    void addStray(Slice line) {
        if (stray.size() < FIELDS_MAX) {
            stray.add(line);
        }
    }

    /** Lines before the first field that are none. */
    List<Slice> stray() {
        return List.copyOf(stray);
    }

    void clear() {
        fields.clear();
        stray.clear();
    }

    /** All of them, in order. */
    List<Field> fields() {
        return List.copyOf(fields);
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    boolean hasKnown() {
        return fields.stream().anyMatch(f -> isKnown(f.name));
    }

    boolean has(String name) {
        return first(name) != null;
    }

    /** The first field of that name that says anything: where there are two, mail programs show the first. */
    @Nullable
    String first(String name) {
        for (var field : fields) {
            if (field.name.equals(name) && !field.value.isEmpty()) {
                return field.value;
            }
        }
        return null;
    }

    String firstOrEmpty(String name) {
        var value = first(name);
        return value == null ? "" : value;
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(f -> f.name.equals(name))
                .map(Field::value)
                .toList();
    }

    static boolean isKnown(String name) {
        if (KNOWN.contains(name)) {
            return true;
        }
        for (var prefix : KNOWN_PREFIXES) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return true;
            }
        }
        return false;
    }

    /** The name of the field that a line begins, in lower case, or null if it begins none. */
    static @Nullable String name(Slice line) {
        var bytes = line.bytes();
        int i = line.from();
        int limit = Math.min(line.to(), line.from() + NAME_LENGTH_MAX);
        while (i < limit && bytes[i] > ' ' && bytes[i] < 127 && bytes[i] != ':') {
            i++;
        }
        int nameEnd = i;
        while (i < limit && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        if (nameEnd == line.from() || i >= limit || bytes[i] != ':') {
            return null;
        }
        return new Slice(bytes, line.from(), nameEnd).latin1().toLowerCase(Locale.ROOT);
    }

    /** What follows the colon. */
    static String value(Slice line) {
        int colon = line.from();
        while (line.bytes()[colon] != ':') {
            colon++;
        }
        return new Slice(line.bytes(), colon + 1, line.to()).latin1();
    }
}
