package org.postbag.contacts.web;

import java.util.Locale;
import org.postbag.contacts.Identifier;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Postcode;
import org.postbag.normalising.Telephone;

/**
 * What somebody said of themselves, in one way of writing, so that the same said twice is seen to be the same.
 *
 * @param key what tells it from others
 */
record ClaimedValue(String shown, String key) {

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
            case "postcode" ->
                Postcode.parse(value)
                        .map(postcode -> new ClaimedValue(
                                postcode.value(), postcode.value().replace(" ", "")))
                        .orElseGet(() -> new ClaimedValue(
                                value, value.replaceAll("\\s+", "").toUpperCase(Locale.ROOT)));
            default -> new ClaimedValue(value, value);
        };
    }
}
