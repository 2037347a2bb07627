package org.postbag.normalising;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.HandNote;
import org.postbag.receiving.HandNote.Parsed;
import org.postbag.receiving.Receipt;

/**
 * Reads what a member of staff noted of a call, a visit or a letter. The telephone number is an address that the person used; an email address that was
 * only heard, and where they live, are claims.
 */
final class HandNoteReader {

    private static final int LINE_LENGTH_MAX = 500;
    private static final int TEXT_LENGTH_MAX = 1_000_000;
    private static final Duration AHEAD_MAX = Duration.ofDays(1);
    private static final Pattern STAFF = Pattern.compile("staff:\\S{1,100}");

    private final Receipt receipt;
    private final TypedFields typed = new TypedFields();

    private HandNoteReader(Receipt receipt) {
        this.receipt = receipt;
    }

    static Reading read(Receipt receipt, byte[] content) {
        return switch (HandNote.parse(content)) {
            case Parsed.Malformed(var code, var why) -> new Unreadable(code, why);
            case Parsed.Note(var note, var _)
            when note.asked().isBlank() -> new Unreadable("empty", "The note does not say what was asked");
            case Parsed.Note(var note, var _)
            when !STAFF.matcher(note.recordedBy()).matches() ->
                new Unreadable("nobody", "The note does not say which member of staff recorded it");
            case Parsed.Note(var note, var timeUnreadable) -> new HandNoteReader(receipt).message(note, timeUnreadable);
        };
    }

    private Message message(HandNote note, boolean timeUnreadable) {
        var name = typed.cut("name", note.name(), LINE_LENGTH_MAX);
        var rung = typed.cut("telephone number", note.telephone(), LINE_LENGTH_MAX);
        var topic = typed.cut("topic", note.topic(), LINE_LENGTH_MAX);
        var asked = typed.cut("text of what was asked", note.asked(), TEXT_LENGTH_MAX);
        var answered = typed.cut("text of what was answered", note.answered(), TEXT_LENGTH_MAX);
        var telephone = Telephone.parse(rung).orElse(null);
        typed.claim(Claim.Kind.EMAIL, typed.cut("email address", note.email(), LINE_LENGTH_MAX));
        if (telephone == null) {
            typed.claim(Claim.Kind.TELEPHONE, rung);
        }
        var place = typed.cut("place", note.place(), LINE_LENGTH_MAX);
        typed.claim(Postcode.parse(place).isPresent() ? Claim.Kind.POSTCODE : Claim.Kind.LOCATION, place);
        typed.noteReplaced(name + rung + topic + place + note.email() + asked + answered);
        return Message.of(receipt)
                .sender(new Sender(
                        name.isEmpty() ? null : name, null, telephone, null, telephone == null ? null : rung))
                .subject(FormReader.subject(topic, asked))
                .text(answered.isEmpty() ? asked : asked + "\n\n" + answered)
                .reply(asked)
                .threadKey(receipt.series() == null ? receipt.id().hex() : receipt.series())
                .sentAt(sentAt(note.at(), timeUnreadable))
                .damaged(typed.damaged())
                .topic(topic.isEmpty() ? null : topic)
                .claims(typed.claims())
                .recorded(
                        new Recorded(note.recordedBy(), note.kind().code(), note.contactId(), answered, note.closed()))
                .build();
    }

    private @Nullable Instant sentAt(@Nullable Instant at, boolean unreadable) {
        if (unreadable) {
            typed.note("The time at which it came cannot be read");
        }
        if (at != null && at.isAfter(receipt.receivedAt().plus(AHEAD_MAX))) {
            typed.note("The time at which it came is later than the one at which it was recorded");
            return null;
        }
        return at;
    }
}
