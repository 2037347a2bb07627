package org.postbag.normalising;

import static org.postbag.receiving.Profile.Field;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;

/** Reads one row of the export of a social media tool. */
final class SocialMessageReader {

    private static final int SUBJECT_CHARACTERS_MAX = 80;

    private final Receipt receipt;
    private final RowCells cells;
    private final List<String> damaged;

    private SocialMessageReader(Receipt receipt, RowCells cells, List<String> damaged) {
        this.receipt = receipt;
        this.cells = cells;
        this.damaged = damaged;
    }

    /** @param damaged what was mended in the row so far */
    static Reading read(Receipt receipt, RowCells cells, Instant at, List<String> damaged) {
        return new SocialMessageReader(receipt, cells, damaged).message(at);
    }

    private Reading message(Instant at) {
        var text = text();
        if (text.isEmpty()) {
            return new Unreadable("empty", "The row has neither a text nor anything attached");
        }
        var topic = cells.line(Field.TOPIC);
        var claims = new ArrayList<Claim>();
        cells.addClaims(claims);
        cells.telephoneClaim(claims, cells.line(Field.NUMBER));
        var sender = handle(Field.HANDLE);
        cells.noteDamage(damaged);
        var other = receipt.direction() == Direction.INBOUND ? sender : recipient();
        return Message.of(receipt)
                .sender(new Sender(
                        cells.name(), null, null, sender.map(Handle::value).orElse(null), written()))
                .to(recipient()
                        .map(handle -> List.of(new Party(handle.value(), null)))
                        .orElse(List.of()))
                .subject(Shortened.of(text.lines().findFirst().orElse(text).strip(), SUBJECT_CHARACTERS_MAX))
                .text(text)
                .threadKey(threadKey(other))
                .messageId(nullable(cells.line(Field.MESSAGE_ID)))
                .sentAt(at)
                .language(Language.of(cells.text(Field.TEXT)))
                .topic(nullable(topic))
                .damaged(damaged)
                .claims(claims)
                .build();
    }

    private String text() {
        var parts = new ArrayList<String>();
        parts.add(cells.text(Field.TEXT));
        cells.text(Field.MEDIA)
                .lines()
                .map(String::strip)
                .filter(link -> !link.isEmpty())
                .forEach(link -> parts.add("Attachment: " + link));
        parts.removeIf(String::isEmpty);
        var link = cells.line(Field.LINK);
        if (!parts.isEmpty() && !link.isEmpty()) {
            parts.add("Where it stands: " + link);
        }
        return String.join("\n\n", parts);
    }

    /** What the platform's own page shows; a number says nothing to anybody. */
    private @Nullable String written() {
        var written = cells.line(Field.HANDLE);
        return written.isEmpty() || written.matches("[0-9]+") ? null : written;
    }

    private Optional<Handle> recipient() {
        return handle(Field.RECIPIENT);
    }

    private Optional<Handle> handle(Field field) {
        var written = cells.line(field);
        var id = written.startsWith("@") ? written.substring(1) : written;
        var handle = Handle.of(cells.profile().platform(cells.row()), id);
        if (handle.isEmpty() && !written.isEmpty()) {
            damaged.add("An account in the row is none that can be, so it doesn't say who wrote");
        }
        return handle;
    }

    /** What the tool calls one conversation, else all that one account writes. */
    private @Nullable String threadKey(Optional<Handle> other) {
        var conversation = cells.line(Field.CONVERSATION);
        return conversation.isEmpty()
                ? other.map(Handle::value).orElse(receipt.series())
                : cells.profile().name() + ":" + conversation;
    }

    private static @Nullable String nullable(String text) {
        return text.isEmpty() ? null : text;
    }
}
