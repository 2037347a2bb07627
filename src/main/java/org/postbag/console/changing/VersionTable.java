package org.postbag.console.changing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.changing.Version.State;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of versions. Each method takes part in the caller's transaction. */
@Component
@Profile("!command")
class VersionTable {

    private static final String VERSION = """
            select kind, name, number, text, state, origin, author, written_at, reason, base, approver, decided_at, decision_reason, urgent, confirm_by,
                confirmed_by, confirmed_at from version
            """;
    private static final String OF = VERSION + " where kind = :kind and name = :name";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    VersionTable(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Whoever changes something about a thing holds this until the transaction ends: on all nodes one after the other. */
    void lock(String kind, String name) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:thing, 25))")
                .param("thing", kind + "/" + name)
                .query((row, _) -> true)
                .list();
    }

    List<Version> all(String kind, String name) {
        return of(OF + " order by number desc", kind, name).list();
    }

    Optional<Version> latest(String kind, String name) {
        return of(OF + " order by number desc limit 1", kind, name).optional();
    }

    Optional<Version> inForce(String kind, String name) {
        return of(OF + " and state = 'in-force'", kind, name).optional();
    }

    Optional<Version> onItsWay(String kind, String name) {
        return of(OF + " and state in ('draft', 'checked', 'waiting')", kind, name)
                .optional();
    }

    Optional<Version> latestOfFile(String kind, String name) {
        return of(OF + " and origin = 'file' order by number desc limit 1", kind, name)
                .optional();
    }

    private JdbcClient.MappedQuerySpec<Version> of(String sql, String kind, String name) {
        return jdbc.sql(sql).param("kind", kind).param("name", name).query((row, _) -> version(row));
    }

    Optional<Version> byNumber(String kind, String name, int number) {
        return jdbc.sql(OF + " and number = :number")
                .param("kind", kind)
                .param("name", name)
                .param("number", number)
                .query((row, _) -> version(row))
                .optional();
    }

    List<Version> inForce() {
        return jdbc.sql(VERSION + " where state = 'in-force' order by kind, name")
                .query((row, _) -> version(row))
                .list();
    }

    List<Version> inForce(String kind) {
        return jdbc.sql(VERSION + " where state = 'in-force' and kind = :kind order by name")
                .param("kind", kind)
                .query((row, _) -> version(row))
                .list();
    }

    /** Which those are. */
    List<Long> idsInForce(String kind) {
        return jdbc.sql("select id from version where state = 'in-force' and kind = :kind order by name")
                .param("kind", kind)
                .query((row, _) -> row.getLong("id"))
                .list();
    }

    /** Those on their way, the longest there first. */
    List<Version> onTheirWay() {
        return jdbc.sql(VERSION + " where state in ('draft', 'checked', 'waiting') order by written_at, id")
                .query((row, _) -> version(row))
                .list();
    }

    /** Urgent changes that no second person has confirmed, the earliest day first. */
    List<Version> toConfirm() {
        return jdbc.sql(VERSION + " where urgent and confirmed_by is null order by confirm_by, id")
                .query((row, _) -> version(row))
                .list();
    }

    /** Which number of each is in force, and which have ended: all that a node must know to follow the others. */
    record Standing(String kind, String name, int number, boolean retired) {}

    List<Standing> standing() {
        return jdbc.sql("""
                        select kind, name, number, state = 'retired' as retired from version v
                        where state = 'in-force' or (state = 'retired' and not exists (select from version n
                            where n.kind = v.kind and n.name = v.name and n.state = 'in-force'))
                        order by kind, name
                        """)
                .query((row, _) -> new Standing(
                        row.getString("kind"), row.getString("name"), row.getInt("number"), row.getBoolean("retired")))
                .list();
    }

    /** Adds a version with the next number. The caller holds {@link #lock}. */
    Version add(
            String kind,
            String name,
            String text,
            State state,
            Origin origin,
            String author,
            String reason,
            @Nullable Integer base) {
        int number = jdbc.sql("""
                        insert into version (kind, name, number, text, state, origin, author, written_at, reason, base)
                        select :kind, :name, coalesce(max(number), 0) + 1, :text, :state, :origin, :author, :now, :reason, :base::integer
                        from version where kind = :kind and name = :name
                        returning number
                        """)
                .param("kind", kind)
                .param("name", name)
                .param("text", text)
                .param("state", state.word())
                .param("origin", origin.name().toLowerCase(Locale.ROOT))
                .param("author", author)
                .param("now", now())
                .param("reason", reason)
                .param("base", base)
                .query(Integer.class)
                .single();
        return byNumber(kind, name, number).orElseThrow();
    }

    /** False where it no longer stands where it did. */
    boolean move(Version version, State to) {
        return jdbc.sql("""
                        update version set state = :to where kind = :kind and name = :name and number = :number and state = :from
                        """)
                        .param("to", to.word())
                        .param("from", version.state().word())
                        .param("kind", version.kind())
                        .param("name", version.name())
                        .param("number", version.number())
                        .update()
                == 1;
    }

    void decided(Version version, String approver, String reason, @Nullable LocalDate confirmBy) {
        jdbc.sql("""
                        update version set approver = :approver, decided_at = :now, decision_reason = :reason, urgent = :urgent,
                            confirm_by = :confirmBy::date
                        where kind = :kind and name = :name and number = :number
                        """)
                .param("approver", approver)
                .param("now", now())
                .param("reason", reason)
                .param("urgent", confirmBy != null)
                .param("confirmBy", confirmBy == null ? null : confirmBy.toString())
                .param("kind", version.kind())
                .param("name", version.name())
                .param("number", version.number())
                .update();
    }

    boolean confirmed(Version version, String by) {
        return jdbc.sql("""
                        update version set confirmed_by = :by, confirmed_at = :now
                        where kind = :kind and name = :name and number = :number and urgent and confirmed_by is null
                        """)
                        .param("by", by)
                        .param("now", now())
                        .param("kind", version.kind())
                        .param("name", version.name())
                        .param("number", version.number())
                        .update()
                == 1;
    }

    void found(Version version, List<Finding> findings) {
        jdbc.sql("""
                        update version set findings = :findings::jsonb, checked_at = :now
                        where kind = :kind and name = :name and number = :number
                        """)
                .param("findings", json.writeValueAsString(findings))
                .param("now", now())
                .param("kind", version.kind())
                .param("name", version.name())
                .param("number", version.number())
                .update();
    }

    /** What the latest check found, and when that was; empty where none was made. */
    Optional<Checked> findings(Version version) {
        return jdbc.sql("""
                        select findings, checked_at from version
                        where kind = :kind and name = :name and number = :number and findings is not null
                        """)
                .param("kind", version.kind())
                .param("name", version.name())
                .param("number", version.number())
                .query((row, _) -> new Checked(
                        json.readValue(row.getString("findings"), new TypeReference<List<Finding>>() {}),
                        row.getObject("checked_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** The outcome of a check. */
    record Checked(List<Finding> findings, Instant at) {}

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getString("kind"),
                row.getString("name"),
                row.getInt("number"),
                row.getString("text"),
                State.of(row.getString("state")),
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                row.getString("author"),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getObject("base", Integer.class),
                row.getString("approver"),
                instant(row, "decided_at"),
                row.getString("decision_reason"),
                row.getBoolean("urgent"),
                row.getObject("confirm_by", LocalDate.class),
                row.getString("confirmed_by"),
                instant(row, "confirmed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
