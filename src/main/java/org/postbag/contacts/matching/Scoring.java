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

    private final int[] names;
    private final boolean hasNames;
    /** What each field adds at most where its texts differ. */
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
        this.names =
                IntStream.range(0, comparing.fields()).filter(comparing::isName).toArray();
        this.hasNames = names.length > 0;
        this.differingMax = IntStream.range(0, comparing.fields())
                .mapToDouble(field -> model.weightMax(field, false))
                .toArray();
        this.namesMax = IntStream.of(names)
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

    /** What the log odds of a pair are at most, at a glance. Quick where the first record is the same as before. */
    double most(int first, int other) {
        if (first != one) {
            one = first;
            Arrays.fill(equalWeights, Double.NaN);
        }
        double most = model.priorSame();
        for (int field : order) {
            most += glanced(field, other);
        }
        return most + (hasNames && comparing.mayBeSwapped(one, other) ? namesMax : straightNames(other));
    }

    private double straightNames(int other) {
        double most = 0;
        for (int field : names) {
            most += glanced(field, other);
        }
        return most;
    }

    private double glanced(int field, int other) {
        int level = comparing.glance(field, one, other);
        return switch (level) {
            case -1 -> 0;
            case Comparing.UNKNOWN -> differingMax[field];
            case Likeness.EQUAL -> equal(field);
            default -> weights[field][level];
        };
    }

    /** The log odds of a pair that may matter; negative infinity where it doesn't. */
    double logOdds(int first, int other) {
        double most = most(first, other);
        long pattern = 0;
        for (int field : order) {
            if (most < min) {
                return Double.NEGATIVE_INFINITY;
            }
            long packed = comparing.packed(field, one, other);
            pattern |= packed;
            if (comparing.glance(field, one, other) == Comparing.UNKNOWN) {
                most += weights[field][Comparing.level(packed, field)] - differingMax[field];
            }
        }
        if (most < min) {
            return Double.NEGATIVE_INFINITY;
        }
        return model.logOdds(comparing, comparing.withNames(pattern, one, other), one);
    }

    private double equal(int field) {
        if (Double.isNaN(equalWeights[field])) {
            equalWeights[field] = model.weight(comparing, field, Likeness.EQUAL, one);
        }
        return equalWeights[field];
    }
}
