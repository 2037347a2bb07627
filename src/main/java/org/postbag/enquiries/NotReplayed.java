package org.postbag.enquiries;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.postbag.receiving.Receipt;
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
public class NotReplayed {

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
        for (var id : ids) {
            if (!refused.containsKey(id)) {
                barred(() -> dryRun.of(id)).ifPresent(why -> refused.put(id, why));
            }
        }
        return refused;
    }

    /**
     * An item that the record doesn't know, and that is read again from its source.
     *
     * @param receipt as it would have it
     */
    public record Offered(Receipt receipt, byte[] content) {}

    /** Those of these that are refused, and why. */
    public Map<ReceiptId, String> ofUnknown(Collection<Offered> items) {
        var refused = new HashMap<ReceiptId, String>();
        var inSeries =
                items.stream().filter(item -> item.receipt().series() != null).toList();
        var erased = inSeries.isEmpty() ? Set.<String>of() : erased(inSeries);
        for (var item : items) {
            var receipt = item.receipt();
            if (receipt.series() != null && erased.contains(receipt.channel().code() + " " + receipt.series())) {
                refused.put(receipt.id(), ERASED);
            } else {
                barred(() -> dryRun.of(receipt, item.content())).ifPresent(why -> refused.put(receipt.id(), why));
            }
        }
        return refused;
    }

    private Set<String> erased(Collection<Offered> items) {
        return Set.copyOf(jdbc.sql("""
                        select distinct channel || ' ' || series from receipt where series = any(:series::text[]) and series is not null and state = 'erased'
                        """)
                .param(
                        "series",
                        items.stream().map(item -> item.receipt().series()).toArray(String[]::new))
                .query(String.class)
                .list());
    }

    private Optional<String> barred(Supplier<WouldBe> wouldBe) {
        var told = barred.stream().toList();
        return told.isEmpty() || !(wouldBe.get() instanceof WouldBe.Enquiry enquiry)
                ? Optional.empty()
                : told.stream()
                        .flatMap(one -> one.why(enquiry.contactId()).stream())
                        .findFirst();
    }
}
