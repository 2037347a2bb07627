package org.postbag.staff.access;

import java.util.Set;
import org.postbag.staff.Role;

/** Who may call what a request would reach. */
sealed interface Access {

    /** Anyone: a handler marked open, a static resource, or nothing at all, which is answered with 404. */
    record Anyone() implements Access {}

    /**
     * Staff with one of these roles.
     *
     * @param withoutDatabase whether it goes on for who was signed in while the database is away
     * @param unattended whether a page asks it of itself, so that it is no use of the session
     */
    record Staff(Set<Role> roles, boolean withoutDatabase, boolean unattended) implements Access {}

    /** No one: a handler that nobody has marked. */
    record Nobody() implements Access {}
}
