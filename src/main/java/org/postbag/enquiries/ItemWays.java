package org.postbag.enquiries;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.AuditTrail.Entry;
import org.postbag.audit.Subject;
import org.postbag.receiving.Channel;
import org.postbag.receiving.DamagedRawItem;
import org.postbag.receiving.IdentityKey;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Reference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds one item and tells the way that it took: received, stored, filed, indexed. What it is looked for by is kept nowhere. */
@Component
public class ItemWays {

    /** Longer than any id of a source. */
    public static final int TYPED_LENGTH_MAX = 1_000;

    private static final int FOUND_MAX = 20;
    private static final int HISTORY_MAX = 100;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final Set<Channel> BY_SERIES = EnumSet.of(
            Channel.TELEPHONE,
            Channel.SOCIAL_TOOL,
            Channel.PUBLIC_REGISTER,
            Channel.X,
            Channel.FACEBOOK,
            Channel.BY_HAND);

    private final JdbcClient jdbc;
    private final RawStore raw;
    private final ObjectProvider<IdentityKey> identity;
    private final ObjectProvider<IndexedTimes> indexed;
    private final AuditTrail trail;

    ItemWays(
            JdbcClient jdbc,
            @Lazy RawStore raw,
            ObjectProvider<IdentityKey> identity,
            ObjectProvider<IndexedTimes> indexed,
            AuditTrail trail) {
        this.jdbc = jdbc;
        this.raw = raw;
        this.identity = identity;
        this.indexed = indexed;
        this.trail = trail;
    }

    /**
     * Items by a reference, by an item's id, or by the id that their source knows them by: a call's or a message's (its keyed hash is what is kept), or a mail's
     * Message-ID. There are several where a source's item was corrected, and for a reference hardly ever.
     */
    public List<ReceiptId> find(String typed) {
        var text = typed.strip();
        if (text.isEmpty() || text.length() > TYPED_LENGTH_MAX) {
            return List.of();
        }
        if (ID.matcher(text).matches()) {
            return List.of(new ReceiptId(text));
        }
        var reference = Reference.parse(text);
        var found = reference.isPresent() ? byReference(reference.get()) : List.<ReceiptId>of();
        return found.isEmpty() ? byExternalId(text) : found;
    }

    private List<ReceiptId> byReference(Reference reference) {
        return jdbc.sql("select id from receipt where id >= :from and id < :before order by id limit " + FOUND_MAX)
                .param("from", reference.idsFrom())
                .param("before", reference.idsBefore())
                .query((row, n) -> new ReceiptId(row.getString("id")))
                .list();
    }

    private List<ReceiptId> byExternalId(String text) {
        var key = identity.getIfAvailable();
        var series = key == null
                ? new String[0]
                : BY_SERIES.stream()
                        .map(channel -> key.stands(channel, text.getBytes(StandardCharsets.UTF_8)))
                        .toArray(String[]::new);
        return jdbc.sql("""
                        select receipt_id from enquiry where series = any(:series::text[])
                        union
                        select id from receipt where series = any(:series::text[]) and series is not null and state = 'erased'
                        union
                        select id from receipt where series = any(:series::text[]) and state in ('waiting', 'quarantined', 'discarded')
                        union
                        select e.receipt_id from thread_key k join enquiry e on e.thread_id = k.thread_id and e.message_id = k.key
                        where k.key = :messageId
                        limit :limit
                        """)
                .param("series", series)
                .param("messageId", text.replaceAll("^<|>$", ""))
                .param("limit", FOUND_MAX)
                .query((row, n) -> new ReceiptId(row.getString(1)))
                .list();
    }

    private record Row(
            Receipt receipt,
            ReceiptState state,
            Instant stateAt,
            @Nullable String reason,
            @Nullable Long enquiryId,
            @Nullable Instant sentAt,
            @Nullable Instant waitsSince) {}

    /** Empty where neither the record nor the raw store has it. */
    public Optional<ItemWay> of(ReceiptId id) {
        var row = jdbc.sql("""
                        select r.*, q.reason, e.id as enquiry_id, w.since
                        from receipt r left join quarantine q on q.receipt_id = r.id left join enquiry e on e.receipt_id = r.id
                        left join index_work w on w.enquiry_id = e.id
                        where r.id = ?
                        """).param(id.hex()).query((found, n) -> row(found)).optional();
        return row.isPresent() ? Optional.of(way(row.get())) : onlyStored(id);
    }

    private ItemWay way(Row row) {
        var stored = stored(row.receipt().id(), row.receipt().channel());
        var enquiry = row.enquiryId();
        return new ItemWay(
                row.receipt().origin() == null && stored.receipt() != null ? stored.receipt() : row.receipt(),
                stored.raw(),
                row.state(),
                row.stateAt(),
                row.reason(),
                enquiry,
                row.sentAt(),
                enquiry == null ? null : new ItemWay.Index(row.waitsSince(), indexedAt(enquiry)),
                history(row.receipt().id()));
    }

    private @Nullable Instant indexedAt(long enquiry) {
        return indexed.stream()
                .flatMap(times -> times.of(enquiry).stream())
                .findFirst()
                .orElse(null);
    }

    /** What was acknowledged and isn't filed yet, or whose receipt was lost with Kafka. */
    private Optional<ItemWay> onlyStored(ReceiptId id) {
        for (var channel : Channel.values()) {
            var stored = stored(id, channel);
            if (stored.receipt() != null) {
                return Optional.of(
                        new ItemWay(stored.receipt(), stored.raw(), null, null, null, null, null, null, history(id)));
            }
        }
        return Optional.empty();
    }

    private record Stored(ItemWay.Raw raw, @Nullable Receipt receipt) {}

    private Stored stored(ReceiptId id, Channel channel) {
        try {
            return raw.receipt(id, channel)
                    .map(receipt -> new Stored(ItemWay.Raw.THERE, receipt))
                    .orElseGet(() -> new Stored(ItemWay.Raw.MISSING, null));
        } catch (DamagedRawItem damaged) {
            return new Stored(ItemWay.Raw.DAMAGED, null);
        } catch (IOException away) {
            return new Stored(ItemWay.Raw.AWAY, null);
        }
    }

    private List<Entry> history(ReceiptId id) {
        return trail.history(Subject.receipt(id.hex()), HISTORY_MAX).stream()
                .map(entry -> new Entry(
                        entry.at(), entry.actor(), entry.actorName(), entry.action(), entry.detail(), null, null))
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        long enquiry = row.getLong("enquiry_id");
        boolean filed = !row.wasNull();
        var sent = row.getObject("sent_at", OffsetDateTime.class);
        var since = row.getObject("since", OffsetDateTime.class);
        return new Row(
                StoredReceipts.receipt(row),
                ReceiptState.of(row.getString("state")),
                row.getObject("state_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                filed ? enquiry : null,
                sent == null ? null : sent.toInstant(),
                since == null ? null : since.toInstant());
    }
}
