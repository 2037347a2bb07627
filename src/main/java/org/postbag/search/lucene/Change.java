package org.postbag.search.lucene;

import java.util.List;
import java.util.stream.LongStream;
import org.postbag.search.Document;

/** What is written at once, without what is older than what is there. */
record Change(List<Document> documents, List<Long> removals) {

    LongStream enquiryIds() {
        return LongStream.concat(
                documents.stream().mapToLong(Document::enquiryId),
                removals.stream().mapToLong(Long::longValue));
    }
}
