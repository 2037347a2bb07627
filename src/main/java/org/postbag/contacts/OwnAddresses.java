package org.postbag.contacts;

import java.util.List;
import java.util.Locale;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The body's and its contact centre's own addresses and numbers, which stand for nobody who wrote.
 *
 * @param ownAddresses email addresses, or {@code @domain} for all of a domain
 * @param ownNumbers telephone numbers in any way of writing
 */
@ConfigurationProperties("postbag.body")
public record OwnAddresses(
        @DefaultValue List<String> ownAddresses,
        @DefaultValue List<String> ownNumbers) {

    /** @throws IllegalArgumentException naming the setting and the entry that is none: a typing error here would mix people up */
    public OwnAddresses {
        ownAddresses = ownAddresses.stream().map(OwnAddresses::address).toList();
        ownNumbers = ownNumbers.stream().map(OwnAddresses::number).toList();
    }

    /** Also with a tag, as in {@code enquiries+web@}: it leads to the same mailbox. */
    public boolean has(EmailAddress address) {
        var local = address.value().substring(0, address.value().lastIndexOf('@'));
        int tag = local.indexOf('+');
        var untagged = (tag > 0 ? local.substring(0, tag) : local) + "@" + address.domain();
        return ownAddresses.contains(address.value())
                || ownAddresses.contains(untagged)
                || ownAddresses.contains("@" + address.domain());
    }

    boolean has(Telephone number) {
        return ownNumbers.contains(number.e164());
    }

    private static String address(String entry) {
        var written = entry.strip().toLowerCase(Locale.ROOT);
        var whole = written.startsWith("@") ? "any" + written : written;
        return EmailAddress.parse(whole)
                .map(a -> written.startsWith("@") ? "@" + a.domain() : a.value())
                .orElseThrow(() -> new IllegalArgumentException(
                        "postbag.body.own-addresses: neither an email address nor @domain: " + entry));
    }

    private static String number(String entry) {
        return Telephone.parse(entry)
                .map(Telephone::e164)
                .orElseThrow(() ->
                        new IllegalArgumentException("postbag.body.own-numbers: not a telephone number: " + entry));
    }
}
