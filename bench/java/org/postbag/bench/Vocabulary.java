package org.postbag.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Made-up words, the same ones every time, of which few are used often and most are rare (Zipf), as in any language. */
public final class Vocabulary {

    private static final int WORDS = 40_000;
    private static final int DRAWS = 1 << 18;
    private static final String[] ONSETS =
            "b c d f g h j k l m n p r s t v w br ch cl cr dr fl gr pl pr sh st th tr".split(" ");
    private static final String[] RESTS = "a e i o u an en in on un ar er or al el is it at et ation ing".split(" ");

    /** Neither stemming nor splitting changes a word of these letters. */
    private static final String MARKER_LETTERS = "bcfghjkmnpqrtvwxz";

    private static final List<String> BY_RANK = words();
    private static final short[] DRAWN = draws();

    private Vocabulary() {}

    /** The word of a rank: 0 is the commonest. */
    public static String word(int rank) {
        return BY_RANK.get(rank);
    }

    public static String word(Random random) {
        return BY_RANK.get(DRAWN[random.nextInt(DRAWS)] & 0xffff);
    }

    /** Running text in lines of twelve words. */
    public static String text(Random random, int words) {
        var text = new StringBuilder(words * 7);
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : i % 12 == 0 ? "\n" : " ").append(word(random));
        }
        return text.toString();
    }

    /** A word that no other number has and no text holds by chance. */
    public static String marker(long number) {
        var word = new StringBuilder("zzq");
        for (long rest = number + 1; rest > 0; rest /= MARKER_LETTERS.length()) {
            word.append(MARKER_LETTERS.charAt((int) (rest % MARKER_LETTERS.length())));
        }
        return word.toString();
    }

    /** Evenly on a logarithmic scale, so that small ones are frequent and large ones there. */
    public static int size(Random random, int from, int to) {
        return (int) (from * Math.pow((double) to / from, random.nextDouble()));
    }

    private static List<String> words() {
        var random = new Random(7);
        var seen = new HashSet<String>();
        var words = new ArrayList<String>(WORDS);
        while (words.size() < WORDS) {
            var word = new StringBuilder();
            for (int syllables = 2 + random.nextInt(3); syllables > 0; syllables--) {
                word.append(ONSETS[random.nextInt(ONSETS.length)]).append(RESTS[random.nextInt(RESTS.length)]);
            }
            if (seen.add(word.toString())) {
                words.add(word.toString());
            }
        }
        return words;
    }

    private static short[] draws() {
        var sums = new double[WORDS];
        double sum = 0;
        for (int rank = 0; rank < WORDS; rank++) {
            sum += 1.0 / (rank + 3);
            sums[rank] = sum;
        }
        var draws = new short[DRAWS];
        int rank = 0;
        for (int i = 0; i < DRAWS; i++) {
            while (sums[rank] < sum * (i + 0.5) / DRAWS) {
                rank++;
            }
            draws[i] = (short) rank;
        }
        return draws;
    }
}
