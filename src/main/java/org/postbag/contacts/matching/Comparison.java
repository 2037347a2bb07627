package org.postbag.contacts.matching;

import java.util.List;
import java.util.Optional;

/**
 * Two contacts, compared.
 *
 * @param logOdds natural logarithm of the odds that they are one person
 * @param conflict whether something that can't be of one person stands against it, so that only a person may say it is: born on different days, or each
 *     with an address that is surely their own
 * @param swapped whether given and family name stand the other way round
 * @param fields what each field says, the most telling first
 * @param start what the odds are before anything is compared
 */
public record Comparison(double logOdds, boolean conflict, boolean swapped, List<FieldWeight> fields, double start) {

    public Comparison {
        fields = List.copyOf(fields);
    }

    /** From 0 to 1. */
    public double probability() {
        return Model.probability(logOdds);
    }

    /** Empty where they are different people as far as one can tell. */
    public Optional<Matching.Decision> decision() {
        if (logOdds < Matching.REVIEW_MIN) {
            return Optional.empty();
        }
        return Optional.of(conflict || logOdds < Matching.SAME_MIN ? Matching.Decision.REVIEW : Matching.Decision.SAME);
    }
}
