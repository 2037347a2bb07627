package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.work.IndexWork;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcClaims implements Claims {

    private final JdbcClient jdbc;
    private final ContactTables tables;
    private final UseTable uses;
    private final MatterTables matters;
    private final AuditTrail audit;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final Families families;
    private final Clock clock;

    JdbcClaims(
            JdbcClient jdbc,
            ContactTables tables,
            AuditTrail audit,
            IndexWork work,
            MatchWork matchWork,
            Families families,
            Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.uses = new UseTable(jdbc);
        this.matters = new MatterTables(jdbc);
        this.audit = audit;
        this.work = work;
        this.matchWork = matchWork;
        this.families = families;
        this.clock = clock;
    }

    @Override
    public List<Claimed> ofEnquiry(long enquiryId) {
        return jdbc.sql("select * from claim where enquiry_id = :id order by id")
                .param("id", enquiryId)
                .query((row, n) -> claimed(row))
                .list();
    }

    @Override
    public Optional<Claimed> byId(long claimId) {
        return jdbc.sql("select * from claim where id = :id")
                .param("id", claimId)
                .query((row, n) -> claimed(row))
                .optional();
    }

    @Override
    public Decided confirm(long claimId, String actor) {
        return decide(claimId, actor, Action.CONFIRMED, State.CONFIRMED, Set.of(State.CLAIMED), this::use);
    }

    @Override
    public Decided dismiss(long claimId, String actor) {
        return decide(claimId, actor, Action.DISMISSED, State.DISMISSED, Set.of(State.CLAIMED), claim -> true);
    }

    @Override
    public Decided reopen(long claimId, String actor) {
        return decide(
                claimId, actor, Action.RESTORED, State.CLAIMED, Set.of(State.CONFIRMED, State.DISMISSED), claim -> {
                    if (claim.identifierId() != null) {
                        uses.delete(claim.identifierId(), claim.contactId(), source(claim));
                    }
                    return true;
                });
    }

    private interface Change {
        /** Called with identifier, contact and claim locked; false where the address belongs to another. */
        boolean apply(Claimed claim);
    }

    private Decided decide(long claimId, String actor, Action action, State to, Set<State> from, Change change) {
        return families.change(() -> {
            var seen = byId(claimId);
            if (seen.isEmpty()) {
                return Decided.NOTHING_TO_DO;
            }
            if (seen.get().identifierId() != null) {
                tables.lockIdentifier(seen.get().identifierId());
            }
            var contact = tables.lock(seen.get().contactId());
            var locked = jdbc.sql("select * from claim where id = :id for update")
                    .param("id", claimId)
                    .query((row, n) -> claimed(row))
                    .optional();
            if (locked.isEmpty()
                    || !from.contains(locked.get().state())
                    || contact.isEmpty()
                    || contact.get().erasedAt() != null) {
                return Decided.NOTHING_TO_DO;
            }
            var claim = locked.get();
            if (claim.contactId() != seen.get().contactId()) {
                throw new CannotAcquireLockException("A claim moved to another contact while it was locked");
            }
            if (!change.apply(claim)) {
                return Decided.USED_BY_ANOTHER;
            }
            jdbc.sql("update claim set state = :state where id = :id")
                    .param("state", to.code())
                    .param("id", claimId)
                    .update();
            record(claim, action, actor);
            work.addContacts(List.of(claim.contactId()));
            matchWork.add(List.of(claim.contactId()));
            return Decided.DONE;
        });
    }

    /** A claim is of the enquiry and goes with it; an identifier that came or went by it is a change of the contact too. */
    private void record(Claimed claim, Action action, String actor) {
        var what = "Claimed " + claim.kind();
        var events = new ArrayList<AuditEvent>();
        events.add(new AuditEvent(actor, action, Subject.enquiry(claim.enquiryId()), what, null, claim.value()));
        boolean ofContact = action == Action.CONFIRMED || claim.state() == State.CONFIRMED;
        if (ofContact && claim.identifierId() != null) {
            events.add(new AuditEvent(
                    actor,
                    action,
                    Subject.contact(claim.contactId()),
                    what,
                    action == Action.CONFIRMED ? null : claim.value(),
                    action == Action.CONFIRMED ? claim.value() : null));
        }
        audit.record(events);
    }

    /** The contact uses the identifier from now on, unless the address decides for another. */
    private boolean use(Claimed claim) {
        var identifierId = claim.identifierId();
        if (identifierId == null) {
            return true;
        }
        if (tables.usedByFamily(identifierId, claim.contactId())) {
            return true;
        }
        var state = tables.useState(identifierId, claim.contactId());
        var key = key(claim, identifierId);
        boolean ofAnother = key != null && tables.decidesForAnother(identifierId, key, claim.contactId());
        if (ofAnother && NameKey.ANY.equals(key)) {
            return false;
        }
        if (state.isEmpty()) {
            uses.insert(
                    identifierId,
                    claim.contactId(),
                    ofAnother ? null : key,
                    source(claim),
                    claim.value(),
                    clock.instant());
        } else if (state.get().equals(IdentifierUse.State.RETIRED.code())) {
            uses.useAgain(identifierId, claim.contactId());
        }
        var pair = new ResolvingTables.Pair(identifierId, claim.contactId());
        var shared = tables.users(identifierId, 2).size() > 1 ? Set.of(identifierId) : Set.<Long>of();
        matters.raise(
                new MatterTables.Matters(Set.of(), Set.of(), shared, List.of(), List.of(pair), Set.of()),
                clock.instant());
        return true;
    }

    /** An email address decides whatever the name; a telephone number together with the contact's whole name. */
    private @Nullable String key(Claimed claim, long identifierId) {
        var kind = tables.identifier(identifierId).orElseThrow().kind();
        return kind == IdentifierKind.TELEPHONE
                ? NameKey.whole(tables.lock(claim.contactId()).orElseThrow().name())
                : NameKey.ANY;
    }

    private static String source(Claimed claim) {
        return "claim:" + claim.id();
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        long identifierId = row.getLong("identifier_id");
        boolean identified = !row.wasNull();
        return new Claimed(
                row.getLong("id"),
                row.getLong("enquiry_id"),
                row.getLong("contact_id"),
                row.getString("kind"),
                row.getString("value"),
                identified ? identifierId : null,
                State.of(row.getString("state")));
    }
}
