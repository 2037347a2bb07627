package org.postbag.console.mapping;

import org.postbag.console.changing.Version;
import org.postbag.console.changing.Versions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where a version's page is, and who wrote it, for templates. */
@Component("console_versions")
public class VersionLinks {

    private static final String STAFF = "staff:";

    private final JdbcClient jdbc;

    VersionLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public String page(Version version) {
        return Versions.page(version.kind(), version.name(), version.number());
    }

    /** A member of staff by name; a job as Postbag's. */
    public String who(String actor) {
        if (!actor.startsWith(STAFF)) {
            return "Postbag (" + actor.substring(actor.indexOf(':') + 1) + ")";
        }
        var username = actor.substring(STAFF.length());
        return jdbc.sql("select name from staff_member where username = ?")
                .param(username)
                .query(String.class)
                .optional()
                .orElse(username);
    }
}
