package org.postbag.enquiries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Appearance;
import org.postbag.normalising.Claim;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Mend;
import org.postbag.normalising.Message;
import org.postbag.normalising.Normaliser;
import org.postbag.normalising.Party;
import org.postbag.normalising.Recorded;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.DamagedRawItem;
import org.postbag.receiving.Direction;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.Receiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** From a receipt to an {@link Item}: raw bytes, reading, limits. Needs no database, and is safe to call from many threads. */
@Component
class ItemReader {

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

    private static final long BYTES_IN_A_MB = 1024 * 1024;

    private static final Instant SENT_MIN = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant SENT_MAX = Instant.parse("2200-01-01T00:00:00Z");

    private static final Logger LOG = LoggerFactory.getLogger(ItemReader.class);

    private final RawStore raw;
    private final Normaliser normaliser;

    ItemReader(@Lazy RawStore raw, @Lazy Normaliser normaliser) {
        this.raw = raw;
        this.normaliser = normaliser;
    }

    /**
     * Never throws for what the item holds.
     *
     * @throws IOException if the raw store is away, or what opens scans
     */
    Item read(Receipt receipt) throws IOException {
        return read(receipt, Mend.NONE);
    }

    /** The same, with what staff set right of it. */
    Item read(Receipt receipt, Mend mend) throws IOException {
        Optional<RawStore.Stored> stored;
        try {
            stored = raw.item(receipt.id(), receipt.channel());
        } catch (DamagedRawItem damaged) {
            LOG.error("The raw file of receipt {} is damaged", receipt.id());
            return new Item.Refused(
                    receipt,
                    "raw-damaged",
                    "The raw item is damaged, or was stored under another master key. Once it is brought back from a backup, the item can be filed again.");
        }
        if (stored.isEmpty()) {
            // The store is there and answers; only this file is not. Waiting for it would hold up everyone else, and a
            // replay reads it again.
            LOG.error("The raw file of receipt {} is missing", receipt.id());
            return new Item.Refused(
                    receipt,
                    "raw-missing",
                    "The raw item is missing from the raw store. Once it is brought back from a backup, the item can be filed again.");
        }
        return read(receipt, stored.get(), mend);
    }

    /** The same of an item that isn't in the raw store. */
    Item read(Receipt receipt, byte[] content) throws IOException {
        return read(receipt, new RawStore.Stored(receipt, content), Mend.NONE);
    }

    private Item read(Receipt receipt, RawStore.Stored stored, Mend mend) throws IOException {
        if (receipt.size() > Receiver.CONTENT_BYTES_MAX) {
            return new Item.Refused(
                    receipt,
                    "too-large",
                    "The item is too large for Postbag (%d MB), so only its beginning was taken in. The whole of it still lies at its source: for a mail, in the mailbox's folder of taken mail."
                            .formatted(receipt.size() / BYTES_IN_A_MB));
        }
        try {
            return item(receipt, stored, mend);
        } catch (UncheckedIOException away) {
            throw new IOException("What opens scans is away", away);
        } catch (RuntimeException | StackOverflowError fault) {
            // The message of the exception may hold what the item says, so only its kind is logged.
            LOG.warn("Reading the item of receipt {} failed: {}", receipt.id(), where(fault));
            return new Item.Refused(
                    receipt,
                    "reader-failed",
                    "Postbag failed in reading this item. It is kept as it came; the fault is ours and has been logged.");
        }
    }

    private Item item(Receipt receipt, RawStore.Stored stored, Mend mend) {
        var reading = mend.isNone()
                ? normaliser.normalise(receipt, stored.content())
                : normaliser.normalise(receipt, stored.content(), mend);
        return switch (reading) {
            case Message message ->
                readable(
                        receipt,
                        message,
                        receipt.reachedAt(stored.receipt().reachedAt()).countsFrom());
            case ListEntry entry -> new Item.Listed(receipt, clean(entry));
            case Unreadable unreadable ->
                new Item.Refused(
                        receipt,
                        CleanText.of(unreadable.code(), CODE_LENGTH_MAX),
                        CleanText.of(unreadable.reason(), VALUE_LENGTH_MAX));
        };
    }

    static String where(Throwable fault) {
        var trace = fault.getStackTrace();
        return fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static Item.Readable readable(Receipt receipt, Message message, Instant countsFrom) {
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
                                .map(ItemReader::clean)
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
