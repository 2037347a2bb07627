package org.postbag.receiving;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes receipt ids: HMAC-SHA-256 (RFC 2104). The key is never rotated, since an item that comes again must get the id that it had. */
public final class IdentityKey {

    private final SecretKeySpec key;

    IdentityKey(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    public ReceiptId receiptId(Arrival arrival) {
        return new ReceiptId(hmac(new Identity.Parts()
                .add("receipt")
                .add(arrival.channel().code())
                .add(arrival.externalId())
                .bytes()));
    }

    /** What stands for a source's own item id, or for a file's content, where that is stored: as 64 hex digits. */
    public String stands(Channel channel, byte[] secret) {
        return hmac(new Identity.Parts()
                .add("stands")
                .add(channel.code())
                .add(secret)
                .bytes());
    }

    /**
     * What stands for a file whose rows are imported, as {@link Receipt#sourceFile}. It is another where the file comes by its folder too.
     *
     * @param digest what tells its content from others'
     */
    public String importedFile(String digest) {
        return stands(Channel.PUBLIC_REGISTER, ("import " + digest).getBytes(StandardCharsets.UTF_8));
    }

    /** What stands for the source's own item id, as {@link Receipt#series}. */
    public String series(Channel channel, String series) {
        return stands(channel, series.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells this key from others, and nothing else of it: 64 hex digits. */
    String fingerprint() {
        return hmac(new Identity.Parts().add("fingerprint").bytes());
    }

    private String hmac(byte[] bytes) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
