package org.postbag.normalising.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postbag.normalising.HeaderField;

/** The header of a mail, field by field. */
public final class OriginalHeader {

    private static final int FIELDS_MAX = 300;
    private static final int VALUE_LENGTH_MAX = 4_000;

    private OriginalHeader() {}

    /** Never fails; what is too long or too much is left to the source. */
    public static List<HeaderField> of(byte[] mail) {
        var headers = new Headers();
        var damage = new Damage();
        new HeaderBlock(new Lines(Slice.of(mail)), damage, _ -> false).readMessage(headers, 0);
        return headers.fields().stream()
                .limit(FIELDS_MAX)
                .map(field -> new HeaderField(usual(field.name()), value(field.value(), damage)))
                .toList();
    }

    /** "message-id" is Message-ID, "received" is Received. */
    private static String usual(String name) {
        return Arrays.stream(name.split("-", -1))
                .map(part -> switch (part) {
                    case "id", "mime", "dkim", "spf", "arc" -> part.toUpperCase(Locale.ROOT);
                    case "" -> "";
                    default -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
                })
                .collect(Collectors.joining("-"));
    }

    private static String value(String written, Damage damage) {
        var beginning = written.length() > VALUE_LENGTH_MAX ? written.substring(0, VALUE_LENGTH_MAX) : written;
        return HeaderText.decode(beginning, null, damage);
    }
}
