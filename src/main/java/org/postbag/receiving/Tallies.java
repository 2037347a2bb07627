package org.postbag.receiving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What each source listed, counted where it came in and independently of the database: a line for each call of {@link Receiver#receive}, appended and
 * fsynced to {@code <folder>/<channel>/<day>.tally}. No personal data. Several processes may append to one file.
 */
final class Tallies {

    private static final String ENDING = ".tally";
    /** Time, route, listed, known. A line without its end was cut short by a crash, and its items were never acknowledged. */
    private static final Pattern LINE = Pattern.compile("\\S+ \\S+ ([0-9]{1,9}) ([0-9]{1,9});");

    private final Path folder;

    /** @param folder is there, durably */
    Tallies(Path folder) {
        this.folder = folder;
    }

    /**
     * @param listed how many items sources listed
     * @param known how many of them the raw store had already
     */
    record Count(long listed, long known) {

        static final Count NONE = new Count(0, 0);

        Count plus(long listed, long known) {
            return new Count(this.listed + listed, this.known + known);
        }
    }

    private record Page(Channel channel, LocalDate day, String route) implements Comparable<Page> {

        @Override
        public int compareTo(Page other) {
            return toString().compareTo(other.toString());
        }
    }

    /** An item that is new counts on the day under which it lies, a repeat on the day on which it came. */
    synchronized void add(List<Acknowledgement> acknowledged, Instant at) throws IOException {
        var counts = new TreeMap<Page, Count>();
        for (var item : acknowledged) {
            var receipt = item.receipt();
            var page = new Page(receipt.channel(), day(item.known() ? at : receipt.receivedAt()), receipt.route());
            var before = Objects.requireNonNullElse(counts.get(page), Count.NONE);
            counts.put(page, before.plus(1, item.known() ? 1 : 0));
        }
        for (var entry : counts.entrySet()) {
            append(entry.getKey(), entry.getValue(), at);
        }
    }

    /** Repeats of what the record has, which need no look at the raw store. */
    synchronized void addKnown(Channel channel, String route, int number, Instant at) throws IOException {
        append(new Page(channel, day(at), route), new Count(number, number), at);
    }

    private void append(Page page, Count count, Instant at) throws IOException {
        append(
                file(page.channel(), page.day()),
                // On a line of its own, also after one that a crash cut short.
                "\n" + at + " " + page.route().replaceAll("\\s", "_") + " " + count.listed() + " " + count.known()
                        + ";");
    }

    Count count(Channel channel, LocalDate day) throws IOException {
        var sum = Count.NONE;
        try (var lines = Files.lines(file(channel, day), StandardCharsets.UTF_8)) {
            for (String line : (Iterable<String>) lines::iterator) {
                var match = LINE.matcher(line);
                if (match.matches()) {
                    sum = sum.plus(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)));
                }
            }
        } catch (NoSuchFileException none) {
            return Count.NONE;
        }
        return sum;
    }

    /** The days on which something was listed. */
    List<LocalDate> days(Channel channel) throws IOException {
        return Disk.REAL.list(folder.resolve(channel.code())).stream()
                .filter(name -> name.endsWith(ENDING))
                .map(name -> OldDays.day(name.substring(0, name.length() - ENDING.length())))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private Path file(Channel channel, LocalDate day) {
        return folder.resolve(channel.code()).resolve(day + ENDING);
    }

    private void append(Path file, String line) throws IOException {
        var channelFolder = Objects.requireNonNull(file.getParent());
        boolean first = !Files.exists(file);
        if (first) {
            Disk.REAL.makeFolder(channelFolder);
            Disk.REAL.fsyncFolder(folder);
        }
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            var buffer = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        if (first) {
            Disk.REAL.fsyncFolder(channelFolder);
        }
    }
}
