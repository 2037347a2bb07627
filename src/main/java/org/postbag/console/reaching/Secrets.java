package org.postbag.console.reaching;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What {@code {{secret:NAME}}} stands for. */
@Component
@Profile("!command")
public class Secrets {

    /** What a secret can be called. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");

    /** A reference, as it stands in a route. */
    public static final Pattern REFERENCE = Pattern.compile("\\{\\{secret:([A-Za-z][A-Za-z0-9._-]{0,62})}}");

    Secrets() {}

    /** Whether some source has a secret of that name. */
    public boolean isKnown(String name) {
        return false;
    }

    Optional<String> resolve(String name) {
        return Optional.empty();
    }
}
