package org.postbag.receiving;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a raw file holds: {@code PBRAW1}, the length of the receipt, the receipt as JSON in clear, and the sealed bytes, whose associated data are the id
 * and the receipt. So a receipt that was changed, or a file under another's name, is found out by the item's wrapped key.
 */
final class RawFile {

    private static final byte[] MAGIC = "PBRAW1".getBytes(StandardCharsets.US_ASCII);
    private static final int RECEIPT_BYTES_MAX = 16 * 1024;

    /** As much of a file as {@link #receipt} needs. */
    static final int HEAD_BYTES_MAX =
            MAGIC.length + Integer.BYTES + RECEIPT_BYTES_MAX + Short.BYTES + MasterKey.WRAPPED_BYTES_MAX;

    private final MasterKey key;

    RawFile(MasterKey key) {
        this.key = key;
    }

    /** Closes {@code out}. */
    void write(Receipt receipt, byte[] content, OutputStream out) throws IOException {
        var encoded = ReceiptCodec.encode(receipt);
        var head = new DataOutputStream(out);
        head.write(MAGIC);
        head.writeInt(encoded.length);
        head.write(encoded);
        try (var sealing = key.sealing(head, content.length, associated(receipt.id(), encoded))) {
            sealing.write(content);
        }
    }

    /**
     * @param id by which the file is named
     * @param head its first {@link #HEAD_BYTES_MAX} bytes, or all where it has fewer
     */
    Receipt receipt(ReceiptId id, byte[] head) throws DamagedRawItem {
        var in = new ByteArrayInputStream(head);
        try {
            var encoded = encodedReceipt(in);
            key.verify(in, associated(id, encoded));
            return ReceiptCodec.decode(encoded);
        } catch (IOException | IllegalArgumentException damaged) {
            throw new DamagedRawItem(id, damaged);
        }
    }

    /** The item, its bytes all or nothing: the stream throws at its end where something is missing, before anything is handed out. */
    RawStore.Stored item(ReceiptId id, byte[] file) throws DamagedRawItem {
        var in = new ByteArrayInputStream(file);
        try {
            var encoded = encodedReceipt(in);
            try (var opening = key.opening(in, associated(id, encoded))) {
                return new RawStore.Stored(ReceiptCodec.decode(encoded), opening.readAllBytes());
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new DamagedRawItem(id, damaged);
        }
    }

    /** Leaves the stream at the sealed bytes. */
    private static byte[] encodedReceipt(InputStream file) throws IOException {
        var in = new DataInputStream(file);
        int length = Arrays.equals(in.readNBytes(MAGIC.length), MAGIC) ? in.readInt() : -1;
        if (length < 0 || length > RECEIPT_BYTES_MAX) {
            throw new IOException("Not a raw file");
        }
        var encoded = new byte[length];
        in.readFully(encoded);
        return encoded;
    }

    private static byte[] associated(ReceiptId id, byte[] encodedReceipt) {
        return new Identity.Parts().add(id.hex()).add(encodedReceipt).bytes();
    }
}
