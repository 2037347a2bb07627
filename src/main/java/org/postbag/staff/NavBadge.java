package org.postbag.staff;

/** The number shown beside an entry of the navigation: how much waits there for a person. Implemented by the module whose page it is. */
public interface NavBadge {

    /** The path of the entry, such as {@code /quarantine}. */
    String path();

    /** How many wait now. Asked on every page, so it must be cheap. */
    long count();
}
