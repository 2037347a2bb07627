package org.postbag.enquiries;

import java.util.List;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that filing writes, told without the numbers that depend on the order of filing: a contact is named by the first of its receipts, a review
 * by what it is about. Two runs that end the same have equal records.
 */
final class Record {

    private Record() {}

    static String of(JdbcClient sql) {
        var all = new TreeMap<String, List<String>>();
        for (var part : PARTS) {
            all.put(part[0], lines(sql, part[1]));
        }
        var text = new StringBuilder();
        all.forEach((name, lines) -> {
            text.append(name).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }

    private static List<String> lines(JdbcClient sql, String select) {
        return sql
                .sql("with named as (select contact_id, min(receipt_id) as name from enquiry group by contact_id) "
                        + select)
                .query((row, n) -> {
                    var line = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        line.append(row.getMetaData().getColumnLabel(i))
                                .append('=')
                                .append(row.getString(i))
                                .append(' ');
                    }
                    return line.toString();
                })
                .list()
                .stream()
                .sorted()
                .toList();
    }

    private static final String[][] PARTS = {
        {"receipts", "select id, reference, channel, route, direction, received_at, state from receipt"},
        {"quarantine", "select receipt_id, reason_code, reason, discard_reason from quarantine"},
        {"contacts", """
            select n.name as contact, c.kind, c.category, c.name, c.name_source, c.item_name, c.given_name, c.named_at, c.named_by, c.claimed_name, c.claimed_by, c.organisation, c.identified,
                c.shared_mailbox, c.source, c.known_by, c.last_contact_at, c.created_at
            from contact c left join named n on n.contact_id = c.id
            """},
        {"uses", """
            select n.name as contact, i.kind, i.value, u.name_key, u.state, u.source, u.as_written, u.since
            from identifier_use u join identifier i on i.id = u.identifier_id left join named n on n.contact_id = u.contact_id
            """},
        {"identifiers", "select kind, value from identifier"},
        {"enquiries", """
            select n.name as contact, e.receipt_id, e.reference, e.channel, e.direction, e.capacity, e.subject, e.text, e.reply, e.from_name,
                e.from_address, e.received_at, e.automatic, e.damaged, e.resolved_by, e.base_subject, (select min(o.receipt_id) from enquiry o where o.thread_id = e.thread_id) as thread, t.started_at, t.last_contact_at,
                (select count(*) from index_work w where w.enquiry_id = e.id) as work,
                (select count(*) from audit_event a where a.action = 'FILED' and a.subject_kind = 'enquiry' and a.subject_id = e.id::text) as filed
            from enquiry e join thread t on t.id = e.thread_id and t.contact_id = e.contact_id join named n on n.contact_id = e.contact_id
            """},
        {
            "keys",
            "select k.key, (select min(e.receipt_id) from enquiry e where e.thread_id = k.thread_id) as thread from thread_key k"
        },
        {"failures", "select e.receipt_id, f.address from delivery_failure f join enquiry e on e.id = f.enquiry_id"},
        {"claims", """
            select e.receipt_id, c.kind, c.value, c.state, i.kind || ':' || i.value as identifier, c.contact_id = e.contact_id as same
            from claim c join enquiry e on e.id = c.enquiry_id left join identifier i on i.id = c.identifier_id
            """},
        {
            "files",
            "select e.receipt_id, a.position, a.name, a.type, a.size from attachment a join enquiry e on e.id = a.enquiry_id"
        },
        {"reviews", """
            select r.matter, n.name as contact, i.kind || ':' || i.value as identifier, r.state
            from review r left join named n on n.contact_id = r.contact_id left join identifier i on i.id = r.identifier_id
            """},
        {
            "threads nobody has",
            "select t.started_at from thread t where not exists (select from enquiry e where e.thread_id = t.id)"
        },
    };
}
