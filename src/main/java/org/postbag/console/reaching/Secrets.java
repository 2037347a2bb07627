package org.postbag.console.reaching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postbag.receiving.SecretValues;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * What {@code {{secret:NAME}}} stands for: asked of the environment first, then of mounted files, then of the vault that the console writes. Whoever runs the
 * machine has the last word, and a page says where a secret comes from.
 */
@Component
@Profile("!command")
public class Secrets implements SecretValues {

    /** What a secret can be called. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");

    /** A reference, as it stands in a route. */
    public static final Pattern REFERENCE = Pattern.compile("\\{\\{secret:([A-Za-z][A-Za-z0-9._-]{0,62})}}");

    /** Of a secret. */
    public static final int VALUE_CHARACTERS_MAX = 10_000;

    private final List<SecretSource> sources;

    @Autowired
    Secrets(EnvironmentSecrets environment, MountedSecrets mounted, VaultSecrets vault) {
        this(List.of(environment, mounted, vault));
    }

    Secrets(List<SecretSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Whether some source has a secret of that name. */
    public boolean isKnown(String name) {
        return resolve(name).isPresent();
    }

    @Override
    public String secret(String name) {
        return resolve(name).orElseThrow(() -> new NoSuchSecret(name));
    }

    Optional<String> resolve(String name) {
        return NAME.matcher(name).matches()
                ? sources.stream()
                        .flatMap(source -> source.resolve(name).stream())
                        .findFirst()
                : Optional.empty();
    }

    /** Where a secret comes from, or empty where no source has it. */
    Optional<SecretSource> source(String name) {
        return sources.stream()
                .filter(source -> source.resolve(name).isPresent())
                .findFirst();
    }

    /** Those that the sources can name. */
    List<String> names() {
        var names = new TreeSet<String>();
        sources.forEach(source -> names.addAll(source.names()));
        return List.copyOf(names);
    }

    /** By name, what is another one whenever the value is: of the source that a secret is asked of. */
    Map<String, String> marks() {
        var marks = new HashMap<String, String>();
        sources.reversed().forEach(source -> marks.putAll(source.marks()));
        return marks;
    }

    /** The names of the secrets that a text refers to, as it was written or with handles in their place. */
    static List<String> references(String text) {
        var names = new ArrayList<String>();
        var written = REFERENCE.matcher(text);
        while (written.find()) {
            names.add(written.group(1));
        }
        var handle = HANDLE_PATTERN.matcher(text);
        while (handle.find()) {
            names.add(handle.group(1));
        }
        return names;
    }

    private static final Pattern HANDLE_PATTERN = Pattern.compile(HANDLE + "([A-Za-z][A-Za-z0-9._-]{0,62})");
}
