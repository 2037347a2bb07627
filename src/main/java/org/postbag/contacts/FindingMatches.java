package org.postbag.contacts;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.postbag.contacts.matching.Judge;
import org.postbag.contacts.matching.Matching;
import org.postbag.contacts.matching.Traits;
import org.postbag.work.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares each contact that changed with the others that may be the same person, and puts pairs that are, or may be, before staff. It joins nobody. One
 * works at a time, under a lock, and only on what is committed: of two contacts that are filed at once the one whose turn comes later finds the other, so
 * that no pair is missed however many file.
 */
@Component
@Profile("!command")
public class FindingMatches {

    static final int BATCH_MAX = 500;

    private static final Logger LOG = LoggerFactory.getLogger(FindingMatches.class);

    private final JdbcClient jdbc;
    private final ContactTraits traits;
    private final MatchKeys keys;
    private final ContactComparing comparing;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FindingMatches(
            JdbcClient jdbc,
            ContactTraits traits,
            MatchKeys keys,
            ContactComparing comparing,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.traits = traits;
        this.keys = keys;
        this.comparing = comparing;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Until nothing waits, and soon again, so that few wait when filing ends. A database that is away is tried again next time: what waits stays. */
    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT0.1S")
    public void work() {
        try {
            int compared = batch();
            while (compared > 0) {
                LOG.debug("{} contacts compared", compared);
                compared = batch();
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Contacts could not be compared and wait ({})", e.getClass().getSimpleName());
        }
    }

    /** @return how many contacts it compared */
    int batch() {
        var done = transaction.execute(status -> {
            boolean mine = AdvisoryLock.MATCHING.takeUntilEnd(jdbc);
            if (mine) {
                allWhereNothingIsKept();
            }
            return mine ? compare(waiting()) : 0;
        });
        return Objects.requireNonNull(done);
    }

    /** What contacts are found by isn't logged, so that a crash of PostgreSQL leaves none of it: then everybody is compared anew. */
    private void allWhereNothingIsKept() {
        boolean kept = jdbc.sql("select exists (select from match_kept)")
                .query(Boolean.class)
                .single();
        if (!kept) {
            int all = jdbc.sql("""
                            insert into match_work (contact_id) select id from contact where erased_at is null order by id on conflict do nothing
                            """).update();
            jdbc.sql("insert into match_kept values (true)").update();
            LOG.info("What contacts are found by is gone; {} are compared anew", all);
        }
    }

    /** @param version of the change that is still to be compared */
    record Waiting(long contactId, long version) {}

    List<Waiting> waiting() {
        return jdbc.sql("select contact_id, version from match_work order by version limit :max")
                .param("max", BATCH_MAX)
                .query((row, n) -> new Waiting(row.getLong(1), row.getLong(2)))
                .list();
    }

    /** In the caller's transaction, who has the lock. */
    int compare(List<Waiting> waiting) {
        if (waiting.isEmpty()) {
            return 0;
        }
        // What is asked is the same each time, but for the numbers: planning it anew would take longer than doing it.
        // What a crash takes back waits once more: nobody waits for the disk. And counting names, now and then,
        // leaves a processor to those who wait for something.
        jdbc.sql("""
                        select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('synchronous_commit', 'off', true),
                            set_config('max_parallel_workers_per_gather', '0', true)
                        """).query((row, n) -> row.getString(1)).single();
        var ids = waiting.stream().map(Waiting::contactId).toList();
        var changed = traits.of(ids);
        var concerned = new TreeSet<>(ids);
        concerned.addAll(changed.keySet());
        var candidates = keys.write(concerned, changed);
        var others = new TreeSet<Long>();
        candidates.values().forEach(others::addAll);
        others.removeAll(changed.keySet());
        var all = new HashMap<>(changed);
        all.putAll(keys.traits(others));
        write(concerned, found(candidates, all));
        jdbc.sql("""
                        delete from match_work w using unnest(:ids::bigint[], :versions::bigint[]) as k(id, version)
                        where w.contact_id = k.id and w.version = k.version
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("versions", waiting.stream().map(Waiting::version).toArray(Long[]::new))
                .update();
        return waiting.size();
    }

    private record Found(long one, long other, double logOdds, Matching.Decision decision) {}

    private Collection<Found> found(Map<Long, Set<Long>> candidates, Map<Long, Traits> all) {
        var judge = comparing.judge();
        return candidates.entrySet().parallelStream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(other -> other > entry.getKey() || !candidates.containsKey(other))
                        .flatMap(other -> found(judge, entry.getKey(), other, all).stream()))
                .sorted(Comparator.comparingLong(Found::one).thenComparingLong(Found::other))
                .toList();
    }

    private static List<Found> found(Judge judge, long one, long other, Map<Long, Traits> all) {
        var first = all.get(one);
        var second = all.get(other);
        if (first == null || second == null) {
            return List.of();
        }
        var comparison = judge.compare(first, second);
        return comparison.decision().stream()
                .map(decision -> new Found(Math.min(one, other), Math.max(one, other), comparison.logOdds(), decision))
                .toList();
    }

    /** What staff said of a pair stays; a pair that nobody has looked at goes where what made it one is gone. */
    private void write(Collection<Long> ids, Collection<Found> found) {
        jdbc.sql("""
                        with found as (
                            select * from unnest(:ones::bigint[], :others::bigint[], :odds::float8[], :decisions::text[])
                                as f(one, other, log_odds, decision)),
                        gone as (
                            delete from contact_match m using unnest(:ids::bigint[]) as i(id) where m.one = i.id and m.verdict is null
                                and not exists (select from found f where f.one = m.one and f.other = m.other)),
                        gone_too as ( -- by itself, so that both go by an index
                            delete from contact_match m using unnest(:ids::bigint[]) as i(id) where m.other = i.id and m.verdict is null
                                and not exists (select from found f where f.one = m.one and f.other = m.other))
                        insert into contact_match (one, other, log_odds, decision, model, found_at)
                        select one, other, log_odds, decision, :model, :now::timestamptz from found order by one, other
                        on conflict (one, other) do update set log_odds = excluded.log_odds, decision = excluded.decision, model = excluded.model
                            where contact_match.verdict is null
                        """)
                .param("ones", found.stream().map(Found::one).toArray(Long[]::new))
                .param("others", found.stream().map(Found::other).toArray(Long[]::new))
                .param("odds", found.stream().map(Found::logOdds).toArray(Double[]::new))
                .param(
                        "decisions",
                        found.stream()
                                .map(f -> f.decision() == Matching.Decision.SAME ? "same" : "review")
                                .toArray(String[]::new))
                .param("ids", ids.toArray(Long[]::new))
                .param("model", Judge.MODEL)
                .param("now", clock.instant().toString())
                .update();
    }
}
