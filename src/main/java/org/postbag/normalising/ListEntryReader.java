package org.postbag.normalising;

import static org.postbag.receiving.Profile.Field;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.PublicSource;
import org.postbag.receiving.Receipt;

/** Reads one row of a public list. */
final class ListEntryReader {

    private static final LocalDate SEEN_MIN = LocalDate.of(1990, 1, 1);
    private static final int DAYS_AHEAD_MAX = 2;
    private static final int WRITTEN_CHARACTERS_MAX = 254;
    private static final Pattern BETWEEN_ADDRESSES = Pattern.compile("[\\s;,]+");

    /** What stands in a list where a post has nobody in it. */
    private static final Pattern NOBODY =
            Pattern.compile("(?i)vacan(t|cy)( (seat|post|position))?|to be (confirmed|appointed)|tbc|tba");

    private final RowCells cells;
    private final PublicSource source;
    private final List<String> damaged = new ArrayList<>();

    private ListEntryReader(RowCells cells, PublicSource source) {
        this.cells = cells;
        this.source = source;
    }

    static Reading read(Receipt receipt, RowCells cells) {
        var source = Objects.requireNonNull(cells.profile().source(), "a profile of a public source");
        return new ListEntryReader(cells, source).read(receipt);
    }

    private Reading read(Receipt receipt) {
        var seen = seen();
        if (seen.isEmpty()) {
            return new Unreadable(
                    "date-unreadable", "The day of the list is not written in a way that the profile knows");
        }
        if (seen.get()
                .isAfter(LocalDate.ofInstant(receipt.receivedAt(), ZoneOffset.UTC)
                        .plusDays(DAYS_AHEAD_MAX))) {
            return new Unreadable("date-ahead", "The day of the list is later than the day on which it came");
        }
        if (seen.get().isBefore(SEEN_MIN)) {
            return new Unreadable("date-too-old", "The day of the list is before 1990");
        }
        var kind = source.kind(cells.profile(), cells.row());
        if (kind.isEmpty()) {
            return new Unreadable("kind-unknown", "The profile doesn't know the word that says whether it is a person");
        }
        var category = source.category(cells.profile(), cells.row());
        if (category.isEmpty()) {
            return new Unreadable("category-unknown", "The profile doesn't know the word for the category");
        }
        boolean person = kind.get() == PublicSource.Kind.PERSON;
        var organisation = text(Field.ORGANISATION);
        var name = cells.name() == null && !person ? organisation : cells.name();
        if (name == null || NOBODY.matcher(name).matches()) {
            return new Unreadable("no-name", "The row names nobody");
        }
        var email = email();
        var number = number();
        var handle = handle();
        cells.noteDamage(damaged);
        return new ListEntry(
                source.name(),
                seen.get(),
                kind.get(),
                category.get(),
                name,
                organisation == null || organisation.equals(name) ? null : organisation,
                email,
                email == null ? null : emails().getFirst(),
                number,
                number == null ? null : written(Field.NUMBER),
                handle,
                registerNumber(kind.get()),
                postcode(),
                text(Field.LOCATION),
                damaged);
    }

    private Optional<LocalDate> seen() {
        var written = cells.line(Field.SEEN);
        return written.isEmpty()
                ? Optional.ofNullable(cells.row().seen())
                : cells.profile().time(written).flatMap(ListEntryReader::day);
    }

    private static Optional<LocalDate> day(TemporalAccessor time) {
        try {
            return Optional.of(LocalDate.from(time));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    private @Nullable String text(Field field) {
        var text = RowCells.ofSomething(cells.line(field));
        return text == null ? null : Shortened.of(text, RowCells.NAME_CHARACTERS_MAX);
    }

    private String written(Field field) {
        return Shortened.of(cells.line(field), WRITTEN_CHARACTERS_MAX);
    }

    /** The first where there are several: the others are kept in the raw item. */
    private @Nullable EmailAddress email() {
        if (RowCells.ofSomething(cells.line(Field.EMAIL)) == null) {
            return null;
        }
        var all = emails();
        var first = all.stream().findFirst().flatMap(EmailAddress::parse);
        if (first.isEmpty()) {
            damaged.add("The email address could not be read");
        } else if (all.size() > 1) {
            damaged.add("Only the first of several email addresses was taken");
        }
        return first.orElse(null);
    }

    private List<String> emails() {
        var written = cells.line(Field.EMAIL).replaceFirst("(?i)^mailto:", "");
        return Arrays.stream(BETWEEN_ADDRESSES.split(written))
                .filter(one -> one.indexOf('@') >= 0)
                .toList();
    }

    private @Nullable Telephone number() {
        var written = cells.line(Field.NUMBER);
        var number = written.isEmpty() ? null : cells.telephone(written);
        if (number == null && !written.isEmpty() && !cells.standsForNoNumber(written)) {
            damaged.add("The telephone number could not be read");
        }
        return number;
    }

    private @Nullable Handle handle() {
        var written = cells.line(Field.HANDLE);
        var id = written.startsWith("@") ? written.substring(1) : written;
        var handle = Handle.of(cells.profile().platform(cells.row()), id);
        if (handle.isEmpty() && RowCells.ofSomething(written) != null) {
            damaged.add("The account could not be read");
        }
        return handle.orElse(null);
    }

    /** A post's id is not its holder's. */
    private @Nullable RegisterNumber registerNumber(PublicSource.Kind kind) {
        var register = source.register();
        var written = cells.line(Field.ENTRY_ID);
        if (register == null || written.isEmpty() || !source.idsStayWith(kind)) {
            return null;
        }
        var number = RegisterNumber.parse(register, written);
        if (number.isEmpty()) {
            damaged.add("The register's number could not be read");
        }
        return number.orElse(null);
    }

    private @Nullable String postcode() {
        var written = text(Field.POSTCODE);
        return written == null
                ? null
                : Postcode.parse(written).map(Postcode::value).orElse(written);
    }
}
