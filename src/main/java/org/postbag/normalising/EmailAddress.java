package org.postbag.normalising;

import com.ibm.icu.text.IDNA;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An email address that mail can be sent to (RFC 5321, with RFC 6531 local parts), normalised for comparing: the domain in lower-case A-labels, the
 * local part in lower case, since no mailbox provider in use tells cases apart.
 */
public record EmailAddress(String value) {

    private static final int LENGTH_MAX = 254;
    private static final int LOCAL_LENGTH_MAX = 64;
    /** As names are registered today (IDNA 2008): a domain with a sharp s is another than one with a double s. */
    private static final IDNA DOMAINS = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);

    private static final Pattern LOCAL = Pattern.compile("[^\\s\\p{Cc}\\p{Cs}\"(),:;<>@\\[\\\\\\]]+");
    private static final Pattern DOMAIN = Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*");

    private static final Set<String> GOOGLE = Set.of("gmail.com", "googlemail.com");
    private static final Set<String> PLUS_PARTS = Set.of(
            "outlook.com",
            "hotmail.com",
            "hotmail.co.uk",
            "live.com",
            "live.co.uk",
            "msn.com",
            "icloud.com",
            "me.com",
            "mac.com",
            "fastmail.com",
            "fastmail.fm",
            "proton.me",
            "protonmail.com",
            "pm.me");

    /** @throws IllegalArgumentException if {@code value} is not an address in its normalised form */
    public EmailAddress {
        if (!value.equals(normalised(value))) {
            throw new IllegalArgumentException("Not a normalised email address");
        }
    }

    /** Empty where what was written is no address. */
    public static Optional<EmailAddress> parse(String written) {
        // A few letters change again when they are normalised once more; nobody has such an address.
        return Optional.ofNullable(normalised(written))
                .filter(value -> value.equals(normalised(value)))
                .map(EmailAddress::new);
    }

    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1);
    }

    /**
     * The address under which the provider keeps the mailbox, where it says that it takes several ways of writing for one: Google passes over dots and what
     * follows a plus sign (support.google.com/mail/answer/7436150) and calls one mailbox by two domains; Microsoft, Apple, Fastmail and Proton pass over
     * what follows a plus sign (RFC 5233). Of all others the address itself: what one domain does says nothing of another.
     */
    public EmailAddress mailbox() {
        int at = value.lastIndexOf('@');
        var domain = domain();
        boolean google = GOOGLE.contains(domain);
        if (!google && !PLUS_PARTS.contains(domain)) {
            return this;
        }
        var local = value.substring(0, at);
        int plus = local.indexOf('+');
        var kept = plus > 0 ? local.substring(0, plus) : local;
        var plain = google ? kept.replace(".", "") : kept;
        return plain.isEmpty() ? this : new EmailAddress(plain + "@" + (google ? "gmail.com" : domain));
    }

    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String normalised(String written) {
        var text = written.strip();
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > LENGTH_MAX) {
            return null;
        }
        var local =
                Normalizer.normalize(text.substring(0, at), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        var domain = domain(text.substring(at + 1));
        return domain != null
                        // Measured last: letters in lower case and domains in A-labels are longer than what was
                        // written.
                        && local.length() <= LOCAL_LENGTH_MAX
                        && local.length() + 1 + domain.length() <= LENGTH_MAX
                        && LOCAL.matcher(local).matches()
                        && DOMAIN.matcher(domain).matches()
                ? local + "@" + domain
                : null;
    }

    private static @Nullable String domain(String written) {
        if (written.chars().allMatch(c -> c < 128)) {
            return written.toLowerCase(Locale.ROOT);
        }
        var ascii = new StringBuilder();
        var info = new IDNA.Info();
        DOMAINS.nameToASCII(written, ascii, info);
        return info.hasErrors() ? null : ascii.toString();
    }
}
