package org.postbag.contacts;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.ListingTables.Entry;
import org.postbag.contacts.ListingTables.EntryKey;
import org.postbag.contacts.ListingTables.Sighting;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcListings implements Listings {

    static final String ACTOR = "job:filing";

    private final Clues clues;
    private final ListFiles files;
    private final ListingTables tables;
    private final ResolvingTables resolving;
    private final ContactDraftTable drafted;
    private final MatterTables matters;
    private final ListedUses uses;
    private final ListedContacts contacts;
    private final AuditTrail audit;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final Clock clock;

    JdbcListings(JdbcClient jdbc, Clues clues, AuditTrail audit, IndexWork work, MatchWork matchWork, Clock clock) {
        this.clues = clues;
        this.files = new ListFiles(jdbc);
        this.tables = new ListingTables(jdbc);
        this.resolving = new ResolvingTables(jdbc);
        this.drafted = new ContactDraftTable(jdbc);
        this.matters = new MatterTables(jdbc);
        this.uses = new ListedUses(jdbc);
        this.contacts = new ListedContacts(jdbc);
        this.audit = audit;
        this.work = work;
        this.matchWork = matchWork;
        this.clock = clock;
    }

    @Override
    public void file(List<Listed> items) {
        if (!items.isEmpty()) {
            new Batch().file(items);
        }
    }

    private final class Batch {
        private final Map<Identifier, Long> identifiers = new HashMap<>();
        private final Map<Long, ContactDraft> drafts = new LinkedHashMap<>();
        private final List<AuditEvent> events = new ArrayList<>();

        void file(List<Listed> items) {
            var lists = files.lists(items);
            var entries = tables.lockEntries(items);
            var sightings = new ArrayList<Sighting>();
            var mentioned = new TreeSet<>(tables.addresses(entries.values()));
            for (int i = 0; i < items.size(); i++) {
                var item = items.get(i);
                var addresses = clues.listed(item.entry());
                addresses.forEach(address -> mentioned.add(address.identifier()));
                sightings.add(new Sighting(
                        item,
                        Objects.requireNonNull(entries.get(EntryKey.of(item))),
                        Objects.requireNonNull(lists.get(i)),
                        addresses));
            }
            identifiers.putAll(resolving.lockIdentifiers(mentioned));
            tables.insert(sightings, identifiers);
            settle(tables.entries(together(new HashSet<>(entries.values()))));
        }

        /** With all entries that may be the same contacts, and their addresses, locked. */
        private Set<Long> together(Set<Long> entryIds) {
            var all = new HashSet<>(entryIds);
            for (var more = beyond(all); !more.isEmpty(); more = beyond(all)) {
                tables.lockEntries(more);
                var addresses = new TreeSet<>(tables.addresses(more));
                addresses.removeAll(identifiers.keySet());
                identifiers.putAll(resolving.lockIdentifiers(addresses));
                all.addAll(more);
            }
            return all;
        }

        private Set<Long> beyond(Set<Long> entryIds) {
            var more = tables.neighbours(entryIds);
            more.removeAll(entryIds);
            return more;
        }

        /** Gives each group of entries its contact, and each contact what its entries say. */
        private void settle(Map<Long, Entry> entries) {
            var found = tables.clues(entries.keySet());
            var groups = new EntryGroups(entries.values(), found).groups();
            var before = lock(entries, found);
            var ties = new TreeMap<Long, Long>();
            for (var group : groups) {
                var contact = contactOf(group);
                for (var entry : group.entries()) {
                    contact.knownSince(entry.first(), entry.source());
                    ties.put(entry.id(), contact.id);
                }
            }
            var made = drafts.values().stream().filter(draft -> draft.isNew).toList();
            drafted.insertContacts(made);
            drafted.updateContacts(
                    drafts.values().stream().filter(ContactDraft::isChanged).toList());
            tables.tie(ties);
            var touched = new TreeSet<>(ties.values());
            touched.addAll(before);
            noteJoined(entries, ties);
            var newIds = new HashSet<Long>();
            made.forEach(draft -> newIds.add(draft.id));
            write(touched, newIds);
        }

        private void write(Set<Long> touched, Set<Long> newIds) {
            contacts.forgetWhatWent(touched);
            events.addAll(contacts.takeWhatListsSay(touched, newIds));
            var changed = uses.write(new HashSet<>(identifiers.values()), touched);
            events.addAll(changed.events(newIds));
            matters.raise(changed.matters(), clock.instant());
            events.addAll(contacts.joinEmptied(touched, survivorsOf, clock.instant()));
            audit.record(events);
            work.addContacts(contacts.withEnquiries(touched));
            matchWork.add(touched);
        }

        /** Where the entries of a contact went that has none any more. */
        private final Map<Long, Long> survivorsOf = new HashMap<>();

        /** @return the contacts whose entries they were so far */
        private Set<Long> lock(Map<Long, Entry> entries, List<ListingTables.Clue> found) {
            var concerned = new TreeSet<Long>();
            entries.values()
                    .forEach(entry -> Optional.ofNullable(entry.contactId()).ifPresent(concerned::add));
            found.forEach(clue -> Optional.ofNullable(clue.known()).ifPresent(concerned::add));
            drafted.lockContacts(concerned).forEach(draft -> drafts.put(draft.id, draft));
            var before = new TreeSet<Long>();
            for (var entry : entries.values()) {
                there(entry.contactId()).ifPresent(draft -> before.add(draft.id));
            }
            return before;
        }

        private Optional<ContactDraft> there(@Nullable Long contactId) {
            return contactId == null ? Optional.empty() : Optional.ofNullable(drafts.get(contactId));
        }

        /** Who is known by an address and a name of theirs; else whose the entries are already; the longest known first. */
        private ContactDraft contactOf(EntryGroups.Group group) {
            var known = group.clues().stream()
                    .flatMap(clue ->
                            there(clue.known())
                                    .filter(draft -> !clue.anyName() || draft.isCalled(clue.nameKey()))
                                    .stream());
            var tied = group.entries().stream().flatMap(entry -> there(entry.contactId()).stream());
            return known.min(FIRST_NAMED)
                    .or(() -> tied.filter(d -> !d.isNew).min(KEPT))
                    .orElseGet(this::made);
        }

        private ContactDraft made() {
            var draft = ContactDraft.made(drafted.newContactIds(1).getFirst(), true, false);
            drafts.put(draft.id, draft);
            return draft;
        }

        private void noteJoined(Map<Long, Entry> entries, Map<Long, Long> ties) {
            var noted = new HashSet<Long>();
            ties.forEach((entryId, contactId) -> {
                var entry = Objects.requireNonNull(entries.get(entryId));
                var before = there(entry.contactId());
                var draft = Objects.requireNonNull(drafts.get(contactId));
                if (before.isEmpty() || before.get().id != contactId) {
                    before.ifPresent(emptied -> survivorsOf.put(emptied.id, contactId));
                    if (noted.add(contactId)) {
                        events.add(
                                draft.isNew
                                        ? new AuditEvent(
                                                ACTOR,
                                                Action.CREATED,
                                                Subject.contact(contactId),
                                                "In a list of " + entry.source())
                                        : new AuditEvent(
                                                ACTOR,
                                                Action.CORRECTED,
                                                Subject.contact(contactId),
                                                "Found in a list of " + entry.source()
                                                        + ", by the address together with the whole name"));
                    }
                }
            });
        }
    }

    /** By what items said alone, so that no order of lists matters. */
    private static final Comparator<ContactDraft> FIRST_NAMED =
            Comparator.comparing(ContactDraft::namedFirst).thenComparing(draft -> draft.id);

    private static final Comparator<ContactDraft> LONGEST_KNOWN =
            Comparator.comparing(ContactDraft::knownAt).thenComparing(draft -> String.valueOf(draft.knownBy()));

    /** One that has items of its own before one that only lists know. */
    private static final Comparator<ContactDraft> KEPT = Comparator.comparing(
                    (ContactDraft draft) -> draft.lastContactAt() == null)
            .thenComparing(LONGEST_KNOWN);
}
