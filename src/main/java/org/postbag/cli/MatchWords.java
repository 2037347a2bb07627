package org.postbag.cli;

import org.postbag.contacts.matching.Matched;

/** What matching came to, in words. */
final class MatchWords {

    private MatchWords() {}

    static String source(Matched.Source source) {
        return switch (source) {
            case LEARNT -> "What agreeing in a field is worth was learnt from the list itself";
            case SHIPPED -> "The list is too small to learn from: the model that ships was used";
            case GIVEN -> "The model that was given was used";
        };
    }

    static String leftAlone(long rows) {
        return ("%,d rows stand there more than twenty times each and hold nothing that tells one person from another of that"
                        + " name: whether they are one wasn't decided")
                .formatted(rows);
    }
}
