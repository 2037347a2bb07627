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
    /** The records that may still be one person with {@link #one}, what the log odds are at most, and what is known of the pair. */
    private int[] lefts = new int[256];

    private double[] mosts = new double[256];
    private long[] patterns = new long[256];
    private int left;
    /** Means nothing; it is added up so that what is touched isn't left out. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

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

    /**
     * Adds what matters of the pairs of a record and others. A step is taken with all others before the next step, and what it needs of each is touched before
     * it is taken: so the memory of many is fetched at once.
     */
    void score(int record, Candidates.Others others, Edges.Found found) {
        one = record;
        Arrays.fill(equalWeights, Double.NaN);
        glance(others);
        for (int field : order) {
            for (int i = 0; i < left; i++) {
                touchText(field, lefts[i]);
            }
            narrow(field);
        }
        for (int i = 0; i < left; i++) {
            for (int field : names) {
                touchText(field, lefts[i]);
            }
        }
        for (int i = 0; i < left; i++) {
            double logOdds = model.logOdds(comparing, comparing.withNames(patterns[i], one, lefts[i]), one);
            if (logOdds >= min) {
                found.add(one, lefts[i], logOdds);
            }
        }
    }

    private void glance(Candidates.Others others) {
        if (others.size() > lefts.length) {
            lefts = new int[others.size() * 2];
            mosts = new double[lefts.length];
            patterns = new long[lefts.length];
        }
        for (int i = 0; i < others.size(); i++) {
            touched += comparing.touched(others.get(i));
        }
        left = 0;
        for (int i = 0; i < others.size(); i++) {
            keep(others.get(i), most(others.get(i)), 0);
        }
    }

    private void keep(int other, double most, long pattern) {
        lefts[left] = other;
        mosts[left] = most;
        patterns[left] = pattern;
        left += most >= min ? 1 : 0;
    }

    private void narrow(int field) {
        int all = left;
        left = 0;
        for (int i = 0; i < all; i++) {
            int other = lefts[i];
            long packed = comparing.packed(field, one, other);
            double most = mosts[i];
            if (comparing.glance(field, one, other) == Comparing.UNKNOWN) {
                int level = Comparing.level(packed, field);
                most += (level == Likeness.NOTHING ? 0 : weights[field][level]) - differingMax[field];
            }
            keep(other, most, patterns[i] | packed);
        }
    }

    private void touchText(int field, int other) {
        if (comparing.glance(field, one, other) == Comparing.UNKNOWN) {
            touched += comparing.touchedText(field, other);
        }
    }

    /** What the log odds of a pair are at most, at a glance. */
    private double most(int other) {
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

    private double equal(int field) {
        if (Double.isNaN(equalWeights[field])) {
            equalWeights[field] = model.weight(comparing, field, Likeness.EQUAL, one);
        }
        return equalWeights[field];
    }
}
