package org.postbag.contacts.matching;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;

/** How alike two dates are: by their digits, for a slip of the pen or day and month in the other order, and by the days between them. */
final class DateLikeness {

    private static final int DIGITS = 8;
    private static final int DAYS_CLOSE = 45;
    private static final int DAYS_ALIKE = 400;
    private static final int DAYS_FAINT = 3_700;

    private DateLikeness() {}

    /** Of two dates as eight digits. */
    static int of(Written one, Written other) {
        int edits = one.edits(other, 2);
        if (one.length != DIGITS || other.length != DIGITS) {
            return edits <= 1 ? Likeness.NEAR : Likeness.NONE;
        }
        if (edits <= 1 || isDayForMonth(one.letters, other.letters)) {
            return Likeness.NEAR;
        }
        long days = days(one.letters, other.letters);
        if (days <= DAYS_CLOSE) {
            return Likeness.CLOSE;
        }
        if (days <= DAYS_ALIKE || edits <= 2) {
            return Likeness.ALIKE;
        }
        return days <= DAYS_FAINT ? Likeness.FAINT : Likeness.NONE;
    }

    private static boolean isDayForMonth(char[] one, char[] other) {
        return Arrays.equals(one, 0, 4, other, 0, 4)
                && Arrays.equals(one, 4, 6, other, 6, 8)
                && Arrays.equals(one, 6, 8, other, 4, 6);
    }

    /** As many as there are between them, or more than any limit where one isn't in the calendar. */
    private static long days(char[] one, char[] other) {
        long first = day(one);
        long second = day(other);
        return first == Long.MIN_VALUE || second == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(first - second);
    }

    private static long day(char[] digits) {
        int year = number(digits, 0, 4);
        int month = number(digits, 4, 6);
        int day = number(digits, 6, 8);
        return month < 1
                        || month > 12
                        || day < 1
                        || day > YearMonth.of(year, month).lengthOfMonth()
                ? Long.MIN_VALUE
                : LocalDate.of(year, month, day).toEpochDay();
    }

    private static int number(char[] digits, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digits[i] - '0';
        }
        return number;
    }
}
