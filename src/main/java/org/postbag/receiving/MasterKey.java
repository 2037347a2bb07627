package org.postbag.receiving;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * Seals bytes under a key of their own (AES-256-GCM-HKDF, streaming), itself wrapped by the master key (AES-256-GCM). What is opened was sealed with the
 * same associated data and is whole, or {@link IOException} says that it isn't.
 */
public final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final int SMALL_SEGMENT_BYTES = 4 * 1024;
    private static final int LARGE_SEGMENT_BYTES = 1024 * 1024;
    private static final int WRAPPED_BYTES_MAX = 1024;

    private final Aead master;
    private final SecureRandom random = new SecureRandom();

    MasterKey(byte[] key) {
        try {
            master = new AesGcmJce(key);
        } catch (GeneralSecurityException wrongLength) {
            throw new IllegalArgumentException("The master key must be of " + KEY_BYTES + " bytes", wrongLength);
        }
    }

    public byte[] seal(byte[] plain, byte[] associated) throws IOException {
        var bytes = new ByteArrayOutputStream(plain.length + 256);
        int segment = plain.length >= LARGE_SEGMENT_BYTES ? LARGE_SEGMENT_BYTES : SMALL_SEGMENT_BYTES;
        try (var stream = sealing(bytes, segment, associated)) {
            stream.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Seals what is too large to be held in memory, as it is written; it is whole once the stream is closed. */
    public OutputStream sealing(OutputStream out, byte[] associated) throws IOException {
        return sealing(out, LARGE_SEGMENT_BYTES, associated);
    }

    /** @throws IOException if the bytes are not whole, not ours, or were sealed with other associated data */
    public byte[] open(ByteBuffer sealed, byte[] associated) throws IOException {
        var bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        // All or nothing: the stream throws at its end where something is missing, before anything is handed out.
        try (var stream = opening(new ByteArrayInputStream(bytes), associated)) {
            return stream.readAllBytes();
        }
    }

    /** Opens what is too large to be held in memory. Nothing that it gives may be used before its end was read: only there is it known to be whole. */
    public InputStream opening(InputStream sealed, byte[] associated) throws IOException {
        var in = new DataInputStream(sealed);
        try {
            int length = in.readUnsignedShort();
            if (length > WRAPPED_BYTES_MAX) {
                throw new IOException("A sealed item is damaged");
            }
            var key = master.decrypt(in.readNBytes(length), associated);
            int segment = in.readInt();
            if (segment != SMALL_SEGMENT_BYTES && segment != LARGE_SEGMENT_BYTES) {
                throw new IOException("A sealed item is damaged");
            }
            return streaming(key, segment).newDecryptingStream(in, associated);
        } catch (GeneralSecurityException damaged) {
            throw new IOException("A sealed item is damaged, or of another master key", damaged);
        }
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
