package org.postbag.console.reaching;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Records each look at a source, and shows content only to who may see it and whose look was recorded. */
@Component
@Profile("!command")
public final class LookTrail {

    private static final Logger LOG = LoggerFactory.getLogger(LookTrail.class);
    private static final Set<Role> READERS =
            EnumSet.of(Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER);

    private final AuditTrail audit;
    private final CurrentStaff staff;
    private final TransactionTemplate transaction;

    LookTrail(AuditTrail audit, CurrentStaff staff, TransactionTemplate transaction) {
        this.audit = audit;
        this.staff = staff;
        this.transaction = transaction;
    }

    /** The same, masked where it must be. */
    List<WouldBe> recorded(Connector connector, boolean reached, List<WouldBe> found) {
        boolean reads = reads(found);
        var detail = "tested a connection: " + (reached ? "reached" : "not reached")
                + (found.isEmpty() ? "" : reads ? "; saw what one item says" : "; one item was read, and not shown");
        return isRecorded(new Subject("connector", connector.id()), detail) && reads
                ? found
                : found.stream().map(WouldBe::masked).toList();
    }

    /** What a sample of a route would become, masked likewise. A sample has a label in place of its name, so that stays. */
    public List<WouldBe> recorded(String route, String label, List<WouldBe> found) {
        boolean shown = reads(found) && isRecorded(new Subject("route", route), "saw what “" + label + "” says");
        return shown ? found : found.stream().map(one -> one.masked(one.item())).toList();
    }

    private boolean reads(List<WouldBe> found) {
        return !found.isEmpty() && staff.member().roles().stream().anyMatch(READERS::contains);
    }

    private boolean isRecorded(Subject subject, String detail) {
        try {
            transaction.executeWithoutResult(
                    status -> audit.record(new AuditEvent(staff.member().actor(), Action.LOOKED, subject, detail)));
            return true;
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("A look at a source could not be recorded, so nothing of what it found is shown");
            return false;
        }
    }
}
