package org.postbag.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.audit.AuditTrail.Only;
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

    @Test
    void whatStaffDidWithThingsOfSomeKindsIsReadNewestFirstAndPageByPage() {
        long eve = jdbc.sql(
                        "insert into staff_member (username, name, password_hash) values ('eve', 'Eve Operator', 'x') returning id")
                .query(Long.class)
                .single();
        var item = Subject.receipt("0".repeat(64));
        trail.record(List.of(
                new AuditEvent("staff:eve", Action.ROUTE_CHANGED, new Subject("route", "press"), "stopped", "a", "b"),
                new AuditEvent("job:filing", Action.QUARANTINED, item),
                new AuditEvent("staff:eve", Action.LOOKED, Subject.contact(7)),
                new AuditEvent("staff:gone", Action.CREATED, new Subject("secret", "PRESS"), "gave a secret"),
                new AuditEvent("staff:eve", Action.REPLAYED, item),
                new AuditEvent("staff:eve", Action.ROUTE_CHANGED, new Subject("route", "form"))));
        var kinds = Set.of("route", "secret", "receipt");

        var all = trail.latest(new Only(kinds, null, null, Long.MAX_VALUE), 10);

        assertThat(all)
                .extracting(line -> line.subject().kind() + " " + line.entry().action())
                .containsExactly("route ROUTE_CHANGED", "receipt REPLAYED", "secret CREATED", "route ROUTE_CHANGED");
        assertThat(all.getLast().entry())
                .extracting("actorName", "detail", "before", "after")
                .containsExactly("Eve Operator", "stopped", "a", "b");
        assertThat(trail.latest(new Only(kinds, null, null, all.get(1).number()), 1))
                .as("the page after the second")
                .containsExactly(all.get(2));
        assertThat(trail.latest(new Only(kinds, "press", eve, Long.MAX_VALUE), 10))
                .containsExactly(all.getLast());
        assertThat(trail.latest(new Only(Set.of("secret"), null, eve, Long.MAX_VALUE), 10))
                .isEmpty();
    }
}
