package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Secrets in a folder, a file each, as Docker and Kubernetes hand them out. Read each time, so that one which is handed out anew holds at once. */
@Component
@Profile("!command")
final class MountedSecrets implements SecretSource {

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
        var file = folder.resolve(name);
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

    /** The folder holds settings too, so what lies there isn't all secrets of routes. */
    @Override
    public List<String> names() {
        return List.of();
    }
}
