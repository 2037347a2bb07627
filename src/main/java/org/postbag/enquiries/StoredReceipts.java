package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Receipts as the database keeps them. */
@Component
class StoredReceipts {

    private final JdbcClient jdbc;

    StoredReceipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Receipt> ofEnquiry(long enquiryId) {
        return jdbc.sql("select r.* from receipt r join enquiry e on e.receipt_id = r.id where e.id = :id")
                .param("id", enquiryId)
                .query((row, n) -> receipt(row))
                .optional();
    }

    Optional<Receipt> byId(ReceiptId id) {
        return jdbc.sql("select * from receipt where id = :id")
                .param("id", id.hex())
                .query((row, n) -> receipt(row))
                .optional();
    }

    Optional<ReceiptState> state(ReceiptId id) {
        return jdbc.sql("select state from receipt where id = :id")
                .param("id", id.hex())
                .query((row, n) -> ReceiptState.of(row.getString("state")))
                .optional();
    }

    /** Replays that a crash or a server's absence left behind. */
    List<Receipt> waitingSince(Instant before, int limit) {
        return jdbc.sql(
                        "select * from receipt where state = 'waiting' and state_at <= :before::timestamptz order by state_at limit :limit")
                .param("before", before.toString())
                .param("limit", limit)
                .query((row, n) -> receipt(row))
                .list();
    }

    static Receipt receipt(ResultSet row) throws SQLException {
        int sourceRow = row.getInt("source_row");
        boolean hasRow = !row.wasNull();
        return new Receipt(
                new ReceiptId(row.getString("id")),
                Channel.of(row.getString("channel")).orElseThrow(),
                Direction.of(row.getString("direction")),
                row.getString("route"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getLong("size"),
                row.getString("series"),
                row.getString("profile"),
                row.getString("source_file"),
                hasRow ? sourceRow : null,
                row.getBoolean("junk"),
                null,
                origin(row),
                null);
    }

    private static Receipt.@Nullable Origin origin(ResultSet row) throws SQLException {
        var node = row.getString("node");
        int version = row.getInt("route_version");
        boolean hasVersion = !row.wasNull();
        return node == null ? null : new Receipt.Origin(node, hasVersion ? version : null);
    }

    /** Those of these that are there. */
    List<Receipt> byIds(Collection<ReceiptId> ids) {
        return jdbc.sql("select * from receipt where id = any(:ids::text[]) order by id")
                .param("ids", ids.stream().map(ReceiptId::hex).toArray(String[]::new))
                .query((row, n) -> receipt(row))
                .list();
    }
}
