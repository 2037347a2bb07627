package org.postbag.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.search.language.Clause;
import org.postbag.search.language.Clauses;

/**
 * Whoever asks, as far as it decides what they may find: not what is sensitive and for others, and not what is past its date.
 *
 * @param memberId the member of staff, in their own name or by an API token of theirs; null for a job
 * @param readsAll whether nothing is sensitive for them
 * @param today what is past its date on this day isn't found; null leaves dates aside
 */
public record Reader(
        @Nullable Long memberId, boolean readsAll, @Nullable LocalDate today) {

    /** Who is named nowhere. */
    public static final Reader NOBODY = new Reader(null, false, null);

    /** What is kept back from them, whatever they look for. */
    List<Clause> withheld() {
        var withheld = new ArrayList<Clause>();
        if (!readsAll) {
            var sensitive = new Clause.Is(Document.VIEWERS, Document.NAMED);
            withheld.add(
                    memberId == null
                            ? sensitive
                            : new Clause.Every(
                                    List.of(sensitive),
                                    List.of(new Clause.Is(Document.VIEWERS, Long.toString(memberId)))));
        }
        if (today != null) {
            withheld.add(Clauses.keptUntil(null, today.minusDays(1)));
        }
        return withheld;
    }
}
