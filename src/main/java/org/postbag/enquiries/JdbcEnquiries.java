package org.postbag.enquiries;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Message;
import org.postbag.normalising.Normaliser;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Reference;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcEnquiries implements Enquiries {

    private static final String ENQUIRIES =
            "select e.*, (select s.name from staff_member s where s.id = e.sent_by) as sent_by_name" + Kept.COLUMNS;
    private static final int SHOWN_MAX = 1_000;

    private final JdbcClient jdbc;
    private final RawStore raw;
    private final Normaliser normaliser;
    private final StoredReceipts receipts;
    private final Mends mends;

    JdbcEnquiries(
            JdbcClient jdbc, @Lazy RawStore raw, @Lazy Normaliser normaliser, StoredReceipts receipts, Mends mends) {
        this.jdbc = jdbc;
        this.raw = raw;
        this.normaliser = normaliser;
        this.receipts = receipts;
        this.mends = mends;
    }

    @Override
    public Optional<Enquiry> byId(long id) {
        return Optional.ofNullable(byIds(List.of(id)).get(id));
    }

    @Override
    public Map<Long, Enquiry> byIds(Collection<Long> ids) {
        var found = new LinkedHashMap<Long, Enquiry>();
        jdbc.sql(ENQUIRIES + "where e.id = any(:ids::bigint[])")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, n) -> enquiry(row))
                .list()
                .forEach(e -> found.put(e.id(), e));
        return found;
    }

    @Override
    public List<Enquiry> byReference(Reference reference) {
        return jdbc.sql(ENQUIRIES
                        + "where e.receipt_id >= :from and e.receipt_id < :before order by e.received_at, e.id")
                .param("from", reference.idsFrom())
                .param("before", reference.idsBefore())
                .query((row, n) -> enquiry(row))
                .list();
    }

    @Override
    public List<Enquiry> thread(long threadId, int limit) {
        return jdbc.sql(ENQUIRIES + "where e.thread_id = :thread order by e.received_at, e.id limit :limit")
                .param("thread", threadId)
                .param("limit", limit)
                .query((row, n) -> enquiry(row))
                .list();
    }

    @Override
    public List<Enquiry> series(String series) {
        return jdbc.sql(ENQUIRIES + "where e.series = :series order by e.received_at, e.id limit :limit")
                .param("series", series)
                .param("limit", SHOWN_MAX)
                .query((row, n) -> enquiry(row))
                .list();
    }

    @Override
    public List<Enquiry.File> files(long enquiryId) {
        return filesOf(List.of(enquiryId)).getOrDefault(enquiryId, List.of());
    }

    @Override
    public Map<Long, List<Enquiry.File>> filesOf(Collection<Long> enquiryIds) {
        var found = new LinkedHashMap<Long, List<Enquiry.File>>();
        jdbc.sql(
                        "select enquiry_id, position, name, type, size, text_state from attachment where enquiry_id = any(:ids::bigint[]) order by enquiry_id, position")
                .param("ids", enquiryIds.toArray(Long[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getLong("enquiry_id"), id -> new ArrayList<>())
                            .add(new Enquiry.File(
                                    row.getInt("position"),
                                    row.getString("name"),
                                    row.getString("type"),
                                    row.getLong("size"),
                                    row.getString("text_state")));
                });
        return found;
    }

    @Override
    public Optional<String> fileText(long enquiryId, int position, int length) {
        return jdbc.sql(
                        "select left(text, :length) from attachment where enquiry_id = :enquiry and position = :position and text is not null")
                .param("length", length)
                .param("enquiry", enquiryId)
                .param("position", position)
                .query((row, n) -> row.getString(1))
                .optional();
    }

    @Override
    public Optional<byte[]> raw(long enquiryId) throws IOException {
        var receipt = receipts.ofEnquiry(enquiryId);
        return receipt.isEmpty()
                ? Optional.empty()
                : raw.read(receipt.get().id(), receipt.get().channel());
    }

    @Override
    public Optional<Message> read(long enquiryId) throws IOException {
        var receipt = receipts.ofEnquiry(enquiryId);
        if (receipt.isEmpty()) {
            return Optional.empty();
        }
        var content = raw.read(receipt.get().id(), receipt.get().channel());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        return normaliser.again(
                                receipt.get(),
                                content.get(),
                                mends.of(receipt.get().id()))
                        instanceof Message message
                ? Optional.of(message)
                : Optional.empty();
    }

    private static Enquiry enquiry(ResultSet row) throws SQLException {
        var kept = Kept.of(row);
        return new Enquiry(
                row.getLong("id"),
                new ReceiptId(row.getString("receipt_id")),
                row.getString("reference"),
                Channel.of(row.getString("channel")).orElseThrow(),
                Direction.of(row.getString("direction")),
                row.getLong("contact_id"),
                row.getLong("thread_id"),
                row.getString("capacity"),
                row.getString("subject"),
                row.getString("text"),
                row.getString("reply"),
                row.getBoolean("has_html"),
                row.getString("from_name"),
                row.getString("from_address"),
                nullable(row, "sent_at"),
                moment(row, "received_at"),
                row.getString("topic"),
                row.getString("language"),
                row.getString("automatic"),
                Arrays.asList((String[]) row.getArray("damaged").getArray()),
                row.getString("series"),
                row.getString("sent_by_name"),
                row.getString("resolved_by"),
                row.getInt("version"),
                kept.until(),
                kept.rule());
    }

    static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant nullable(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
