package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.OwnAddresses;
import org.postbag.receiving.Receipt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which enquiries are acknowledged by mail, and what became of it: at most one a thread, for its first message, and a few a day to one address (RFC 3834,
 * section 2). One that may have been sent is never sent again.
 */
@Component
public class Acknowledgements {

    static final String ACTOR = "job:acknowledging";

    /** What is older came with a backlog, or waited in quarantine: nobody expects to hear of it any more. */
    static final Duration WRITTEN_WITHIN = Duration.ofDays(2);

    /** The other messages of a thread that come at the same time are filed by then. */
    static final Duration SETTLED_AFTER = Duration.ofSeconds(15);

    static final int ADDRESS_PER_DAY_MAX = 5;

    /** What was begun that long ago was cut off: sending takes minutes at most. */
    private static final Duration CUT_OFF_AFTER = Duration.ofMinutes(30);

    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final Duration TRIED_AGAIN_AFTER_MAX = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final AcknowledgementSettings settings;
    private final OwnAddresses own;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Acknowledgements(
            JdbcClient jdbc,
            AcknowledgementSettings settings,
            OwnAddresses own,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.own = own;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What became of one, and when. */
    public record Shown(
            State state,
            boolean welsh,
            Instant at,
            @Nullable String reason) {}

    public enum State {
        WAITING("waiting"),
        SENDING("sending"),
        SENT("sent"),
        REFUSED("refused"),
        /** The connection or the program broke off while it was sent: it may have arrived. */
        UNSURE("unsure"),
        GIVEN_UP("given-up");

        private final String code;

        State(String code) {
            this.code = code;
        }

        static State of(String code) {
            for (var state : values()) {
                if (state.code.equals(code)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("No state of an acknowledgement is called " + code);
        }
    }

    /** One to be sent now: nobody else sends it meanwhile. */
    record Due(
            long enquiryId,
            String address,
            String language,
            String reference,
            @Nullable String messageId,
            int tries,
            Instant receivedAt) {}

    /** Those of the enquiries for which there is one. */
    public Map<Long, Shown> of(Collection<Long> enquiryIds) {
        var found = new LinkedHashMap<Long, Shown>();
        jdbc.sql("select * from acknowledgement where enquiry_id = any(:ids::bigint[])")
                .param("ids", enquiryIds.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("enquiry_id"), shown(row));
                });
        return found;
    }

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(
                State.of(row.getString("state")),
                row.getString("language").equals(AcknowledgementMail.WELSH),
                row.getObject("state_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"));
    }

