package org.postbag;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes as transport, disks and hostile people do. The same generator gives the same damage. */
public final class Mutation {

    private static final int DAMAGES_MAX = 4;
    private static final int STRETCH_BYTES_MAX = 2_000;
    private static final int REPEATS_MAX = 50;

    private Mutation() {}

    /** The content with one to four damages: cut off, bits turned, a stretch doubled, moved or gone, bytes put in. */
    public static byte[] of(byte[] content, Random random) {
        var damaged = content;
        for (int i = random.nextInt(DAMAGES_MAX); i >= 0; i--) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    private static byte[] once(byte[] content, Random random) {
        if (content.length == 0) {
            return random(random, random.nextInt(50));
        }
        int from = random.nextInt(content.length);
        int to = Math.min(content.length, from + 1 + random.nextInt(STRETCH_BYTES_MAX));
        var before = Arrays.copyOf(content, from);
        var stretch = Arrays.copyOfRange(content, from, to);
        var after = Arrays.copyOfRange(content, to, content.length);
        return switch (random.nextInt(7)) {
            case 0 -> before;
            case 1 -> joined(before, after);
            case 2 -> turned(content, random);
            case 3 -> joined(before, repeated(stretch, 1 + random.nextInt(REPEATS_MAX)), after);
            case 4 -> joined(before, random(random, 1 + random.nextInt(40)), stretch, after);
            case 5 -> joined(stretch, before, after);
            default -> joined(before, telling(random), stretch, after);
        };
    }

    private static byte[] turned(byte[] content, Random random) {
        var turned = content.clone();
        for (int i = random.nextInt(20); i >= 0; i--) {
            turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return turned;
    }

    /** What means something to a parser, where nobody expects it. */
    private static byte[] telling(Random random) {
        var all = new String[] {
            "\0",
            "\r",
            "\n",
            "\r\n\r\n",
            "\"",
            ",",
            ";",
            "--",
            "=",
            "=?",
            "?=",
            "<",
            "<!--",
            "{",
            "[",
            "\\",
            "\\u0000",
            "\u00ef\u00bb\u00bf",
            "\u00ff\u00fe",
            "begin 644 a\n",
            "Content-Type: message/rfc822\n\n",
            "\ud83d",
            "1e999",
            "Content-Type: text/plain; charset=iso-2022-cn\n\n\u001b$)A",
            "Content-Transfer-Encoding: base64\n"
        };
        return all[random.nextInt(all.length)].getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static byte[] random(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] repeated(byte[] stretch, int times) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(stretch);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... pieces) {
        var bytes = new ByteArrayOutputStream();
        for (var piece : pieces) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }
}
