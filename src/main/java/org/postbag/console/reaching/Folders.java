package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Which folders of this machine a route, and a test of it, may read: those below {@code in} of the data folder and below one that {@code postbag.routes.folders} names, links followed. */
@Component
@Profile("!command")
public final class Folders {

    private final List<Path> allowed;

    Folders(@Value("${postbag.data:data}") Path data, @Value("${postbag.routes.folders:}") List<String> besides) {
        this.allowed = Stream.concat(
                        Stream.of(data.resolve("in")),
                        besides.stream()
                                .map(String::strip)
                                .filter(one -> !one.isEmpty())
                                .map(Path::of))
                .toList();
    }

    /** Why a folder may not be read; empty where it may. */
    public Optional<String> refusal(String folder) {
        try {
            var real = real(Path.of(folder));
            for (var one : allowed) {
                if (real.startsWith(real(one))) {
                    return Optional.empty();
                }
            }
        } catch (IOException | InvalidPathException unreadable) {
            // Refused below.
        }
        return Optional.of("Routes may read folders below " + String.join(", ", shown())
                + " only. An administrator names others in the setting postbag.routes.folders.");
    }

    private List<String> shown() {
        return allowed.stream()
                .map(one -> one.toAbsolutePath().normalize().toString())
                .toList();
    }

    /** Where a path leads, of which the end need not be there yet. */
    private static Path real(Path path) throws IOException {
        var absolute = path.toAbsolutePath().normalize();
        var there = absolute;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there == null ? absolute : there.toRealPath().resolve(there.relativize(absolute));
    }
}
