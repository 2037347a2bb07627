package org.postbag.receiving;

import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of an export map to ours. Written by the people who run the ways in, in a YAML file of {@link Profiles}.
 *
 * @param name the file's name without its ending
 * @param channel that its rows are items of: {@code telephone}, {@code social-tool} or {@code public-register}
 * @param zone of times that don't say theirs
 * @param telephones whose numbers are written without a country code
 * @param encodings tried in order on each line; a byte order mark wins over them
 * @param delimiter between cells, or null where it is to be found out from the header
 * @param headings the names of the columns of an export that has no header, else empty
 * @param columns the names of the columns that make up each field; the cells of several are joined by a space
 * @param optional fields whose columns an export may leave out
 * @param dates how times are written, tried in order; ISO 8601 always is, last
 * @param outcomes what the words in the outcome column mean, keyed by {@link #key}
 * @param withheld words in the number column that stand for no number, keyed by {@link #key}
 * @param outbound words in the direction column that mean that we called or wrote, keyed likewise
 * @param platforms what the words in the platform column mean, keyed likewise: our words, such as {@code facebook}
 * @param source the public source that its rows are entries of, null on other channels
 */
public record Profile(
        String name,
        Channel channel,
        ZoneId zone,
        TelephoneRegion telephones,
        List<Charset> encodings,
        @Nullable Character delimiter,
        List<String> headings,
        Map<Field, List<String>> columns,
        Set<Field> optional,
        List<DateTimeFormatter> dates,
        Map<String, Outcome> outcomes,
        Set<String> withheld,
        Set<String> outbound,
        Map<String, String> platforms,
        @Nullable PublicSource source)
        implements ProfileLookup {

    private static final Pattern SPACE = Pattern.compile("[\\s\\u00A0\\uFEFF]+");

    public Profile {
        encodings = List.copyOf(encodings);
        headings = List.copyOf(headings);
        columns = Collections.unmodifiableMap(new EnumMap<>(columns));
        optional = Set.copyOf(optional);
        dates = List.copyOf(dates);
        outcomes = Map.copyOf(outcomes);
        withheld = Set.copyOf(withheld);
        outbound = Set.copyOf(outbound);
        platforms = Map.copyOf(platforms);
    }

    /** What we want to know of a call, of a message, or of an entry in a public list. */
    public enum Field {
        CALL_ID("callId"),
        WHEN("when"),
        NUMBER("number"),
        NAME("name"),
        TOPIC("topic"),
        NOTES("notes"),
        OUTCOME("outcome"),
        DURATION("duration"),
        POSTCODE("postcode"),
        ORGANISATION("organisation"),
        LOCATION("location"),
        EMAIL("email"),
        OTHER_NUMBER("otherNumber"),
        DIRECTION("direction"),
        MESSAGE_ID("messageId"),
        PLATFORM("platform"),
        /** The platform's id of the account that a message is from. */
        HANDLE("handle"),
        /** Likewise of the account that it was sent to. */
        RECIPIENT("recipient"),
        CONVERSATION("conversation"),
        TEXT("text"),
        LINK("link"),
        MEDIA("media"),
        /** A public list's own id of an entry. */
        ENTRY_ID("entryId"),
        CATEGORY("category"),
        KIND("kind"),
        /** The day on which a public list was seen. */
        SEEN("seen");

        private final String code;

        Field(String code) {
            this.code = code;
        }

        /** The word used in the profile's file. */
        public String code() {
            return code;
        }

        public static Optional<Field> of(String code) {
            return Arrays.stream(values()).filter(f -> f.code.equals(code)).findFirst();
        }
    }

    /** How a call ended. Every row is an item whatever its outcome. */
    public enum Outcome {
        ANSWERED("answered"),
        ABANDONED("abandoned"),
        /** The body rang the person. */
        OUTBOUND("outbound"),
        /** Nobody's call: it moves no retention date. */
        TEST("test");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static Optional<Outcome> of(String code) {
            return Arrays.stream(values()).filter(o -> o.code.equals(code)).findFirst();
        }
    }

    /** Two names of columns, or two words in a cell, are the same where their keys are: case and spacing don't count. */
    public static String key(String written) {
        return SPACE.matcher(written).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** What a row says for a field, its cells joined by a space; empty where it says nothing. */
    public String value(Field field, ExportRow.Whole row) {
        var value = new StringBuilder();
        for (var column : columns.getOrDefault(field, List.of())) {
            var cell = row.cells().getOrDefault(column, "").strip();
            if (!cell.isEmpty()) {
                value.append(value.isEmpty() ? "" : " ").append(cell);
            }
        }
        return value.toString();
    }

    /** What the outcome column of a row means; empty where it is missing or unknown to the profile. */
    public Optional<Outcome> outcome(ExportRow.Whole row) {
        return Optional.ofNullable(outcomes.get(key(value(Field.OUTCOME, row))));
    }

    /** Whether we called, or wrote. */
    public boolean isOutbound(ExportRow.Whole row) {
        return outcome(row).filter(o -> o == Outcome.OUTBOUND).isPresent()
                || outbound.contains(key(value(Field.DIRECTION, row)));
    }

    /** Our word for the platform of a row; where the profile has none, theirs in small letters with hyphens. Empty where the row has none. */
    public String platform(ExportRow.Whole row) {
        var written = key(value(Field.PLATFORM, row));
        return platforms.getOrDefault(
                written, written.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
    }

    /** A time as it is written: an {@link OffsetDateTime}, {@link LocalDateTime} or {@link LocalDate}; empty where no format fits it. */
    public Optional<TemporalAccessor> time(String written) {
        for (var format : dates) {
            try {
                return Optional.of(format.parseBest(
                        written, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
            } catch (DateTimeException anotherFormat) {
                continue;
            }
        }
        return Optional.empty();
    }
}
