package org.postbag.backlog;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A file with mails: an mbox, or one mail; either may be compressed (gzip).
 *
 * @param kind as its first bytes tell, whatever it is called
 */
record MailFile(Path path, Kind kind, boolean compressed, long bytes) implements MailSource {

    static final String ENDING = ".eml";
    private static final int BEGINNING_BYTES = 16 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final Set<String> MAIL_FIELDS = Set.of(
            "received", "from", "date", "message-id", "return-path", "delivered-to", "subject", "to", "mime-version");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");

    enum Kind {
        MBOX,
        MAIL,
        EMPTY,
        OTHER
    }

    /** Looks at a file's first bytes. */
    static MailFile of(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long bytes = channel.size();
            var in = new BufferedInputStream(Channels.newInputStream(channel), BEGINNING_BYTES);
            boolean compressed = isCompressed(in);
            byte[] beginning;
            try (var content = compressed ? new GZIPInputStream(in) : in) {
                beginning = content.readNBytes(BEGINNING_BYTES);
            }
            return new MailFile(path, kind(new String(beginning, StandardCharsets.ISO_8859_1)), compressed, bytes);
        }
    }

    /** The same, which is a mail by where it lies. */
    MailFile asMail() {
        return new MailFile(path, kind == Kind.EMPTY ? Kind.EMPTY : Kind.MAIL, compressed, bytes);
    }

    private static Kind kind(String beginning) {
        var text = MboxCutter.withoutMark(beginning);
        if (text.isEmpty()) {
            return Kind.EMPTY;
        }
        var lines = LINE_END.splitAsStream(text).toList();
        var first = lines.getFirst();
        if (Separator.of(first, text.substring(first.length()).stripLeading()).isPresent()) {
            return Kind.MBOX;
        }
        return Separator.isField(first)
                        && lines.stream()
                                .takeWhile(line -> !line.isEmpty())
                                .anyMatch(line -> line.indexOf(':') > 0
                                        && MAIL_FIELDS.contains(line.substring(0, line.indexOf(':'))
                                                .strip()
                                                .toLowerCase(Locale.ROOT)))
                ? Kind.MAIL
                : Kind.OTHER;
    }

    private static boolean isCompressed(InputStream in) throws IOException {
        in.mark(GZIP.length);
        boolean compressed = Arrays.equals(in.readNBytes(GZIP.length), GZIP);
        in.reset();
        return compressed;
    }

    @Override
    public void each(Consumer<Found> found, LongConsumer read) throws IOException {
        each(found, read, Clock.systemUTC());
    }

    void each(Consumer<Found> found, LongConsumer read, Clock clock) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var stamp = Stamp.of(path);
            var counted = new BufferedInputStream(new Counted(Channels.newInputStream(channel), read), BUFFER_BYTES);
            var in = compressed ? new GZIPInputStream(counted, BUFFER_BYTES) : counted;
            switch (kind) {
                case MBOX -> cut(in, channel, stamp, found, clock.instant());
                case MAIL -> whole(in, stamp, found, clock.instant());
                case EMPTY -> {
                    in.transferTo(OutputStream.nullOutputStream());
                    found.accept(new Found.Nothing(path.toString(), "there is nothing in it"));
                }
                case OTHER -> found.accept(new Found.Nothing(path.toString(), "it is neither an mbox nor a mail"));
            }
        }
    }

    private void cut(InputStream in, FileChannel channel, Stamp stamp, Consumer<Found> found, Instant now)
            throws IOException {
        MboxCutter.Ahead ahead = compressed
                ? null
                : (position, bytesMax) -> {
                    var bytes = ByteBuffer.allocate(bytesMax);
                    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
                        continue;
                    }
                    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
                };
        boolean ends = new MboxCutter(path.toString(), in, ahead, stamp.modified(), now, found).cut();
        if (!Stamp.of(path).equals(stamp)) {
            found.accept(new Found.Unfit(
                    path.toString(), "it was written to while it was read: import it again for the rest"));
        } else if (!ends) {
            found.accept(new Found.Nothing(
                    path.toString(),
                    "its last line has no end: the last mail may be cut short, and was taken as it is"));
        }
    }

    private void whole(InputStream in, Stamp stamp, Consumer<Found> found, Instant now) throws IOException {
        var content = new Content();
        var buffer = new byte[BUFFER_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            content.add(buffer, 0, length);
        }
        if (content.isTooLarge()) {
            found.accept(new Found.Unfit(path.toString(), Content.tooLarge(content.size())));
            return;
        }
        var mail = content.take();
        found.accept(new Found.Mail(path.toString(), mail, MailTimes.reached(mail, null, stamp.modified(), now)));
    }

    private record Stamp(long size, FileTime time) {

        static Stamp of(Path path) throws IOException {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime());
        }

        Instant modified() {
            return time.toInstant();
        }
    }

    private static final class Counted extends FilterInputStream {

        private final LongConsumer read;

        Counted(InputStream in, LongConsumer read) {
            super(in);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            read.accept(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int some = super.read(bytes, from, length);
            read.accept(Math.max(0, some));
            return some;
        }
    }
}
