package org.postbag.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Searches that members keep by a name, for themselves or for all who may search, until somebody deletes them. Name and words may be personal data, so they
 * stand in no address: the id is opaque, and of each change the trail holds the name as a value, which goes with the search.
 */
@Component
public class SavedSearches {

    public static final int NAME_LENGTH_MAX = 100;

    /** More than a member can tell apart by their names. */
    public static final int OWN_MAX = 100;

    private static final Duration UNDONE_WITHIN = Duration.ofDays(1);
    private static final Set<Role> SHARERS = EnumSet.of(Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER);

    private static final String SAVED = """
            select s.id, s.name, s.shared, s.query, s.owner = :actor as own, m.name as owner_name
            from saved_search s left join staff_member m on s.owner = 'staff:' || m.username
            where s.deleted_at is null""";

    private final IndexedSearch search;
    private final JdbcClient jdbc;
    private final AuditTrail trail;
    private final JsonMapper json;
    private final Clock clock;

    SavedSearches(IndexedSearch search, JdbcClient jdbc, AuditTrail trail, JsonMapper json, Clock clock) {
        this.search = search;
        this.jdbc = jdbc;
        this.trail = trail;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A search that is kept.
     *
     * @param own whether it is that of whoever looks
     * @param ownerName null where nobody of that name is left
     */
    public record Saved(
            UUID id,
            String name,
            boolean shared,
            boolean own,
            @Nullable String ownerName,
            Query query) {}

    /** Whether this person may keep a search for others too. */
    public static boolean mayShare(StaffMember member) {
        return SHARERS.stream().anyMatch(member::has);
    }

    /** Their own and those that are shared, by name. */
    public List<Saved> of(StaffMember member) {
        return jdbc.sql(SAVED + " and (s.owner = :actor or s.shared) order by lower(s.name), s.id")
                .param("actor", member.actor())
                .query((row, n) -> saved(row))
                .list();
    }

    /** Empty where it is deleted, unknown or for somebody else alone. */
    public Optional<Saved> byId(UUID id, StaffMember member) {
        return jdbc.sql(SAVED + " and s.id = :id and (s.owner = :actor or s.shared)")
                .param("id", id)
                .param("actor", member.actor())
                .query((row, n) -> saved(row))
                .optional();
    }

    /**
     * Keeps a question.
     *
     * @param name see {@link #name}
     * @return empty where this person keeps {@link #OWN_MAX} already
     */
    @Transactional
    public Optional<UUID> save(Query query, String name, boolean shared, StaffMember member) {
        requireSharer(shared, member);
        removeDeleted();
        var id = UUID.randomUUID();
        int made = jdbc.sql("""
                        insert into saved_search (id, owner, name, shared, query, saved_at)
                        select :id, :actor, :name, :shared, :query::jsonb, :now
                        where (select count(*) from saved_search where owner = :actor and deleted_at is null) < :max
                        """)
                .param("id", id)
                .param("actor", member.actor())
                .param("name", named(name))
                .param("shared", shared)
                .param("query", json.writeValueAsString(query.withAfter(null)))
                .param("now", now())
                .param("max", OWN_MAX)
                .update();
        if (made == 0) {
            return Optional.empty();
        }
        record(id, Action.CREATED, shared ? "shared" : "for themselves", null, named(name), member);
        return Optional.of(id);
    }

    /** Gives it another name, or shares it, or no longer. False where it isn't theirs to change. */
    @Transactional
    public boolean change(UUID id, String name, boolean shared, StaffMember member) {
        requireSharer(shared, member);
        var before = byId(id, member).filter(one -> mayChange(one, member));
        if (before.isEmpty()) {
            return false;
        }
        jdbc.sql("update saved_search set name = ?, shared = ? where id = ?")
                .params(named(name), shared, id)
                .update();
        record(
                id,
                Action.CHANGED,
                shared ? "shared" : "for its owner",
                before.get().name(),
                named(name),
                member);
        return true;
    }

    /** Deletes it; {@link #restore} brings it back within a day. False where it isn't theirs to delete. */
    @Transactional
    public boolean delete(UUID id, StaffMember member) {
        removeDeleted();
        var found = byId(id, member).filter(one -> mayChange(one, member));
        if (found.isEmpty()) {
            return false;
        }
        jdbc.sql("update saved_search set deleted_at = ? where id = ?")
                .params(now(), id)
                .update();
        record(id, Action.DISCARDED, null, null, null, member);
        return true;
    }

    /** False where there is nothing of theirs to bring back. */
    @Transactional
    public boolean restore(UUID id, StaffMember member) {
        int restored = jdbc.sql("""
                        update saved_search set deleted_at = null
                        where id = :id and deleted_at >= :since and (owner = :actor or (shared and :any))
                        """)
                .param("id", id)
                .param("since", now().minus(UNDONE_WITHIN))
                .param("actor", member.actor())
                .param("any", member.has(Role.DATA_PROTECTION_OFFICER))
                .update();
        if (restored > 0) {
            record(id, Action.RESTORED, null, null, null, member);
        }
        return restored > 0;
    }

    /** Asks it anew, as a search of whoever opens it; empty as for {@link #byId}. */
    public Optional<UUID> open(UUID id, StaffMember member) {
        return byId(id, member).map(saved -> {
            var asked = search.ask(saved.query(), member);
            record(id, Action.SEARCHED, "as search " + asked, null, null, member);
            return asked;
        });
    }

    /** Their own, and, for data protection officers, what others share. */
    public static boolean mayChange(Saved saved, StaffMember member) {
        return saved.own() || (saved.shared() && member.has(Role.DATA_PROTECTION_OFFICER));
    }

    /** What was typed as a name, without control characters; empty where nothing is left of it or it is too long. */
    public static Optional<String> name(String typed) {
        var name = typed.replaceAll("[\\p{Cntrl}\\p{Cs}\u202a-\u202e\u2066-\u2069]+", " ")
                .strip();
        return name.isEmpty() || name.codePointCount(0, name.length()) > NAME_LENGTH_MAX
                ? Optional.empty()
                : Optional.of(name);
    }

    private static String named(String typed) {
        return name(typed).orElseThrow(() -> new IllegalArgumentException("A name has 1 to 100 characters"));
    }

    private static void requireSharer(boolean shared, StaffMember member) {
        if (shared && !mayShare(member)) {
            throw new AccessDeniedException("Sharing a search is for officers and reviewers");
        }
    }

    private void removeDeleted() {
        var gone = jdbc.sql("delete from saved_search where deleted_at < ? returning id")
                .param(now().minus(UNDONE_WITHIN))
                .query((row, _) -> subject(row.getObject("id", UUID.class)))
                .list();
        trail.forget(gone);
    }

    private void record(
            UUID id,
            Action action,
            @Nullable String detail,
            @Nullable String before,
            @Nullable String after,
            StaffMember member) {
        trail.record(new AuditEvent(member.actor(), action, subject(id), detail, before, after));
    }

    private static Subject subject(UUID id) {
        return new Subject("saved-search", id.toString());
    }

    private Saved saved(ResultSet row) throws SQLException {
        return new Saved(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getBoolean("shared"),
                row.getBoolean("own"),
                row.getString("owner_name"),
                json.readValue(row.getString("query"), Query.class));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
