package org.postbag.console.changing;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.postbag.console.changing.Version.Origin;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The texts of all that is changed in the console. Every saved text is a version with a number of its own and stays; one of each thing is in force, and at most
 * one is on its way there.
 */
@Component
@Profile("!command")
public class Versions {

    /**
     * Saves a text as the next version, as a draft. A draft that was there is replaced by it, and stays among the versions.
     *
     * @param baseVersion the number of the latest version that the author saw ({@link #latest}), or 0 where there was none
     * @param author {@code staff:<username>}
     * @param reason why it is changed; not empty
     */
    public Drafted draft(
            String kind, String name, String text, int baseVersion, String author, String reason, Origin origin) {
        throw new UnsupportedOperationException();
    }

    public Drafted draft(String kind, String name, String text, int baseVersion, String author, String reason) {
        return draft(kind, name, text, baseVersion, author, reason, Origin.FORM);
    }

    /** The version with the highest number, whatever became of it. */
    public Optional<Version> latest(String kind, String name) {
        throw new UnsupportedOperationException();
    }

    /** Empty where the file is, or nothing. */
    public Optional<Version> inForce(String kind, String name) {
        throw new UnsupportedOperationException();
    }

    /** All of a kind that are in force, by name. */
    public List<Version> inForce(String kind) {
        throw new UnsupportedOperationException();
    }

    /** All of a thing, newest first. */
    public List<Version> all(String kind, String name) {
        throw new UnsupportedOperationException();
    }

    public Optional<Version> byNumber(String kind, String name, int number) {
        throw new UnsupportedOperationException();
    }

    /** Calls back on this node whenever a version of a kind has come into force, on whichever node that was decided, after it was carried out here. */
    public void onChange(String kind, Consumer<Version> listener) {
        throw new UnsupportedOperationException();
    }

    /** The page of a version: checks, difference, buttons. Where an editor is sent after saving a draft. */
    public static String page(String kind, String name, int number) {
        return "/routes/changes/" + kind + "/" + name + "/" + number;
    }
}
