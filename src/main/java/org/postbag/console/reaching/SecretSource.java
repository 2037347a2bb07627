package org.postbag.console.reaching;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where secrets are kept: the environment, mounted files, a vault. Safe for many threads; nothing that it gives out is logged or shown. */
public interface SecretSource {

    /** For people, such as {@code the environment}. */
    String title();

    /** The secret of that name ({@link Secrets#NAME}), or empty where this source has none. */
    Optional<String> resolve(String name);

    /** Those that it has, so far as it can tell. */
    List<String> names();

    /** By name, what is another one whenever the value is; for those that can be given anew while the program runs. Says nothing about the value. */
    default Map<String, String> marks() {
        return Map.of();
    }
}
