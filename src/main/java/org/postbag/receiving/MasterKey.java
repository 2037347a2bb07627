package org.postbag.receiving;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * Seals bytes under a key of their own (AES-256-GCM-HKDF, streaming), itself wrapped by the master key (AES-256-GCM). What is opened was sealed with the
 * same associated data and is whole, or {@link IOException} says that it isn't.
 */
public final class MasterKey {

    /** How long the wrapped key before a sealed item may be. */
    static final int WRAPPED_BYTES_MAX = 1024;

    private static final int KEY_BYTES = 32;
    private static final int SMALL_SEGMENT_BYTES = 4 * 1024;
    private static final int MIDDLE_SEGMENT_BYTES = 32 * 1024;
    private static final int LARGE_SEGMENT_BYTES = 1024 * 1024;

    private final Aead master;
    private final SecureRandom random = new SecureRandom();

    MasterKey(byte[] key) {
        try {
            master = new AesGcmJce(key);
        } catch (GeneralSecurityException wrongLength) {
            throw new IllegalArgumentException("The master key must be of " + KEY_BYTES + " bytes", wrongLength);
        }
    }

    /**
     * Seals what is written to the stream. It is whole once the stream is closed, which closes {@code out} too.
     *
     * @param size about how much that will be: a larger item is sealed in larger pieces
     */
    public OutputStream sealing(OutputStream out, long size, byte[] associated) throws IOException {
        int segment = size < MIDDLE_SEGMENT_BYTES
                ? SMALL_SEGMENT_BYTES
                : size < LARGE_SEGMENT_BYTES ? MIDDLE_SEGMENT_BYTES : LARGE_SEGMENT_BYTES;
        return sealing(out, segment, associated);
    }

    /** Seals what is too large to be held in memory, as it is written; it is whole once the stream is closed. */
    public OutputStream sealing(OutputStream out, byte[] associated) throws IOException {
        return sealing(out, LARGE_SEGMENT_BYTES, associated);
    }

    /**
     * Returns where the associated data are those that the item was sealed with. Reads its key only, and says nothing about the bytes after it.
     *
     * @throws IOException if it was sealed with other associated data or under another master key
     */
    public void verify(InputStream sealed, byte[] associated) throws IOException {
        try {
            unwrap(new DataInputStream(sealed), associated);
        } catch (GeneralSecurityException damaged) {
            throw new IOException("A sealed item is damaged, or of another master key", damaged);
        }
    }

    /** Opens what is too large to be held in memory. Nothing that it gives may be used before its end was read: only there is it known to be whole. */
    public InputStream opening(InputStream sealed, byte[] associated) throws IOException {
        var in = new DataInputStream(sealed);
        try {
            var key = unwrap(in, associated);
            int segment = in.readInt();
            if (segment != SMALL_SEGMENT_BYTES && segment != MIDDLE_SEGMENT_BYTES && segment != LARGE_SEGMENT_BYTES) {
                throw new IOException("A sealed item is damaged");
            }
            return streaming(key, segment).newDecryptingStream(in, associated);
        } catch (GeneralSecurityException damaged) {
            throw new IOException("A sealed item is damaged, or of another master key", damaged);
        }
    }

    private byte[] unwrap(DataInputStream in, byte[] associated) throws IOException, GeneralSecurityException {
        int length = in.readUnsignedShort();
        if (length > WRAPPED_BYTES_MAX) {
            throw new IOException("A sealed item is damaged");
        }
        return master.decrypt(in.readNBytes(length), associated);
    }

    private OutputStream sealing(OutputStream bytes, int segment, byte[] associated) throws IOException {
        try {
            var key = new byte[KEY_BYTES];
            random.nextBytes(key);
            var out = new DataOutputStream(bytes);
            var wrapped = master.encrypt(key, associated);
            out.writeShort(wrapped.length);
            out.write(wrapped);
            out.writeInt(segment);
            return streaming(key, segment).newEncryptingStream(out, associated);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static AesGcmHkdfStreaming streaming(byte[] key, int segment) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, segment, 0);
    }
}
