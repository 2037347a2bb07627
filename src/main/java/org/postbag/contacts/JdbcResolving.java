package org.postbag.contacts;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
class JdbcResolving implements Resolving {

    private static final String ACTOR = "job:filing";

    private final Clues clues;
    private final ResolvingTables tables;
    private final ContactDraftTable drafted;
    private final MatterTables matters;
    private final AuditTrail audit;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final Clock clock;

    JdbcResolving(JdbcClient jdbc, Clues clues, AuditTrail audit, IndexWork work, MatchWork matchWork, Clock clock) {
        this.clues = clues;
        this.tables = new ResolvingTables(jdbc);
        this.drafted = new ContactDraftTable(jdbc);
        this.matters = new MatterTables(jdbc);
        this.audit = audit;
        this.work = work;
        this.matchWork = matchWork;
        this.clock = clock;
    }

    /** An identifier and the name under which it decides. */
    record Key(long identifierId, String nameKey) {}

    @Override
    public List<Resolved> resolve(List<Appearance> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        var read = items.stream().map(clues::read).toList();
        var batch = new Batch(items, read);
        batch.lock();
        var resolved = new ArrayList<Resolved>(items.size());
        for (int i = 0; i < items.size(); i++) {
            resolved.add(batch.lay(items.get(i), read.get(i)));
        }
        batch.write(resolved);
        return resolved;
    }

    @Override
    public void keep(List<KeptClaim> claims) {
        tables.insertClaims(claims);
        matchWork.add(claims.stream().map(KeptClaim::contactId).toList());
    }

    private final class Batch {
        private final List<Appearance> items;
        private final List<Clue> read;
        private final Map<Long, ContactDraft> contacts = new LinkedHashMap<>();
        private final Map<Key, UseDraft> uses = new LinkedHashMap<>();
        private final List<UseDraft> usesThatDecideNothing = new ArrayList<>();
        private final Set<Long> usedBefore = new HashSet<>();
        private final Set<Long> namesDiffer = new TreeSet<>();
        private final Set<Long> chosenGone = new TreeSet<>();
        private final Set<ResolvingTables.Pair> usedByChosen = new HashSet<>();
        private final Set<Long> hardToRead = new TreeSet<>();
        private Map<Identifier, Long> identifiers = Map.of();
        private List<Long> newIds = List.of();
        private int taken;

        Batch(List<Appearance> items, List<Clue> read) {
            this.items = items;
            this.read = read;
        }

        /** Identifiers first, in order of kind and value; then contacts, in order of id. */
        void lock() {
            var mentioned = new TreeSet<Identifier>();
            for (int i = 0; i < items.size(); i++) {
                var clue = read.get(i);
                if (clue.identifier() != null) {
                    mentioned.add(clue.identifier());
                }
                mentioned.addAll(clues.claimed(items.get(i), clue));
            }
            identifiers = tables.lockIdentifiers(mentioned);
            var asked = new ArrayList<ResolvingTables.Asked>();
            for (var clue : read) {
                if (clue.identifier() != null) {
                    asked.add(new ResolvingTables.Asked(id(clue.identifier()), clue.nameKey()));
                }
            }
            var found = tables.uses(asked);
            usedBefore.addAll(found.used());
            var chosen = items.stream()
                    .map(Appearance::chosen)
                    .filter(Objects::nonNull)
                    .toList();
            var concerned = new TreeSet<>(chosen);
            found.deciding().forEach(use -> concerned.add(use.contactId));
            items.forEach(
                    item -> Optional.ofNullable(item.placed()).ifPresent(placed -> concerned.add(placed.contactId())));
            drafted.lockContacts(concerned).forEach(c -> contacts.put(c.id, c));
            for (var use : found.deciding()) {
                uses.put(new Key(use.identifierId, Objects.requireNonNull(use.nameKey)), use);
            }
            usedByChosen.addAll(tables.usedBy(chosen));
            newIds = drafted.newContactIds(items.size());
        }

        Resolved lay(Appearance item, Clue clue) {
            var placed = item.placed();
            if (placed != null) {
                return placed(placed, clue);
            }
            return item.chosen() == null ? layByClue(item, clue) : layOnChosen(item, item.chosen(), clue);
        }

        /** What the contact is known by anyway needn't be claimed. */
        private Resolved layOnChosen(Appearance item, long chosen, Clue clue) {
            var there = contacts.get(chosen);
            var decided = there == null ? clue.chosenButGone() : clue.chosen();
            var contact = there == null ? made(decided) : there;
            if (there == null) {
                chosenGone.add(contact.id);
            }
            boolean created = contact.isNew && seen.add(contact.id);
            contact.add(item, decided);
            var claims = clues.claims(item, decided, this::id).stream()
                    .filter(claim -> claim.identifierId() == null
                            || !usedByChosen.contains(new ResolvingTables.Pair(claim.identifierId(), contact.id)))
                    .toList();
            return new Resolved(contact.id, created, decided.because(), null, claims);
        }

