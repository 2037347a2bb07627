package org.postbag.contacts.web;

import java.util.Locale;
import org.postbag.contacts.Identifier;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;

/**
 * What somebody said of themselves, in one way of writing, so that the same said twice is seen to be the same.
 *
 * @param key what tells it from others
 */
record ClaimedValue(String shown, String key) {

    private static final int INWARD_LENGTH = 3;
    private static final String POSTCODE = "[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}";

    static ClaimedValue of(String kind, String value) {
        return switch (kind) {
            case "telephone" ->
                Telephone.parse(value)
                        .map(number -> new ClaimedValue(number.shown(), number.e164()))
                        .orElseGet(() -> new ClaimedValue(value, value));
            case "email" ->
                EmailAddress.parse(value)
                        .map(address ->
                                new ClaimedValue(value, Identifier.of(address).value()))
                        .orElseGet(() -> new ClaimedValue(value, value));
            case "postcode" -> {
                var written = value.replaceAll("\\s+", "").toUpperCase(Locale.ROOT);
                int inward = written.length() - INWARD_LENGTH;
                yield written.matches(POSTCODE)
                        ? new ClaimedValue(written.substring(0, inward) + " " + written.substring(inward), written)
                        : new ClaimedValue(value, written);
            }
            default -> new ClaimedValue(value, value);
        };
    }
}
