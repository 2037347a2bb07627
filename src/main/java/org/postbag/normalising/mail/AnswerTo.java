package org.postbag.normalising.mail;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.EmailAddress;

/**
 * Where a program may answer a mail by itself (RFC 3834, sections 2 and 4; Microsoft's MS-OXCMAIL, 2.2.3.2.14). In doubt nowhere: who is not answered
 * misses a courtesy, who is answered and never wrote is bothered.
 */
final class AnswerTo {

    /** Mailboxes behind which nobody reads, or a program does. */
    private static final Pattern NOBODY = Pattern.compile(
            "(?:.*[-_.+])?(?:no|non|not|do-?not|don-?t|never)[-_.]?(?:reply|respond|response|answer)(?:[-_.+].*)?"
                    + "|mailer-?daemon|mail-?daemon|postmaster|root|daemon|nobody|listserv|majordomo|bounces?(?:[-+=].*)?|owner-.*|.*-(?:request|owner|bounces?)");

    private static final List<String> SUPPRESSED = List.of("all", "autoreply", "oof");
    private static final Pattern FORGED = Pattern.compile("\\bdmarc\\s*=\\s*fail\\b");

    private AnswerTo() {}

    /** The sender of a mail that a person wrote, where nothing speaks against answering; else null. */
    static @Nullable EmailAddress of(Headers headers, @Nullable EmailAddress sender) {
        if (sender == null
                || NOBODY.matcher(local(sender)).matches()
                || Mailboxes.parse(headers.firstOrEmpty("from"), null, new Damage())
                                .size()
                        != 1
                || isSuppressed(headers)
                || lower(headers, "x-spam-flag").strip().equals("yes")
                // The first was written last, by our own server; those below came with the mail (RFC 8601, section 5).
                || FORGED.matcher(lower(headers, "authentication-results")).find()) {
            return null;
        }
        return isSentBy(headers, sender) ? sender : null;
    }

    private static boolean isSuppressed(Headers headers) {
        return Stream.of(lower(headers, "x-auto-response-suppress").split("[,\\s]+"))
                .anyMatch(SUPPRESSED::contains);
    }

    /** Whether the envelope says so too, as far as the server wrote it down: the same domain, or one above the other. An empty one asks for silence. */
    private static boolean isSentBy(Headers headers, EmailAddress sender) {
        if (!headers.has("return-path")) {
            return true;
        }
        return Mailboxes.parse(headers.firstOrEmpty("return-path"), null, new Damage()).stream()
                .flatMap(party -> party.address() == null ? null : EmailAddress.parse(party.address()).stream())
                .anyMatch(envelope ->
                        isWithin(envelope.domain(), sender.domain()) || isWithin(sender.domain(), envelope.domain()));
    }

    private static boolean isWithin(String domain, String other) {
        return domain.equals(other) || domain.endsWith("." + other);
    }

    private static String local(EmailAddress address) {
        return address.value().substring(0, address.value().lastIndexOf('@')).toLowerCase(Locale.ROOT);
    }

    private static String lower(Headers headers, String name) {
        return headers.firstOrEmpty(name).toLowerCase(Locale.ROOT);
    }
}
