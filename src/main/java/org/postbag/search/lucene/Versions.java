package org.postbag.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postbag.search.Document;
import org.postbag.search.SearchIndex.Removal;

/** Lets through what is newer than what is there. Removals are remembered with their versions, so that a late write doesn't bring a document back. */
final class Versions {

    private static final int REMOVALS_REMEMBERED_MAX = 100_000;

    private final Map<Long, Long> removed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMOVALS_REMEMBERED_MAX;
        }
    };

    /** @param there what is written */
    Change newest(List<Document> documents, List<Removal> removals, LuceneEntries there) throws IOException {
        var latest = new HashMap<Long, Document>();
        for (var document : documents) {
            long id = document.enquiryId();
            if (there.version(id) <= document.version() && removed.getOrDefault(id, -1L) < document.version()) {
                latest.merge(id, document, (a, b) -> a.version() > b.version() ? a : b);
            }
        }
        var gone = new ArrayList<Long>();
        for (var removal : removals) {
            var sameBatch = latest.get(removal.enquiryId());
            if (there.version(removal.enquiryId()) <= removal.version()
                    && (sameBatch == null || sameBatch.version() < removal.version())) {
                latest.remove(removal.enquiryId());
                gone.add(removal.enquiryId());
            }
        }
        return new Change(List.copyOf(latest.values()), gone);
    }

    /** These are durable now. */
    void remember(List<Removal> removals) {
        removals.forEach(r -> removed.merge(r.enquiryId(), r.version(), Math::max));
    }
}
