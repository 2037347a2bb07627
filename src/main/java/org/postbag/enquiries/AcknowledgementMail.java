package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The mail that says that a mail has come, in the words of the public's messages. Pure. It repeats nothing of what it answers, for the address may be
 * another's than the writer's: anybody could have us send anything to anybody. Its fields are those of RFC 3834, section 3; the same enquiry always gives the same Message-ID.
 */
final class AcknowledgementMail {

    static final String WELSH = "cy";
    static final String ENGLISH = "en";

    /** RFC 5322, 3.6.4, in the strict form: an id that is anything else came from nobody who follows it, and stands in no field of ours. */
    private static final Pattern MESSAGE_ID =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.:\\[\\]-]{1,200}");

    private final AcknowledgingBody body;
    private final MessageSource messages;
    private final InternetAddress from;

    /** @throws IllegalArgumentException naming the setting, if no mail can come from there */
    AcknowledgementMail(AcknowledgementSettings settings, AcknowledgingBody body, MessageSource messages) {
        this.body = body;
        this.messages = messages;
        this.from = from(settings.from() == null ? body.email() : settings.from());
    }

    private static InternetAddress from(String address) {
        try {
            return new InternetAddress(address, true);
        } catch (MessagingException none) {
            throw new IllegalArgumentException("postbag.acknowledgement.from: not an email address", none);
        }
    }

    /**
     * @param messageId of the mail that it answers, as that mail says it, without angle brackets, or null
     * @param language {@link #WELSH} or {@link #ENGLISH}
     */
    MimeMessage of(InternetAddress to, String reference, @Nullable String messageId, String language, Instant now) {
        var name = body.nameIn(language);
        try {
            var mail = new WithItsId(id(reference));
            mail.setFrom(new InternetAddress(from.getAddress(), name, UTF_8.name()));
            mail.setRecipient(RecipientType.TO, to);
            mail.setSentDate(Date.from(now));
            mail.setSubject(say(language, "subject", reference), UTF_8.name());
            mail.setText(text(name, reference, language), UTF_8.name());
            mail.setHeader("Content-Language", language);
            mail.setHeader("Auto-Submitted", "auto-replied");
            mail.setHeader("X-Auto-Response-Suppress", "All");
            mail.setHeader("X-Postbag-Loop", "1");
            if (messageId != null && MESSAGE_ID.matcher(messageId).matches()) {
                mail.setHeader("In-Reply-To", "<" + messageId + ">");
                mail.setHeader("References", "<" + messageId + ">");
            }
            mail.saveChanges();
            return mail;
        } catch (MessagingException | UnsupportedEncodingException impossible) {
            throw new IllegalStateException("An acknowledgement could not be written", impossible);
        }
    }

    private String id(String reference) {
        var domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        return "<" + reference.toLowerCase(Locale.ROOT) + ".acknowledgement@" + domain + ">";
    }

    private String text(String name, String reference, String language) {
        return String.join(
                        "\n\n",
                        say(language, "thanks", name),
                        say(language, "reference", reference),
                        say(
                                language,
                                "when",
                                body.replyWorkingDays(),
                                body.telephone(),
                                body.telephoneHoursIn(language)),
                        say(language, "not-you"),
                        name)
                + "\n";
    }

    private String say(String language, String key, Object... values) {
        return messages.getMessage("acknowledgement." + key, values, Locale.of(language, "GB"));
    }

    /** A mail whose id is ours to choose. */
    private static final class WithItsId extends MimeMessage {

        private final String id;

        WithItsId(String id) {
            super((Session) null);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
