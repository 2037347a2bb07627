package org.postbag.enquiries;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.postbag.receiving.ReceiptId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Items in quarantine that belong to what was erased, or to somebody whose records are restricted: a replay would bring them back. Before an item is
 * read nobody knows whose it is, but for its series: a correction, an edit or a deletion of what was erased. An erased person left no address behind
 * by which they could be known again, so nobody else can be told.
 */
@Component
class NotReplayed {

    static final String ERASED = "What it corrects or belongs to was erased, so it may not be filed. Discard it.";

    private final JdbcClient jdbc;
    private final ObjectProvider<PersonBarred> barred;
    private final DryRun dryRun;

    NotReplayed(JdbcClient jdbc, ObjectProvider<PersonBarred> barred, DryRun dryRun) {
        this.jdbc = jdbc;
        this.barred = barred;
        this.dryRun = dryRun;
    }

    /** Those of these items that are refused, and why. */
    Map<ReceiptId, String> of(Collection<ReceiptId> ids) {
        var refused = new HashMap<ReceiptId, String>();
        jdbc.sql("""
                        select r.id from receipt r
                        where r.id = any(:ids::text[]) and r.state = 'quarantined' and r.series is not null and exists (
                            select from receipt e where e.series = r.series and e.state = 'erased' and e.channel = r.channel)
                        """)
                .param("ids", ids.stream().map(ReceiptId::hex).toArray(String[]::new))
                .query(row -> {
                    refused.put(new ReceiptId(row.getString("id")), ERASED);
                });
        var told = barred.stream().toList();
        if (!told.isEmpty()) {
            for (var id : ids) {
                if (!refused.containsKey(id) && dryRun.of(id) instanceof WouldBe.Enquiry enquiry) {
                    told.stream()
                            .flatMap(one -> one.why(enquiry.contactId()).stream())
                            .findFirst()
                            .ifPresent(why -> refused.put(id, why));
                }
            }
        }
        return refused;
    }
}
