package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcReviews implements Reviews {

    /** Counting stops here: that it is very many is all that a person needs to know. */
    private static final int COUNT_MAX = 10_000;

    private final JdbcClient jdbc;
    private final ContactTables tables;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JdbcReviews(JdbcClient jdbc, ContactTables tables, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Review> open(int offset, int limit) {
        return jdbc
                .sql(
                        "select * from review where state = 'open' order by raised_at desc, id desc offset :offset limit :limit")
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> row(row))
                .list()
                .stream()
                .map(this::review)
                .toList();
    }

    @Override
    public long openCount() {
        return jdbc.sql("select count(*) from review where state = 'open'")
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<Review> byId(long id) {
        return jdbc.sql("select * from review where id = :id")
                .param("id", id)
                .query((row, n) -> row(row))
                .optional()
                .map(this::review);
    }

    @Override
    public List<Review> ofContact(long contactId) {
        return jdbc
                .sql("""
                        with family as materialized (select id from family_of(:id))
                        select * from review r where r.state = 'open' and (r.contact_id in (select id from family)
                            or r.identifier_id in (
                                select identifier_id from identifier_use where contact_id in (select id from family) and state <> 'retired')
                            or r.matter = 'claim-of-another' and exists (
                                select from claim c where c.identifier_id = r.identifier_id and c.contact_id in (select id from family)))
                        order by r.id limit :limit
                        """)
                .param("id", contactId)
                .param("limit", CONTACTS_SHOWN_MAX)
                .query((row, n) -> row(row))
                .list()
                .stream()
                .map(this::review)
                .toList();
    }

    @Override
    public boolean settle(long id, String how, String actor) {
        return change(id, "open", "settled", how, actor);
    }

    @Override
    public boolean reopen(long id, String actor) {
        return change(id, "settled", "open", "Opened again", actor);
    }

    private boolean change(long id, String from, String to, String how, String actor) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean settled = to.equals("settled");
            int changed = jdbc.sql("""
                            update review set state = :to, settled_by = :by, settled_at = :at::timestamptz where id = :id and state = :from
                            """)
                    .param("id", id)
                    .param("from", from)
                    .param("to", to)
                    .param("by", settled ? actor : null)
                    .param("at", settled ? clock.instant().toString() : null)
                    .update();
            if (changed == 1) {
                audit.record(new AuditEvent(
                        actor,
                        settled ? Action.CONFIRMED : Action.RESTORED,
                        new Subject("review", Long.toString(id)),
                        how));
            }
            return changed == 1;
        }));
    }

    private record Row(
            long id,
            Matter matter,
            long contactId,
            long identifierId,
            java.time.Instant raisedAt,
            boolean open,
            Optional<String> settledBy) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                Matter.of(row.getString("matter")),
                row.getLong("contact_id"),
                row.getLong("identifier_id"),
                row.getObject("raised_at", OffsetDateTime.class).toInstant(),
                row.getString("state").equals("open"),
                Optional.ofNullable(row.getString("settled_by")));
    }

    private Review review(Row row) {
        var ids = concerned(row);
        return new Review(
                row.id(),
                row.matter(),
                row.identifierId() == 0 ? null : row.identifierId(),
                row.identifierId() == 0
                        ? null
                        : tables.identifier(row.identifierId()).orElse(null),
                tables.contacts(ids.stream().limit(CONTACTS_SHOWN_MAX).toList()),
                ids.size(),
                row.raisedAt(),
                row.open(),
                row.settledBy().orElse(null),
                row.matter() == Matter.CLAIM_OF_ANOTHER ? claimedIn(row.identifierId()) : List.of());
    }

    private List<Long> claimedIn(long identifierId) {
        return jdbc.sql(
                        "select distinct enquiry_id from claim where identifier_id = :identifier order by 1 limit :limit")
                .param("identifier", identifierId)
                .param("limit", COUNT_MAX)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /** Whom it is about; else who uses the identifier, and, where that is the matter, who claims it. As they are shown. */
    private List<Long> concerned(Row row) {
        return jdbc.sql("""
                        select distinct coalesce(c.merged_into, c.id) from (
                            select contact_id from identifier_use where identifier_id = :identifier and state <> 'retired'
                            union
                            select contact_id from claim where identifier_id = :identifier and :claims
                            union
                            select :contact) concerned
                        join contact c on c.id = concerned.contact_id
                        order by 1 limit :limit
                        """)
                .param("contact", row.contactId())
                .param("identifier", row.identifierId())
                .param("claims", row.matter() == Matter.CLAIM_OF_ANOTHER)
                .param("limit", COUNT_MAX)
                .query((r, n) -> r.getLong(1))
                .list();
    }
}
