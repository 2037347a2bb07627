package org.postbag.console.reaching;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.MasterKey;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Samples that people upload, which hold people's data: each lies encrypted, and for a week at most; a held export is a sample without being copied. What is
 * looked at lies in clear only as long as the look takes. One of a route is named after it: {@code press-mailbox.0123…}.
 */
@Component
@Profile("!command")
public final class Samples {

    public static final int SAMPLE_BYTES_MAX = 20 * 1024 * 1024;
    public static final int KEPT_DAYS = 7;

    private static final Duration KEPT = Duration.ofDays(KEPT_DAYS);
    private static final Duration LOOK_MAX = Duration.ofHours(1);
    private static final long FOLDER_BYTES_MAX = 1024L * 1024 * 1024;
    private static final int ID_BYTES = 16;
    private static final int NAME_LENGTH_MAX = 120;
    private static final Pattern ID = Pattern.compile("([a-z0-9][a-z0-9-]{0,62}\\.)?[0-9a-f]{32}");
    private static final String HELD = "held-";
    private static final String PART = ".part";

    private final Path folder;
    private final Path looks;
    private final MasterKey key;
    private final ObjectProvider<HeldExports> exports;
    private final RandomGenerator random;
    private final Clock clock;

    Samples(
            @Value("${postbag.data:data}") Path data,
            MasterKey key,
            ObjectProvider<HeldExports> exports,
            RandomGenerator random,
            Clock clock) {
        this.folder = data.toAbsolutePath().resolve("exports").resolve("samples");
        this.looks = data.toAbsolutePath().resolve("exports").resolve("looks");
        this.key = key;
        this.exports = exports;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A sample that can be looked at.
     *
     * @param held the export in quarantine that it is; null for one that was uploaded
     * @param keptUntil when an uploaded one is deleted; null for a held one, which stays where it is
     */
    public record Sample(
            String id,
            String fileName,
            @Nullable HeldExport held,
            @Nullable Instant keptUntil) {}

    /** What looks into a sample's file. */
    public interface Look<T> {
        T at(Path file) throws IOException;
    }

    /** The id under which a held export is a sample. */
    public static String idOf(HeldExport held) {
        return HELD + held.id();
    }

    /** Keeps what was uploaded; empty where there is no more room. */
    public Optional<String> keep(String fileName, byte[] content) throws IOException {
        return keep("", fileName, content);
    }

    /** Likewise, as one of those of a route. */
    public Optional<String> keepFor(String route, String fileName, byte[] content) throws IOException {
        return keep(route + ".", fileName, content);
    }

    private Optional<String> keep(String before, String fileName, byte[] content) throws IOException {
        Files.createDirectories(folder);
        if (content.length > SAMPLE_BYTES_MAX || bytesKept() + content.length > FOLDER_BYTES_MAX) {
            return Optional.empty();
        }
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = before + HexFormat.of().formatHex(bytes);
        var part = folder.resolve(id + PART);
        try (var out = new DataOutputStream(key.sealing(Files.newOutputStream(part), content.length, associated(id)))) {
            out.writeUTF(cleaned(fileName));
            out.write(content);
        }
        Files.move(part, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(id);
    }

    /** Empty where it was deleted, or is no longer held. */
    public Optional<Sample> named(String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            return id.startsWith(HELD)
                    ? held(id).map(export -> new Sample(id, export.fileName(), export, null))
                    : Optional.empty();
        }
        try {
            var until =
                    Files.getLastModifiedTime(folder.resolve(id)).toInstant().plus(KEPT);
            if (until.isBefore(clock.instant())) {
                return Optional.empty();
            }
            try (var in = opened(id)) {
                return Optional.of(new Sample(id, in.readUTF(), null, until));
            }
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        }
    }

    /** Those that were uploaded for a route, the oldest first. */
    public List<Sample> of(String route) throws IOException {
        var found = new ArrayList<Sample>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, route + ".*")) {
                for (var file : files) {
                    named(String.valueOf(file.getFileName())).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparing((Sample one) -> Objects.requireNonNull(one.keptUntil()))
                .thenComparing(Sample::id));
        return found;
    }

    /** What an uploaded one holds; empty where it is gone meanwhile. */
    public Optional<byte[]> read(Sample sample) throws IOException {
        try (var in = opened(sample.id())) {
            in.readUTF();
            return Optional.of(in.readAllBytes());
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        }
    }

    private Optional<HeldExport> held(String id) {
        var number = id.substring(HELD.length());
        return exports.stream()
                .flatMap(all -> all.held().stream())
                .filter(export -> Long.toString(export.id()).equals(number))
                .findFirst();
    }

    /** Looks into a sample; empty where it is gone meanwhile. */
    public <T> Optional<T> look(Sample sample, Look<T> look) throws IOException {
        return inClear(sample.fileName(), file -> {
            if (sample.held() != null) {
                long id = sample.held().id();
                if (exports.stream().noneMatch(all -> all.copy(id, file))) {
                    return Optional.empty();
                }
            } else {
                try (var in = opened(sample.id())) {
                    in.readUTF();
                    Files.copy((InputStream) in, file);
                } catch (NoSuchFileException deleted) {
                    return Optional.empty();
                }
            }
            return Optional.of(look.at(file));
        });
    }

    /** Has a file made, and looked into, that is deleted right after; should the program end meanwhile, within an hour or so. */
    <T> T inClear(String fileName, Look<T> look) throws IOException {
        Files.createDirectories(looks);
        var own = Files.createTempDirectory(looks, "look");
        try {
            // Its name may say of which day a list is.
            return look.at(own.resolve(cleaned(fileName)));
        } finally {
            FileSystemUtils.deleteRecursively(own);
        }
    }

    /** Deletes an uploaded sample. */
    public void delete(String id) throws IOException {
        if (ID.matcher(id).matches()) {
            Files.deleteIfExists(folder.resolve(id));
        }
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void clean() throws IOException {
        deleteBefore(folder, clock.instant().minus(KEPT));
        deleteBefore(looks, clock.instant().minus(LOOK_MAX));
    }

    private static void deleteBefore(Path folder, Instant limit) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    FileSystemUtils.deleteRecursively(file);
                }
            }
        }
    }

    private long bytesKept() throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private DataInputStream opened(String id) throws IOException {
        return new DataInputStream(key.opening(Files.newInputStream(folder.resolve(id)), associated(id)));
    }

    private static byte[] associated(String id) {
        return ("sample " + id).getBytes(StandardCharsets.UTF_8);
    }

    /** A name that a file can have anywhere, and that says no path. */
    static String cleaned(String fileName) {
        var name = fileName.replaceAll("^.*[/\\\\]", "")
                .replaceAll("[^\\p{L}\\p{N}._ ()-]", "_")
                .strip();
        var bounded = name.length() > NAME_LENGTH_MAX ? name.substring(name.length() - NAME_LENGTH_MAX) : name;
        return bounded.isEmpty() || bounded.startsWith(".") ? "sample" + bounded : bounded;
    }
}
