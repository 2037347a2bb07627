package org.postbag.contacts.matching;

/**
 * How sure one may be of what a model says. Its fields aren't independent of each other, as it takes them to be, so that it is too sure of itself: by how much
 * was found on made-up contacts whose truth is known (Platt 1999; {@code ReliabilityBench} prints the two numbers).
 */
final class Calibration {

    static final double SLOPE = 0.8;
    static final double SHIFT = -0.8;

    private Calibration() {}

    /** The natural logarithm of the odds that really hold, from those of a model. */
    static double logOdds(double modelled) {
        return SLOPE * modelled + SHIFT;
    }

    static double probability(double modelled) {
        return Model.probability(logOdds(modelled));
    }
}
