package org.postbag.work;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.work.Batch.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Batches: asked for, paused, gone on with, cancelled, in the transaction of whoever calls. {@link BatchWork} does them. */
@Component
public class Batches {

    /** Longer than what was done by one can be undone. */
    private static final Duration KEPT_FOR = Duration.ofDays(40);

    private final JdbcClient jdbc;
    private final Clock clock;

    Batches(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param state in which it begins
     */
    public record Asked(
            String act,
            State state,
            String by,
            @Nullable String reason,
            int rate,
            Map<String, String> about,
            long total) {

        public Asked {
            about = Map.copyOf(about);
        }
    }

    /** Begins a batch, which is done in the background from now on, also after a restart. Forgets those that ended long ago. */
    public Batch start(Asked asked) {
        var now = clock.instant();
        jdbc.sql("""
                        delete from batch where ended_at < :before::timestamptz or state = 'counted' and asked_at < :before::timestamptz
                        """).param("before", now.minus(KEPT_FOR).toString()).update();
        return jdbc.sql("""
                        insert into batch (act, state, asked_by, asked_at, reason, rate, about, total, next_at)
                        values (:act, :state, :by, :now::timestamptz, :reason, :rate, :about::jsonb, :total, :now::timestamptz)
                        returning *
                        """)
                .param("act", asked.act())
                .param("state", asked.state().code())
                .param("by", asked.by())
                .param("now", now.toString())
                .param("reason", asked.reason())
                .param("rate", asked.rate())
                .param("about", json(asked.about()))
                .param("total", asked.total())
                .query((row, n) -> batch(row))
                .single();
    }

    /** Begins what was counted, from its beginning. False where it isn't counted yet, or was begun already. */
    public boolean begin(long id, Set<String> acts, int rate, String reason, Map<String, String> more) {
        return jdbc.sql("""
                        update batch set state = 'running', rate = :rate, reason = :reason, about = about || :more::jsonb, place = '',
                            next_at = :now::timestamptz
                        where id = :id and act = any(:acts::text[]) and state = 'counted'
                        """)
                        .param("id", id)
                        .param("acts", acts.toArray(String[]::new))
                        .param("rate", rate)
                        .param("reason", reason)
                        .param("more", json(more))
                        .param("now", clock.instant().toString())
                        .update()
                > 0;
    }

    public boolean pause(long id, Set<String> acts) {
        return change(id, acts, State.PAUSED, before(State.PAUSED));
    }

    /** Goes on where it was paused. */
    public boolean resume(long id, Set<String> acts) {
        return change(id, acts, State.RUNNING, Set.of(State.PAUSED));
    }

    /** What is in hand is dealt with; what was done stays done. */
    public boolean cancel(long id, Set<String> acts) {
        return change(id, acts, State.CANCELLED, before(State.CANCELLED));
    }

    private boolean change(long id, Set<String> acts, State to, Collection<State> from) {
        return jdbc.sql("""
                        update batch set state = :to, next_at = :now::timestamptz,
                            ended_at = case when :to = 'cancelled' then :now::timestamptz end
                        where id = :id and act = any(:acts::text[]) and state = any(:from::text[])
                        """)
                        .param("id", id)
                        .param("acts", acts.toArray(String[]::new))
                        .param("to", to.code())
                        .param("from", from.stream().map(State::code).toArray(String[]::new))
                        .param("now", clock.instant().toString())
                        .update()
                > 0;
    }

    /** Those of some acts, the newest first. */
    public List<Batch> recent(Set<String> acts, int max) {
        return jdbc.sql("select * from batch where act = any(:acts::text[]) order by id desc limit :max")
                .param("acts", acts.toArray(String[]::new))
                .param("max", max)
                .query((row, n) -> batch(row))
                .list();
    }

    public Optional<Batch> find(long id, Set<String> acts) {
        return jdbc.sql("select * from batch where id = :id and act = any(:acts::text[])")
                .param("id", id)
                .param("acts", acts.toArray(String[]::new))
                .query((row, n) -> batch(row))
                .optional();
    }

    static String json(Map<String, ?> values) {
        return JsonMapper.shared().writeValueAsString(values);
    }

    static Batch batch(ResultSet row) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        var about = new HashMap<String, String>();
        JsonMapper.shared()
                .readTree(row.getString("about"))
                .properties()
                .forEach(one -> about.put(one.getKey(), one.getValue().asString()));
        var counts = new HashMap<String, Long>();
        JsonMapper.shared()
                .readTree(row.getString("counts"))
                .properties()
                .forEach(one -> counts.put(one.getKey(), one.getValue().asLong()));
        return new Batch(
                row.getLong("id"),
                row.getString("act"),
                State.of(row.getString("state")),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getInt("rate"),
                about,
                row.getString("place"),
                Arrays.asList((String[]) row.getArray("in_hand").getArray()),
                row.getLong("total"),
                counts,
                row.getString("fault"),
                row.getObject("next_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }

    /** The states that lead to one. */
    private static List<State> before(State to) {
        return Arrays.stream(State.values())
                .filter(state -> state.next().contains(to))
                .toList();
    }
}
