package org.postbag.enquiries;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files the items that a batch has in hand, or tries them, and tells what became of them. */
@Component
class QuarantineOutcomes {

    private final JdbcClient jdbc;
    private final StoredReceipts receipts;
    private final Filer filer;
    private final DryRun dryRun;
    private final NotReplayed notReplayed;

    QuarantineOutcomes(JdbcClient jdbc, StoredReceipts receipts, Filer filer, DryRun dryRun, NotReplayed notReplayed) {
        this.jdbc = jdbc;
        this.receipts = receipts;
        this.filer = filer;
        this.dryRun = dryRun;
        this.notReplayed = notReplayed;
    }

    /** What became of items: how many were filed, are of an erased one, can't be filed for which reason. */
    record Told(long done, long refused, Map<String, Long> again) {}

    /** Files items that are waiting. */
    Told filed(List<ReceiptId> items) {
        filer.file(receipts.byIds(items));
        long done = 0;
        long refused = 0;
        var again = new HashMap<String, Long>();
        record Line(String state, @Nullable String code, long number) {}
        for (var line : jdbc.sql("""
                        select r.state, q.reason_code, count(*) as number from receipt r left join quarantine q on q.receipt_id = r.id
                        where r.id = any(:ids::text[]) group by 1, 2
                        """)
                .param("ids", QuarantineBatches.hex(items))
                .query((row, n) ->
                        new Line(row.getString("state"), row.getString("reason_code"), row.getLong("number")))
                .list()) {
            switch (ReceiptState.of(line.state())) {
                case FILED -> done += line.number();
                case ERASED -> refused += line.number();
                case QUARANTINED, DISCARDED, WAITING ->
                    again.merge(Objects.requireNonNullElse(line.code(), "waiting"), line.number(), Long::sum);
            }
        }
        return new Told(done, refused, again);
    }

    /** Looks what would become of items, and changes nothing. */
    Told tried(List<ReceiptId> items) {
        long done = 0;
        var barred = notReplayed.of(items);
        var again = new HashMap<String, Long>();
        for (var id : items) {
            if (barred.containsKey(id)) {
                continue;
            }
            switch (dryRun.of(id)) {
                case WouldBe.Enquiry _, WouldBe.ListEntry _, WouldBe.Withdrawn _ -> done++;
                case WouldBe.Refused no -> again.merge(no.code(), 1L, Long::sum);
                case WouldBe.NotInQuarantine _ -> again.merge("not-in-quarantine", 1L, Long::sum);
                case WouldBe.Away _ -> throw new ServerAway(new IllegalStateException("A server is away"));
            }
        }
        return new Told(done, barred.size(), again);
    }
}
