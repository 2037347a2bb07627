package org.postbag.receiving.exports;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text, decoded. A byte order mark wins; UTF-16 without one is found by its zero bytes; otherwise each line is decoded by the first of
 * the given encodings that it fits, so that one line in another encoding spoils no other.
 */
final class Lines implements Closeable {

    static final int LINE_CHARACTERS_MAX = 16 * 1024 * 1024;
    private static final int SAMPLE_BYTES = 4096;

    private final Reader reader;
    private final @Nullable List<Charset> encodings;
    private final Deque<Line> pushedBack = new ArrayDeque<>();
    private int ahead = -1;

    /** @param end what ends the line in the file: empty for a last line without an end */
    record Line(String text, String end) {}

    private Lines(Reader reader, @Nullable List<Charset> encodings) {
        this.reader = reader;
        this.encodings = encodings;
    }

    static Lines open(Path file, List<Charset> encodings) throws IOException {
        byte[] sample;
        try (var in = Files.newInputStream(file)) {
            sample = in.readNBytes(SAMPLE_BYTES);
        }
        var in = Files.newInputStream(file);
        try {
            var mark = Mark.of(sample);
            in.skipNBytes(mark.bytes);
            if (mark.charset == null || mark.charset.equals(StandardCharsets.UTF_8)) {
                // Bytes as characters, so that lines are found before they are decoded.
                return new Lines(
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1)),
                        mark.charset == null ? encodings : utf8First(encodings));
            }
            return new Lines(new BufferedReader(new InputStreamReader(in, mark.charset)), null);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The next line, or null after the last. */
    @Nullable
    Line next() throws IOException {
        var before = pushedBack.poll();
        if (before != null) {
            return before;
        }
        var text = new StringBuilder();
        int c = ahead >= 0 ? ahead : reader.read();
        ahead = -1;
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n' && c != '\r') {
            if (text.length() == LINE_CHARACTERS_MAX) {
                throw new BrokenExport("A line is longer than 16 million characters");
            }
            text.append((char) c);
            c = reader.read();
        }
        var end = c < 0 ? "" : String.valueOf((char) c);
        if (c == '\r') {
            int following = reader.read();
            if (following == '\n') {
                end = "\r\n";
            } else {
                ahead = following;
            }
        }
        return new Line(decoded(text.toString()), end);
    }

    /** Lines that were looked at and are to be read again, in their order. */
    void pushBack(List<Line> lines) {
        for (var line : lines.reversed()) {
            pushedBack.push(line);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private String decoded(String line) {
        if (encodings == null || line.chars().allMatch(c -> c < 0x80)) {
            return line;
        }
        var bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        for (var encoding : encodings) {
            try {
                // A new decoder reports what it can't read; new String would put a replacement character.
                return encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException another) {
                continue;
            }
        }
        return new String(bytes, encodings.getLast());
    }

    private static List<Charset> utf8First(List<Charset> encodings) {
        var all = new ArrayList<Charset>();
        all.add(StandardCharsets.UTF_8);
        encodings.stream().filter(e -> !e.equals(StandardCharsets.UTF_8)).forEach(all::add);
        return all;
    }

    /** What the first bytes tell of the encoding: null where they leave it to the profile. */
    private record Mark(@Nullable Charset charset, int bytes) {

        static Mark of(byte[] b) {
            if (starts(b, 0xEF, 0xBB, 0xBF)) {
                return new Mark(StandardCharsets.UTF_8, 3);
            }
            if (starts(b, 0xFF, 0xFE, 0, 0)) {
                return new Mark(Charset.forName("UTF-32LE"), 4);
            }
            if (starts(b, 0, 0, 0xFE, 0xFF)) {
                return new Mark(Charset.forName("UTF-32BE"), 4);
            }
            if (starts(b, 0xFF, 0xFE)) {
                return new Mark(StandardCharsets.UTF_16LE, 2);
            }
            if (starts(b, 0xFE, 0xFF)) {
                return new Mark(StandardCharsets.UTF_16BE, 2);
            }
            return new Mark(withoutMark(b), 0);
        }

        /** Latin text in UTF-16 has a zero in nearly every second byte. */
        private static @Nullable Charset withoutMark(byte[] b) {
            var zeros = new int[2];
            for (int i = 0; i < b.length; i++) {
                if (b[i] == 0) {
                    zeros[i % 2]++;
                }
            }
            int pairs = b.length / 2;
            if (pairs == 0) {
                return null;
            }
            if (zeros[1] > pairs * 0.6 && zeros[0] < pairs * 0.1) {
                return StandardCharsets.UTF_16LE;
            }
            return zeros[0] > pairs * 0.6 && zeros[1] < pairs * 0.1 ? StandardCharsets.UTF_16BE : null;
        }

        private static boolean starts(byte[] b, int... mark) {
            if (b.length < mark.length) {
                return false;
            }
            for (int i = 0; i < mark.length; i++) {
                if ((b[i] & 0xFF) != mark[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
