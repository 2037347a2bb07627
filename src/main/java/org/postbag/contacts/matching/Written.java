package org.postbag.contacts.matching;

import java.util.Arrays;

/** A value laid out for comparing it with many others; it is filled again and again, so that comparing needs no new memory. Of one thread. */
final class Written {

    static final int LETTERS_MAX = 64;
    private static final int ASCII = 128;

    private final char[] whole;
    /** Without what stands between words. */
    final char[] letters;

    int length;
    /** Of values of several words, each word once. */
    final long[] words;

    int wordCount;

    private int number = Column.NOTHING;
    private boolean isLaidOut;
    /** Where each letter stands, a bit for each of the first 64. */
    private long[] places = new long[0];
    /** How often each letter stands there. */
    private int[] counts = new int[0];

    /** Room for any value. */
    Written() {
        this(Normal.VALUE_CHARACTERS_MAX);
    }

    private Written(int most) {
        whole = new char[most];
        letters = new char[most];
        words = new long[most];
    }

    /** One to be compared once, of no more room than it needs. */
    static Written of(Field.Kind kind, String value) {
        int most = Math.min(value.length(), Normal.VALUE_CHARACTERS_MAX);
        var written = new Written(Math.max(1, most));
        if (kind == Field.Kind.WORDS) {
            value.getChars(0, most, written.whole, 0);
            written.words(most);
        } else {
            value.getChars(0, most, written.letters, 0);
            written.length = most;
        }
        return written;
    }

    /** Does nothing where the value stands there already: always of the same column. */
    void fill(Column column, int value, long signature) {
        if (number == value) {
            return;
        }
        if (Signature.isWhole(column.field.kind(), signature)) {
            clear();
            number = value;
            length = Signature.DIGITS;
            for (int i = 0; i < length; i++) {
                letters[i] = Signature.digit(signature, i);
            }
        } else {
            refill(column.field.kind(), column.texts, value);
        }
    }

    /** Whatever stood there before, also if it had the same number in another pool. */
    void refill(Field.Kind kind, TextPool pool, int number) {
        clear();
        this.number = number;
        if (kind == Field.Kind.WORDS) {
            words(pool.letters(number, whole));
        } else {
            length = pool.letters(number, letters);
        }
    }

    private void words(int all) {
        length = 0;
        wordCount = 0;
        long hash = 0;
        for (int i = 0; i <= all; i++) {
            if (i == all || whole[i] == ' ') {
                word(hash);
                hash = 0;
            } else {
                letters[length++] = whole[i];
                hash = Tokens.with(hash, whole[i]);
            }
        }
    }

    private void word(long hash) {
        for (int i = 0; i < wordCount; i++) {
            if (words[i] == hash) {
                return;
            }
        }
        words[wordCount++] = hash;
    }

    private void clear() {
        if (isLaidOut) {
            Arrays.fill(places, 0);
            Arrays.fill(counts, 0);
            isLaidOut = false;
        }
    }

    private void layOut() {
        if (isLaidOut) {
            return;
        }
        if (places.length == 0) {
            places = new long[ASCII];
            counts = new int[ASCII];
        }
        for (int i = 0; i < length; i++) {
            int letter = letters[i];
            counts[letter % ASCII]++;
            if (letter < ASCII && i < LETTERS_MAX) {
                places[letter] |= 1L << i;
            }
        }
        isLaidOut = true;
    }

    private long places(char letter) {
        if (letter < ASCII) {
            return places[letter];
        }
        long found = 0;
        for (int i = 0; i < Math.min(length, LETTERS_MAX); i++) {
            found |= letters[i] == letter ? 1L << i : 0;
        }
        return found;
    }

    boolean isSame(Written other) {
        return Arrays.equals(letters, 0, length, other.letters, 0, other.length);
    }

    boolean isBeginningOf(Written other) {
        return length <= other.length && Arrays.equals(letters, 0, length, other.letters, 0, length);
    }

