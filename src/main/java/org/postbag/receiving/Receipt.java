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
        boolean junk) {

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
        this(id, channel, direction, route, receivedAt, size, series, profile, sourceFile, sourceRow, false);
    }

    public Reference reference() {
        return id.reference();
    }
}
