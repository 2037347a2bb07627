package org.postbag.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.TestServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the application's role may not do, whatever a fault in the application makes it try. */
class AuditPermissionsTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final TestServers.Database DATABASE = TestServers.database();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE.application());

    @BeforeAll
    static void anEventAndAValue() {
        new JdbcAuditTrail(JDBC, Clock.fixed(Instant.parse("2026-03-03T12:00:00Z"), ZoneOffset.UTC))
                .record(new AuditEvent("staff:ada", Action.CORRECTED, Subject.contact(1), "Name", "Jon", "John"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set actor = 'staff:bob'",
                "update audit_event set actor = actor where false",
                "delete from audit_event",
                "truncate audit_event",
                "truncate audit_value",
                "alter table audit_event add column hidden boolean",
                "alter table audit_event disable trigger all",
                "alter table audit_event owner to postbag_app",
                "drop table audit_event",
                "create trigger quiet before insert on audit_event for each row execute function suppress_redundant_updates_trigger()",
                "create rule quiet as on insert to audit_event do instead nothing",
                "select * from audit_event for update",
                "update audit_value set value = 'other'",
                "set session_replication_role = replica",
                "set role postgres",
                "create table public.mine (id integer)",
                "delete from receipt",
                "truncate receipt cascade",
                "insert into retention_rule (category, period_months, counts_from, legal_basis, reason) values ('x', 1, 'last-contact', '', '')",
                "delete from retention_rule",
                "select * from flyway_schema_history"
            })
    void isRefused(String sql) {
        assertThatThrownBy(() -> JDBC.sql(sql).update())
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState())
                                .as("%s: %s", sql, refused.getMessage())
                                .isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void theOwnerIsAnotherRole() {
        assertThat(JDBC.sql(
                                "select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls from pg_roles where rolname = current_user")
                        .query(Boolean.class)
                        .single())
                .isFalse();
        assertThat(JDBC.sql("select count(*) from pg_tables where tableowner = current_user")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
