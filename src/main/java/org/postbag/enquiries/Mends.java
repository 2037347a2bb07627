package org.postbag.enquiries;

import java.nio.charset.Charset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Mend;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What staff set right of items, kept beside their receipts: whoever reads an item applies it, so that it is filed, and shown, as it was mended. Recorded
 * with what was there before. It goes with the item when that is erased.
 */
@Component
public class Mends {

    public static final int NAME_LENGTH_MAX = 300;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Mends(JdbcClient jdbc, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A mend as it is kept.
     *
     * @param version to be given back when it is changed, so that nobody writes over another's
     * @param by {@code staff:<username>}
     */
    public record Kept(Mend mend, int version, String by, Instant at) {}

    /** How a change ended. */
    public sealed interface Saved {

        record Done() implements Saved {}

        /** Somebody else changed it meanwhile, or took it away (null). */
        record ChangedMeanwhile(@Nullable Kept now) implements Saved {}

        /** It is no longer in quarantine. */
        record NotInQuarantine() implements Saved {}
    }

    public Optional<Kept> kept(ReceiptId id) {
        return jdbc.sql("select * from mend where receipt_id = ?")
                .param(id.hex())
                .query((row, n) -> kept(row))
                .optional();
    }

    Mend of(ReceiptId id) {
        return kept(id).map(Kept::mend).orElse(Mend.NONE);
    }

    /** Those that there are, by receipt. */
    Map<ReceiptId, Mend> of(Collection<ReceiptId> ids) {
        var mends = new HashMap<ReceiptId, Mend>();
        jdbc.sql("select * from mend where receipt_id = any(:ids::text[])")
                .param("ids", ids.stream().map(ReceiptId::hex).toArray(String[]::new))
                .query(row -> {
                    mends.put(new ReceiptId(row.getString("receipt_id")), mend(row));
                });
        return mends;
    }

    /**
     * Sets what is to be right of an item in quarantine.
     *
     * @param mend all of it; {@link Mend#NONE} takes back what there is
     * @param version that was seen, 0 where there was none
     */
    public Saved save(ReceiptId id, Mend mend, int version, String actor) {
        return Objects.requireNonNull(transaction.<Saved>execute(status -> {
            // The receipt's lock keeps a replay out, which would file it as it was.
            boolean there = jdbc.sql("select id from receipt where id = ? and state = 'quarantined' for update")
                    .param(id.hex())
                    .query(String.class)
                    .optional()
                    .isPresent();
            if (!there) {
                return new Saved.NotInQuarantine();
            }
            var before = kept(id);
            if (before.map(Kept::version).orElse(0) != version) {
                return new Saved.ChangedMeanwhile(before.orElse(null));
            }
            var was = before.map(Kept::mend).orElse(Mend.NONE);
            if (!was.equals(mend)) {
                write(id, mend, actor);
                audit.record(new AuditEvent(
                        actor, Action.SET_RIGHT, Subject.receipt(id.hex()), what(was, mend), words(was), words(mend)));
            }
            return new Saved.Done();
        }));
    }

    private void write(ReceiptId id, Mend mend, String actor) {
        if (mend.isNone()) {
            jdbc.sql("delete from mend where receipt_id = ?").param(id.hex()).update();
            return;
        }
        var sender = mend.sender() == null ? Sender.NOBODY : mend.sender();
        var email = sender.email();
        var telephone = sender.telephone();
        jdbc.sql("""
                        insert into mend (receipt_id, charset, profile, name, email, telephone, mended_by, mended_at)
                        values (:id, :charset, :profile, :name, :email, :telephone, :by, :at::timestamptz)
                        on conflict (receipt_id) do update set charset = excluded.charset, profile = excluded.profile, name = excluded.name,
                            email = excluded.email, telephone = excluded.telephone, mended_by = excluded.mended_by,
                            mended_at = excluded.mended_at, version = mend.version + 1
                        """)
                .param("id", id.hex())
                .param("charset", mend.charset() == null ? null : mend.charset().name())
                .param("profile", mend.profile())
                .param("name", CleanText.ofNullable(sender.name(), NAME_LENGTH_MAX))
                .param("email", email == null ? null : email.value())
                .param("telephone", telephone == null ? null : telephone.e164())
                .param("by", actor)
                .param("at", clock.instant().toString())
                .update();
    }

    /** Which of the three changed, without what they are. */
    private static String what(Mend was, Mend is) {
        var changed = new ArrayList<String>();
        if (!Objects.equals(was.charset(), is.charset())) {
            changed.add("charset");
        }
        if (!Objects.equals(was.profile(), is.profile())) {
            changed.add("profile");
        }
        if (!Objects.equals(was.sender(), is.sender())) {
            changed.add("sender");
        }
        return String.join(", ", changed);
    }

    /** All of a mend in one line, which may be personal; null where there is none. */
    static @Nullable String words(Mend mend) {
        var said = new ArrayList<String>();
        if (mend.charset() != null) {
            said.add("charset " + mend.charset().name());
        }
        if (mend.profile() != null) {
            said.add("profile " + mend.profile());
        }
        var sender = mend.sender();
        if (sender != null) {
            var email = sender.email();
            var telephone = sender.telephone();
            var parts = new ArrayList<String>();
            for (var part : List.of(
                    sender.name() == null ? "" : sender.name(),
                    email == null ? "" : "<" + email.value() + ">",
                    telephone == null ? "" : telephone.shown())) {
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
            said.add("sender " + String.join(" ", parts));
        }
        return said.isEmpty() ? null : String.join("; ", said);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                mend(row),
                row.getInt("version"),
                row.getString("mended_by"),
                row.getObject("mended_at", OffsetDateTime.class).toInstant());
    }

    private static Mend mend(ResultSet row) throws SQLException {
        var charset = row.getString("charset");
        var name = row.getString("name");
        var email = row.getString("email");
        var telephone = row.getString("telephone");
        var sender = name == null && email == null && telephone == null
                ? null
                : new Sender(
                        name,
                        email == null ? null : new EmailAddress(email),
                        telephone == null ? null : new Telephone(telephone),
                        null,
                        null);
        return new Mend(charset == null ? null : Charset.forName(charset), row.getString("profile"), sender);
    }
}