        private Resolved layByClue(Appearance item, Clue clue) {
            var identifier = clue.identifier();
            var contact = identifier == null ? made(clue) : of(identifier, clue, item);
            boolean created = contact.isNew && !seen.contains(contact.id);
            seen.add(contact.id);
            if (clue.nameKey() != null && contact.differsFrom(clue.name())) {
                namesDiffer.add(contact.id);
            }
            if (item.hardToRead()) {
                hardToRead.add(contact.id);
            }
            contact.add(item, clue);
            return new Resolved(
                    contact.id,
                    created,
                    clue.because(),
                    identifier == null ? null : id(identifier),
                    clues.claims(item, clue, this::id));
        }

        private final Set<Long> seen = new HashSet<>();

        private Resolved placed(Appearance.Placed placed, Clue clue) {
            long contactId = placed.contactId();
            if (!contacts.containsKey(contactId)) {
                throw new CannotAcquireLockException("A contact was erased while an item was placed on it");
            }
            return new Resolved(contactId, false, clue.because(), null, List.of());
        }

        private ContactDraft of(Identifier identifier, Clue clue, Appearance item) {
            long identifierId = id(identifier);
            if (clue.nameKey() == null) {
                var contact = made(clue);
                var use = UseDraft.made(identifierId, contact.id, null);
                use.add(item, clue.asWritten());
                usesThatDecideNothing.add(use);
                return contact;
            }
            var use = uses.computeIfAbsent(
                    new Key(identifierId, clue.nameKey()),
                    key -> UseDraft.made(identifierId, made(clue).id, clue.nameKey()));
            use.add(item, clue.asWritten());
            return Objects.requireNonNull(contacts.get(use.contactId));
        }

        private ContactDraft made(Clue clue) {
            var contact = ContactDraft.made(newIds.get(taken++), clue.identifier() != null, clue.sharedMailbox());
            contacts.put(contact.id, contact);
            return contact;
        }

        private long id(Identifier identifier) {
            return Objects.requireNonNull(identifiers.get(identifier));
        }

        void write(List<Resolved> resolved) {
            drafted.insertContacts(
                    contacts.values().stream().filter(c -> c.isNew).toList());
            drafted.updateContacts(
                    contacts.values().stream().filter(ContactDraft::isChanged).toList());
            var newUses =
                    new ArrayList<>(uses.values().stream().filter(u -> u.isNew).toList());
            newUses.addAll(usesThatDecideNothing);
            var shared = shared(newUses);
            tables.insertUses(newUses, shared, usedBefore);
            tables.updateUses(uses.values().stream().filter(UseDraft::isChanged).toList());
            matters.raise(reviews(newUses, shared, resolved), clock.instant());
            var renamed =
                    contacts.values().stream().filter(ContactDraft::isRenamed).toList();
            audit.record(renamed.stream()
                    .map(c -> new AuditEvent(
                            ACTOR, Action.CORRECTED, Subject.contact(c.id), "Name", c.nameBefore(), c.name()))
                    .toList());
            work.addContacts(renamed.stream().map(c -> c.id).toList());
            work.addContactClocks(contacts.values().stream()
                    .filter(ContactDraft::isClockMoved)
                    .map(c -> c.id)
                    .toList());
            var toMatch = new TreeSet<Long>();
            contacts.values().stream().filter(c -> c.isNew || c.isRenamed()).forEach(c -> toMatch.add(c.id));
            newUses.forEach(use -> toMatch.add(use.contactId));
            matchWork.add(toMatch);
        }

        /** The identifiers that more than one contact uses now that the new uses are there. */
        private Set<Long> shared(List<UseDraft> newUses) {
            var seenBefore = new HashSet<>(usedBefore);
            var shared = new TreeSet<Long>();
            for (var use : newUses) {
                if (!seenBefore.add(use.identifierId)) {
                    shared.add(use.identifierId);
                }
            }
            return shared;
        }

        private MatterTables.Matters reviews(List<UseDraft> newUses, Set<Long> shared, List<Resolved> resolved) {
            var claims = new ArrayList<ResolvingTables.Pair>();
            for (var one : resolved) {
                for (var claim : one.claims()) {
                    @Nullable Long identifierId = claim.identifierId();
                    if (identifierId != null) {
                        claims.add(new ResolvingTables.Pair(identifierId, one.contactId()));
                    }
                }
            }
            var used = newUses.stream()
                    .map(u -> new ResolvingTables.Pair(u.identifierId, u.contactId))
                    .toList();
            return new MatterTables.Matters(namesDiffer, hardToRead, shared, claims, used, chosenGone);
        }
    }
}
