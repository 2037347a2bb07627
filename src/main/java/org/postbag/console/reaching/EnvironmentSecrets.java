package org.postbag.console.reaching;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Secrets that the program was started with: {@code MAIL-PASSWORD} stands in the variable {@code POSTBAG_SECRET_MAIL_PASSWORD}. */
@Component
@Profile("!command")
final class EnvironmentSecrets implements SecretSource {

    private static final String PREFIX = "POSTBAG_SECRET_";

    private final Map<String, String> environment;

    @Autowired
    EnvironmentSecrets() {
        this(System.getenv());
    }

    EnvironmentSecrets(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String title() {
        return "the environment";
    }

    @Override
    public Optional<String> resolve(String name) {
        return Optional.ofNullable(environment.get(variable(name))).filter(value -> !value.isEmpty());
    }

    /** A variable doesn't tell how the name was written. */
    @Override
    public List<String> names() {
        return List.of();
    }

    static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
