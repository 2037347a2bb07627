package org.postbag.receiving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The profiles of a folder outside the program, one YAML file each. A profile is read when it is first asked for and again only by {@link #refresh},
 * so that what is being written doesn't change how rows are read. Safe for many threads.
 */
public final class Profiles {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final long FILE_BYTES_MAX = 1_000_000;

    private final Path folder;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    private record Read(FileTime modified, long size, ProfileLookup lookup) {}

    /** @param folder need not exist */
    public Profiles(Path folder) {
        this.folder = folder;
    }

    /** The profile of that name, as it was when it was last read. */
    public ProfileLookup named(String name) {
        return read.computeIfAbsent(name, this::read).lookup();
    }

    /** The profile of that name as its file is now. One that was mended takes effect for rows that are read from here on. */
    public ProfileLookup refresh(String name) {
        return read.compute(name, (n, before) -> {
                    var now = stamp(n);
                    return before != null && now != null && now.equals(new Stamp(before.modified, before.size))
                            ? before
                            : read(n);
                })
                .lookup();
    }

    private record Stamp(FileTime modified, long size) {}

    private @org.jspecify.annotations.Nullable Stamp stamp(String name) {
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
        return folder.resolve(name + ".yaml");
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
