package org.postbag.receiving;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The proof that an item arrived. Holds no personal data: it goes to Kafka and stands in clear before the raw bytes.
 *
 * @param receivedAt when the item was first durable here, to the millisecond; its day (UTC) is the raw file's folder
 * @param size of the item in bytes; more than the raw file has where the item was too large to be taken in whole
 * @param series keyed hash of the source's own item id where another content under that id is a correction (calls), else null
 * @param profile name of the profile that reads the item, for rows of exports, else null
 * @param sourceFile keyed hash of the export that the item was cut from, else null
 * @param sourceRow its row in that export, counted from 1 for the line after the header, else null
 * @param junk whether its source took it for spam
 * @param reachedAt when it reached the body, where that was before {@code receivedAt}: of a backlog's item, which counts from then; else null. The
 *     database doesn't keep it; the raw item's own receipt does
 * @param origin what took it in; null for items of before this was told
 * @param sentAt when Kafka was given it, as Kafka's own record says; null elsewhere, and no part of what is sent or stored
 */
public record Receipt(
        ReceiptId id,
        Channel channel,
        Direction direction,
        String route,
        Instant receivedAt,
        long size,
        @Nullable String series,
        @Nullable String profile,
        @Nullable String sourceFile,
        @Nullable Integer sourceRow,
        boolean junk,
        @Nullable Instant reachedAt,
        @Nullable Origin origin,
        @Nullable Instant sentAt) {

    /**
     * What took an item in.
     *
     * @param node the machine
     * @param routeVersion the version of the route that was in force, or null where none is kept
     */
    public record Origin(String node, @Nullable Integer routeVersion) {}

    /** The name under which a backlog comes in, where other items have their route's. */
    public static final String BACKLOG_ROUTE = "import";

    /** Of an item that was taken in by no node and counts from when it came in; Kafka was not given it yet. */
    public Receipt(
            ReceiptId id,
            Channel channel,
            Direction direction,
            String route,
            Instant receivedAt,
            long size,
            @Nullable String series,
            @Nullable String profile,
            @Nullable String sourceFile,
            @Nullable Integer sourceRow) {
        this(
                id,
                channel,
                direction,
                route,
                receivedAt,
                size,
                series,
                profile,
                sourceFile,
                sourceRow,
                false,
                null,
                null,
                null);
    }

    /**
     * The receipt of an item that came in.
     *
     * @param series the key of its series, where it is of one
     */
    public static Receipt of(
            ReceiptId id, Arrival arrival, @Nullable String series, Instant at, @Nullable Origin origin) {
        return new Receipt(
                id,
                arrival.channel(),
                arrival.direction(),
                arrival.route(),
                at,
                arrival.size(),
                series,
                arrival.profile(),
                arrival.sourceFile(),
                arrival.sourceRow(),
                arrival.junk(),
                arrival.reachedAt(),
                origin,
                null);
    }

    /** The same, of an item that counts from earlier on than it came in. */
    public Receipt reachedAt(@Nullable Instant at) {
        return with(profile, at, sentAt);
    }

    /** The same, read by another profile than the one it came with. */
    public Receipt readBy(String other) {
        return with(other, reachedAt, sentAt);
    }

    /** The same, which Kafka was given then. */
    public Receipt sentAt(@Nullable Instant at) {
        return with(profile, reachedAt, at);
    }

    private Receipt with(@Nullable String otherProfile, @Nullable Instant reached, @Nullable Instant sent) {
        return new Receipt(
                id,
                channel,
                direction,
                route,
                receivedAt,
                size,
                series,
                otherProfile,
                sourceFile,
                sourceRow,
                junk,
                reached,
                origin,
                sent);
    }

    /** From when on the item counts: when it reached the body. */
    public Instant countsFrom() {
        return reachedAt == null || reachedAt.isAfter(receivedAt) ? receivedAt : reachedAt;
    }

    public Reference reference() {
        return id.reference();
    }
}
