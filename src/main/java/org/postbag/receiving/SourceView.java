package org.postbag.receiving;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source as it was at the last look: what a page shows of it. Nothing is asked for it, so that no page waits for a source.
 *
 * @param lookedAt when it was looked at; null where it wasn't yet
 * @param nextAt when it is looked at next; null where that isn't known
 * @param waiting how many mails or files lie there that are not taken yet; null where the source doesn't say
 * @param facts what else is known of it, without personal data and without secrets
 */
public record SourceView(
        @Nullable Instant lookedAt,
        @Nullable Instant nextAt,
        @Nullable Long waiting,
        List<Fact> facts) {

    public SourceView {
        facts = List.copyOf(facts);
    }

    /** One thing that is known of a source, such as {@code Folder} and {@code INBOX}. */
    public record Fact(String label, String value) {}
}
