package org.postbag.receiving;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a member of staff noted of a call, a visit or a letter: the by-hand channel's item. Its raw bytes are {@link #toJson()}. A field that was left
 * empty is the empty text. Texts are clean (see {@link CleanText}) but not otherwise checked; only {@code asked} must be there.
 *
 * @param key made for each page, so that the same page sent twice is one item, and another content under it is a correction
 * @param at when the person really called, came or wrote; null where it isn't known
 * @param place where they live or what place it is about: a postcode, else words
 * @param closed whether what they asked was answered there and then, so that nothing is left to do
 * @param contactId the contact that the member of staff said it is; null where they said none
 * @param recordedBy who noted it: {@code staff:<username>}
 */
public record HandNote(
        String key,
        Kind kind,
        String name,
        String telephone,
        String email,
        String place,
        String topic,
        String asked,
        String answered,
        boolean closed,
        @Nullable Instant at,
        @Nullable Long contactId,
        String recordedBy) {

    public static final int LINE_LENGTH_MAX = 200;
    public static final int TEXT_LENGTH_MAX = 20_000;

    public HandNote {
        key = CleanText.line(key);
        name = CleanText.line(name);
        telephone = CleanText.line(telephone);
        email = CleanText.line(email);
        place = CleanText.line(place);
        topic = CleanText.line(topic);
        asked = CleanText.lines(asked);
        answered = CleanText.lines(answered);
        recordedBy = CleanText.line(recordedBy);
    }

    /** How it came. */
    public enum Kind {
        CALL("call"),
        VISIT("visit"),
        LETTER("letter"),
        OTHER("other");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static Optional<Kind> of(String code) {
            return Arrays.stream(values()).filter(k -> k.code.equals(code)).findFirst();
        }
    }

    /** The raw item. The same note gives the same bytes, whenever it is sent. */
    public byte[] toJson() {
        return HandNoteJson.write(this);
    }

    /** Reads a raw item. Never throws for what it holds. */
    public static Parsed parse(byte[] json) {
        return HandNoteJson.parse(json);
    }

    /** What {@link #parse} returns. */
    public sealed interface Parsed {
        /** @param timeUnreadable whether it says a time that is none; the note's is then null */
        record Note(HandNote note, boolean timeUnreadable) implements Parsed {}

        /** @param why in words for staff, without personal data */
        record Malformed(String code, String why) implements Parsed {}
    }
}
