package org.postbag.search;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds. Each implementation passes the same contract test. An old version of a document never wins over a newer one, nor over a newer removal. */
public interface SearchIndex extends Closeable {

    /**
     * Writes documents and removes others, in every open generation. On return the engine is durable, and a search begun afterwards sees them.
     *
     * @return the documents that the engine refused; the others are written
     * @throws IOException where the engine is away or its disk full: nothing is promised then, and the same call may be made again
     */
    List<Refused> write(List<Document> documents, List<Removal> removals) throws IOException;

    /** Whatever was typed is answered; words without a letter or digit find nothing. */
    Hits search(Query query) throws IOException;

    /** Begins a new, empty generation beside the one that answers; writes go to both until {@link Generation#open} or {@link Generation#close}. */
    Generation rebuild() throws IOException;

    /** How many documents there are. */
    long count() throws IOException;

    /** Why what answers is not all that was filed and a new generation must be built, in words without personal data; empty for a sound index. */
    Optional<String> fault();

    /** Reads all that is stored against its checksums, which takes seconds for each gigabyte; afterwards {@link #fault} knows. */
    void verify() throws IOException;

    /** An enquiry that is there no more. */
    record Removal(long enquiryId, long version) {}

    /** @param reason without personal data */
    record Refused(long enquiryId, String reason) {}

    interface Generation extends Closeable {

        /**
         * Adds documents, save those that {@link SearchIndex#write} wrote or removed since this generation began: what it knew is newer.
         *
         * @return the documents that the engine refused; the others are added
         */
        List<Refused> add(List<Document> documents) throws IOException;

        /** Makes this generation the one that answers, durably, and drops the old one. */
        void open() throws IOException;

        /** Drops this generation unless it was opened. */
        @Override
        void close() throws IOException;
    }
}
