package org.postbag.contacts.matching;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each outcome of a comparison is worth (Fellegi and Sunter 1969), with three kinds of pairs in place of two: of one person, of one household or office,
 * whose address, telephone and surname agree because they live or work together, and of two who have nothing to do with each other. So an address that a
 * family shares doesn't make them one, and one that nobody shares still tells much.
 *
 * @param same share of the pairs of one person that show a level, by field and level; the last row for swapped names
 * @param together likewise of two of one household or office
 * @param different likewise of two others
 * @param priorSame logarithm of the share of all pairs that are of one person
 * @param priorTogether likewise of one household or office
 */
record Model(double[][] same, double[][] together, double[][] different, double priorSame, double priorTogether) {

    /** However rare a value is, somebody else may have it: it counts at most this many times as much as the field's common ones. */
    private static final double RARER_MAX = 10;

    private static final double FREQUENCY_MIN = 1e-7;

    /**
     * The model that comes with the program, for any columns. It knows how common values are in general and not in a list: with a few records at hand, give
     * {@link Comparing} the {@link Frequencies} that are known elsewhere, or {@link Frequencies#USUAL}.
     *
     * @param records among how many the one looked for may be
     */
    static Model shipped(List<Field> fields, long records) {
        return SavedModel.shipped().of(fields, records);
    }

    /**
     * Where more likeness would tell less, which only chance and few pairs make it seem, levels are taken together until none does (pool adjacent violators,
     * Ayer and others 1955): beside two others, and of surnames beside two of one household too, so that another surname is never a sign of the same person.
     */
    Model ordered(List<Field> fields) {
        var one = new double[same.length][];
        var near = new double[same.length][];
        for (int row = 0; row < same.length; row++) {
            boolean isField = row < same.length - 1;
            one[row] = isField ? times(rising(same[row], different[row]), different[row]) : same[row];
            near[row] = isField && fields.get(row) == Field.FAMILY_NAME
                    ? over(one[row], rising(one[row], together[row]))
                    : together[row];
        }
        return new Model(one, near, different, priorSame, priorTogether);
    }

    /** How many times as often the ones as the others show each level, never falling. */
    private static double[] rising(double[] ones, double[] others) {
        var ratios = new double[ones.length];
        int from = 0;
        while (from < ones.length) {
            int to = from + 1;
            double one = ones[from];
            double other = others[from];
            double least = one / other;
            double sumOne = one;
            double sumOther = other;
            for (int next = from + 1; next < ones.length; next++) {
                sumOne += ones[next];
                sumOther += others[next];
                if (sumOne / sumOther <= least) {
                    least = sumOne / sumOther;
                    to = next + 1;
                }
            }
            Arrays.fill(ratios, from, to, least);
            from = to;
        }
        return ratios;
    }

    private static double[] times(double[] ratios, double[] others) {
        return IntStream.range(0, ratios.length)
                .mapToDouble(i -> ratios[i] * others[i])
                .toArray();
    }

    private static double[] over(double[] ones, double[] ratios) {
        return IntStream.range(0, ratios.length)
                .mapToDouble(i -> ones[i] / ratios[i])
                .toArray();
    }

    /** Natural logarithm of the odds that two records are one person. */
    double logOdds(Comparing comparing, long pattern, int one) {
        int fields = comparing.fields();
        boolean swapped = comparing.isSwapped(pattern);
        double ofOne = priorSame;
        double ofTogether = priorTogether;
        double ofOthers = 0;
        for (int field = 0; field < fields; field++) {
            int level = Comparing.level(pattern, field);
            if (level < 0) {
                continue;
            }
            double chance = Math.log(chance(comparing, field, level, one, swapped));
            ofOne += Math.log(same[field][level]);
            ofOthers += chance;
            ofTogether +=
                    isOfTogether(comparing.field(field), level, swapped) ? Math.log(together[field][level]) : chance;
        }
        if (swapped) {
            ofOne += Math.log(same[fields][1]);
        }
        double most = Math.max(ofTogether, ofOthers);
        return ofOne - most - Math.log(Math.exp(ofTogether - most) + Math.exp(ofOthers - most));
    }

    /** Whether two of one household or office have it alike for that: what they share, and addresses that are made from the name that they share; a surname the right way round. */
    private static boolean isOfTogether(Field field, int level, boolean swapped) {
        return field.isShared() && !(swapped && field == Field.FAMILY_NAME)
                || field == Field.EMAIL && level < Likeness.EQUAL;
    }

    /** What a level adds to the odds of one person against two others. */
    double weight(Comparing comparing, int field, int level, int one) {
        return level < 0 ? 0 : Math.log(same[field][level] / chance(comparing, field, level, one, false));
    }

    /** What any level of a field adds at most; for equal values, of the rarest. */
    double weightMax(int field, boolean equalToo) {
        double most = 0;
        for (int level = 0; level < Likeness.EQUAL; level++) {
            most = Math.max(most, Math.log(same[field][level] / different[field][level]));
        }
        double rarest = Math.max(FREQUENCY_MIN, different[field][Likeness.EQUAL] / RARER_MAX);
        return equalToo ? Math.max(most, Math.log(same[field][Likeness.EQUAL] / rarest)) : most;
    }

    /** Whether their names speak against it and nothing else of them, only where they belong, for it: then a person is to decide. */
    boolean speakNamesAgainst(Comparing comparing, long pattern) {
        boolean differ = false;
        for (int field = 0; field < comparing.fields(); field++) {
            int level = Comparing.level(pattern, field);
            if (level < 0 || comparing.field(field).isShared()) {
                continue;
            }
            if (level >= Likeness.CLOSE) {
                return false;
            }
            differ |= level == Likeness.NONE;
        }
        return differ;
    }

    /** That two others show it: of equal values, by how common they are. */
    private double chance(Comparing comparing, int field, int level, int one, boolean swapped) {
        double chance = different[field][level];
        if (level != Likeness.EQUAL || swapped) {
            return chance;
        }
        double frequency = comparing.frequency(field, one);
        return frequency < 0 ? chance : Math.max(Math.max(frequency, FREQUENCY_MIN), chance / RARER_MAX);
    }

    /** Of what a model says, without regard to how right models are. */
    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
