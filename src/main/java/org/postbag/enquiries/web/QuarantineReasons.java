package org.postbag.enquiries.web;

import java.util.List;
import java.util.Optional;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.enquiries.ReceiptState;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Quarantine by reason, so that a hundred rows with one fault are one thing to look at. */
@Component
class QuarantineReasons {

    private final JdbcClient jdbc;
    private final Quarantine quarantine;

    QuarantineReasons(JdbcClient jdbc, Quarantine quarantine) {
        this.jdbc = jdbc;
        this.quarantine = quarantine;
    }

    /** @param words one of the reasons given under this code: they may differ in a number */
    record Reason(String code, String words, long count) {}

    /** The commonest first. */
    List<Reason> reasons(boolean discarded) {
        return jdbc.sql("""
                        select q.reason_code, min(q.reason) as words, count(*) as number
                        from quarantine q join receipt r on r.id = q.receipt_id
                        where r.state = ?
                        group by q.reason_code
                        order by number desc, q.reason_code
                        """)
                .param(state(discarded))
                .query((row, number) ->
                        new Reason(row.getString("reason_code"), row.getString("words"), row.getLong("number")))
                .list();
    }

    /** Items with a reason, newest first. */
    List<Item> items(boolean discarded, String reasonCode, int offset, int limit) {
        return jdbc
                .sql("""
                        select q.receipt_id
                        from quarantine q join receipt r on r.id = q.receipt_id
                        where r.state = ? and q.reason_code = ?
                        order by q.quarantined_at desc, q.receipt_id
                        offset ? limit ?
                        """)
                .params(state(discarded), reasonCode, offset, limit)
                .query((row, number) -> new ReceiptId(row.getString(1)))
                .list()
                .stream()
                .map(quarantine::byId)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String state(boolean discarded) {
        return (discarded ? ReceiptState.DISCARDED : ReceiptState.QUARANTINED).code();
    }
}
