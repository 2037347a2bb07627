package org.postbag.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.postbag.normalising.Normaliser;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

/** Shows what the readers make of items, without storing anything or starting a server. */
final class Normalise implements Command {

    /** Whoever only looks at a file has no receipt for it. */
    private static final ReceiptId NONE = new ReceiptId("0".repeat(64));

    private static final long FILE_BYTES_MAX = 256L * 1024 * 1024;

    @Override
    public String name() {
        return "normalise";
    }

    @Override
    public String synopsis() {
        return "--channel CHANNEL FILE-OR-FOLDER...";
    }

    @Override
    public String summary() {
        return "reads items as the pipeline would, and prints a JSON line for each";
    }

    @Override
    public String details() {
        return """
                Reads each file with the same reader as the pipeline, and prints a JSON line for each. Stores nothing and starts no server.
                Folders are read with all that is in them, in order of name. A file that cannot be read has a line that says why.

                CHANNEL is one of: %s
                """.formatted(channels());
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        var channel = channel(arguments);
        var files = files(paths(arguments));
        var readers = new Readers(new Profiles(Path.of("profiles")));
        for (var file : files) {
            terminal.print(JsonLine.of(file.toString(), read(readers, channel, file)));
        }
        return ExitStatus.DONE;
    }

    private static Reading read(Normaliser readers, Channel channel, Path file) {
        try {
            long size = Files.size(file);
            if (size > FILE_BYTES_MAX) {
                return new Unreadable("too-large", "The file is larger than 256 MB.");
            }
            var content = Files.readAllBytes(file);
            return readers.normalise(receipt(channel, content.length, file), content);
        } catch (IOException unreadable) {
            return new Unreadable(
                    "unreadable-file", "The file could not be opened: it is gone, or you may not read it.");
        }
    }

    private static Receipt receipt(Channel channel, long size, Path file) throws IOException {
        Instant arrived = Files.getLastModifiedTime(file).toInstant();
        return new Receipt(NONE, channel, Direction.INBOUND, "command-line", arrived, size, null, null, null, null);
    }

    private static Channel channel(List<String> arguments) throws UsageProblem {
        int at = arguments.indexOf("--channel");
        if (at < 0) {
            throw new UsageProblem("normalise needs --channel; one of: " + channels());
        }
        if (at == arguments.size() - 1) {
            throw new UsageProblem("--channel needs a value; one of: " + channels());
        }
        var word = arguments.get(at + 1);
        return Channel.of(word)
                .orElseThrow(() -> new UsageProblem(
                        "there is no channel \"%s\"; the channels are: %s".formatted(word, channels())));
    }

    private static List<Path> paths(List<String> arguments) throws UsageProblem {
        var paths = new ArrayList<>(arguments);
        int at = paths.indexOf("--channel");
        paths.subList(at, at + 2).clear();
        for (var path : paths) {
            if (path.startsWith("-")) {
                throw new UsageProblem(
                        "normalise has no option \"%s\"; write ./%s if it is a file".formatted(path, path));
            }
            if (!Files.exists(Path.of(path))) {
                throw new UsageProblem("there is no file or folder \"%s\"".formatted(path));
            }
        }
        if (paths.isEmpty()) {
            throw new UsageProblem("normalise needs at least one file or folder");
        }
        return paths.stream().map(Path::of).toList();
    }

    private static List<Path> files(List<Path> paths) throws UsageProblem {
        var files = new ArrayList<Path>();
        for (var path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (var within = Files.walk(path)) {
                within.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException | java.io.UncheckedIOException unreadable) {
                throw new UsageProblem("the folder \"%s\" could not be read whole".formatted(path));
            }
        }
        return files;
    }

    private static String channels() {
        return Arrays.stream(Channel.values()).map(Channel::code).collect(Collectors.joining(", "));
    }
}
