package org.postbag.contacts.web;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was typed to find contacts is personal data: it stands under an opaque id, which whoever asked alone may open for a week; the trail names it by that
 * id, so it is kept for a year, and forgotten with all other searches.
 */
@Component
class TypedNames {

    static final int TYPED_LENGTH_MAX = 300;

    private static final Duration OPENED = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Clock clock;

    TypedNames(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    UUID keep(String typed, StaffMember member) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        var id = UUID.randomUUID();
        jdbc.sql(
                        "insert into search_query (id, asked_by, asked_at, query) values (?, ?, ?, jsonb_build_object('contact', ?::text))")
                .params(id, member.actor(), now, clean(typed))
                .update();
        return id;
    }

    /** What was typed; empty where it is unknown, forgotten or somebody else's. */
    Optional<String> typed(UUID id, StaffMember member) {
        return jdbc.sql(
                        "select query ->> 'contact' from search_query where id = ? and asked_by = ? and asked_at >= ? and query -> 'contact' is not null")
                .params(id, member.actor(), clock.instant().minus(OPENED).atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional();
    }

    /** PostgreSQL takes no NUL, and nobody looks for control characters. */
    private static String clean(String typed) {
        var text = typed.replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() <= TYPED_LENGTH_MAX ? text : text.substring(0, TYPED_LENGTH_MAX);
    }
}
