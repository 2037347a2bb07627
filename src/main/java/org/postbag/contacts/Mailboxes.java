package org.postbag.contacts;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.postbag.normalising.EmailAddress;

/** What the name of a mailbox tells of who writes from it. */
final class Mailboxes {

    /** Nobody reads these, and many people's items come from one. */
    private static final Pattern NO_REPLY = Pattern.compile(
            "(no|do[-_.]?not|dont|never|non)[-_.]?repl(y|ies)([-_.+].*)?|(.*[-_.+])?no[-_.]?reply([-_.+0-9].*)?|mailer[-_.]?daemon|postmaster|bounces?([-_.+].*)?");

    private static final Pattern NO_REPLY_DOMAIN =
            Pattern.compile("(.*\\.)?(no|do[-_]?not|dont)[-_]?reply\\..*", Pattern.DOTALL);

    /** Role names that several people write from (after RFC 2142, and what offices use). */
    private static final Set<String> ROLES = Set.of(
            "info",
            "information",
            "contact",
            "contactus",
            "enquiries",
            "enquiry",
            "inquiries",
            "office",
            "admin",
            "administration",
            "mail",
            "mailbox",
            "hello",
            "help",
            "helpdesk",
            "support",
            "elections",
            "election",
            "electoral",
            "electoralservices",
            "electoral.services",
            "registration",
            "voting",
            "democracy",
            "democratic.services",
            "democraticservices",
            "customerservices",
            "customer.services",
            "press",
            "pressoffice",
            "media",
            "news",
            "newsdesk",
            "editor",
            "compliance",
            "legal",
            "finance",
            "treasurer",
            "secretary",
            "reception",
            "team",
            "webmaster",
            "sales");

    private Mailboxes() {}

    /** Whether nobody reads what is sent there: then many people's items come from it. */
    static boolean isNobodys(EmailAddress address) {
        return NO_REPLY.matcher(local(address)).matches()
                || NO_REPLY_DOMAIN.matcher(address.domain()).matches();
    }

    /** Whether several people write from it. */
    static boolean isOfMany(EmailAddress address) {
        return ROLES.contains(local(address));
    }

    /** Likewise of any identifier. */
    static boolean isOfMany(Identifier identifier) {
        return identifier.kind() == IdentifierKind.EMAIL && isOfMany(new EmailAddress(identifier.value()));
    }

    private static String local(EmailAddress address) {
        return address.value().substring(0, address.value().lastIndexOf('@')).toLowerCase(Locale.ROOT);
    }
}
