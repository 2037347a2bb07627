package org.postbag.staff;

import java.util.Set;

/** A named person signed in, or an API token acting for one or for a named job. */
public record StaffMember(String actor, String name, Set<Role> roles) {

    public StaffMember {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
