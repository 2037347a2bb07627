package org.postbag.contacts;

import java.time.Instant;
import java.util.List;

/** What staff said of pairs, beside what the model had said of them: how often it was right. */
public interface MatchEvidence {

    /** The lower bounds of the bands of the model's probability, but for the first, which begins at 0. */
    List<Double> BANDS = List.of(0.5, 0.7, 0.8, 0.9, 0.95, 0.99);

    /** What was said from one moment until before another; verdicts that were taken back don't count. */
    Said said(Instant from, Instant until);

    /** @param separated how many pairs were said to be one and were separated since by other means: they don't count either */
    record Said(List<Count> counts, long separated) {}

    /**
     * @param band which of {@link #BANDS}, from 0 for the one below them all
     * @param sure whether the model said <em>same</em> of them, and not <em>review</em>
     * @param probabilities their probabilities added up
     */
    record Count(int band, boolean sure, Matches.Verdict verdict, long pairs, double probabilities) {}
}