    /**
     * Notes, in the caller's transaction, those that are owed.
     *
     * @param ids of the enquiries, in the order of the items
     */
    void add(List<Item.Readable> items, List<Long> ids) {
        if (!settings.enabled()) {
            return;
        }
        var now = clock.instant();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var address = item.answerTo();
            if (address != null && !own.has(address) && isFresh(item, now)) {
                jdbc.sql("""
                                insert into acknowledgement (enquiry_id, address, language, due_at, state_at)
                                values (:enquiry, :address, :language, :due::timestamptz, :now::timestamptz)
                                """)
                        .param("enquiry", ids.get(i))
                        .param("address", address.value())
                        .param("language", language(item))
                        .param("due", now.plus(SETTLED_AFTER).toString())
                        .param("now", now.toString())
                        .update();
            }
        }
    }

    private static String language(Item.Readable item) {
        return AcknowledgementMail.WELSH.equals(item.language())
                ? AcknowledgementMail.WELSH
                : AcknowledgementMail.ENGLISH;
    }

    private static boolean isFresh(Item.Readable item, Instant now) {
        var sentAt = item.sentAt();
        var from = now.minus(WRITTEN_WITHIN);
        return !item.receipt().route().equals(Receipt.BACKLOG_ROUTE)
                && item.appearance().receivedAt().isAfter(from)
                && (sentAt == null || sentAt.isAfter(from));
    }

    /** The next one that is to be sent, marked as being sent before anything is; those that turn out not to be owed go. */
    Optional<Due> next() {
        return Objects.requireNonNull(transaction.<Optional<Due>>execute(status -> {
            // One at a time looks what the thread and the address have had, and marks its own.
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('acknowledgement', 0))")
                    .query((row, n) -> n)
                    .list();
            cutOff();
            for (var due = firstDue(); due.isPresent(); due = firstDue()) {
                if (isOwed(due.get().enquiryId())) {
                    mark(due.get(), State.SENDING, null, clock.instant());
                    return due;
                }
                jdbc.sql("delete from acknowledgement where enquiry_id = ?")
                        .param(due.get().enquiryId())
                        .update();
            }
            return Optional.empty();
        }));
    }

    private void cutOff() {
        jdbc.sql("""
                        update acknowledgement set state = 'unsure', state_at = :now::timestamptz
                        where state = 'sending' and state_at < :before::timestamptz
                        """)
                .param("now", clock.instant().toString())
                .param("before", clock.instant().minus(CUT_OFF_AFTER).toString())
                .update();
    }

    private Optional<Due> firstDue() {
        return jdbc.sql("""
                        select a.*, e.reference, e.message_id, e.received_at from acknowledgement a join enquiry e on e.id = a.enquiry_id
                        where a.state = 'waiting' and a.due_at <= :now::timestamptz
                        order by a.due_at, a.enquiry_id limit 1 for update of a
                        """)
                .param("now", clock.instant().toString())
                .query((row, n) -> new Due(
                        row.getLong("enquiry_id"),
                        row.getString("address"),
                        row.getString("language"),
                        row.getString("reference"),
                        row.getString("message_id"),
                        row.getInt("tries"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Not where anything of the thread came or went before it, or one was sent for it, nor where the address has had enough of them today. */
    private boolean isOwed(long enquiryId) {
        return jdbc.sql("""
                        select not exists (
                                select from enquiry o left join acknowledgement b on b.enquiry_id = o.id
                                where o.thread_id = e.thread_id and o.id <> e.id
                                    and ((o.received_at, o.id) < (e.received_at, e.id) or b.state in ('sending', 'sent', 'unsure')))
                            and (select count(*) from acknowledgement b
                                where b.address = a.address and b.state in ('sending', 'sent', 'unsure')
                                    and b.state_at > :yesterday::timestamptz) < :max
                        from acknowledgement a join enquiry e on e.id = a.enquiry_id where a.enquiry_id = :enquiry
                        """)
                .param("yesterday", clock.instant().minus(Duration.ofDays(1)).toString())
                .param("max", ADDRESS_PER_DAY_MAX)
                .param("enquiry", enquiryId)
                .query(Boolean.class)
                .single();
    }

    void sent(Due due) {
        transaction.executeWithoutResult(status -> {
            mark(due, State.SENT, null, clock.instant());
            audit.record(new AuditEvent(ACTOR, Action.ACKNOWLEDGED, Subject.enquiry(due.enquiryId()), "By mail"));
        });
    }

    void refused(Due due, String reason) {
        mark(due, State.REFUSED, reason, clock.instant());
    }

    void unsure(Due due) {
        mark(due, State.UNSURE, null, clock.instant());
    }

    /** It is tried again later, each time after twice as long, and given up when nobody expects it any more. */
    void later(Due due, String reason) {
        var now = clock.instant();
        boolean late = due.receivedAt().isBefore(now.minus(WRITTEN_WITHIN));
        var pause = TRIED_AGAIN_AFTER.multipliedBy(1L << Math.min(due.tries(), 10));
        mark(
                due,
                late ? State.GIVEN_UP : State.WAITING,
                reason,
                now.plus(pause.compareTo(TRIED_AGAIN_AFTER_MAX) > 0 ? TRIED_AGAIN_AFTER_MAX : pause));
    }

    private void mark(Due due, State state, @Nullable String reason, Instant dueAt) {
        jdbc.sql("""
                        update acknowledgement set state = :state, state_at = :now::timestamptz, reason = :reason, due_at = :due::timestamptz,
                            tries = tries + case when :state = 'sending' then 1 else 0 end
                        where enquiry_id = :enquiry
                        """)
                .param("state", state.code)
                .param("now", clock.instant().toString())
                .param("reason", reason)
                .param("due", dueAt.toString())
                .param("enquiry", due.enquiryId())
                .update();
    }
}
