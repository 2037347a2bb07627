package org.postbag.normalising;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Profile;

/**
 * When a call took place.
 *
 * @param note what had to be assumed, in words, or null
 */
public record CallTime(Instant at, @Nullable String note) {

    /** Reads it as the profile's times are written; empty where none of its formats fits. */
    public static Optional<CallTime> parse(String written, Profile profile) {
        return profile.time(written).map(time -> of(time, profile));
    }

    private static CallTime of(TemporalAccessor time, Profile profile) {
        return switch (time) {
            case ZonedDateTime zoned -> new CallTime(zoned.toInstant(), null);
            case OffsetDateTime offset -> new CallTime(offset.toInstant(), null);
            case LocalDateTime local -> of(local, profile);
            default ->
                new CallTime(
                        LocalDate.from(time).atStartOfDay(profile.zone()).toInstant(),
                        "The export gives the day of the call but no time");
        };
    }

    private static CallTime of(LocalDateTime local, Profile profile) {
        var offsets = profile.zone().getRules().getValidOffsets(local);
        var at = local.atZone(profile.zone()).toInstant();
        return switch (offsets.size()) {
            case 0 -> new CallTime(at, "The clocks went forward over the time of the call: taken as an hour later");
            case 1 -> new CallTime(at, null);
            default ->
                new CallTime(at, "The clocks went back over the time of the call: taken as the first of the two hours");
        };
    }
}
