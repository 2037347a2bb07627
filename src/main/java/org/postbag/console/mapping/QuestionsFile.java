package org.postbag.console.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The file that holds the contact form's topics until others are put in force. */
@Component
class QuestionsFile {

    private static final long FILE_BYTES_MAX = 1_000_000;

    private final Path file;

    QuestionsFile(@Value("${postbag.forms:forms}") Path folder) {
        this.file = folder.resolve("contact.yaml");
    }

    /** What it says; empty where there is none that can be read. */
    Optional<String> text() {
        try {
            return Files.size(file) <= FILE_BYTES_MAX ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException noneToRead) {
            return Optional.empty();
        }
    }
}
