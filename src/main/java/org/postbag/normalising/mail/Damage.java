package org.postbag.normalising.mail;

import java.util.LinkedHashSet;
import java.util.List;

/** Notes of what was mended or given up while a message was read; each kind is said once, in words for staff and without personal data. */
final class Damage {

    private static final int NOTES_MAX = 40;

    private final LinkedHashSet<String> notes = new LinkedHashSet<>();

    void note(String what) {
        if (notes.size() < NOTES_MAX) {
            notes.add(what);
        }
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
