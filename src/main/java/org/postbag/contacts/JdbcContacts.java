package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.StaffMember;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcContacts implements Contacts {

    private final JdbcClient jdbc;
    private final ContactTables tables;
    private final UseTable uses;
    private final ContactPanel panel;
    private final AuditTrail audit;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final TransactionTemplate transaction;

    JdbcContacts(
            JdbcClient jdbc,
            ContactTables tables,
            ContactPanel panel,
            AuditTrail audit,
            IndexWork work,
            MatchWork matchWork,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.uses = new UseTable(jdbc);
        this.panel = panel;
        this.audit = audit;
        this.work = work;
        this.matchWork = matchWork;
        this.transaction = transaction;
    }

    @Override
    public Optional<Contact> byId(long id) {
        return tables.contacts(List.of(id)).stream().findFirst();
    }

    @Override
    public Map<Long, Contact> byIds(Collection<Long> ids) {
        var found = new LinkedHashMap<Long, Contact>();
        tables.contacts(List.copyOf(ids)).forEach(c -> found.put(c.id(), c));
        return found;
    }

    @Override
    public Map<Long, Contact> shown(Collection<Long> ids) {
        var of = tables.shown(ids);
        var contacts = byIds(new HashSet<>(of.values()));
        var found = new LinkedHashMap<Long, Contact>();
        of.forEach((id, shown) -> found.put(id, Objects.requireNonNull(contacts.get(shown))));
        return found;
    }

    @Override
    public List<IdentifierUse> identifiers(long contactId) {
        return tables.uses(List.of(contactId)).getOrDefault(contactId, List.of());
    }

    @Override
    public Map<Long, List<IdentifierUse>> identifiersOf(Collection<Long> contactIds, StaffMember reader) {
        return panel.readable(tables.uses(contactIds), reader);
    }

    @Override
    public Corrected correct(Correction correction, String actor) {
        return save(correction.contactId(), correction.version(), actor, (current, changes) -> {
            var typed = text(correction.name());
            var name = typed == null ? current.name() : typed;
            boolean byStaff = current.nameByStaff() || !Objects.equals(name, current.name());
            changes.note("Name", current.name(), name);
            changes.note("Kind", current.kind().label(), correction.kind().label());
            changes.note(
                    "Category",
                    current.category().label(),
                    correction.category().label());
            var organisation = text(correction.organisation());
            changes.note("Organisation", current.organisation(), organisation);
            changes.note(
                    "Who writes",
                    writers(current.sharedMailbox(), current.writersByStaff()),
                    writers(correction.sharedMailbox(), correction.writersByStaff()));
            return jdbc.sql("""
                            update contact set name = :name, name_source = :source, kind = :kind, category = :category, organisation = :organisation,
                                shared_mailbox = :shared,
                                staff_set = array(select unnest(staff_set) union select unnest(:set::text[]) except select unnest(:unset::text[]) order by 1), version = version + 1
                            where id = :id
                            """)
                    .param("set", staffSet(current, correction, organisation))
                    .param("unset", correction.writersByStaff() ? new String[0] : new String[] {"writers"})
                    .param("id", current.id())
                    .param("name", name)
                    .param("source", byStaff ? "staff" : "item")
                    .param("kind", correction.kind().code())
                    .param("category", correction.category().code())
                    .param("organisation", organisation)
                    .param("shared", correction.sharedMailbox());
        });
    }

    @Override
    public Corrected useItemName(long contactId, int version, String actor) {
        return save(contactId, version, actor, (current, changes) -> {
            var name = tables.listedName(contactId).orElse(current.itemName());
            changes.note("Name", current.name(), name);
            return jdbc.sql(
                            "update contact set name = :name, name_source = 'item', version = version + 1 where id = :id")
                    .param("id", contactId)
                    .param("name", name);
        });
    }

    private static @Nullable String writers(boolean several, boolean byStaff) {
        if (!several && !byStaff) {
            return null;
        }
        return several ? "several people" : "one person";
    }

    /** What a save changes of that which lists say too: they change it no more. */
    private static String[] staffSet(Contact current, Correction correction, @Nullable String organisation) {
        var set = new ArrayList<String>();
        if (current.kind() != correction.kind()) {
            set.add("kind");
        }
        if (current.category() != correction.category()) {
            set.add("category");
        }
        if (!Objects.equals(current.organisation(), organisation)) {
            set.add("organisation");
        }
        if (correction.writersByStaff() && !current.writersByStaff()) {
            set.add("writers");
        }
        return set.toArray(String[]::new);
    }

    /** What a save changes, for the trail. */
    private static final class Changes {
        private final List<AuditEvent> events = new ArrayList<>();
        private final String actor;
        private final Subject subject;

        Changes(String actor, Subject subject) {
            this.actor = actor;
            this.subject = subject;
        }

        void note(String what, @Nullable String before, @Nullable String after) {
            if (!Objects.equals(before, after)) {
                events.add(new AuditEvent(actor, Action.CORRECTED, subject, what, before, after));
            }
        }
    }

    private Corrected save(
            long id, int version, String actor, BiFunction<Contact, Changes, JdbcClient.StatementSpec> update) {
        return Objects.requireNonNull(transaction.<Corrected>execute(status -> {
            var locked = tables.lock(id);
            if (locked.isEmpty()) {
                return new Corrected.Unknown();
            }
            var current = locked.get();
            if (current.version() != version || current.mergedInto() != null || current.erasedAt() != null) {
                return new Corrected.Refused(current);
            }
            var changes = new Changes(actor, Subject.contact(id));
            var statement = update.apply(current, changes);
            if (changes.events.isEmpty()) {
                return new Corrected.Saved(current);
            }
            statement.update();
            audit.record(changes.events);
            work.addContacts(List.of(id));
            matchWork.add(List.of(id));
            return new Corrected.Saved(tables.lock(id).orElseThrow());
        }));
    }

    @Override
    public boolean retire(long contactId, long identifierId, String actor) {
        return changeUse(
                contactId, identifierId, actor, "Identifier retired", () -> uses.retire(identifierId, contactId));
    }

    @Override
    public List<Long> keepFor(long contactId, long identifierId, String actor) {
        return Objects.requireNonNull(transaction.<List<Long>>execute(status -> {
            if (!tables.lockIdentifier(identifierId)) {
                return List.of();
            }
            var others = tables.otherUsers(identifierId, contactId);
            others.forEach(other -> retire(other, identifierId, actor));
            return others;
        }));
    }

    @Override
    public boolean useAgain(long contactId, long identifierId, String actor) {
        return changeUse(contactId, identifierId, actor, "Identifier used again", () -> {
            var key = jdbc.sql(
                            "select name_key from identifier_use where identifier_id = :identifier and contact_id = :contact")
                    .param("identifier", identifierId)
                    .param("contact", contactId)
                    .query((row, n) -> Optional.ofNullable(row.getString("name_key")))
                    .optional()
                    .flatMap(k -> k);
            if (tables.useState(identifierId, contactId)
                            .filter("retired"::equals)
                            .isEmpty()
                    || (key.isPresent() && tables.decidesForAnother(identifierId, key.get(), contactId))) {
                return false;
            }
            return uses.useAgain(identifierId, contactId);
        });
    }

    private boolean changeUse(
            long contactId, long identifierId, String actor, String what, java.util.function.BooleanSupplier change) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!tables.lockIdentifier(identifierId) || tables.lock(contactId).isEmpty() || !change.getAsBoolean()) {
                return false;
            }
            var value = tables.identifier(identifierId).orElseThrow();
            audit.record(
                    new AuditEvent(actor, Action.CORRECTED, Subject.contact(contactId), what, value.value(), null));
            work.addContacts(List.of(contactId));
            matchWork.add(List.of(contactId));
            return true;
        }));
    }

    private static @Nullable String text(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        var text = typed.strip().replace('\0', '\uFFFD');
        return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), NAME_LENGTH_MAX));
    }
}