    @Override
    public String toString() {
        return new String(letters, 0, length);
    }

    /** The share of the letters of the longer one that stand in the other too, wherever they stand. */
    double sharedLetters(Written other) {
        layOut();
        int shared = 0;
        for (int i = 0; i < other.length; i++) {
            if (counts[other.letters[i] % ASCII]-- > 0) {
                shared++;
            }
        }
        for (int i = 0; i < other.length; i++) {
            counts[other.letters[i] % ASCII]++;
        }
        return (double) shared / Math.max(length, other.length);
    }

    /** Jaro and Winkler's likeness from 0 to 1, of the first 64 letters (Winkler 1990). */
    double jaroWinkler(Written other) {
        layOut();
        int n = Math.min(length, LETTERS_MAX);
        int m = Math.min(other.length, LETTERS_MAX);
        int window = Math.max(0, Math.max(n, m) / 2 - 1);
        long inOne = 0;
        long inOther = 0;
        for (int j = 0; j < m; j++) {
            long near = places(other.letters[j]) & ~inOne & between(j - window, j + window);
            if (near != 0) {
                inOne |= near & -near;
                inOther |= 1L << j;
            }
        }
        int common = Long.bitCount(inOne);
        if (common == 0) {
            return 0;
        }
        double jaro =
                ((double) common / n + (double) common / m + (common - swapped(other, inOne, inOther) / 2.0) / common)
                        / 3;
        return jaro + beginning(other) * Likeness.PREFIX_SHARE * (1 - jaro);
    }

    private static long between(int first, int last) {
        long fromFirst = first <= 0 ? -1L : first >= Long.SIZE ? 0 : -1L << first;
        return last >= Long.SIZE - 1 ? fromFirst : fromFirst & ~(-1L << last + 1);
    }

    private int swapped(Written other, long inOne, long inOther) {
        int swapped = 0;
        long rest = inOther;
        for (long left = inOne; left != 0; left &= left - 1) {
            if (letters[Long.numberOfTrailingZeros(left)] != other.letters[Long.numberOfTrailingZeros(rest)]) {
                swapped++;
            }
            rest &= rest - 1;
        }
        return swapped;
    }

    /** How many letters they begin with alike, up to four. */
    int beginning(Written other) {
        int most = Math.min(Likeness.PREFIX_MAX, Math.min(length, other.length));
        int prefix = 0;
        while (prefix < most && letters[prefix] == other.letters[prefix]) {
            prefix++;
        }
        return prefix;
    }

    /** How many letters to insert, delete, change or swap with their neighbour; {@code max + 1} where it is more than {@code max} (optimal string alignment). */
    int edits(Written other, int max) {
        return Math.abs(length - other.length) > max ? max + 1 : edits(0, other, 0, max);
    }

    /** From a place in each on; each way on is tried, which for so few edits soon ends. */
    private int edits(int from, Written other, int otherFrom, int max) {
        int i = from;
        int j = otherFrom;
        while (i < length && j < other.length && letters[i] == other.letters[j]) {
            i++;
            j++;
        }
        int left = length - i;
        int otherLeft = other.length - j;
        if (left == 0 || otherLeft == 0) {
            return Math.min(left + otherLeft, max + 1);
        }
        if (max == 0 || Math.abs(left - otherLeft) > max) {
            return max + 1;
        }
        int best = max + 1;
        if (left > 1 && otherLeft > 1 && letters[i] == other.letters[j + 1] && letters[i + 1] == other.letters[j]) {
            best = Math.min(best, 1 + edits(i + 2, other, j + 2, best - 2));
        }
        best = best > 1 ? Math.min(best, 1 + edits(i + 1, other, j + 1, best - 2)) : best;
        best = best > 1 ? Math.min(best, 1 + edits(i + 1, other, j, best - 2)) : best;
        return best > 1 ? Math.min(best, 1 + edits(i, other, j + 1, best - 2)) : best;
    }
}
