package org.postbag.contacts.matching;

import java.util.Arrays;

/** How alike two texts are, by their letters. */
final class Texts {

    private static final int LETTERS_MAX = 64;
    private static final int PREFIX_MAX = 4;
    private static final double PREFIX_SHARE = 0.1;
    private static final int ASCII = 128;

    private Texts() {}

    /** Jaro and Winkler's likeness from 0 to 1, of the first 64 letters (Winkler 1990). */
    static double jaroWinkler(String one, String other) {
        int n = Math.min(one.length(), LETTERS_MAX);
        int m = Math.min(other.length(), LETTERS_MAX);
        if (n == 0 || m == 0) {
            return 0;
        }
        int window = Math.max(0, Math.max(n, m) / 2 - 1);
        long inOne = 0;
        long inOther = 0;
        int common = 0;
        for (int i = 0; i < n; i++) {
            char letter = one.charAt(i);
            for (int j = Math.max(0, i - window); j < Math.min(m, i + window + 1); j++) {
                if ((inOther >>> j & 1) == 0 && other.charAt(j) == letter) {
                    inOther |= 1L << j;
                    inOne |= 1L << i;
                    common++;
                    break;
                }
            }
        }
        if (common == 0) {
            return 0;
        }
        double jaro = ((double) common / n
                        + (double) common / m
                        + (common - swapped(one, other, inOne, inOther) / 2.0) / common)
                / 3;
        int prefix = 0;
        while (prefix < Math.min(PREFIX_MAX, Math.min(n, m)) && one.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * PREFIX_SHARE * (1 - jaro);
    }

    private static int swapped(String one, String other, long inOne, long inOther) {
        int swapped = 0;
        long rest = inOther;
        for (long left = inOne; left != 0; left &= left - 1) {
            int i = Long.numberOfTrailingZeros(left);
            int j = Long.numberOfTrailingZeros(rest);
            rest &= rest - 1;
            if (one.charAt(i) != other.charAt(j)) {
                swapped++;
            }
        }
        return swapped;
    }

    /** How many letters to insert, delete, change or swap with their neighbour; {@code max + 1} where it is more than {@code max} (optimal string alignment). */
    static int edits(String one, String other, int max) {
        int n = one.length();
        int m = other.length();
        if (Math.abs(n - m) > max) {
            return max + 1;
        }
        int start = 0;
        while (start < n && start < m && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        while (n > start && m > start && one.charAt(n - 1) == other.charAt(m - 1)) {
            n--;
            m--;
        }
        return edits(one, other, start, n, m, max);
    }

    private static int edits(String one, String other, int start, int n, int m, int max) {
        int width = m - start;
        int[] before = new int[width + 1];
        int[] last = new int[width + 1];
        int[] row = new int[width + 1];
        for (int j = 0; j <= width; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= n - start; i++) {
            char letter = one.charAt(start + i - 1);
            row[0] = i;
            int least = i;
            for (int j = 1; j <= width; j++) {
                char with = other.charAt(start + j - 1);
                int edits = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + (letter == with ? 0 : 1));
                if (i > 1 && j > 1 && letter == other.charAt(start + j - 2) && one.charAt(start + i - 2) == with) {
                    edits = Math.min(edits, before[j - 2] + 1);
                }
                row[j] = edits;
                least = Math.min(least, edits);
            }
            if (least > max) {
                return max + 1;
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return Math.min(last[width], max + 1);
    }

    /** The share of the letters of the longer one that stand in the other too, wherever they stand. */
    static double sharedLetters(String one, String other) {
        int[] count = new int[ASCII];
        for (int i = 0; i < one.length(); i++) {
            count[one.charAt(i) % ASCII]++;
        }
        int shared = 0;
        for (int i = 0; i < other.length(); i++) {
            if (count[other.charAt(i) % ASCII]-- > 0) {
                shared++;
            }
        }
        return (double) shared / Math.max(one.length(), other.length());
    }

    static String sortedLetters(String text) {
        char[] letters = text.toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }

    /** A code that texts which sound alike in English or Welsh often share: the first letter and the groups of consonants, as in Soundex, to five signs. */
    static String sound(String text) {
        var code = new StringBuilder(5);
        char last = 0;
        for (int i = 0; i < text.length() && code.length() < 5; i++) {
            char group = group(text.charAt(i));
            if (i == 0) {
                code.append(text.charAt(i));
            } else if (group != 0 && group != last) {
                code.append(group);
            }
            last = group;
        }
        return code.toString();
    }

    private static char group(char letter) {
        return switch (letter) {
            case 'b', 'p', 'f', 'v', 'w' -> '1';
            case 'c', 'k', 'q', 'g', 'j', 's', 'z', 'x' -> '2';
            case 'd', 't' -> '3';
            case 'l' -> '4';
            case 'm', 'n' -> '5';
            case 'r' -> '6';
            case 'a', 'e', 'i', 'o', 'u', 'y', 'h' -> 0;
            default -> letter;
        };
    }
}
