package org.postbag;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes as transport, disks and hostile people do. The same generator gives the same damage. */
public final class Mutation {

    private static final int DAMAGES_MAX = 4;
    private static final int STRETCH_BYTES_MAX = 2_000;
    private static final int REPEATS_MAX = 50;

    private static final List<String> WRONG_CHARSETS = List.of("x-unknown", "utf-16", "iso-2022-jp", "\"", "us-ascii");

    private Mutation() {}

    /** The content with one to four damages: cut off, bits turned, a stretch doubled, moved or gone, bytes put in. */
    public static byte[] of(byte[] content, Random random) {
        var damaged = content;
        for (int i = random.nextInt(DAMAGES_MAX); i >= 0; i--) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    /** The content damaged in one of the ways in which mail gets damaged, with {@code kept}, which stands in it once, as readable as before. */
    public static byte[] sparing(byte[] content, String kept, Random random) {
        var whole = new String(content, ISO_8859_1);
        int at = whole.indexOf(kept);
        int after = at + kept.length();
        var damaged = switch (random.nextInt(13)) {
            case 0 -> flipped(whole, at - 4, after + 4, random);
            case 1 -> whole.substring(0, random.nextInt(after, whole.length() + 1));
            case 2 -> whole.replace("\r\n", "\n").replace("\n", "\r");
            case 3 -> whole.replace("\r\n", "\n");
            case 4 -> whole.replaceFirst("(?i)boundary=\"?[^\"\\s;]+\"?", "boundary=gone");
            case 5 -> whole.replaceAll("(?i)charset=\"?[^\"\\s;]+\"?", "charset=" + one(random, WRONG_CHARSETS));
            case 6 ->
                whole.replaceAll("(?i)content-transfer-encoding:[^\r\n]*", "Content-Transfer-Encoding: x-nothing");
            case 7 -> withoutFields(whole, random.nextInt(1, 4));
            case 8 -> whole.substring(0, at) + "pad ".repeat(40_000) + whole.substring(at);
            case 9 -> whole.substring(0, at) + "\0\0 " + whole.substring(at);
            case 10 -> nested(whole, random.nextInt(5, 120));
            case 11 -> "garbage without a colon\r\n".repeat(random.nextInt(1, 5)) + whole;
            default -> whole.replaceFirst("(?im)^((?:subject|from|content-type):[^\n]*\n(?:[ \t][^\n]*\n)*)", "$1$1");
        };
        return damaged.getBytes(ISO_8859_1);
    }

    private static String flipped(String whole, int from, int to, Random random) {
        var characters = whole.toCharArray();
        for (int i = Math.max(3, characters.length / 500); i > 0; i--) {
            int place = random.nextInt(characters.length);
            if (place < from || place >= to) {
                characters[place] = (char) random.nextInt(256);
            }
        }
        return new String(characters);
    }

    private static String withoutFields(String whole, int count) {
        var rest = whole;
        for (int i = 0; i < count; i++) {
            rest = rest.replaceFirst("(?im)^(?:mime-version|content-type)[^\n]*\n(?:[ \t][^\n]*\n)*", "");
        }
        return rest;
    }

    private static String nested(String whole, int levels) {
        var nested = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=n%1$d\r\n\r\n--n%1$d\r\n".formatted(i));
        }
        nested.append("Content-Type: message/rfc822\r\n\r\n").append(whole);
        for (int i = levels - 1; i >= 0; i--) {
            nested.append("\r\n--n%d--\r\n".formatted(i));
        }
        return nested.toString();
    }

    private static String one(Random random, List<String> all) {
        return all.get(random.nextInt(all.size()));
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
        return all[random.nextInt(all.length)].getBytes(ISO_8859_1);
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
