package org.postbag.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps of which identifiers it is known that they are their contact's own. A verified address and a verified address of another contact are of two people, as
 * far as a program may say; a sender's address that nobody verified files an enquiry and opens no door.
 */
@Component
public class Verifying {

    private final JdbcClient jdbc;
    private final ContactTables tables;
    private final MatchWork matchWork;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final java.time.Clock clock;

    Verifying(
            JdbcClient jdbc,
            ContactTables tables,
            MatchWork matchWork,
            AuditTrail audit,
            TransactionTemplate transaction,
            java.time.Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.matchWork = matchWork;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * That somebody read what is sent to an address.
     *
     * @param identifierId the address that it came from
     * @param receiptId of the item that shows it
     */
    public record Proof(long contactId, long identifierId, String receiptId, Instant at) {}

    /** In the caller's transaction, which has the contacts locked. The earliest proof is kept, in whatever order they come. */
    public void verify(List<Proof> proofs) {
        for (var proof : proofs) {
            int changed = jdbc.sql("""
                            update identifier_use set verified_at = :at::timestamptz, verified_by = 'receipt:' || :receipt
                            where identifier_id = :identifier and contact_id = :contact
                                and (verified_at is null or verified_by like 'receipt:%'
                                    and (verified_at, verified_by) > (:at::timestamptz, 'receipt:' || :receipt))
                            """)
                    .param("at", proof.at().toString())
                    .param("receipt", proof.receiptId())
                    .param("identifier", proof.identifierId())
                    .param("contact", proof.contactId())
                    .update();
            if (changed > 0) {
                matchWork.add(List.of(proof.contactId()));
            }
        }
    }

    /**
     * What staff have seen to.
     *
     * @param verified false takes it back
     * @return false where it stood so already, or the contact doesn't use the identifier
     */
    public boolean verify(long contactId, long identifierId, boolean verified, String actor) {
        return Objects.requireNonNull(transaction.<Boolean>execute(status -> {
            if (!tables.lockIdentifier(identifierId) || tables.lock(contactId).isEmpty()) {
                return false;
            }
            int changed = jdbc.sql("""
                            update identifier_use set verified_at = case when :verified then :now::timestamptz end,
                                verified_by = case when :verified then :actor end
                            where identifier_id = :identifier and contact_id = :contact and (verified_at is not null) <> :verified
                            """)
                    .param("verified", verified)
                    .param("now", clock.instant().toString())
                    .param("actor", actor)
                    .param("identifier", identifierId)
                    .param("contact", contactId)
                    .update();
            if (changed > 0) {
                var value = tables.identifier(identifierId).orElseThrow().value();
                audit.record(new AuditEvent(
                        actor,
                        Action.CORRECTED,
                        Subject.contact(contactId),
                        "Verified",
                        verified ? null : value,
                        verified ? value : null));
                matchWork.add(List.of(contactId));
            }
            return changed > 0;
        }));
    }
}
