package org.postbag.contacts.matching;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;

/**
 * How alike two values of a field are, in levels from {@link #NONE} to {@link #EQUAL}. The levels have no weight of their own: what each is worth is learnt
 * (see {@link Training}).
 */
final class Likeness {

    static final int NONE = 0;
    static final int FAINT = 1;
    static final int ALIKE = 2;
    static final int CLOSE = 3;
    /** One slip of the pen. */
    static final int NEAR = 4;

    static final int EQUAL = 5;
    static final int LEVELS = 6;

    private static final int DATE_DIGITS = 8;
    private static final int DAYS_CLOSE = 45;
    private static final int DAYS_ALIKE = 400;
    private static final int DAYS_FAINT = 3_700;

    private Likeness() {}

    /** Of two normalised values that differ. */
    static int of(Field.Kind kind, String one, String other) {
        return switch (kind) {
            case NAME, PLACE -> text(one, other);
            case NUMBER -> number(one, other);
            case DATE -> date(one, other);
            case EMAIL -> email(one, other);
            case WORDS -> words(one, other);
        };
    }

    static int text(String one, String other) {
        if (one.equals(other)) {
            return EQUAL;
        }
        int shorter = Math.min(one.length(), other.length());
        int edits = Texts.edits(one, other, 2);
        if (edits <= 1 && shorter >= 3 || Nicknames.same(one, other)) {
            return NEAR;
        }
        double letters = shorter >= 4 ? Texts.sharedLetters(one, other) : 0;
        if (edits <= 2 && shorter >= 6 || letters >= 0.9) {
            return CLOSE;
        }
        double likeness = Texts.jaroWinkler(one, other);
        if (likeness >= 0.88 || letters >= 0.8 || shorter >= 4 && isBeginning(one, other)) {
            return ALIKE;
        }
        return likeness >= 0.75 || shorter == 1 && one.charAt(0) == other.charAt(0) ? FAINT : NONE;
    }

    private static boolean isBeginning(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    static int number(String one, String other) {
        if (one.equals(other)) {
            return EQUAL;
        }
        int edits = Texts.edits(one, other, 2);
        if (edits <= 1) {
            return NEAR;
        }
        return edits <= 2 && Math.min(one.length(), other.length()) >= 4
                        || Texts.sortedLetters(one).equals(Texts.sortedLetters(other))
                ? CLOSE
                : NONE;
    }

    /** Of two dates as eight digits. */
    static int date(String one, String other) {
        if (one.equals(other)) {
            return EQUAL;
        }
        int edits = Texts.edits(one, other, 2);
        if (one.length() != DATE_DIGITS || other.length() != DATE_DIGITS) {
            return edits <= 1 ? NEAR : NONE;
        }
        if (edits <= 1 || isDayForMonth(one, other)) {
            return NEAR;
        }
        long days = days(one, other);
        if (days <= DAYS_CLOSE) {
            return CLOSE;
        }
        if (days <= DAYS_ALIKE || edits <= 2) {
            return ALIKE;
        }
        return days <= DAYS_FAINT ? FAINT : NONE;
    }

    private static boolean isDayForMonth(String one, String other) {
        return one.regionMatches(0, other, 0, 4)
                && one.regionMatches(4, other, 6, 2)
                && one.regionMatches(6, other, 4, 2);
    }

    private static long days(String one, String other) {
        try {
            return Math.abs(day(one).toEpochDay() - day(other).toEpochDay());
        } catch (DateTimeException none) {
            return Long.MAX_VALUE;
        }
    }

    private static LocalDate day(String digits) {
        return LocalDate.of(
                Integer.parseInt(digits.substring(0, 4)),
                Integer.parseInt(digits.substring(4, 6)),
                Integer.parseInt(digits.substring(6)));
    }

    static int email(String one, String other) {
        if (one.equals(other)) {
            return EQUAL;
        }
        if (Texts.edits(one, other, 2) <= 2) {
            return NEAR;
        }
        double letters = Texts.sharedLetters(one, other);
        if (letters >= 0.9 || isOneMailbox(one, other)) {
            return CLOSE;
        }
        double likeness = Texts.jaroWinkler(one, other);
        if (letters >= 0.8 && likeness >= 0.7) {
            return ALIKE;
        }
        return likeness >= 0.8 ? FAINT : NONE;
    }

    /** The same before the @, which is long enough to mean something. */
    private static boolean isOneMailbox(String one, String other) {
        int at = one.indexOf('@');
        return at > 2 && at == other.indexOf('@') && one.regionMatches(0, other, 0, at);
    }

    /** Of two values whose words may stand in another order, or be left out. */
    static int words(String one, String other) {
        if (one.equals(other)) {
            return EQUAL;
        }
        var plainOne = one.replace(" ", "");
        var plainOther = other.replace(" ", "");
        int shorter = Math.min(plainOne.length(), plainOther.length());
        int edits = Texts.edits(plainOne, plainOther, 3);
        if (edits <= 1 || edits <= 2 && shorter >= 8) {
            return NEAR;
        }
        var shared = new HashSet<>(Arrays.asList(one.split(" ", -1)));
        var others = new HashSet<>(Arrays.asList(other.split(" ", -1)));
        int fewer = Math.min(shared.size(), others.size());
        shared.retainAll(others);
        double share = (double) shared.size() / fewer;
        if (edits <= 3 && shorter >= 9
                || share == 1 && fewer >= 2
                || Texts.sharedLetters(plainOne, plainOther) >= 0.92) {
            return CLOSE;
        }
        double likeness = Texts.jaroWinkler(plainOne, plainOther);
        if (likeness >= 0.88 || share >= 0.6) {
            return ALIKE;
        }
        return likeness >= 0.78 || share >= 0.5 ? FAINT : NONE;
    }
}
