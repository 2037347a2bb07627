package org.postbag.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.ReadingProcesses;
import org.postbag.normalising.Readers;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Shows what the readers make of items, without storing anything or starting a server. */
final class Normalise implements Command {

    private static final String CHANNEL = "--channel";
    private static final String PROFILE = "--profile";
    /** The channels whose items are rows of exports. */
    private static final Set<Channel> WITH_ROWS =
            EnumSet.of(Channel.TELEPHONE, Channel.SOCIAL_TOOL, Channel.PUBLIC_REGISTER);

    private final Clock clock;

    Normalise(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "normalise";
    }

    @Override
    public String synopsis() {
        return "--channel CHANNEL [--profile PROFILE] FILE-OR-FOLDER...";
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

                On the channels telephone, social-tool and public-register a file is an export or a list, CSV, xlsx or JSON, and each of its rows has a line. PROFILE
                says what its columns mean: the name of a file in the folder profiles (or --postbag.profiles=FOLDER) without its ending.
                Where it is left out, the first profile of the channel whose columns an export has reads it.

                On the channels facebook and x a file is what the platform sends, and each thing that it tells has a line.
                """.formatted(channels());
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        silenceLibraries();
        var options = new HashMap<String, String>();
        var paths = paths(arguments, options);
        var channel = channel(options.get(CHANNEL));
        var folder = ChosenProfiles.folder(settings);
        var profiles = WITH_ROWS.contains(channel)
                ? ChosenProfiles.of(channel, folder, options.get(PROFILE))
                : List.<Profile>of();
        var files = files(paths);
        try (var processes = new ReadingProcesses(1)) {
            var opening = new KnownFiles(processes);
            var lines = new ItemLines(
                    channel, profiles, new Readers(new Profiles(folder), opening), opening, terminal, clock);
            for (int i = 0; i < files.size(); i++) {
                lines.print(files.get(i), i, files.size());
            }
        }
        return ExitStatus.DONE;
    }

    /** No application has set up logging here, and what a library says of an item must not stand among the lines. */
    private static void silenceLibraries() {
        LoggingSystem.get(Normalise.class.getClassLoader()).setLogLevel("org.apache.poi", LogLevel.OFF);
    }

    /** The files and folders among the arguments; what stands behind an option goes into {@code options}. */
    private static List<Path> paths(List<String> arguments, Map<String, String> options) throws UsageProblem {
        var paths = new ArrayList<Path>();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals(CHANNEL) || argument.equals(PROFILE)) {
                if (++i == arguments.size()) {
                    throw new UsageProblem(argument + " needs a value"
                            + (argument.equals(CHANNEL) ? "; one of: " + channels() : ": the name of a profile"));
                }
                options.put(argument, arguments.get(i));
            } else if (argument.startsWith("-")) {
                throw new UsageProblem(
                        "normalise has no option \"%s\"; write ./%s if it is a file".formatted(argument, argument));
            } else {
                paths.add(Paths.path(argument));
            }
        }
        return paths;
    }

    private static Channel channel(@Nullable String word) throws UsageProblem {
        if (word == null) {
            throw new UsageProblem("normalise needs --channel; one of: " + channels());
        }
        return Channel.of(word)
                .orElseThrow(() -> new UsageProblem(
                        "there is no channel \"%s\"; the channels are: %s".formatted(word, channels())));
    }

    private static List<Path> files(List<Path> paths) throws UsageProblem {
        if (paths.isEmpty()) {
            throw new UsageProblem("normalise needs at least one file or folder");
        }
        for (var path : paths) {
            if (!Files.exists(path)) {
                throw new UsageProblem("there is no file or folder \"%s\"".formatted(path));
            }
        }
        var files = new ArrayList<Path>();
        for (var path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (var within = Files.walk(path)) {
                within.filter(Files::isRegularFile).sorted().forEach(files::add);
            } catch (IOException | UncheckedIOException unreadable) {
                throw new UsageProblem(
                        "the folder \"%s\" could not be read whole%s".formatted(path, because(unreadable)));
            }
        }
        return files;
    }

    private static String because(Exception unreadable) {
        var cause = unreadable instanceof UncheckedIOException unchecked ? unchecked.getCause() : unreadable;
        return cause instanceof AccessDeniedException denied
                ? ": you may not look into \"%s\"".formatted(denied.getFile())
                : "";
    }

    private static String channels() {
        return Arrays.stream(Channel.values()).map(Channel::code).collect(Collectors.joining(", "));
    }
}
