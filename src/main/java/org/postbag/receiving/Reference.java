package org.postbag.receiving;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a person is given to quote, such as {@code 7K4M-2Q9D-6HTA}: the first 55 bits of the receipt id as eleven characters of Crockford's base 32
 * (no I, L, O or U) and a check character over GF(32) that catches every single wrong character and every swap of two. See ADR 1 for why 55.
 */
public record Reference(String value) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int DATA_CHARACTERS = 11;
    /** As it is written in a text: three groups of four, apart. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(?<![0-9A-Za-z])[0-9A-Za-z]{4}[-\u2010-\u2015 ][0-9A-Za-z]{4}[-\u2010-\u2015 ][0-9A-Za-z]{4}(?![0-9A-Za-z])");

    private static final int FOUND_MAX = 5;
    /** Of the first 64 bits of an id, those that don't stand in the reference. */
    private static final int BITS_LEFT_OUT = 9;

    public Reference {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a reference");
        }
    }

    public static Reference of(ReceiptId id) {
        long bits = Long.parseUnsignedLong(id.hex().substring(0, 16), 16) >>> BITS_LEFT_OUT;
        var digits = new int[DATA_CHARACTERS];
        for (int i = DATA_CHARACTERS - 1; i >= 0; i--) {
            digits[i] = (int) (bits & 31);
            bits >>>= 5;
        }
        var text = new StringBuilder();
        for (int digit : digits) {
            text.append(ALPHABET.charAt(digit));
        }
        text.append(ALPHABET.charAt(check(digits)));
        return new Reference(text.insert(8, '-').insert(4, '-').toString());
    }

    /** Reads what a person typed or read aloud: any case, spaces or dashes or neither, O for 0, I or L for 1. Empty where the check character is wrong. */
    public static Optional<Reference> parse(String typed) {
        var text = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\-\u2010-\u2015]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (text.length() != DATA_CHARACTERS + 1) {
            return Optional.empty();
        }
        var value = text.substring(0, 4) + "-" + text.substring(4, 8) + "-" + text.substring(8);
        return isValid(value) ? Optional.of(new Reference(value)) : Optional.empty();
    }

    /** The first few that stand in a text of any kind; three words of four letters are one only where the check character agrees. */
    public static List<Reference> in(String text) {
        return WRITTEN.matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(written -> parse(written).stream())
                .distinct()
                .limit(FOUND_MAX)
                .toList();
    }

    /**
     * Where in the order of ids those with this reference begin: it is a beginning of the id, so that the ids' own order finds them.
     *
     * @return 16 hex digits; ids with this reference, and no others, are at or above it and below {@link #idsBefore}
     */
    public String idsFrom() {
        return "%016x".formatted(bits() << BITS_LEFT_OUT);
    }

    /** Above all ids with this reference: 16 hex digits, or for the very last reference a letter behind them. */
    public String idsBefore() {
        long next = bits() + 1;
        return next == 1L << 5 * DATA_CHARACTERS ? "g" : "%016x".formatted(next << BITS_LEFT_OUT);
    }

    private long bits() {
        long bits = 0;
        for (char c : value.replace("-", "").substring(0, DATA_CHARACTERS).toCharArray()) {
            bits = bits << 5 | ALPHABET.indexOf(c);
        }
        return bits;
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String value) {
        if (value.length() != 14 || value.charAt(4) != '-' || value.charAt(9) != '-') {
            return false;
        }
        var text = value.replace("-", "");
        if (text.length() != DATA_CHARACTERS + 1) {
            return false;
        }
        var digits = new int[DATA_CHARACTERS];
        for (int i = 0; i < DATA_CHARACTERS; i++) {
            digits[i] = ALPHABET.indexOf(text.charAt(i));
            if (digits[i] < 0) {
                return false;
            }
        }
        return ALPHABET.indexOf(text.charAt(DATA_CHARACTERS)) == check(digits);
    }

    /** The sum of x^(i+1) d(i) over GF(32) with x^5 + x^2 + 1, by Horner's rule. */
    private static int check(int[] digits) {
        int sum = 0;
        for (int i = digits.length - 1; i >= 0; i--) {
            sum = timesX(sum ^ digits[i]);
        }
        return sum;
    }

    private static int timesX(int element) {
        int shifted = element << 1;
        return (shifted & 32) == 0 ? shifted : (shifted ^ 0b100101) & 31;
    }
}
