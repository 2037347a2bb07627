package org.postbag.enquiries;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.postbag.receiving.Reference;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts the items of a batch on threads. Two items of one contact are on one thread if
 *
 * <ul>
 *   <li>they name one message id (References and In-Reply-To, RFC 5322, 3.6.4) or have one key of their medium;
 *   <li>the subject of one quotes the reference of the other;
 *   <li>one is a reply that names no message and both have one subject, within {@link #SUBJECT_WINDOW}; not in a mailbox that several people share.
 * </ul>
 *
 * Threads are what is tied together by these, directly or through others. Each rule looks at two items and takes neither for the first, so that the end is
 * the same in whatever order they are filed: an item that ties two threads makes them one. All of it stays within a contact, so a stranger who quotes a
 * message id or a reference never joins anybody's thread.
 */
@Component
class Threads {

    static final Duration SUBJECT_WINDOW = Duration.ofDays(90);

    private final ThreadTables tables;
    private final IndexWork work;

    Threads(JdbcClient jdbc, IndexWork work) {
        this.tables = new ThreadTables(jdbc);
        this.work = work;
    }

    /** A key of a contact's. */
    record Key(long contactId, String key) {}

    /**
     * In the caller's transaction, in which the contacts are locked: makes the threads, joins those that turn out to be one, and moves their clocks. The
     * index follows.
     *
     * @param contactIds whose each item is
     * @return the thread of each item
     */
    List<Long> place(List<Item.Readable> items, List<Long> contactIds) {
        var batch = new Batch(items, contactIds);
        batch.byKey();
        batch.byReference();
        batch.bySubject();
        return batch.write();
    }

    /** Items and threads that belong together have one root: items count from 0, and a thread that is there is a node behind them. */
    private final class Batch {
        private final List<Item.Readable> items;
        private final List<Long> contactIds;
        private final Links links;
        private final Map<Long, Integer> threads = new LinkedHashMap<>();
        private final Map<Key, Integer> keys = new HashMap<>();
        private final Set<Key> newKeys = new HashSet<>();

        Batch(List<Item.Readable> items, List<Long> contactIds) {
            this.items = items;
            this.contactIds = contactIds;
            this.links = new Links(items.size());
        }

        private Key key(int item, String key) {
            return new Key(Objects.requireNonNull(contactIds.get(item)), key);
        }

        private int node(long threadId) {
            return threads.computeIfAbsent(threadId, id -> links.add());
        }

        void byKey() {
            for (int i = 0; i < items.size(); i++) {
                var clues = items.get(i).threadClues();
                for (var key : clues.keys()) {
                    tie(i, key(i, key));
                    newKeys.add(key(i, key));
                }
                for (var quoted : clues.quoted()) {
                    tie(i, key(i, ofReference(quoted)));
                    newKeys.add(key(i, ofReference(quoted)));
                }
                // Whoever quoted its reference may have been filed before it.
                tie(i, key(i, ofReference(items.get(i).receipt().reference())));
            }
            tables.keyed(keys.keySet()).forEach((key, thread) -> {
                links.join(Objects.requireNonNull(keys.get(key)), node(thread));
                newKeys.remove(key);
            });
        }

        private void tie(int item, Key key) {
            links.join(item, keys.computeIfAbsent(key, any -> item));
        }

        /** The enquiries whose references are quoted, those that are there: what comes later finds the key that was left. */
        void byReference() {
            var asked = new ArrayList<ThreadTables.Quoted>();
            for (int i = 0; i < items.size(); i++) {
                for (var quoted : items.get(i).threadClues().quoted()) {
                    asked.add(new ThreadTables.Quoted(i, Objects.requireNonNull(contactIds.get(i)), quoted));
                }
            }
            tables.quoted(asked).forEach(found -> links.join(found.item(), node(found.threadId())));
        }

        void bySubject() {
            var asked = new ArrayList<ThreadTables.Subject>();
            for (int i = 0; i < items.size(); i++) {
                var clues = items.get(i).threadClues();
                if (clues.baseSubject() != null) {
                    asked.add(new ThreadTables.Subject(
                            i,
                            Objects.requireNonNull(contactIds.get(i)),
                            clues.baseSubject(),
                            clues.asksBySubject(),
                            items.get(i).appearance().receivedAt()));
                }
            }
            if (asked.isEmpty()) {
                return;
            }
            var apart = tables.whereSubjectsTell(asked);
            asked.removeIf(subject -> !apart.contains(subject.contactId()));
            tables.sameSubject(asked).forEach(found -> links.join(found.item(), node(found.threadId())));
            tieBySubject(asked);
        }

        private void tieBySubject(List<ThreadTables.Subject> subjects) {
            var alike = new HashMap<Key, List<ThreadTables.Subject>>();
            for (var one : subjects) {
                alike.computeIfAbsent(new Key(one.contactId(), one.subject()), any -> new ArrayList<>())
                        .add(one);
            }
            for (var group : alike.values()) {
                for (var asking : group) {
                    if (asking.asks()) {
                        group.stream()
                                .filter(other -> isNear(asking.at(), other.at()))
                                .forEach(other -> links.join(asking.item(), other.item()));
                    }
                }
            }
        }

        private static boolean isNear(Instant one, Instant other) {
            return Duration.between(one, other).abs().compareTo(SUBJECT_WINDOW) <= 0;
        }

        List<Long> write() {
            var idByRoot = joined();
            var clocks = new LinkedHashMap<Long, ThreadTables.Clock>();
            var placed = new ArrayList<Long>(items.size());
            var unnumbered = new ArrayList<Integer>();
            for (int i = 0; i < items.size(); i++) {
                if (!idByRoot.containsKey(links.root(i))) {
                    idByRoot.put(links.root(i), 0L);
                    unnumbered.add(links.root(i));
                }
            }
            var numbers = tables.newIds(unnumbered.size());
            for (int i = 0; i < unnumbered.size(); i++) {
                idByRoot.put(unnumbered.get(i), numbers.get(i));
            }
            for (int i = 0; i < items.size(); i++) {
                long id = Objects.requireNonNull(idByRoot.get(links.root(i)));
                placed.add(id);
                clocks.merge(id, clock(i), ThreadTables.Clock::with);
            }
            work.addThreadClocks(tables.upsert(clocks));
            var rows = new LinkedHashMap<Key, Long>();
            newKeys.forEach(key -> rows.put(
                    key, Objects.requireNonNull(idByRoot.get(links.root(Objects.requireNonNull(keys.get(key)))))));
            tables.insertKeys(rows);
            return placed;
        }

        /** Of threads that turned out to be one, the first takes all of the others. */
        private Map<Integer, Long> joined() {
            var byRoot = new HashMap<Integer, TreeSet<Long>>();
            threads.forEach((id, node) -> byRoot.computeIfAbsent(links.root(node), any -> new TreeSet<>())
                    .add(id));
            var first = new HashMap<Integer, Long>();
            byRoot.forEach((root, ids) -> {
                first.put(root, ids.getFirst());
                if (ids.size() > 1) {
                    tables.join(ids.getFirst(), ids.tailSet(ids.getFirst(), false));
                    work.addThreads(List.of(ids.getFirst()));
                }
            });
            return first;
        }

        private ThreadTables.Clock clock(int item) {
            var one = items.get(item);
            var at = one.appearance().receivedAt();
            return new ThreadTables.Clock(
                    Objects.requireNonNull(contactIds.get(item)),
                    at,
                    one.appearance().movesClock() ? at : null);
        }
    }

    private static String ofReference(Reference reference) {
        return "ref:" + reference.value();
    }

    /** Which nodes belong together (union-find). */
    private static final class Links {
        private final List<Integer> parents = new ArrayList<>();

        Links(int size) {
            for (int i = 0; i < size; i++) {
                add();
            }
        }

        int add() {
            parents.add(parents.size());
            return parents.size() - 1;
        }

        int root(int node) {
            int at = node;
            while (parent(at) != at) {
                parents.set(at, parent(parent(at)));
                at = parent(at);
            }
            return at;
        }

        private int parent(int node) {
            return Objects.requireNonNull(parents.get(node));
        }

        void join(int one, int other) {
            parents.set(root(other), root(one));
        }
    }
}
