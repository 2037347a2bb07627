package org.postbag.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.lucene.store.AlreadyClosedException;
import org.postbag.search.SearchIndex;
import org.postbag.search.SearchIndex.Entry;

/** What a generation holds, or whichever answers when it is asked. */
final class LuceneContents implements SearchIndex.Contents {

    private final Supplier<LuceneGeneration> generation;

    LuceneContents(Supplier<LuceneGeneration> generation) {
        this.generation = generation;
    }

    private interface Asking<T> {
        T of(LuceneEntries entries) throws IOException;
    }

    private <T> T ask(Asking<T> asking) throws IOException {
        try (var entries = generation.get().entries()) {
            return asking.of(entries);
        } catch (AlreadyClosedException swapped) { // between asking for it and asking it
            try (var entries = generation.get().entries()) {
                return asking.of(entries);
            }
        }
    }

    @Override
    public long count() throws IOException {
        return ask(LuceneEntries::count);
    }

    @Override
    public List<Entry> after(long enquiryId, int max) throws IOException {
        return ask(entries -> entries.after(enquiryId, max));
    }

    @Override
    public List<Entry> of(Collection<Long> enquiryIds) throws IOException {
        return ask(entries -> {
            var found = new ArrayList<Entry>();
            for (long id : enquiryIds) {
                var entry = entries.of(id);
                if (entry != null) {
                    found.add(entry);
                }
            }
            return found;
        });
    }
}
