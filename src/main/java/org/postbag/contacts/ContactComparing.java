package org.postbag.contacts;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.matching.Judge;
import org.postbag.contacts.matching.Traits;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says how likely two contacts are one person, and why, from what is known of them now. */
@Component
public class ContactComparing {

    /** How common names are changes slowly. */
    private static final Duration COUNTED_AGAIN = Duration.ofHours(6);

    /** Names that fewer have are as rare as the model takes names to be. */
    private static final int COMMON_MIN = 20;

    /** A record that is only begun is not what it will be: likelihoods would change with each day. */
    private static final int CONTACTS_MIN = 1_000;

    /** Among fewer, a name that nobody else has may still be a common one. */
    private static final int TELLING_MIN = 10_000;

    private static final int COMMON_WORDS_MAX = 50_000;
    /** And when there are so many times as many contacts as when they were counted. */
    private static final double GROWN = 1.2;

    private final JdbcClient jdbc;
    private final ContactTraits traits;
    private final java.time.Clock clock;
    private volatile Counted counted = new Counted(Instant.MIN, 0, Map.of());

    ContactComparing(JdbcClient jdbc, ContactTraits traits, java.time.Clock clock) {
        this.jdbc = jdbc;
        this.traits = traits;
        this.clock = clock;
    }

    /** Symmetric. Empty where one is erased, or both are one. */
    public Optional<Comparison> compare(long one, long other) {
        var both = traits.of(List.of(one, other));
        return both.size() < 2
                ? Optional.empty()
                : Optional.of(judge().compare(both.values().iterator().next(), last(both)));
    }

    private static Traits last(Map<Long, Traits> both) {
        return both.values().stream().reduce((first, second) -> second).orElseThrow();
    }

    /** @param words how many contacts have a word in their name, of those that many have */
    private record Counted(Instant at, long contacts, Map<String, Integer> words) {

        double share(String word) {
            int count = words.getOrDefault(word, contacts < TELLING_MIN ? -1 : 0);
            return count / (double) Math.max(1, contacts);
        }
    }

    Judge judge() {
        var now = counted(clock.instant());
        return Judge.shipped(now::share, Math.max(CONTACTS_MIN, now.contacts()));
    }

    private Counted counted(Instant now) {
        var before = counted;
        long contacts = jdbc.sql("select greatest(0, reltuples)::bigint from pg_class where oid = 'contact'::regclass")
                .query(Long.class)
                .single();
        boolean old = before.at().equals(Instant.MIN)
                || before.at().plus(COUNTED_AGAIN).isBefore(now)
                || contacts > before.contacts() * GROWN + COMMON_MIN;
        if (old) {
            counted = count(now);
        }
        return counted;
    }

    private Counted count(Instant now) {
        long contacts = jdbc.sql("select count(*) from contact where erased_at is null and merged_into is null")
                .query(Long.class)
                .single();
        var words = new HashMap<String, Integer>();
        jdbc.sql("""
                        select word, count(*) as contacts
                        from contact c cross join lateral unnest(tsvector_to_array(to_tsvector('simple', c.name))) as word
                        where c.erased_at is null and c.merged_into is null and c.name is not null
                        group by word having count(*) >= :min order by 2 desc limit :limit
                        """).param("min", COMMON_MIN).param("limit", COMMON_WORDS_MAX).query(row -> {
            words.put(row.getString("word"), row.getInt("contacts"));
        });
        return new Counted(now, contacts, words);
    }
}
