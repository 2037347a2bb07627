package org.postbag.enquiries;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.postbag.normalising.Mend;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files an item of quarantine as a replay would, in a transaction that is taken back: so it tells exactly what would become of it, and nothing is left
 * of it, not even in the trail.
 */
@Component
public class DryRun {

    private static final int TEXT_SHOWN_LENGTH_MAX = 10_000;

    private final JdbcClient jdbc;
    private final StoredReceipts receipts;
    private final Mends mends;
    private final ItemReader reader;
    private final Recording recording;
    private final TransactionTemplate transaction;

    DryRun(
            JdbcClient jdbc,
            StoredReceipts receipts,
            Mends mends,
            ItemReader reader,
            Recording recording,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.receipts = receipts;
        this.mends = mends;
        this.reader = reader;
        this.recording = recording;
        this.transaction = transaction;
    }

    /** As it is mended now. */
    public WouldBe of(ReceiptId id) {
        return of(id, mends.of(id));
    }

    /** As it would be with this mend, whatever is kept. */
    public WouldBe of(ReceiptId id, Mend mend) {
        var receipt = receipts.byId(id);
        if (receipt.isEmpty() || !receipts.state(id).equals(Optional.of(ReceiptState.QUARANTINED))) {
            return new WouldBe.NotInQuarantine();
        }
        return tried(() -> reader.read(receipt.get(), mend), true);
    }

    /** An item that the record doesn't know, as it would be if it came in now. */
    WouldBe of(Receipt receipt, byte[] content) {
        return tried(() -> reader.read(receipt, content), false);
    }

    /** Gives the item. */
    @FunctionalInterface
    private interface Read {
        Item item() throws IOException;
    }

    private WouldBe tried(Read read, boolean inQuarantine) {
        try {
            var item = read.item();
            return item instanceof Item.Refused refused
                    ? new WouldBe.Refused(refused.code(), refused.reason())
                    : Objects.requireNonNull(transaction.<WouldBe>execute(status -> {
                        status.setRollbackOnly();
                        return inQuarantine && !released(item.receipt().id())
                                ? new WouldBe.NotInQuarantine()
                                : recorded(item);
                    }));
        } catch (IOException | OutOfMemoryError away) {
            return new WouldBe.Away();
        } catch (RuntimeException fault) {
            return Fault.of(fault) == Fault.ITEM
                    ? new WouldBe.Refused("could-not-be-filed", "The item can be read, but Postbag fails in filing it.")
                    : new WouldBe.Away();
        }
    }

    private boolean released(ReceiptId id) {
        return jdbc.sql("update receipt set state = 'waiting' where id = ? and state = 'quarantined'")
                        .param(id.hex())
                        .update()
                > 0;
    }

    private WouldBe recorded(Item item) {
        var id = item.receipt().id();
        recording.record(List.of(item));
        return switch (receipts.state(id).orElseThrow()) {
            case FILED -> filed(id);
            case QUARANTINED -> refused(id);
            case WAITING, DISCARDED, ERASED -> new WouldBe.Withdrawn();
        };
    }

    private WouldBe refused(ReceiptId id) {
        return jdbc.sql("select reason_code, reason from quarantine where receipt_id = ?")
                .param(id.hex())
                .query((row, n) -> new WouldBe.Refused(row.getString("reason_code"), row.getString("reason")))
                .single();
    }

    private WouldBe filed(ReceiptId id) {
        return jdbc.sql("""
                        select e.*, c.name as contact_name, s.id as shown_id,
                            (select count(*) from enquiry o where o.contact_id in (select id from family_of(s.id)) and o.id <> e.id) as others,
                            array(select name from attachment a where a.enquiry_id = e.id order by position limit 20) as files
                        from enquiry e join contact o on o.id = e.contact_id
                        cross join lateral (select coalesce(o.merged_into, o.id) as id) s join contact c on c.id = s.id
                        where e.receipt_id = ?
                        """)
                .param(id.hex())
                .query((row, n) -> enquiry(row))
                .optional()
                .orElseGet(WouldBe.ListEntry::new);
    }

    private static WouldBe enquiry(ResultSet row) throws SQLException {
        var text = row.getString("text");
        var sentAt = row.getObject("sent_at", OffsetDateTime.class);
        return new WouldBe.Enquiry(
                row.getLong("shown_id"),
                row.getString("contact_name"),
                row.getLong("others"),
                row.getString("resolved_by"),
                row.getString("from_name"),
                row.getString("from_address"),
                sentAt == null ? null : sentAt.toInstant(),
                row.getString("subject"),
                CleanText.of(text, TEXT_SHOWN_LENGTH_MAX),
                text.length() > TEXT_SHOWN_LENGTH_MAX,
                texts(row, "damaged"),
                texts(row, "files"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null
                ? List.of()
                : Arrays.stream((String[]) array.getArray())
                        .filter(Objects::nonNull)
                        .toList();
    }
}
