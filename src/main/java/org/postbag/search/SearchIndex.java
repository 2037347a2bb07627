package org.postbag.search;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * Begins a new, empty generation beside the one that answers, or goes on with one that was left half-built, even by a process that was killed. Writes go to both
     * until {@link Generation#open} or {@link Generation#giveUp}.
     *
     * @throws IllegalStateException where this index is building one
     */
    Generation rebuild() throws IOException;

    /** Whether a generation was begun, and neither opened nor given up. */
    boolean isHalfBuilt() throws IOException;

    /** What answers now, to be compared with the record. */
    Contents contents();

    /** How many documents there are. */
    default long count() throws IOException {
        return contents().count();
    }

    /** Why what answers is not all that was filed, so that a new generation must be built; empty for a sound index. */
    Optional<Trouble> fault();

    /**
     * Looks whether the engine is there and the index is still what it was; afterwards {@link #fault} knows. Takes seconds at most.
     *
     * @throws IOException where the engine doesn't answer
     */
    Engine look() throws IOException;

    /** What a fault of this index's own methods means. */
    Trouble trouble(Exception fault);

    /** Reads all that is stored against its checksums, which takes seconds for each gigabyte; afterwards {@link #fault} knows. */
    void verify() throws IOException;

    /**
     * What answers.
     *
     * @param documents how many there are
     * @param trouble why it takes no writes, as far as it says so unasked; null where it takes them
     */
    record Engine(
            String name,
            String version,
            long documents,
            @Nullable Trouble trouble) {}

    /** An enquiry that is there no more. */
    record Removal(long enquiryId, long version) {}

    /** @param reason without personal data */
    record Refused(long enquiryId, String reason) {}

    /**
     * A document as far as an engine keeps it.
     *
     * @param version as it was written
     * @param checksum {@link Document#checksum} of what was written
     * @param writtenAt when its rows were read for it; null where that isn't kept, or not asked for
     */
    record Entry(
            long enquiryId,
            long version,
            long checksum,
            @Nullable Instant writtenAt) {

        public Entry(long enquiryId, long version, long checksum) {
            this(enquiryId, version, checksum, null);
        }
    }

    /** What an index holds. All that was written before is seen. */
    interface Contents {

        /** How many documents there are. */
        long count() throws IOException;

        /** The next after an id, in order of id; fewer than asked for only where there are no more. */
        List<Entry> after(long enquiryId, int max) throws IOException;

        /** Those of these enquiries that are there, in any order, with when they were written. */
        List<Entry> of(Collection<Long> enquiryIds) throws IOException;
    }

    interface Generation extends Closeable {

        /** All enquiries up to this one were given to {@link #add}, and what that made of them is durable; 0 for a new one. */
        long reached();

        /** Makes what was added durable, and remembers that it goes up to this enquiry. */
        void reach(long enquiryId) throws IOException;

        /**
         * Adds documents, save those that {@link SearchIndex#write} wrote or removed since {@link SearchIndex#rebuild}: what it knew is newer.
         *
         * @return the documents that the engine refused; the others are added
         */
        List<Refused> add(List<Document> documents) throws IOException;

        /** What it holds, to be compared with the record before it is opened. */
        Contents contents() throws IOException;

        /** Makes this generation the one that answers, durably, and drops the old one. */
        void open() throws IOException;

        /** Drops this generation: what it holds is wrong. */
        void giveUp() throws IOException;

        /** Leaves this generation for another {@link SearchIndex#rebuild} to go on with, unless it was opened or given up. */
        @Override
        void close() throws IOException;
    }
}
