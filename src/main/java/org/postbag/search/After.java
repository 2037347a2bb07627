package org.postbag.search;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, to go on from there: opaque to who keeps it, and without personal data, so it may stand in a URL.
 *
 * @param key what the engine sorted the last hit by: the time of receipt in milliseconds, or the bits of its score. Of an order by a text it is the time,
 *     for the text is personal data: the engine knows it by the enquiry
 * @param enquiryId the last hit, which makes the order a total one
 * @param snapshot the engine's name for the state it answered from, so that scores stay comparable and texts known; 0 where it needs none
 */
public record After(Query.Order order, long key, long enquiryId, long snapshot) {

    private static final int BYTES = 1 + 3 * Long.BYTES;
    private static final int TEXT_LENGTH_MAX = 64;
    private static final Query.Order[] ORDERS = Query.Order.values();

    /** What {@link #toString} gave; empty for anything else. */
    public static Optional<After> parse(@Nullable String text) {
        if (text == null || text.length() > TEXT_LENGTH_MAX) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (bytes.length != BYTES + Integer.BYTES) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes);
        int order = buffer.get();
        if (order < 0 || order >= ORDERS.length) {
            return Optional.empty();
        }
        var after = new After(ORDERS[order], buffer.getLong(), buffer.getLong(), buffer.getLong());
        return buffer.getInt() == check(bytes) ? Optional.of(after) : Optional.empty();
    }

    @Override
    public String toString() {
        var buffer = ByteBuffer.allocate(BYTES + Integer.BYTES);
        buffer.put((byte) order.ordinal()).putLong(key).putLong(enquiryId).putLong(snapshot);
        buffer.putInt(check(buffer.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /** Against damage in copying; there is nothing to gain by forging one. */
    private static int check(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes, 0, BYTES);
        return (int) crc.getValue();
    }
}
