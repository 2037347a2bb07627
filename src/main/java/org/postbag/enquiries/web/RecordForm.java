package org.postbag.enquiries.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.HandNote;
import org.postbag.receiving.HandNote.Kind;
import org.postbag.staff.PageError;
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
    List<PageError> errors(Instant now) {
        var errors = new ArrayList<PageError>();
        length(errors, "name", "The name", name, HandNote.LINE_LENGTH_MAX);
        length(errors, "telephone", "The telephone number", telephone, HandNote.LINE_LENGTH_MAX);
        if (asked.isBlank()) {
            errors.add(new PageError("asked", "Enter what was asked"));
        }
        length(errors, "asked", "What was asked", asked, HandNote.TEXT_LENGTH_MAX);
        length(errors, "answered", "What was answered", answered, HandNote.TEXT_LENGTH_MAX);
        length(errors, "email", "The email address", email, HandNote.LINE_LENGTH_MAX);
        length(errors, "place", "The postcode or place", place, HandNote.LINE_LENGTH_MAX);
        when(errors, now);
        return errors;
    }

    private void when(List<PageError> errors, Instant now) {
        boolean noDay = !date.isEmpty() && Typed.date(date) == null;
        boolean noTime = !time.isEmpty() && Typed.time(time) == null;
        if (noDay) {
            errors.add(new PageError("date", "Enter the day like 3/3/2026"));
        }
        if (noTime) {
            errors.add(new PageError("time", "Enter the time like 2:05pm or 14:05"));
        }
        if (noDay || noTime) {
            return;
        }
        var at = at(now);
        if (at != null && at.isAfter(now.plus(AHEAD_MAX))) {
            errors.add(new PageError("date", "The day and time must not be later than now"));
        }
        if (at != null
                && at.atZone(UkTime.ZONE).isBefore(now.atZone(UkTime.ZONE).minusYears(YEARS_BACK_MAX))) {
            errors.add(new PageError("date", "The day must be within the last " + YEARS_BACK_MAX + " years"));
        }
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

    private static void length(List<PageError> errors, String field, String what, String value, int max) {
        int length = CleanText.length(value);
        if (length > max) {
            errors.add(new PageError(
                    field,
                    String.format(Locale.UK, "%s must be %,d characters or fewer. It has %,d.", what, max, length)));
        }
    }

    /** What is handed in. */
    HandNote note(Instant now, String actor) {
        return new HandNote(
                key, kind, name, telephone, email, place, topic, asked, answered, closed, at(now), contactId(), actor);
    }
}
