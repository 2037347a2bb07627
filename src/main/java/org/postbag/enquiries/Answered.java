package org.postbag.enquiries;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.postbag.contacts.Verifying;
import org.postbag.contacts.Verifying.Proof;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds who has answered mail that we sent: they name its message id, which only those know who read it, so that the address that they answer from is their
 * own. A sender's address alone shows nothing, since anybody may write it.
 */
@Component
class Answered {

    private final JdbcClient jdbc;
    private final Verifying verifying;

    Answered(JdbcClient jdbc, Verifying verifying) {
        this.jdbc = jdbc;
        this.verifying = verifying;
    }

    /** In the transaction that files them: it makes no difference which of a mail of ours and its answer is filed first. */
    void note(List<Item.Readable> items, List<Long> threadIds) {
        var threads = new TreeSet<Long>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            boolean sent = item.appearance().direction() == Direction.OUTBOUND;
            if (item.appearance().channel() == Channel.EMAIL
                    && (sent ? item.messageId() != null : item.threadClues().answers() != null)) {
                threads.add(threadIds.get(i));
            }
        }
        if (!threads.isEmpty()) {
            verifying.verify(proofs(new ArrayList<>(threads)));
        }
    }

    private List<Proof> proofs(List<Long> threads) {
        return jdbc.sql("""
                        select distinct on (i.contact_id, i.identifier_id) i.contact_id, i.identifier_id, i.receipt_id, i.received_at
                        from enquiry i join enquiry o on o.thread_id = i.thread_id and o.direction = 'outbound' and o.message_id = i.in_reply_to
                        where i.thread_id = any(:threads::bigint[]) and i.direction = 'inbound' and i.channel = 'email' and i.automatic is null
                            and i.identifier_id is not null
                        order by i.contact_id, i.identifier_id, i.received_at, i.receipt_id
                        """)
                .param("threads", threads.toArray(Long[]::new))
                .query((row, n) -> new Proof(
                        row.getLong("contact_id"),
                        row.getLong("identifier_id"),
                        row.getString("receipt_id"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
