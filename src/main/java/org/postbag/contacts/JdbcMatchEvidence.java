package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcMatchEvidence implements MatchEvidence {

    /** Beyond these odds probabilities are 0 and 1, and the exponential function would overflow. */
    private static final String SAID = """
            from (
                select m.*, 1 / (1 + exp(-greatest(-50, least(50, m.log_odds)))) as probability,
                    m.verdict = 'same' and coalesce(a.merged_into, a.id) <> coalesce(b.merged_into, b.id) as separated
                from contact_match m join contact a on a.id = m.one join contact b on b.id = m.other
                where m.verdict is not null and m.model <> '%s' and m.decided_at >= :from::timestamptz and m.decided_at < :until::timestamptz) said
            """.formatted(MatchTables.SPLIT);

    private final JdbcClient jdbc;

    JdbcMatchEvidence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Said said(Instant from, Instant until) {
        var counts = new ArrayList<Count>();
        var separated = new AtomicLong();
        jdbc.sql("""
                        select width_bucket(probability, :bounds::float8[]) as band, decision, verdict, separated, count(*) as pairs,
                            sum(probability) as probabilities
                        """ + SAID + "group by 1, 2, 3, 4 order by 1, 2, 3")
                .param("bounds", BANDS.toArray(Double[]::new))
                .param("from", from.toString())
                .param("until", until.toString())
                .query(row -> {
                    if (row.getBoolean("separated")) {
                        separated.addAndGet(row.getLong("pairs"));
                    } else {
                        counts.add(count(row));
                    }
                });
        return new Said(counts, separated.get());
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(
                row.getInt("band"),
                row.getString("decision").equals("same"),
                Matches.Verdict.of(row.getString("verdict")).orElseThrow(),
                row.getLong("pairs"),
                row.getDouble("probabilities"));
    }
}
