package org.postbag.enquiries;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Appearance;
import org.postbag.normalising.Claim;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Party;
import org.postbag.normalising.Recorded;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;

/** What a reader gave, as far as the database and a page can hold it: each text cut at its limit and made fit to be kept, and a note where that matters. */
final class ItemLimits {

    /** What is longer stays whole in the raw item. */
    static final int TEXT_LENGTH_MAX = 1_000_000;

    private static final int SUBJECT_LENGTH_MAX = 1_000;
    private static final int NAME_LENGTH_MAX = 300;
    private static final int CODE_LENGTH_MAX = 100;
    private static final int VALUE_LENGTH_MAX = 1_000;
    private static final int FILE_NAME_LENGTH_MAX = 255;
    private static final int FILES_MAX = 10_000;
    private static final int CLAIMS_MAX = 50;
    private static final int DAMAGED_MAX = 100;
    private static final int RECIPIENTS_MAX = 1_000;
    private static final int FAILED_MAX = 1_000;

    private static final Instant SENT_MIN = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant SENT_MAX = Instant.parse("2200-01-01T00:00:00Z");

    private ItemLimits() {}

    static Item.Readable readable(Receipt receipt, Message message, Instant countsFrom) {
        var damaged = new ArrayList<String>();
        for (var note : message.damaged()) {
            if (damaged.size() < DAMAGED_MAX) {
                damaged.add(CleanText.of(note, VALUE_LENGTH_MAX));
            }
        }
        noteLimits(message, damaged);
        var sender = clean(message.sender());
        var automatic = message.automatic();
        boolean inbound = receipt.direction() == Direction.INBOUND && message.direction() == Direction.INBOUND;
        return new Item.Readable(
                receipt,
                new Appearance(
                        receipt.id(),
                        receipt.channel(),
                        inbound ? Direction.INBOUND : Direction.OUTBOUND,
                        countsFrom,
                        automatic == null || automatic.isContact(),
                        sender,
                        message.to().stream()
                                .limit(RECIPIENTS_MAX)
                                .map(ItemLimits::clean)
                                .toList(),
                        message.claims().stream()
                                .limit(CLAIMS_MAX)
                                .map(c -> new Claim(c.kind(), CleanText.of(c.value(), VALUE_LENGTH_MAX)))
                                .toList(),
                        message.failed().stream().limit(FAILED_MAX).toList(),
                        null,
                        message.recorded() == null ? null : message.recorded().contactId(),
                        message.hardToRead()),
                ThreadClues.of(receipt, message),
                senders(message),
                CleanText.ofNullable(message.subject(), SUBJECT_LENGTH_MAX),
                CleanText.of(message.text(), TEXT_LENGTH_MAX),
                CleanText.of(message.reply(), TEXT_LENGTH_MAX),
                message.html() != null,
                sender.name(),
                address(sender),
                sentAt(message, damaged),
                CleanText.ofNullable(message.topic(), VALUE_LENGTH_MAX),
                CleanText.ofNullable(message.language(), VALUE_LENGTH_MAX),
                automatic == null ? null : automatic.code(),
                CleanText.ofNullable(message.messageId(), VALUE_LENGTH_MAX),
                damaged.stream().toList(),
                files(message),
                message.answerTo(),
                message.withdraws(),
                recorded(message.recorded()));
    }

    private static @Nullable Recorded recorded(@Nullable Recorded recorded) {
        return recorded == null
                ? null
                : new Recorded(
                        CleanText.of(recorded.by(), VALUE_LENGTH_MAX),
                        recorded.kind(),
                        recorded.contactId(),
                        CleanText.of(recorded.answer(), TEXT_LENGTH_MAX),
                        recorded.closed());
    }

    private static void noteLimits(Message message, List<String> damaged) {
        if (message.text().length() > TEXT_LENGTH_MAX) {
            damaged.add(
                    "The text is longer than can be shown and searched; only its first million characters are. The whole is in the raw item.");
        }
        if (message.text().indexOf('\0') >= 0) {
            damaged.add("The text held characters that cannot be stored; each is shown as \uFFFD.");
        }
        if (message.attachments().size() > FILES_MAX) {
            damaged.add("The item carries more files than can be listed; only the first are.");
        }
    }

    /** What the sender says, as far as the database and a page can show it. */
    private static @Nullable Instant sentAt(Message message, List<String> damaged) {
        var sentAt = message.sentAt();
        if (sentAt == null || (!sentAt.isBefore(SENT_MIN) && sentAt.isBefore(SENT_MAX))) {
            return sentAt;
        }
        damaged.add("The date on which it says it was sent is not one that can be.");
        return null;
    }

    private static List<String> senders(Message message) {
        return Stream.of(message.submitter(), message.sender().email())
                .filter(Objects::nonNull)
                .map(address -> address.value().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static List<Enquiry.File> files(Message message) {
        var files = new ArrayList<Enquiry.File>();
        for (var attachment : message.attachments()) {
            if (files.size() == FILES_MAX) {
                break;
            }
            files.add(new Enquiry.File(
                    files.size(),
                    CleanText.of(attachment.name(), FILE_NAME_LENGTH_MAX),
                    CleanText.of(attachment.type(), FILE_NAME_LENGTH_MAX),
                    attachment.size(),
                    null));
        }
        return List.copyOf(files);
    }

    static Item.Refused refused(Receipt receipt, Unreadable unreadable) {
        return new Item.Refused(
                receipt,
                CleanText.of(unreadable.code(), CODE_LENGTH_MAX),
                CleanText.of(unreadable.reason(), VALUE_LENGTH_MAX));
    }

    static Item.Listed listed(Receipt receipt, ListEntry entry) {
        return new Item.Listed(receipt, clean(entry));
    }

    private static Sender clean(Sender sender) {
        return new Sender(
                CleanText.ofNullable(sender.name(), NAME_LENGTH_MAX),
                sender.email(),
                sender.telephone(),
                CleanText.ofNullable(sender.handle(), VALUE_LENGTH_MAX),
                CleanText.ofNullable(sender.asWritten(), VALUE_LENGTH_MAX));
    }

    private static ListEntry clean(ListEntry entry) {
        return new ListEntry(
                CleanText.of(entry.source(), NAME_LENGTH_MAX),
                entry.seen(),
                entry.kind(),
                entry.category(),
                CleanText.of(entry.name(), NAME_LENGTH_MAX),
                CleanText.ofNullable(entry.organisation(), NAME_LENGTH_MAX),
                entry.email(),
                CleanText.ofNullable(entry.emailWritten(), VALUE_LENGTH_MAX),
                entry.telephone(),
                CleanText.ofNullable(entry.telephoneWritten(), VALUE_LENGTH_MAX),
                entry.handle(),
                entry.registerNumber(),
                CleanText.ofNullable(entry.postcode(), VALUE_LENGTH_MAX),
                CleanText.ofNullable(entry.location(), VALUE_LENGTH_MAX),
                entry.damaged().stream()
                        .limit(DAMAGED_MAX)
                        .map(note -> CleanText.of(note, VALUE_LENGTH_MAX))
                        .toList());
    }

    private static Party clean(Party party) {
        return new Party(
                CleanText.ofNullable(party.address(), VALUE_LENGTH_MAX),
                CleanText.ofNullable(party.name(), NAME_LENGTH_MAX));
    }

    private static @Nullable String address(Sender sender) {
        if (sender.asWritten() != null) {
            return sender.asWritten();
        }
        if (sender.email() != null) {
            return sender.email().value();
        }
        return sender.telephone() != null ? sender.telephone().shown() : sender.handle();
    }
}
