package org.postbag.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcAuditTrailTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    private final JdbcClient jdbc = JdbcClient.create(TestServers.database().application());
    private final AuditTrail trail = new JdbcAuditTrail(jdbc, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void changesNameWhoMadeThemAndOutliveTheValuesTheyChanged() {
        jdbc.sql("insert into staff_member (username, name, password_hash) values ('ada', 'Ada Officer', 'x')")
                .update();
        trail.record(List.of(
                new AuditEvent("job:filing", Action.CREATED, Subject.contact(7)),
                new AuditEvent("staff:ada", Action.CORRECTED, Subject.contact(7), "name", "Jon Smith", "John\0 Smith"),
                new AuditEvent("staff:gone", Action.LOOKED, Subject.contact(8))));

        assertThat(trail.history(Subject.contact(7), 10))
                .extracting("at", "actorName", "action", "detail", "before", "after")
                .containsExactly(
                        tuple(NOON, "Ada Officer", Action.CORRECTED, "name", "Jon Smith", "John\uFFFD Smith"),
                        tuple(NOON, "Postbag (filing)", Action.CREATED, null, null, null));

        trail.forget(Subject.contact(7));

        assertThat(trail.history(Subject.contact(7), 1))
                .extracting("actorName", "detail", "before", "after")
                .containsExactly(tuple("Ada Officer", "name", null, null));
        assertThat(jdbc.sql("select count(*) from audit_value")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
