package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Secrets in a folder, a file each, as Docker and Kubernetes hand them out: {@code MAIL-PASSWORD} in {@code secret.MAIL-PASSWORD}. Read each time, so that one
 * which is handed out anew holds at once. The folder holds the keys and passwords of the program too, which no route may name: hence the beginning.
 */
@Component
@Profile("!command")
final class MountedSecrets implements SecretSource {

    private static final String BEGINNING = "secret.";
    private static final int NAMES_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(MountedSecrets.class);

    private final Path folder;

    MountedSecrets(@Value("${postbag.secrets:/run/secrets}") Path folder) {
        this.folder = folder;
    }

    @Override
    public String title() {
        return "a file in " + folder;
    }

    @Override
    public Optional<String> resolve(String name) {
        var file = folder.resolve(BEGINNING + name);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > Secrets.VALUE_CHARACTERS_MAX) {
                return Optional.empty();
            }
            var value = Files.readString(file).stripTrailing();
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        } catch (IOException unreadable) {
            LOG.warn("The file of the secret {} can't be read", name);
            return Optional.empty();
        }
    }

    @Override
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(BEGINNING))
                    .map(name -> name.substring(BEGINNING.length()))
                    .filter(name -> Secrets.NAME.matcher(name).matches())
                    .limit(NAMES_MAX)
                    .toList();
        } catch (IOException unreadable) {
            LOG.warn("The folder of secrets can't be read");
            return List.of();
        }
    }

    @Override
    public Map<String, String> marks() {
        var marks = new HashMap<String, String>();
        for (var name : names()) {
            var file = folder.resolve(BEGINNING + name);
            try {
                marks.put(name, Files.getLastModifiedTime(file) + " " + Files.size(file));
            } catch (IOException goneMeanwhile) {
                LOG.debug("The file of the secret {} is being replaced", name);
            }
        }
        return marks;
    }
}
