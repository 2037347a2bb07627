package org.postbag.receiving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The profiles: those that the console put in force, and those of a folder outside the program, one YAML file each. What the console put in force holds
 * over a file of the same name. A file is read when it is first asked for and again only by {@link #refresh}, so that what is being written doesn't change
 * how rows are read. Safe for many threads.
 */
public final class Profiles {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String ENDING = ".yaml";
    private static final long FILE_BYTES_MAX = 1_000_000;

    private final Path folder;
    private final TextsInForce console;
    private final Clock clock;
    private final Map<String, Read> read = new ConcurrentHashMap<>();
    private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();
    private volatile @Nullable Known known;

    private record Read(FileTime modified, long size, ProfileLookup lookup) {}

    private record Parsed(long version, ProfileLookup lookup) {}

    /** @param asked when the console was asked: what it put in force before that is in it */
    private record Known(Instant asked, Map<String, TextsInForce.Text> texts) {}

    /** Those of a folder alone. @param folder need not exist */
    public Profiles(Path folder) {
        this(folder, TextsInForce.NONE, Clock.systemUTC());
    }

    /** @param folder need not exist */
    public Profiles(Path folder, TextsInForce console, Clock clock) {
        this.folder = folder;
        this.console = console;
        this.clock = clock;
    }

    /** Whether a profile can have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Reads a profile's YAML, whether it is in force or not.
     *
     * @param label what problems call it
     */
    public static ProfileLookup parse(String name, String label, String yaml) {
        return yaml.length() > FILE_BYTES_MAX
                ? new ProfileProblem(label + " is larger than 1 MB")
                : ProfileFile.read(name, label, yaml);
    }

    /** The profile of that name, as it was when it was last looked for. */
    public ProfileLookup named(String name) {
        var now = known;
        var texts = now == null ? ask().texts() : now.texts();
        return inForce(name, texts)
                .orElseGet(() -> read.computeIfAbsent(name, this::read).lookup());
    }

    /**
     * The profile of that name for an item that came at a moment: whatever was in force by then is known, on every node.
     *
     * @throws UncheckedIOException if that can't be told now
     */
    public ProfileLookup named(String name, Instant cameAt) {
        var now = known;
        if (now == null || !now.asked().isAfter(cameAt)) {
            ask();
        }
        return named(name);
    }

    /** The profile of that name as it is in force now, else as its file is now. One that was mended takes effect for rows that are read from here on. */
    public ProfileLookup refresh(String name) {
        return inForce(name, ask().texts()).orElseGet(() -> refreshFile(name));
    }

    private ProfileLookup refreshFile(String name) {
        return read.compute(name, (n, before) -> {
                    var now = stamp(n);
                    return before != null && now != null && now.equals(new Stamp(before.modified, before.size))
                            ? before
                            : read(n);
                })
                .lookup();
    }

    /** All names, of files and of what the console put in force. */
    public SortedSet<String> names() {
        var names = fileNames();
        names.addAll(ask().texts().keySet());
        return names;
    }

    /** The names of the files alone. */
    public SortedSet<String> fileNames() {
        var names = new TreeSet<String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(ENDING))
                        .map(name -> name.substring(0, name.length() - ENDING.length()))
                        .filter(Profiles::isName)
                        .forEach(names::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return names;
    }

    /** What the file of that name says, word for word; empty where there is none that can be read. */
    public Optional<String> fileText(String name) {
        try {
            return isName(name) && Files.size(file(name)) <= FILE_BYTES_MAX
                    ? Optional.of(Files.readString(file(name)))
                    : Optional.empty();
        } catch (IOException noneToRead) {
            return Optional.empty();
        }
    }

    /** What holds for that name, word for word; empty where there is no such profile. */
    public Optional<String> text(String name) {
        var text = ask().texts().get(name);
        return text == null ? fileText(name) : Optional.of(text.text());
    }

    private Known ask() {
        // Taken first: what is put in force while it is asked may be in the answer or not.
        var asked = clock.instant();
        var now = new Known(asked, console.all(TextsInForce.PROFILE));
        known = now;
        return now;
    }

    private Optional<ProfileLookup> inForce(String name, Map<String, TextsInForce.Text> texts) {
        var text = texts.get(name);
        if (text == null) {
            return Optional.empty();
        }
        var before = parsed.get(name);
        if (before == null || before.version() != text.version()) {
            before = new Parsed(text.version(), ProfileFile.read(name, "The profile " + name, text.text()));
            parsed.put(name, before);
        }
        return Optional.of(before.lookup());
    }

    private record Stamp(FileTime modified, long size) {}

    private @Nullable Stamp stamp(String name) {
        try {
            var attributes = Files.readAttributes(file(name), BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size());
        } catch (IOException | IllegalArgumentException unreadable) {
            // Reading it says why.
            return null;
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a profile");
        }
        return folder.resolve(name + ENDING);
    }

    private Read read(String name) {
        var none = FileTime.fromMillis(0);
        if (!NAME.matcher(name).matches()) {
            return new Read(
                    none, 0, new ProfileProblem("\"%s\" is not a name that a profile can have".formatted(name)));
        }
        var file = file(name);
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.size() > FILE_BYTES_MAX) {
                return new Read(none, 0, new ProfileProblem("The profile %s is larger than 1 MB".formatted(file)));
            }
            return new Read(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    ProfileFile.read(name, file.toString(), Files.readString(file)));
        } catch (NoSuchFileException missing) {
            return new Read(none, 0, new ProfileProblem("There is no profile %s".formatted(file)));
        } catch (IOException unreadable) {
            return new Read(none, 0, new ProfileProblem("The profile %s could not be read".formatted(file)));
        }
    }
}
