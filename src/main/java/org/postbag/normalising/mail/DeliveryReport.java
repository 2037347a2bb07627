package org.postbag.normalising.mail;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.EmailAddress;

/**
 * What a mail server says in a form made for programs about mail that it was to deliver (RFC 3464, with addresses beyond ASCII RFC 6533).
 *
 * @param failed whether it gave up on any recipient; false where mail only is late, or arrived
 * @param addresses those that our mail did not reach for good, as we wrote them
 */
record DeliveryReport(boolean failed, List<EmailAddress> addresses) {

    static final int ADDRESSES_MAX = 100;
    private static final int PARTS_LOOKED_AT_MAX = 100;
    private static final int STATUS_BYTES_MAX = 512 * 1024;

    private static final Pattern CODE_POINT = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})\\}");

    DeliveryReport {
        addresses = List.copyOf(addresses);
    }

    /** Null where the mail has no such part, or has it only in a message that it forwards. */
    static @Nullable DeliveryReport in(MimePart root, Slice source) {
        var part = statusPart(root, new int[] {PARTS_LOOKED_AT_MAX});
        if (part == null) {
            return null;
        }
        var raw = new Slice(source.bytes(), part.from, part.to);
        var content =
                TransferEncoding.decode(raw, part.headers.firstOrEmpty("content-transfer-encoding"), new Damage());
        int length = Math.min(content.length(), STATUS_BYTES_MAX);
        return of(new String(content.bytes(), content.from(), length, StandardCharsets.UTF_8));
    }

    private static @Nullable MimePart statusPart(MimePart part, int[] room) {
        if (part.type.is("message/delivery-status") || part.type.is("message/global-delivery-status")) {
            return part;
        }
        if (part.kind == MimePart.Kind.MULTIPART && room[0] > 0) {
            for (var child : part.children) {
                room[0]--;
                var found = room[0] > 0 ? statusPart(child, room) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** @param status groups of fields: one about the message, then one for each recipient */
    static DeliveryReport of(String status) {
        boolean failed = false;
        var addresses = new LinkedHashSet<EmailAddress>();
        for (var group : TextLines.ends(status).split("\\n[ \\t]*\\n")) {
            var fields = fields(group);
            var action = fields.getOrDefault("action", "").toLowerCase(Locale.ROOT);
            var code = fields.getOrDefault("status", "");
            boolean gaveUp = action.startsWith("fail") || action.isEmpty() && code.startsWith("5");
            failed |= gaveUp;
            // A server that gave up on a temporary fault says nothing about the address.
            if (gaveUp && !code.startsWith("4") && addresses.size() < ADDRESSES_MAX) {
                var address = address(fields.get("original-recipient"));
                address = address == null ? address(fields.get("final-recipient")) : address;
                if (address != null) {
                    addresses.add(address);
                }
            }
        }
        return new DeliveryReport(failed, List.copyOf(addresses));
    }

    private static Map<String, String> fields(String group) {
        var fields = new HashMap<String, String>();
        String name = null;
        for (var line : group.split("\\n")) {
            int colon = line.indexOf(':');
            if (!line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                if (name != null) {
                    fields.merge(name, line.strip(), (a, b) -> a + " " + b);
                }
            } else if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.putIfAbsent(name, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /** An address after its type: {@code rfc822; mair@example.org}. */
    private static @Nullable EmailAddress address(@Nullable String field) {
        if (field == null) {
            return null;
        }
        var written = field.substring(field.indexOf(';') + 1).strip();
        int open = written.indexOf('<');
        int close = written.indexOf('>', open + 1);
        if (open >= 0 && close > open) {
            written = written.substring(open + 1, close);
        }
        var decoded = CODE_POINT.matcher(written).replaceAll(match -> {
            int code = Integer.parseInt(match.group(1), 16);
            return Character.isValidCodePoint(code) ? Matcher.quoteReplacement(Character.toString(code)) : "";
        });
        return EmailAddress.parse(decoded).orElse(null);
    }
}
