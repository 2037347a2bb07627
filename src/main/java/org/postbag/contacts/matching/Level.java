package org.postbag.contacts.matching;

/** How alike what two contacts have of a field is. */
public enum Level {
    DIFFERENT,
    FAINT,
    ALIKE,
    CLOSE,
    /** One slip of the pen, or a short form of the same name. */
    NEAR,
    EQUAL,
    /** One of the two, or both, say nothing of it. */
    MISSING;

    static Level of(int likeness) {
        return likeness < 0 ? MISSING : values()[likeness];
    }
}
