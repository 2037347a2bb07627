package org.postbag.contacts.matching;

/**
 * What of a value shows without reading it that it has nothing to do with another one, in one number: its length in the first eight bits, in the next ones
 * with what it begins, or which words it has; in the others how many letters of each of some groups. A date of eight digits is in it whole.
 */
final class Signature {

    private static final int LENGTH_SHIFT = 56;
    /** That other names stand for it, which needn't have a letter in common with it. */
    private static final long NICKNAME = 1L << 54;

    private static final int BEGINNING_SHIFT = 48;
    private static final long BEGINNING = 0x3fL << BEGINNING_SHIFT;
    private static final int LETTERS_BITS = 48;

    private static final int WORDS_SHIFT = 28;
    private static final int WORDS_BITS = 20;
    private static final long WORDS = (1L << WORDS_BITS) - 1 << WORDS_SHIFT;

    static final int DIGITS = 8;
    private static final long WHOLE = 1L << 54;

    /** Jaro and Winkler's likeness of two values that begin with the same four letters, at most, from the share of letters in common. */
    private static final double BEGINNING_MAX = Likeness.PREFIX_MAX * Likeness.PREFIX_SHARE;

    private Signature() {}

    static long of(Field.Kind kind, Written value) {
        long length = (long) value.length << LENGTH_SHIFT;
        return switch (kind) {
            case NAME -> length | letters(value, 2, LETTERS_BITS) | beginning(value) | nickname(value);
            case PLACE, EMAIL -> length | letters(value, 2, LETTERS_BITS) | beginning(value);
            case NUMBER -> length | letters(value, 4, LETTERS_BITS);
            case WORDS -> length | letters(value, 2, WORDS_SHIFT) | beginning(value) | words(value);
            case DATE -> value.length == DIGITS ? length | digits(value) | WHOLE : length;
        };
    }

    /** A bit for the first letter of each group, another for the second, and so on up to {@code width}. */
    private static long letters(Written value, int width, int bits) {
        int groups = bits / width;
        long full = (1L << width) - 1;
        long letters = 0;
        for (int i = 0; i < value.length; i++) {
            int shift = value.letters[i] % groups * width;
            long had = letters >>> shift & full;
            letters |= ((had << 1 | 1) & full) << shift;
        }
        return letters;
    }

    private static long beginning(Written value) {
        return (long) (value.letters[0] & 0x3f) << BEGINNING_SHIFT;
    }

    private static long nickname(Written value) {
        return Nicknames.isKnown(value.toString()) ? NICKNAME : 0;
    }

    private static long words(Written value) {
        long words = 0;
        for (int i = 0; i < value.wordCount; i++) {
            words |= 1L << Math.floorMod(Tokens.mixed(value.words[i]), WORDS_BITS) + WORDS_SHIFT;
        }
        return words;
    }

    private static long digits(Written value) {
        long digits = 0;
        for (int i = 0; i < DIGITS; i++) {
            digits = digits << 4 | value.letters[i] - '0';
        }
        return digits;
    }

    /** Whether the value, a date of eight digits, can be read from its signature. */
    static boolean isWhole(Field.Kind kind, long signature) {
        return kind == Field.Kind.DATE && (signature & WHOLE) != 0;
    }

    static char digit(long signature, int place) {
        return (char) ('0' + (signature >>> 4 * (DIGITS - 1 - place) & 0xf));
    }

    private static int length(long signature) {
        return (int) (signature >>> LENGTH_SHIFT);
    }

    /** How many letters two values have in common, wherever they stand, at most. */
    private static int sharedMax(long one, long other, int bits) {
        long mask = (1L << bits) - 1;
        long letters = one & mask;
        long others = other & mask;
        int beyond = Math.min(length(one) - Long.bitCount(letters), length(other) - Long.bitCount(others));
        return Long.bitCount(letters & others) + beyond;
    }

    /** Jaro and Winkler's likeness of two values, at most. */
    static double jaroWinklerMax(int shared, int length, int otherLength, double prefixShare) {
        int n = Math.min(length, Written.LETTERS_MAX);
        int m = Math.min(otherLength, Written.LETTERS_MAX);
        double jaro = Math.min(1, ((double) shared / n + (double) shared / m + 1) / 3);
        return jaro + prefixShare * (1 - jaro);
    }

    /** {@code false} only where {@link Likeness} would find none. */
    static boolean mayBeAlike(Field.Kind kind, long one, long other) {
        return switch (kind) {
            case NUMBER -> Math.max(length(one), length(other)) - sharedMax(one, other, LETTERS_BITS) <= 2;
            case NAME -> (one & other & NICKNAME) != 0 || mayBeText(one, other, Likeness.TEXT_FAINT);
            case PLACE -> mayBeText(one, other, Likeness.TEXT_FAINT);
            case EMAIL -> (one & BEGINNING) == (other & BEGINNING) || mayBeEmail(one, other);
            case WORDS -> mayBeWords(one, other);
            case DATE -> true;
        };
    }

    private static boolean mayBeText(long one, long other, double min) {
        int shared = sharedMax(one, other, LETTERS_BITS);
        double prefixShare = (one & BEGINNING) == (other & BEGINNING) ? BEGINNING_MAX : 0;
        return Math.max(length(one), length(other)) - shared <= 1
                || jaroWinklerMax(shared, length(one), length(other), prefixShare) >= min;
    }

    private static boolean mayBeEmail(long one, long other) {
        int shared = sharedMax(one, other, LETTERS_BITS);
        int longer = Math.max(length(one), length(other));
        double min = shared >= 0.8 * longer ? Likeness.EMAIL_ALIKE : Likeness.EMAIL_FAINT;
        return longer - shared <= 2 || jaroWinklerMax(shared, length(one), length(other), 0) >= min;
    }

    private static boolean mayBeWords(long one, long other) {
        int fewer = Math.min(Long.bitCount(one & WORDS), Long.bitCount(other & WORDS));
        int shared = sharedMax(one, other, WORDS_SHIFT);
        double prefixShare = (one & BEGINNING) == (other & BEGINNING) ? BEGINNING_MAX : 0;
        return Long.bitCount(one & other & WORDS) * 2 >= fewer
                || Math.max(length(one), length(other)) - shared <= 2
                || jaroWinklerMax(shared, length(one), length(other), prefixShare) >= Likeness.WORDS_FAINT;
    }
}
