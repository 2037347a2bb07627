package org.postbag.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Until when records of a category are kept, from what the period counts, and why (duties D17, D18).
 *
 * @param periodMonths in calendar months
 * @param version goes up with each change of the rule
 */
public record RetentionRule(
        Category category, int periodMonths, CountsFrom countsFrom, String legalBasis, String reason, int version) {

    /** Days are the body's own: those of the United Kingdom. */
    public static final ZoneId ZONE = ZoneId.of("Europe/London");

    private static final int PERIOD_MONTHS_MAX = 1200;

    public RetentionRule {
        if (periodMonths < 1 || periodMonths > PERIOD_MONTHS_MAX) {
            throw new IllegalArgumentException("A period is 1 to " + PERIOD_MONTHS_MAX + " months");
        }
    }

    /** What a period counts from. Someone who never wrote is counted from when they were last seen or first known, whichever is later. */
    public enum CountsFrom {
        LAST_CONTACT("last-contact", "last contact"),
        LAST_SEEN("last-seen-in-public-source", "last seen in the public source");

        private final String code;
        private final String label;

        CountsFrom(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        /** @throws IllegalArgumentException for a word that is none of these */
        public static CountsFrom of(String code) {
            for (var value : values()) {
                if (value.code.equals(code)) {
                    return value;
                }
            }
            throw new IllegalArgumentException("Nothing counts from " + code);
        }
    }

    /**
     * The last day (UK) on which the record is kept; it is due on the day after. A period of months ends on the day of the same number, or on the
     * month's last day where it has no such day: a year from 29 February ends on 28 February (the corresponding date rule, Dodds v Walker [1981]
     * 1 WLR 1027).
     */
    public LocalDate keptUntil(LastContact last) {
        return day(countedFrom(last)).plusMonths(periodMonths);
    }

    /** Of several rules for one record the one that ends first: a category that keeps longer prolongs nothing. */
    public static RetentionRule strictest(Collection<RetentionRule> rules, LastContact last) {
        return rules.stream()
                .min(Comparator.comparing((RetentionRule rule) -> rule.keptUntil(last))
                        .thenComparing(RetentionRule::category))
                .orElseThrow();
    }

    /** Whether the record is past its date on a day. */
    public boolean isDue(LastContact last, LocalDate today) {
        return keptUntil(last).isBefore(today);
    }

    /** The moment from whose day the period counts. */
    public Instant countedFrom(LastContact last) {
        var wrote = last.wroteAt();
        return switch (countsFrom) {
            case LAST_CONTACT -> wrote != null ? wrote : later(last.knownSince(), last.seenAt());
            case LAST_SEEN -> later(wrote != null ? wrote : last.knownSince(), last.seenAt());
        };
    }

    /** What was counted from a moment before this is due on {@code today}, and nothing else is. */
    public Instant dueBefore(LocalDate today) {
        // A few days of a shorter month can share one end; so look for the last day whose period is over.
        var day = today.minusMonths(periodMonths).plusDays(3);
        while (!day.plusMonths(periodMonths).isBefore(today)) {
            day = day.minusDays(1);
        }
        return day.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    public static LocalDate day(Instant moment) {
        return moment.atZone(ZONE).toLocalDate();
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }
}
