package org.postbag.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Shows what the readers make of items, without storing anything or starting a server. */
final class Normalise implements Command {

    private static final String CHANNEL = "--channel";
    private static final String PROFILE = "--profile";
    private static final String PROFILES_SETTING = "--postbag.profiles=";
    private static final String PROFILE_ENDING = ".yaml";
    /** The channels whose items are rows of exports. */
    private static final Set<Channel> WITH_ROWS = EnumSet.of(Channel.TELEPHONE, Channel.SOCIAL_TOOL);

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

                On the channels telephone and social-tool a file is an export, CSV, xlsx or JSON, and each of its rows has a line. PROFILE
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
        var folder = path(settings.stream()
                .filter(setting -> setting.startsWith(PROFILES_SETTING))
                .map(setting -> setting.substring(PROFILES_SETTING.length()))
                .reduce("profiles", (_, last) -> last));
        var profiles =
                WITH_ROWS.contains(channel) ? profiles(channel, folder, options.get(PROFILE)) : List.<Profile>of();
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
                paths.add(path(argument));
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

    private static List<Profile> profiles(Channel channel, Path folder, @Nullable String name) throws UsageProblem {
        var known = new Profiles(folder);
        if (name != null) {
            return switch (known.named(name)) {
                case Profile profile -> List.of(profile);
                case ProfileProblem problem -> throw new UsageProblem(problem.problem());
            };
        }
        var found = new ArrayList<Profile>();
        for (var one : names(folder)) {
            switch (known.named(one)) {
                case Profile profile when profile.channel() == channel -> found.add(profile);
                case Profile _ -> {}
                case ProfileProblem problem -> throw new UsageProblem(problem.problem());
            }
        }
        if (found.isEmpty()) {
            throw new UsageProblem(
                    "the folder \"%s\" holds no profile of the channel %s".formatted(folder, channel.code()));
        }
        // What has no header fits more than what has one.
        found.sort(Comparator.comparing((Profile profile) -> !profile.headings().isEmpty()));
        return found;
    }

    private static List<String> names(Path folder) throws UsageProblem {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(PROFILE_ENDING))
                    .map(name -> name.substring(0, name.length() - PROFILE_ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UsageProblem(
                    "the folder \"%s\" with the profiles is not there; name it by --postbag.profiles=FOLDER"
                            .formatted(folder));
        }
    }

    private static Path path(String argument) throws UsageProblem {
        try {
            return Path.of(argument);
        } catch (InvalidPathException unwritable) {
            // Java can't name a file whose name does not fit the terminal's encoding.
            throw new UsageProblem("\"%s\" is no name that a file can have here; is LANG set to a UTF-8 locale?"
                    .formatted(argument.replace('\n', ' ')));
        }
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
