package org.postbag.contacts.matching;

import java.util.List;

/** What was found when two contacts were compared. */
public record Comparison(double logOdds, List<FieldWeight> fields) {

    /** Stands in until the pipeline's own comparison is there. */
    public static FieldWeight field(Field field, String one, String other) {
        var first = Normal.of(field.kind(), one);
        var second = Normal.of(field.kind(), other);
        int level = first.equals(second) ? Likeness.EQUAL : Likeness.of(field.kind(), first, second);
        double[] weights = {-3, -1, 0.5, 2, 3.5, 6};
        return new FieldWeight(field, Level.values()[level], weights[level]);
    }
}
