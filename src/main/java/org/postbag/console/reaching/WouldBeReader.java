package org.postbag.console.reaching;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.SourceLook.Found;
import org.postbag.receiving.SourceLook.Item;
import org.postbag.receiving.SourceLook.Misfit;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Reads what was found as filing reads it, and says what would become of it. */
@Component
@Profile("!command")
final class WouldBeReader {

    /** What nobody took has no receipt. */
    private static final ReceiptId NONE = new ReceiptId("0".repeat(64));

    private static final int TEXT_CHARACTERS_MAX = 600;
    private static final int ATTACHMENTS_MAX = 20;

    private final Readers readers;
    private final Clock clock;

    WouldBeReader(Readers readers, Clock clock) {
        this.readers = readers;
        this.clock = clock;
    }

    /** @param name of the item, or of the file that it was cut from */
    WouldBe read(Found found, String name) {
        return switch (found) {
            case Misfit misfit -> new WouldBe.Held(misfit.file(), misfit.bytes(), misfit.reason());
            case Item(Arrival arrival) -> read(arrival, name(arrival, name));
        };
    }

    private static String name(Arrival arrival, String name) {
        var row = arrival.sourceRow();
        if (row == null) {
            return name;
        }
        return name + (arrival.channel() == Channel.LETTER ? ", letter " : ", row ") + row;
    }

    private WouldBe read(Arrival arrival, String name) {
        if (arrival.size() > Receiver.CONTENT_BYTES_MAX) {
            return new WouldBe.Quarantined(
                    name, arrival.size(), "too-large", "The item is too large to be taken in whole");
        }
        return switch (reading(arrival)) {
            case Unreadable not -> new WouldBe.Quarantined(name, arrival.size(), not.code(), not.reason());
            case ListEntry _ ->
                new WouldBe.Nothing(
                        name,
                        arrival.size(),
                        "It would be kept as what the list says of somebody; it is nobody’s enquiry");
            case Message message ->
                new WouldBe.Enquiry(
                        name, arrival.size(), message.channel(), message.direction(), arrival.junk(), content(message));
        };
    }

    /** A reader that fails costs one item, as in filing. */
    private Reading reading(Arrival arrival) {
        var receipt = new Receipt(
                NONE,
                arrival.channel(),
                arrival.direction(),
                arrival.route(),
                clock.instant(),
                arrival.size(),
                null,
                arrival.profile(),
                null,
                arrival.sourceRow(),
                arrival.junk(),
                null,
                null,
                null);
        try {
            return readers.normalise(receipt, arrival.content());
        } catch (RuntimeException | StackOverflowError fault) {
            return new Unreadable("reader-failed", "Postbag failed in reading this item; the fault is ours");
        }
    }

    private static WouldBe.Content content(Message message) {
        var text = message.text();
        return new WouldBe.Content(
                message.subject(),
                from(message),
                text.length() > TEXT_CHARACTERS_MAX ? text.substring(0, TEXT_CHARACTERS_MAX) + "…" : text,
                message.attachments().stream()
                        .limit(ATTACHMENTS_MAX)
                        .map(Attachment::name)
                        .toList(),
                message.sentAt(),
                message.damaged());
    }

    private static @Nullable String from(Message message) {
        var sender = message.sender();
        var address = Stream.<@Nullable Object>of(
                        sender.email(),
                        sender.telephone() == null ? null : sender.telephone().shown(),
                        sender.handle(),
                        sender.asWritten())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst();
        var parts = Stream.concat(Stream.ofNullable(sender.name()), address.stream())
                .toList();
        return parts.isEmpty() ? null : String.join(" · ", List.copyOf(parts));
    }
}
