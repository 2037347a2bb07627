package org.postbag.console.reaching;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a connector.
 *
 * @param name in the route's YAML
 * @param label its name for people, such as {@code Moved to}
 * @param description one or two plain sentences
 * @param defaultValue what holds where nothing is given; null where {@code required}
 * @param choices what it may be, of a {@link Type#CHOICE}; else empty
 */
public record Parameter(
        String name,
        String label,
        String description,
        Type type,
        @Nullable String defaultValue,
        boolean required,
        List<String> choices) {

    public Parameter {
        choices = List.copyOf(choices);
    }

    /**
     * As its connector's file has it.
     *
     * @param description whose first sentence names the type
     */
    public static Parameter written(String name, String description, @Nullable String defaultValue) {
        return ParameterWords.read(name, description, defaultValue);
    }

    /** What kind of value it takes, and so which field a form has for it. */
    public enum Type {
        TEXT,
        NUMBER,
        DURATION_MS,
        CHOICE,
        YES_NO,
        HOST,
        HOSTS,
        PORT,
        URL,
        ADDRESS,
        DAY,
        /** A folder of this machine. */
        FOLDER,
        /** A folder at the source: of the mailbox or of the other machine. */
        REMOTE_FOLDER,
        /** A file of this machine. */
        FILE,
        PROFILE,
        /** Of small letters, digits and hyphens. */
        NAME,
        /** Fingerprints of a machine's keys. */
        KEYS,
        /** A reference to a secret, never the secret. */
        SECRET,
        /** Follows from the route: its own id. Nobody is asked for it. */
        ROUTE;

        /** As the API writes it, such as {@code duration-ms}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public boolean secret() {
        return type == Type.SECRET;
    }

    /** Whether something of this name must be a secret, marked or not. */
    public static boolean isCalledLikeSecret(String name) {
        return ParameterWords.SECRET_NAME.matcher(name).matches();
    }

    /**
     * Why a value can't be right, in words for the person who typed it; empty where it can. A reference to a setting ({@code {{postbag.mail.host}}}) is
     * taken as it is: what it stands for is known only where it runs.
     */
    public Optional<String> problem(@Nullable String value) {
        return ParameterCheck.problem(this, value == null ? "" : value.strip());
    }
}
