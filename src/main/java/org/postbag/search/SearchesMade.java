package org.postbag.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.StaffMember;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What members searched for, for whoever looks into that. The trail names a search by its id alone, and the words stand under it for a year. Each look is in the trail
 * too: that somebody saw who searched when, and whose words they read.
 */
@Component
public class SearchesMade {

    /** As long as the words of a search are kept, for people. */
    public static final String KEPT = words(IndexedSearch.KEPT);

    /** What the trail calls a search for contacts. */
    private static final String OF_CONTACTS = "contact-search";

    private static final int EVENTS_MAX = 200;

    private final JdbcClient jdbc;
    private final AuditTrail trail;
    private final JsonMapper json;
    private final Clock clock;

    SearchesMade(JdbcClient jdbc, AuditTrail trail, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.trail = trail;
        this.json = json;
        this.clock = clock;
    }

    /** Somebody who may have searched. */
    public record Member(long id, String name) {}

    /** A search without its words. */
    public record Line(UUID id, String name, Instant askedAt) {}

    /**
     * A search as far as it is known.
     *
     * @param name who asked; null where that is no longer kept: the events say it
     * @param query null where the words are no longer kept, or it was for contacts
     * @param contact what a contact was looked for by; null where it is no longer kept, or it was for enquiries
     * @param events what the trail has: the pages of it that were shown, exports, and who looked into it
     */
    public record Made(
            UUID id,
            @Nullable String name,
            @Nullable Instant askedAt,
            @Nullable Query query,
            @Nullable String contact,
            List<AuditTrail.Entry> events) {

        public boolean isKept() {
            return query != null || contact != null;
        }
    }

    /** Everybody, also who has left. */
    public List<Member> members() {
        return jdbc.sql("select id, name from staff_member order by lower(name), id")
                .query((row, _) -> new Member(row.getLong("id"), row.getString("name")))
                .list();
    }

    /**
     * Searches whose words are kept, the latest first.
     *
     * @param member by whom, or null for anybody
     * @param first day (UK), inclusive, as is {@code last}
     */
    public List<Line> list(
            @Nullable Long member, LocalDate first, LocalDate last, int offset, int limit, StaffMember reader) {
        trail.record(new AuditEvent(
                reader.actor(),
                Action.LOOKED,
                member == null ? new Subject("searches", "all") : Subject.staff(Long.toString(member)),
                "who searched when, from %s until %s".formatted(UkTime.date(first), UkTime.date(last))));
        return jdbc.sql("""
                        select q.id, q.asked_by, m.name, q.asked_at
                        from search_query q left join staff_member m on q.asked_by = 'staff:' || m.username
                        where q.asked_at >= :from and q.asked_at < :until and q.asked_at >= :kept
                          and (cast(:member as bigint) is null or m.id = :member)
                        order by q.asked_at desc, q.id offset :offset limit :limit
                        """)
                .param("from", start(first))
                .param("until", start(last.plusDays(1)))
                .param("kept", keptSince())
                .param("member", member)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, _) -> new Line(row.getObject("id", UUID.class), name(row), askedAt(row)))
                .list();
    }

    /** Empty where neither the words nor the trail know of it. */
    public Optional<Made> look(UUID id, StaffMember reader) {
        var events = Stream.of(Subject.search(id), new Subject(OF_CONTACTS, id.toString()))
                .flatMap(subject -> trail.history(subject, EVENTS_MAX).stream())
                .sorted(Comparator.comparing(AuditTrail.Entry::at).reversed())
                .toList();
        var kept = jdbc.sql("""
                        select q.asked_by, m.name, q.asked_at, q.query, q.query ->> 'contact' as contact
                        from search_query q left join staff_member m on q.asked_by = 'staff:' || m.username
                        where q.id = :id and q.asked_at >= :kept
                        """)
                .param("id", id)
                .param("kept", keptSince())
                .query((row, _) -> made(id, row, events))
                .optional();
        if (kept.isEmpty() && events.isEmpty()) {
            return Optional.empty();
        }
        trail.record(new AuditEvent(
                reader.actor(),
                Action.LOOKED,
                Subject.search(id),
                kept.isPresent() ? "the words that were searched for" : "words that are no longer kept"));
        return kept.or(() -> Optional.of(new Made(id, null, null, null, null, events)));
    }

    private Made made(UUID id, ResultSet row, List<AuditTrail.Entry> events) throws SQLException {
        var contact = row.getString("contact");
        var query = contact == null ? json.readValue(row.getString("query"), Query.class) : null;
        return new Made(id, name(row), askedAt(row), query, contact, events);
    }

    private static String words(Period period) {
        return period.getYears() == 1 ? "one year" : period.getYears() + " years";
    }

    private OffsetDateTime keptSince() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).minus(IndexedSearch.KEPT);
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(UkTime.ZONE).toOffsetDateTime();
    }

    private static String name(ResultSet row) throws SQLException {
        var name = row.getString("name");
        return name == null ? row.getString("asked_by").replaceFirst("^\\w+:", "") : name;
    }

    private static Instant askedAt(ResultSet row) throws SQLException {
        return row.getObject("asked_at", OffsetDateTime.class).toInstant();
    }
}
