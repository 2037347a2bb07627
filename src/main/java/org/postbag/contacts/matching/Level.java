package org.postbag.contacts.matching;

/** How alike two values of a field are. */
public enum Level {
    NONE,
    FAINT,
    ALIKE,
    CLOSE,
    NEAR,
    EQUAL
}
