package org.postbag.contacts.matching;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Finds those of many pairs that may be one person, field by field, and leaves a pair as soon as the fields that are left can't make it one any more. */
final class Scoring {

    private final Comparing comparing;
    private final Model model;
    private final double min;
    /** The fields in the order in which they are looked at: names last, since they may stand the other way round. */
    private final int[] order;
    /** What each of {@link #order}, where its texts differ, and all after it add at most. */
    private final double[] differingMax;

    private final double namesMax;
    /** What each level of each field adds where the values differ. */
    private final double[][] weights;
    /** What it adds that a field's value of {@link #one} is equal; none where not yet asked for. */
    private final double[] equalWeights;

    private int one = -1;

    /** @param min log odds below which a pair doesn't matter */
    Scoring(Comparing comparing, Model model, double min) {
        this.comparing = comparing;
        this.model = model;
        this.min = min;
        this.order = IntStream.range(0, comparing.fields())
                .boxed()
                .filter(field -> !comparing.isName(field))
                .sorted(Comparator.comparingDouble(field -> -spread(field)))
                .mapToInt(Integer::intValue)
                .toArray();
        this.differingMax = IntStream.of(order)
                .mapToDouble(field -> model.weightMax(field, false))
                .toArray();
        this.namesMax = IntStream.range(0, comparing.fields())
                .filter(comparing::isName)
                .mapToDouble(field -> model.weightMax(field, true))
                .sum();
        this.weights = new double[comparing.fields()][Likeness.EQUAL];
        for (int field = 0; field < weights.length; field++) {
            for (int level = 0; level < Likeness.EQUAL; level++) {
                weights[field][level] = Math.log(model.same()[field][level] / model.different()[field][level]);
            }
        }
        this.equalWeights = new double[comparing.fields()];
    }

    /** How much it matters whether a field agrees at all. */
    private double spread(int field) {
        return model.weightMax(field, false) - Math.log(model.same()[field][0] / model.different()[field][0]);
    }

    /** The log odds of a pair; negative infinity where they are below the least that matters. Quick where the first record is the same as before. */
    double logOdds(int first, int other) {
        if (first != one) {
            one = first;
            Arrays.fill(equalWeights, Double.NaN);
        }
        double most = model.priorSame() + namesMax;
        for (int i = 0; i < order.length; i++) {
            most += comparing.isPlain(order[i], one, other) ? plain(order[i], other) : differingMax[i];
        }
        long pattern = 0;
        for (int i = 0; i < order.length; i++) {
            if (most < min) {
                return Double.NEGATIVE_INFINITY;
            }
            int field = order[i];
            long packed = comparing.packed(field, one, other);
            pattern |= packed;
            if (!comparing.isPlain(field, one, other)) {
                most += weights[field][Comparing.level(packed, field)] - differingMax[i];
            }
        }
        if (most < min) {
            return Double.NEGATIVE_INFINITY;
        }
        return model.logOdds(comparing, comparing.withNames(pattern, one, other), one);
    }

    /** Of a field of which one says nothing, or both the same. */
    private double plain(int field, int other) {
        if (comparing.saysNothing(field, one) || comparing.saysNothing(field, other)) {
            return 0;
        }
        if (Double.isNaN(equalWeights[field])) {
            equalWeights[field] = model.weight(comparing, field, Likeness.EQUAL, one);
        }
        return equalWeights[field];
    }
}
