package org.postbag.normalising.mail;

import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Claim;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Language;
import org.postbag.normalising.MailDate;
import org.postbag.normalising.Message;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;

/** Reads a mail: raw MIME bytes into a message. The same bytes always give the same message, attachments in the same order. */
public final class MailReader {

    /** Mail servers take no more than this, and neither do we read more. */
    static final int MESSAGE_BYTES_MAX = 50 * 1024 * 1024;

    private MailReader() {}

    /** Never throws for what the bytes hold. */
    public static Reading read(Receipt receipt, byte[] content) {
        return read(receipt, content, null);
    }

    /** @param charset that its text is in, whatever it says itself; null where it is to be believed */
    public static Reading read(Receipt receipt, byte[] content, @Nullable Charset charset) {
        var source = Slice.of(content);
        if (source.isBlank()) {
            return new Unreadable("empty", "The mail is empty: there is not even a sender in it. It can be discarded.");
        }
        if (content.length > MESSAGE_BYTES_MAX) {
            return new Unreadable(
                    "too-large",
                    "The mail is larger than 50 MB, the most that is read. It is kept whole; ask the sender for the files another way.");
        }
        var damage = new Damage();
        var root = MimeTree.parse(source, damage);
        if (root == null) {
            return new Unreadable(
                    "too-many-parts",
                    "The mail has more than %,d parts, which no mail program writes. It is kept whole; look at its source before you open anything."
                            .formatted(MimeTree.PARTS_MAX));
        }
        if (charset != null) {
            damage.note("The charset of the text was set by staff: " + charset.displayName(Locale.ROOT) + ".");
            setCharset(root, charset);
        }
        return message(receipt, root, source, damage);
    }

    private static void setCharset(MimePart part, Charset charset) {
        part.charsetSet = charset;
        part.children.forEach(child -> setCharset(child, charset));
    }

    private static Message message(Receipt receipt, MimePart root, Slice source, Damage damage) {
        var headers = root.headers;
        var charset = textCharset(root);
        if (headers.isEmpty()) {
            damage.note("The mail has no header: nobody knows who sent it, or when.");
        }
        var body = BodyText.of(root, source, damage);
        var subject = MailHeaders.subject(headers, charset, damage);
        var sender = MailHeaders.sender(headers, charset, damage);
        var messageId = MailHeaders.id(headers, "message-id");
        var inReplyTo = MailHeaders.id(headers, "in-reply-to");
        var references = references(headers);
        var report = DeliveryReport.in(root, source);
        var automatic = automatic(receipt, AutomaticMail.of(headers, root.type, subject, report));
        return Message.of(receipt)
                .sender(sender)
                .to(MailHeaders.to(headers, charset, damage))
                .subject(subject)
                .text(body.text())
                .reply(NewPart.of(body.own(), body.text()))
                .html(body.html())
                .attachments(body.attachments())
                .messageId(messageId)
                .inReplyTo(inReplyTo)
                .references(references)
                .threadKey(threadKey(references, inReplyTo, messageId))
                .sentAt(MailDate.parse(headers.first("date")))
                .automatic(automatic)
                .failed(automatic == Automatic.BOUNCE ? failed(headers, report, body.own()) : List.of())
                .answerTo(automatic == null ? AnswerTo.of(headers, sender.email()) : null)
                .damaged(damage.notes())
                .language(Language.of(body.own().isBlank() ? body.text() : QuotedLines.plain(body.own())))
                .claims(claims(headers, sender.email(), charset))
                .submitter(MailHeaders.submitter(headers, charset))
                .build();
    }

    /** What we sent by ourselves goes round in no circle yet when it lies in the folder of sent mail. */
    private static @Nullable Automatic automatic(Receipt receipt, @Nullable Automatic told) {
        if (told == Automatic.LOOP && receipt.direction() == Direction.OUTBOUND) {
            return Automatic.AUTO_REPLY;
        }
        return told == null && receipt.junk() ? Automatic.PROBABLY_SPAM : told;
    }

    /** The addresses that our mail did not reach: as the server says it for programs, else as it says it for people. */
    private static List<EmailAddress> failed(Headers headers, @Nullable DeliveryReport report, String text) {
        if (report != null) {
            return report.addresses();
        }
        var listed = Mailboxes.parse(headers.firstOrEmpty("x-failed-recipients"), null, new Damage()).stream()
                .flatMap(party -> party.address() == null ? null : EmailAddress.parse(party.address()).stream())
                .distinct()
                .limit(DeliveryReport.ADDRESSES_MAX)
                .toList();
        return listed.isEmpty() ? FailureText.addresses(QuotedLines.plain(text), ours(headers)) : listed;
    }

    /** Where a report was sent to: who wrote the mail that it is about. */
    private static Set<EmailAddress> ours(Headers headers) {
        var ours = AutomaticMail.mailboxes(headers);
        MailHeaders.to(headers, null, new Damage()).forEach(party -> {
            if (party.address() != null) {
                EmailAddress.parse(party.address()).ifPresent(ours::add);
            }
        });
        return ours;
    }

    private static List<String> references(Headers headers) {
        var references = new LinkedHashSet<>(MailHeaders.ids(headers.firstOrEmpty("references")));
        return List.copyOf(references);
    }

    private static @Nullable String threadKey(
            List<String> references, @Nullable String inReplyTo, @Nullable String messageId) {
        if (!references.isEmpty()) {
            return references.getFirst();
        }
        return inReplyTo != null ? inReplyTo : messageId;
    }

    /** Where answers should go is only what the writer says: anybody can put anybody's address there. */
    private static List<Claim> claims(Headers headers, @Nullable EmailAddress sender, @Nullable String charset) {
        return Mailboxes.parse(headers.firstOrEmpty("reply-to"), charset, new Damage()).stream()
                .flatMap(party -> party.address() == null ? null : EmailAddress.parse(party.address()).stream())
                .filter(address -> !address.equals(sender))
                .distinct()
                .limit(10)
                .map(address -> new Claim(Claim.Kind.EMAIL, address.value()))
                .toList();
    }

    /** The charset of the first part that has one: what raw bytes in the headers are likely to be in too. */
    private static @Nullable String textCharset(MimePart root) {
        MimePart part = root;
        while (part.kind == MimePart.Kind.MULTIPART && !part.children.isEmpty()) {
            part = part.children.getFirst();
        }
        return MimeTree.charset(part);
    }
}
