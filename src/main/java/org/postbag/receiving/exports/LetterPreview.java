package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.postbag.receiving.Arrival;

/** Looks at a scan as a watched folder would, without taking it. */
public final class LetterPreview {

    private static final String NO_PROFILE = "letters";

    private final LetterCutting cutting;

    LetterPreview(LetterCutting cutting) {
        this.cutting = cutting;
    }

    /**
     * Hands each letter on as the item that it would become.
     *
     * @return why the file would be held whole, without personal data; empty where it was cut to its end
     * @throws IOException if the file can't be read
     */
    public Optional<String> cut(Path file, String route, Consumer<Arrival> each) throws IOException {
        try (var letters = cutting.open(file, new Cutting.Source(route, NO_PROFILE, ""))) {
            for (var letter = letters.next(); letter != null; letter = letters.next()) {
                each.accept(letter);
            }
            return Optional.empty();
        } catch (BrokenExport broken) {
            return Optional.of(broken.reason());
        }
    }
}
