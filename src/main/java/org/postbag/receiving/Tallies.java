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
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each source listed, counted where it came in and independently of the database: a line for each call of {@link Receiver#receive}, appended and
 * fsynced to {@code <folder>/<channel>/<day>.tally}. No personal data.
 */
final class Tallies {

    private static final String ENDING = ".tally";

    private final Path folder;

    Tallies(Path folder) {
        this.folder = folder;
    }

    /** @param listed how many items sources listed @param known how many of them the raw store had already */
    record Count(long listed, long known) {

        static final Count NONE = new Count(0, 0);

        private Count plus(Count other) {
            return new Count(listed + other.listed, known + other.known);
        }
    }

    synchronized void add(List<Acknowledgement> acknowledged, Instant at) throws IOException {
        var byRoute = acknowledged.stream()
                .collect(Collectors.groupingBy(
                        a -> a.receipt().channel().code() + "/" + a.receipt().route(),
                        TreeMap::new,
                        Collectors.toList()));
        for (var entry : byRoute.entrySet()) {
            var items = entry.getValue();
            var line = at + " " + items.getFirst().receipt().route() + " " + items.size() + " "
                    + items.stream().filter(Acknowledgement::known).count() + "\n";
            append(file(items.getFirst().receipt().channel(), day(at)), line);
        }
    }

    Count count(Channel channel, LocalDate day) throws IOException {
        try {
            var sum = Count.NONE;
            for (String line : Files.readAllLines(file(channel, day), StandardCharsets.UTF_8)) {
                var words = line.split(" ");
                // A line that a crash cut short was never acknowledged.
                if (words.length == 4 && words[2].matches("[0-9]{1,9}") && words[3].matches("[0-9]{1,9}")) {
                    sum = sum.plus(new Count(Long.parseLong(words[2]), Long.parseLong(words[3])));
                }
            }
            return sum;
        } catch (NoSuchFileException none) {
            return Count.NONE;
        }
    }

    List<LocalDate> days(Channel channel) throws IOException {
        var days = new ArrayList<LocalDate>();
        try (var files = Files.list(folder.resolve(channel.code()))) {
            for (Path file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                try {
                    if (name.endsWith(ENDING)) {
                        days.add(LocalDate.parse(name.substring(0, name.length() - ENDING.length())));
                    }
                } catch (DateTimeParseException notOurs) {
                    // Something else that lies here is not ours.
                }
            }
        } catch (NoSuchFileException none) {
            return days;
        }
        return days;
    }

    static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private Path file(Channel channel, LocalDate day) {
        return folder.resolve(channel.code()).resolve(day + ENDING);
    }

    private static void append(Path file, String line) throws IOException {
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var buffer = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        }
    }
}
