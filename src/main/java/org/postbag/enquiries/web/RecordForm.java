package org.postbag.enquiries.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.HandNote;
import org.postbag.receiving.HandNote.Kind;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.Typed;
import org.postbag.staff.UkTime;

/**
 * The page as it was typed. All fields are as they came, so that nothing of them is lost where something is wrong.
 *
 * @param key made for each page: the same page saved twice is one item
 * @param contact the id of the contact that was chosen in the look-up; empty for none
 */
record RecordForm(
        String key,
        Kind kind,
        String name,
        String telephone,
        String email,
        String contact,
        String asked,
        String answered,
        boolean closed,
        String topic,
        String place,
        String date,
        String time) {

    private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern CONTACT = Pattern.compile("[1-9][0-9]{0,17}");
    /** Long enough ago for a letter that lay in a drawer; further back it is a slip of the finger. */
    private static final int YEARS_BACK_MAX = 10;
    /** The clock on the wall may be ahead of ours. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(15);

    /** A page that nobody has typed on yet. It came now, unless someone says otherwise. */
    static RecordForm blank(Clock clock) {
        var now = clock.instant().atZone(UkTime.ZONE);
        return new RecordForm(
                UUID.randomUUID().toString(),
                Kind.CALL,
                "",
                "",
                "",
                "",
                "",
                "",
                false,
                "",
                "",
                Typed.date(now.toLocalDate()),
                UkTime.time(now.toInstant()));
    }

    static RecordForm of(Map<String, String> fields) {
        var key = text(fields, "key");
        return new RecordForm(
                KEY.matcher(key).matches() ? key : UUID.randomUUID().toString(),
                Kind.of(text(fields, "kind")).orElse(Kind.CALL),
                text(fields, "name"),
                text(fields, "telephone"),
                text(fields, "email"),
                CONTACT.matcher(text(fields, "contact")).matches() ? text(fields, "contact") : "",
                fields.getOrDefault("asked", ""),
                fields.getOrDefault("answered", ""),
                text(fields, "closed").equals("true"),
                text(fields, "topic"),
                text(fields, "place"),
                text(fields, "date"),
                text(fields, "time"));
    }

    private static String text(Map<String, String> fields, String name) {
        return CleanText.line(fields.getOrDefault(name, ""));
    }

    @Nullable
    Long contactId() {
        return contact.isEmpty() ? null : Long.valueOf(contact);
    }

    /** What must be put right before it is saved, in the order of the page. */
    List<PageError> errors(Instant now, StaffTexts texts) {
        var errors = new ArrayList<PageError>();
        errors.addAll(tooLong("name", name, HandNote.LINE_LENGTH_MAX, texts));
        errors.addAll(tooLong("telephone", telephone, HandNote.LINE_LENGTH_MAX, texts));
        if (asked.isBlank()) {
            errors.add(new PageError("asked", texts.say("record.asked.none")));
        }
        errors.addAll(tooLong("asked", asked, HandNote.TEXT_LENGTH_MAX, texts));
        errors.addAll(tooLong("answered", answered, HandNote.TEXT_LENGTH_MAX, texts));
        errors.addAll(tooLong("email", email, HandNote.LINE_LENGTH_MAX, texts));
        errors.addAll(tooLong("place", place, HandNote.LINE_LENGTH_MAX, texts));
        errors.addAll(when(now, texts));
        return errors;
    }

    private List<PageError> when(Instant now, StaffTexts texts) {
        var errors = new ArrayList<PageError>();
        if (!date.isEmpty() && Typed.date(date) == null) {
            errors.add(new PageError("date", texts.say("record.date.unclear")));
        }
        if (!time.isEmpty() && Typed.time(time) == null) {
            errors.add(new PageError("time", texts.say("record.time.unclear")));
        }
        var at = errors.isEmpty() ? at(now) : null;
        if (at != null && at.isAfter(now.plus(AHEAD_MAX))) {
            errors.add(new PageError("date", texts.say("record.date.later")));
        }
        if (at != null
                && at.atZone(UkTime.ZONE).isBefore(now.atZone(UkTime.ZONE).minusYears(YEARS_BACK_MAX))) {
            errors.add(new PageError("date", texts.say("record.date.earlier", YEARS_BACK_MAX)));
        }
        return errors;
    }

    /**
     * When it came, in UK time: a time alone is today's, a day alone is taken from its beginning. Null where neither is typed. Where the clocks skip an hour it
     * is an hour later, where they repeat one it is the first.
     */
    private @Nullable Instant at(Instant now) {
        @Nullable LocalDate day = Typed.date(date);
        @Nullable LocalTime hour = Typed.time(time);
        if (day == null && hour == null) {
            return null;
        }
        var today = now.atZone(UkTime.ZONE).toLocalDate();
        return (day == null ? today : day)
                .atTime(hour == null ? LocalTime.MIDNIGHT : hour)
                .atZone(UkTime.ZONE)
                .toInstant();
    }

    private static List<PageError> tooLong(String field, String value, int max, StaffTexts texts) {
        int length = CleanText.length(value);
        return length > max
                ? List.of(new PageError(field, texts.say("record.too-long." + field, max, length)))
                : List.of();
    }

    /** What is handed in. */
    HandNote note(Instant now, String actor) {
        return new HandNote(
                key, kind, name, telephone, email, place, topic, asked, answered, closed, at(now), contactId(), actor);
    }
}
