package org.postbag.search;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.search.SearchIndex.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the index is: {@link Indexing} looks every few seconds, so that no page waits for an engine that is slow or away. */
@Component
public class IndexWatch {

    private static final Logger LOG = LoggerFactory.getLogger(IndexWatch.class);

    private static final Duration COUNTED_AGAIN = Duration.ofSeconds(10);

    private final SearchIndex index;
    private final Reindex reindex;
    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile @Nullable Trouble asking;
    private volatile @Nullable Trouble writing;
    private volatile @Nullable Seen latest;
    private volatile @Nullable Counted counted;

    IndexWatch(SearchIndex index, Reindex reindex, JdbcClient jdbc, Clock clock) {
        this.index = index;
        this.reindex = reindex;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Counted(Instant at, long enquiries) {}

    /**
     * What was seen.
     *
     * @param engine null where it didn't answer
     * @param work what waits to be indexed
     */
    public record Seen(Instant at, @Nullable Engine engine, Work work) {}

    /**
     * What is in the work queue.
     *
     * @param enquiries that are new or changed
     * @param since when the oldest of them became so; null where there is none
     * @param clocks whose enquiries' dates follow
     * @param refused enquiries whose content the engine won't take
     */
    public record Work(long enquiries, @Nullable Instant since, long clocks, long refused) {}

    /** What was seen last; empty when the program has just started, or the database is away. */
    public Optional<Seen> latest() {
        return Optional.ofNullable(latest);
    }

    /** What is wrong now, what keeps it from being mended first. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(asking)
                .or(() -> Optional.ofNullable(writing))
                .or(() -> latest().map(Seen::engine).map(Engine::trouble))
                .or(reindex::trouble);
    }

    /** Enquiries that are to be found, counted now or a few seconds ago: where there are millions it takes a while. */
    public long inRecord() {
        var known = counted;
        var now = clock.instant();
        if (known == null || known.at().plus(COUNTED_AGAIN).isBefore(now)) {
            known = new Counted(
                    now,
                    jdbc.sql(
                                    "select count(*) from enquiry e join contact c on c.id = e.contact_id where c.erased_at is null")
                            .query(Long.class)
                            .single());
            counted = known;
        }
        return known.enquiries();
    }

    /** Work waits, since it could not be written. */
    void waits(Exception fault) {
        writing = index.trouble(fault);
    }

    /** What waited was written. */
    void goesOn() {
        writing = null;
    }

    void look() {
        try {
            var engine = ask();
            latest = new Seen(clock.instant(), engine, work());
        } catch (DataAccessException away) {
            LOG.debug("What waits to be indexed can't be counted now", away);
        }
    }

    private @Nullable Engine ask() {
        try {
            var engine = index.look();
            asking = null;
            return engine;
        } catch (IOException | RuntimeException e) {
            asking = index.trouble(e);
            return null;
        }
    }

    private Work work() {
        return jdbc.sql("""
                        select (select count(*) from index_work) as enquiries, (select min(since) from index_work) as since,
                               (select count(*) from clock_work) as clocks, (select count(*) from index_fault) as refused
                        """)
                .query((row, _) -> {
                    var since = row.getObject("since", OffsetDateTime.class);
                    return new Work(
                            row.getLong("enquiries"),
                            since == null ? null : since.toInstant(),
                            row.getLong("clocks"),
                            row.getLong("refused"));
                })
                .single();
    }
}
