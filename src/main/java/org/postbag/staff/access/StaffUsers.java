package org.postbag.staff.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.postbag.staff.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads members of staff for sign-in and for each request of a session. */
@Component
class StaffUsers {

    private static final String COLUMNS = "select id, username, name, password_hash, roles, active from staff_member ";

    private final JdbcClient jdbc;

    StaffUsers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Usernames are written in small letters, and found however they are typed. */
    Optional<StaffUser> find(String username) {
        return jdbc.sql(COLUMNS + "where username = ?")
                .param(username.strip().toLowerCase(Locale.ROOT))
                .query(StaffUsers::read)
                .optional();
    }

    Optional<StaffUser> find(long id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .param(id)
                .query(StaffUsers::read)
                .optional();
    }

    private static StaffUser read(ResultSet row, int number) throws SQLException {
        return new StaffUser(
                row.getLong("id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("password_hash"),
                roles(row.getArray("roles")),
                row.getBoolean("active"));
    }

    /** A role that this version doesn't know grants nothing. */
    static Set<Role> roles(java.sql.Array column) throws SQLException {
        var roles = EnumSet.noneOf(Role.class);
        var names = Arrays.asList((String[]) column.getArray());
        for (var role : Role.values()) {
            if (names.contains(role.name())) {
                roles.add(role);
            }
        }
        return roles;
    }
}
