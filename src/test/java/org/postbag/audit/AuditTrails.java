package org.postbag.audit;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real trail, for tests of other modules. */
public final class AuditTrails {

    private AuditTrails() {}

    public static AuditTrail in(JdbcClient jdbc, Clock clock) {
        return new JdbcAuditTrail(jdbc, clock);
    }
}
