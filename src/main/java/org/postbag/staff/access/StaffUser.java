package org.postbag.staff.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** A row of {@code staff_member}, as Spring Security wants to see it. */
record StaffUser(long id, String username, String name, String passwordHash, Set<Role> roles, boolean active)
        implements UserDetails {

    StaffMember member() {
        return new StaffMember("staff:" + username, name, roles);
    }

    /** Whether a session that began as {@code this} goes on as {@code now}: not after a new password, nor once deactivated. */
    boolean goesOnAs(StaffUser now) {
        return now.active && now.passwordHash.equals(passwordHash);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return authorities(roles);
    }

    static List<GrantedAuthority> authorities(Set<Role> roles) {
        return roles.stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.name()))
                .toList();
    }

    @Override
    public String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return username;
    }

    @Override
    public boolean isEnabled() {
        return active;
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "StaffUser[" + id + "]";
    }
}
