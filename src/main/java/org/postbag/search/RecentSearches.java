package org.postbag.search;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What a member asked lately, for them alone. They may have it forgotten; for the trail it stays: see {@link IndexedSearch}. */
@Component
public class RecentSearches {

    private static final int SHOWN_MAX = 10;

    /** Somebody who filters asks much the same many times over. */
    private static final int READ_MAX = 100;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    RecentSearches(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    public record Asked(UUID id, Query query, Instant askedAt) {}

    /** The latest, each question once, whatever its order; the list of the newest is no question. */
    public List<Asked> of(StaffMember member) {
        var seen = new HashSet<Query>();
        return jdbc
                .sql("""
                        select id, query, asked_at from search_query
                        where asked_by = ? and asked_at >= ? and forgotten_at is null and query -> 'contact' is null
                        order by asked_at desc limit ?
                        """)
                .params(member.actor(), now().minus(IndexedSearch.OPENED), READ_MAX)
                .query((row, n) -> new Asked(
                        row.getObject("id", UUID.class),
                        json.readValue(row.getString("query"), Query.class),
                        row.getObject("asked_at", OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .filter(asked -> isQuestion(asked.query()))
                .filter(asked -> seen.add(alike(asked.query())))
                .limit(SHOWN_MAX)
                .toList();
    }

    /** From now on none of those asked until now is in {@link #of}. */
    public void forget(StaffMember member) {
        jdbc.sql("update search_query set forgotten_at = ? where asked_by = ? and forgotten_at is null")
                .params(now(), member.actor())
                .update();
    }

    private static boolean isQuestion(Query query) {
        return !query.words().isBlank() || !query.filters().isEmpty() || query.since() != null || query.until() != null;
    }

    private static Query alike(Query query) {
        return query.withOrder(Query.Order.NEWEST).withSize(Query.SIZE_DEFAULT).leavingOutAutomatic(true);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
