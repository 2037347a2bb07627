package org.postbag.console.seeing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.camel.WrappedFile;
import org.postbag.receiving.RawContent;

/** The beginning of a body as text, for a trace with content. */
final class TraceContent {

    static final int CHARACTERS_MAX = 10_000;
    private static final int OF_MANY_MAX = 5;

    private TraceContent() {}

    static String text(Object body) {
        var text = words(body).replaceAll("[\\p{Cntrl}&&[^\\r\\n\\t]]", "\uFFFD");
        return text.length() > CHARACTERS_MAX ? text.substring(0, CHARACTERS_MAX) + "…" : text;
    }

    private static String words(Object body) {
        return switch (body) {
            case String text -> text;
            case byte[] bytes -> beginning(bytes);
            case RawContent raw -> beginning(raw.content());
            case Collection<?> many -> many(many);
            case WrappedFile<?> wrapped when wrapped.getFile() instanceof File file -> file(file.toPath());
            case File file -> file(file.toPath());
            default -> body.getClass().getSimpleName();
        };
    }

    private static String many(Collection<?> many) {
        var first = many.stream().limit(OF_MANY_MAX).map(TraceContent::words).collect(Collectors.joining("\n\n"));
        return many.size() > OF_MANY_MAX ? first + "\n\n… and %d more".formatted(many.size() - OF_MANY_MAX) : first;
    }

    private static String beginning(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, CHARACTERS_MAX), UTF_8);
    }

    private static String file(Path file) {
        try (var in = Files.newInputStream(file)) {
            var read = in.readNBytes(CHARACTERS_MAX);
            return "A file of %,d bytes:%n%s".formatted(Files.size(file), beginning(Arrays.copyOf(read, read.length)));
        } catch (IOException gone) {
            return "A file that is gone";
        }
    }
}
