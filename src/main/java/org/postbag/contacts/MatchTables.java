package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.MatchQueue.Two;
import org.postbag.contacts.Matches.Match;
import org.postbag.contacts.Matches.Said;
import org.postbag.contacts.Matches.Verdict;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of pairs, each with the contacts that its two are by now. Pairs of which one was erased are left out. */
@Component
class MatchTables {

    /** Stands for the model of a pair that no model found: a split made it. */
    static final String SPLIT = "split";

    private static final String PAIRS = """
            select m.one, m.other, m.log_odds, m.decision, m.found_at, m.verdict, m.decided_by, m.decided_at, an.id as one_now, bn.id as other_now
            from contact_match m
            join contact a on a.id = m.one and a.erased_at is null
            join contact b on b.id = m.other and b.erased_at is null
            join contact an on an.id = coalesce(a.merged_into, a.id) and an.erased_at is null
            join contact bn on bn.id = coalesce(b.merged_into, b.id) and bn.erased_at is null
            """;

    /** A contact and all that were merged into it. */
    private static final String FAMILY =
            "with family as (select id from contact where id = :contact or merged_into = :contact) ";

    private final JdbcClient jdbc;

    MatchTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that nobody decided, the likeliest first. */
    List<Match> undecided(int limit) {
        return jdbc.sql(PAIRS + """
                        where m.verdict is null or m.verdict = 'not-sure'
                        order by m.log_odds desc, m.one, m.other limit :limit
                        """)
                .param("limit", limit)
                .query((row, n) -> match(row))
                .list();
    }

    /** How many nobody has looked at, as far as {@code limit}; merged and erased contacts among them. */
    long unseen(int limit) {
        return jdbc.sql("select count(*) from (select from contact_match where verdict is null limit :limit) as few")
                .param("limit", limit)
                .query(Long.class)
                .single();
    }

    Optional<Match> pair(long one, long other) {
        return jdbc.sql(PAIRS + "where m.one = :one and m.other = :other")
                .param("one", Math.min(one, other))
                .param("other", Math.max(one, other))
                .query((row, n) -> match(row))
                .optional();
    }

    /** Undecided ones of a contact or of one that was merged into it. */
    List<Match> ofContact(long contactId, int limit) {
        return jdbc.sql(FAMILY + PAIRS + """
                        where (m.verdict is null or m.verdict = 'not-sure')
                            and (m.one, m.other) in (
                                select one, other from contact_match where one in (select id from family)
                                union select one, other from contact_match where other in (select id from family))
                        order by m.log_odds desc, m.one, m.other limit :limit
                        """)
                .param("contact", contactId)
                .param("limit", limit)
                .query((row, n) -> match(row))
                .list();
    }

    /**
     * Whom staff know apart, as far as it concerns these pairs by what was merged since: a pair has one verdict, so where nothing was merged it is its own.
     */
    Set<Two> notSame(List<Match> of) {
        var concerned = new HashSet<Long>();
        for (var match : of) {
            if (match.one() != match.oneNow() || match.other() != match.otherNow()) {
                concerned.add(match.oneNow());
                concerned.add(match.otherNow());
            }
        }
        return new HashSet<>(jdbc.sql(PAIRS + """
                        where m.verdict = 'not-same' and (a.merged_into is not null or b.merged_into is not null
                            or m.one = any(:ids::bigint[]) or m.other = any(:ids::bigint[]))
                        """)
                .param("ids", concerned.toArray(Long[]::new))
                .query((row, n) -> Two.of(row.getLong("one_now"), row.getLong("other_now")))
                .list());
    }

    /**
     * Of a pair whose contacts are locked.
     *
     * @param merged the contact that was merged by it
     * @throws CannotAcquireLockException where the pair went meanwhile, which happens to those that nobody has looked at
     */
    void say(Match match, Said said, @Nullable Long merged) {
        int done = jdbc.sql("""
                        update contact_match set verdict = :verdict, decided_by = :by, decided_at = :at::timestamptz, merged_contact = :merged
                        where one = :one and other = :other
                        """)
                .param("verdict", said.verdict().code())
                .param("by", said.actor())
                .param("at", said.at().toString())
                .param("merged", merged)
                .param("one", match.one())
                .param("other", match.other())
                .update();
        if (done == 0) {
            throw new CannotAcquireLockException("The pair was found not to be one any more");
        }
    }

    /** Nobody has said anything of the pair any more. */
    void unsay(Match match) {
        jdbc.sql("""
                        update contact_match set verdict = null, decided_by = null, decided_at = null, merged_contact = null
                        where one = :one and other = :other
                        """).param("one", match.one()).param("other", match.other()).update();
    }

    /** Who splits a contact says that the two are not the same. */
    void sayTwo(long contactId, long made, String actor, Instant at) {
        jdbc.sql("""
                        insert into contact_match (one, other, log_odds, decision, model, found_at, verdict, decided_by, decided_at)
                        values (:one, :other, 0, 'review', :model, :at::timestamptz, 'not-same', :by, :at::timestamptz)
                        """)
                .param("one", Math.min(contactId, made))
                .param("other", Math.max(contactId, made))
                .param("model", SPLIT)
                .param("by", actor)
                .param("at", at.toString())
                .update();
    }

    /** A split that is put back leaves nothing said. */
    void unsayTwo(long contactId, long made) {
        jdbc.sql("delete from contact_match where one = :one and other = :other and model = :model")
                .param("one", Math.min(contactId, made))
                .param("other", Math.max(contactId, made))
                .param("model", SPLIT)
                .update();
    }

    /** The contact that the verdict on a pair merged. */
    Optional<Long> merged(Match match) {
        return jdbc.sql(
                        "select merged_contact from contact_match where one = :one and other = :other and merged_contact is not null")
                .param("one", match.one())
                .param("other", match.other())
                .query(Long.class)
                .optional();
    }

    private static Match match(ResultSet row) throws SQLException {
        return new Match(
                row.getLong("one"),
                row.getLong("other"),
                row.getDouble("log_odds"),
                row.getString("decision").equals("same"),
                moment(row, "found_at"),
                row.getString("verdict") == null ? null : said(row),
                row.getLong("one_now"),
                row.getLong("other_now"));
    }

    private static Said said(ResultSet row) throws SQLException {
        return new Said(
                Verdict.of(row.getString("verdict")).orElseThrow(),
                row.getString("decided_by"),
                moment(row, "decided_at"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
