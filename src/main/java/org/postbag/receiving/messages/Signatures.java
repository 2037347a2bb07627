package org.postbag.receiving.messages;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104) over the raw bytes of a body, as platforms sign their calls. Compared in constant time. */
final class Signatures {

    private static final String PREFIX = "sha256=";
    private static final int MAC_BYTES = 32;

    private Signatures() {}

    /** Whether {@code sha256=} and 64 hex digits are a signature of the body by one of the secrets. */
    static boolean isHex(String signature, byte[] body, List<String> secrets) {
        try {
            return is(
                    signature.startsWith(PREFIX)
                            ? HexFormat.of().parseHex(signature, PREFIX.length(), signature.length())
                            : new byte[0],
                    body,
                    secrets);
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    /** Likewise in base64. */
    static boolean isBase64(String signature, byte[] body, List<String> secrets) {
        try {
            return is(
                    signature.startsWith(PREFIX)
                            ? Base64.getDecoder().decode(signature.substring(PREFIX.length()))
                            : new byte[0],
                    body,
                    secrets);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** What answers a challenge: {@code sha256=} and the signature in base64. */
    static String base64(String text, String secret) {
        return PREFIX + Base64.getEncoder().encodeToString(hmac(text.getBytes(StandardCharsets.UTF_8), secret));
    }

    /** Whether two texts are the same, in a time that doesn't tell how far they are. */
    static boolean isSame(String given, String secret) {
        return !secret.isEmpty()
                && MessageDigest.isEqual(
                        sha256(given.getBytes(StandardCharsets.UTF_8)),
                        sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean is(byte[] signature, byte[] body, List<String> secrets) {
        boolean found = false;
        for (var secret : secrets) {
            found |= MessageDigest.isEqual(hmac(body, secret), signature);
        }
        return found && signature.length == MAC_BYTES;
    }

    static byte[] hmac(byte[] body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
