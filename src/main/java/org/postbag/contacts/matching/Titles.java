package org.postbag.contacts.matching;

import java.util.Set;

/** What is written before a name and is no part of it. */
public final class Titles {

    private static final Set<String> WORDS = Set.of(
            "mr",
            "mrs",
            "ms",
            "miss",
            "mx",
            "dr",
            "doctor",
            "prof",
            "professor",
            "sir",
            "dame",
            "lord",
            "lady",
            "baroness",
            "rev",
            "revd",
            "reverend",
            "cllr",
            "councillor",
            "hon",
            "rt",
            "the");

    private Titles() {}

    /** @param word in small letters, without a full stop */
    public static boolean has(String word) {
        return WORDS.contains(word);
    }
}
