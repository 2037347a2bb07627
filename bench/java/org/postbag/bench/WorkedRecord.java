package org.postbag.bench;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What staff and the program did with a {@link LargeRecord}: work, places, the trail, quarantine, reviews, merges, in shares as they might be. */
final class WorkedRecord {

    /** One of so many, by its id: this one. */
    static final int SENSITIVE_OF = 1_000;

    static final int SENSITIVE = 7;

    private static final int QUARANTINED = 300;
    private static final String RECEIPT = """
            insert into receipt (id, reference, channel, route, direction, received_at, size, state)
            values ('%s', '%s', 'email', 'bench', 'inbound', now() - %d * interval '1 hour', 2000, 'quarantined')
            """;
    private static final List<String> STATEMENTS = List.of(
            """
            insert into enquiry_work (enquiry_id, status, status_at, answer, answered_by, assigned_to, opened_at, opened_by, version, changed_by)
            select e.id, case when not e.done then 'in-hand' when e.automatic is not null then 'closed' else 'answered' end,
                coalesce(o.received_at, e.received_at + (e.id % 90) * interval '1 hour'),
                case when not e.done then null when o.id is not null then 'message' when e.automatic is not null then 'none-needed'
                    when e.id % 2 = 0 then 'telephone' else 'letter' end,
                o.id, 1 + (e.id / 5) % 10, e.received_at + interval '1 hour', 'staff:priya', 1, 'staff:priya'
            from enquiry e left join enquiry o on o.id = e.id + 1 and o.direction = 'outbound'
            where e.direction = 'inbound' and (e.done or e.id % 2 = 0)
            """,
            "update enquiry_work set urgent_by = 'staff:priya', urgent_at = status_at where enquiry_id % 2000 = 2",
            "update enquiry_work set sensitive = 'politics' where enquiry_id %% %d = %d"
                    .formatted(SENSITIVE_OF, SENSITIVE),
            """
            update enquiry_work w set not_enquiry = 'spam', not_enquiry_at = e.received_at from enquiry e
            where e.id = w.enquiry_id and e.automatic = 'probably-spam' and e.received_at > now() - interval '28 days'
            """,
            "insert into local_authority select 'B' || lpad(n::text, 8, '0'), 'Authority ' || n from generate_series(0, 349) n",
            """
            insert into postcode_authority (postcode, authority)
            select 'QX' || n / 10 || ' ' || n % 10 || 'AA', 'B' || lpad((n % 350)::text, 8, '0') from generate_series(100, 4099) n
            """,
            """
            insert into claim (enquiry_id, contact_id, kind, value)
            select id, contact_id, 'postcode', 'qx' || n / 10 || n % 10 || 'aa'
            from (select id, contact_id, 100 + abs(hashint8(id)) % 4000 as n from enquiry where direction = 'inbound' and id % 5 < 2) e
            """,
            """
            insert into enquiry_location (enquiry_id, authority, set_by, set_at)
            select id, 'B' || lpad((id % 350)::text, 8, '0'), 'staff:priya', received_at from enquiry where direction = 'inbound' and id % 50 = 3
            """,
            """
            insert into audit_event (at, actor, action, subject_kind, subject_id, detail)
            select received_at, 'job:filing', 'FILED', 'enquiry', id::text, resolved_by from enquiry order by received_at
            """,
            """
            insert into audit_event (at, actor, action, subject_kind, subject_id, detail)
            select received_at, 'job:filing', 'QUARANTINED', 'receipt', receipt_id, 'too-large' from enquiry where id % 300 = 1 order by received_at
            """,
            """
            insert into quarantine (receipt_id, reason_code, reason, quarantined_at, channel, route, received_at)
            select id, 'too-large', 'It is larger than Postbag takes.', received_at, channel, route, received_at from receipt where state = 'quarantined'
            """,
            """
            insert into review (matter, subject_key, contact_id, raised_at, state)
            select 'name-differs', 'contact:' || id, id, created_at, case when id % 500 = 2 then 'open' else 'settled' end from contact where id % 100 = 2
            """,
            """
            insert into contact_match (one, other, log_odds, decision, model, found_at, verdict, decided_by, decided_at)
            select id, id + 1, 2 + id % 70 / 10.0, 'review', 'bench', created_at, verdict, case when verdict is not null then 'staff:owen' end,
                case when verdict is not null then created_at end
            from (select id, created_at, case id / 50 % 5 when 0 then 'same' when 1 then 'not-same' when 2 then 'not-sure' end as verdict
                from contact where id % 50 = 6) c
            """,
            "update contact set merged_into = id - 1 where id % 200 = 8 and id > (select max(id) / 2 from contact)",
            """
            insert into merge (survivor, merged, merged_by, merged_at)
            select merged_into, id, 'staff:owen', created_at from contact where merged_into is not null
            """);

    private WorkedRecord() {}

    /** @param statement of the owner's, on a record that is whole */
    static void add(Statement statement) throws SQLException {
        // All days are noted once, at the end.
        statement.execute("set session_replication_role = replica");
        for (int n = 1; n <= QUARANTINED; n++) {
            var id = LargeRecord.receipt(-n);
            statement.execute(RECEIPT.formatted(id, id.reference().value(), n));
        }
        for (var sql : STATEMENTS) {
            statement.execute(sql);
        }
        statement.execute("set session_replication_role = origin");
        statement.execute("insert into day_work (day) select distinct uk_day(received_at) from receipt");
    }
}
