package org.postbag.receiving;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item of one sender as a route hands it over, before it has a receipt. Files, batches and scans are cut into items first.
 *
 * @param externalId what makes the item the same item when it comes again: see {@link Identity}; may hold personal data, and is never stored
 * @param series the source's own item id where another content under it is a correction (calls), else null; never stored as it is
 * @param content the raw bytes, exactly as the source gave them; of an item that is too large to be taken in, only its beginning
 * @param size of the whole item, in bytes
 * @param junk whether the source took it for spam
 * @param reachedAt when it reached the body, where that was before it comes in here: a backlog's item; else null
 */
public record Arrival(
        Channel channel,
        Direction direction,
        String route,
        byte[] externalId,
        @Nullable String series,
        @Nullable String profile,
        @Nullable String sourceFile,
        @Nullable Integer sourceRow,
        byte[] content,
        long size,
        boolean junk,
        @Nullable Instant reachedAt)
        implements RawContent {

    /** A whole item. */
    public Arrival(
            Channel channel,
            Direction direction,
            String route,
            byte[] externalId,
            @Nullable String series,
            @Nullable String profile,
            @Nullable String sourceFile,
            @Nullable Integer sourceRow,
            byte[] content) {
        this(
                channel,
                direction,
                route,
                externalId,
                series,
                profile,
                sourceFile,
                sourceRow,
                content,
                content.length,
                false,
                null);
    }

    /** The same, of which more lies at the source than is here where {@code whole} is larger than the content. */
    public Arrival ofSize(long whole) {
        return with(content, whole, junk, reachedAt);
    }

    /** The same item with this content, of which what came is a part. */
    public Arrival holding(byte[] more) {
        return with(more, more.length, junk, reachedAt);
    }

    /** The same, from where the source puts what it takes for spam. */
    public Arrival asJunk() {
        return with(content, size, true, reachedAt);
    }

    /** The same, of which it is known since when it counts. */
    public Arrival reachedAt(@Nullable Instant at) {
        return with(content, size, junk, at);
    }

    private Arrival with(byte[] more, long whole, boolean spam, @Nullable Instant reached) {
        return new Arrival(
                channel,
                direction,
                route,
                externalId,
                series,
                profile,
                sourceFile,
                sourceRow,
                more,
                whole,
                spam,
                reached);
    }
}
