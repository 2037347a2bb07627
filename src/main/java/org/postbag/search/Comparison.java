package org.postbag.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Compared.Fault;
import org.postbag.search.Compared.Wrong;
import org.postbag.search.SearchIndex.Contents;
import org.postbag.search.SearchIndex.Entry;

/**
 * Compares what an index holds with the record while filing goes on: all ids, walked on both sides in order, and what a sample of the documents says. Whatever seems
 * wrong is looked at again, so that nothing is told that is only on its way.
 */
final class Comparison {

    private static final int PAGE = 10_000;
    private static final int SUSPECTS_MAX = 1_000;
    private static final int LISTED_MAX = 1_000;
    private static final int LOOKS_MAX = 5;

    private final Connection connection;
    private final Contents contents;
    private final int sampleMax;
    private final RandomGenerator random;

    private final TreeSet<Long> suspects = new TreeSet<>();
    private final List<Long> sample = new ArrayList<>();
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final List<Wrong> wrong = new ArrayList<>();
    private long inRecord;
    private long matched;
    private long waiting;
    private long newest;

    /**
     * @param connection one that commits by itself, for this alone meanwhile
     * @param sampleMax documents whose content is compared
     */
    Comparison(Connection connection, Contents contents, int sampleMax, RandomGenerator random) {
        this.connection = connection;
        this.contents = contents;
        this.sampleMax = sampleMax;
        this.random = random;
    }

    /** What is done about what is wrong, some at a time. */
    interface Mending {
        void mend(List<Long> enquiryIds, long highestVersion) throws SQLException;
    }

    /** @param seen is told how many enquiries were walked */
    Compared run(Mending mending, LongConsumer seen) throws SQLException, IOException {
        newest = WaitingWork.newestVersion(connection);
        walk(mending, seen);
        settle(suspects, mending);
        for (int from = 0; from < sample.size(); from += SUSPECTS_MAX) {
            settle(sample.subList(from, Math.min(sample.size(), from + SUSPECTS_MAX)), mending);
        }
        return new Compared(inRecord, contents.count(), sample.size(), waiting, counts, wrong);
    }

    private void walk(Mending mending, LongConsumer seen) throws SQLException, IOException {
        var indexed = new Walk<>(after -> contents.after(after, PAGE), Entry::enquiryId);
        var filed = new Walk<>(after -> WaitingWork.filedAfter(connection, after, PAGE), Long::longValue);
        var entry = indexed.next();
        var id = filed.next();
        while (entry != null || id != null) {
            if (id == null || (entry != null && entry.enquiryId() < id)) {
                suspect(Objects.requireNonNull(entry).enquiryId(), mending);
                entry = indexed.next();
                continue;
            }
            if (++inRecord % PAGE == 0) {
                seen.accept(inRecord);
            }
            if (entry == null || id < entry.enquiryId()) {
                suspect(id, mending);
            } else {
                if (entry.version() > newest) {
                    suspect(id, mending);
                } else {
                    mayCompare(id);
                }
                entry = indexed.next();
            }
            id = filed.next();
        }
    }

    private void suspect(long id, Mending mending) throws SQLException, IOException {
        suspects.add(id);
        if (suspects.size() == SUSPECTS_MAX) {
            settle(suspects, mending);
            suspects.clear();
        }
    }

    /** Each has the same chance to be in the sample, however many there are. (Vitter, Random sampling with a reservoir, 1985.) */
    private void mayCompare(long id) {
        matched++;
        if (sample.size() < sampleMax) {
            sample.add(id);
        } else if (sampleMax > 0) {
            long place = random.nextLong(matched);
            if (place < sampleMax) {
                sample.set((int) place, id);
            }
        }
    }

    /**
     * What a document says is judged only if it stayed the same while the record was read, and then by work that was looked for last: work goes when the index is
     * written. What moves each time is being written, and so not forgotten.
     */
    private void settle(Collection<Long> ids, Mending mending) throws SQLException, IOException {
        var left = new TreeSet<>(ids);
        for (int look = 1; !left.isEmpty() && look <= LOOKS_MAX; look++) {
            var before = entries(left);
            var record = documents(left);
            var work = WaitingWork.of(connection, left);
            newest = WaitingWork.newestVersion(connection);
            var after = entries(left);
            var found = new ArrayList<Wrong>();
            for (long id : List.copyOf(left)) {
                if (Objects.equals(before.get(id), after.get(id))) {
                    left.remove(id);
                    judge(id, after.get(id), record.get(id), work, found);
                }
            }
            tell(found, after, mending);
        }
    }

    private void judge(
            long id, @Nullable Entry entry, @Nullable Document document, WaitingWork work, List<Wrong> found) {
        var fault = fault(entry, document, work.refused().contains(id));
        if (fault == null) {
            return;
        }
        if (work.waiting().contains(id) && (entry == null || entry.version() <= newest)) {
            waiting++;
        } else {
            found.add(new Wrong(fault, id, document == null ? null : document.reference()));
        }
    }

    private @Nullable Fault fault(@Nullable Entry entry, @Nullable Document document, boolean refused) {
        if (document == null) {
            return entry == null ? null : Fault.LEFT_OVER;
        }
        if (entry == null) {
            return refused ? Fault.REFUSED : Fault.MISSING;
        }
        if (entry.version() > newest) {
            return Fault.OLD;
        }
        if (entry.checksum() == document.checksum()) {
            return null;
        }
        return refused && entry.checksum() == document.withoutContent().checksum() ? Fault.REFUSED : Fault.OLD;
    }

    private void tell(List<Wrong> found, Map<Long, Entry> entries, Mending mending) throws SQLException {
        found.forEach(one -> counts.merge(one.fault(), 1L, Long::sum));
        found.stream().limit(LISTED_MAX - wrong.size()).forEach(wrong::add);
        var mended = found.stream()
                .filter(one -> one.fault() != Fault.REFUSED)
                .map(Wrong::enquiryId)
                .toList();
        if (!mended.isEmpty()) {
            mending.mend(
                    mended,
                    entries.values().stream().mapToLong(Entry::version).max().orElse(0));
        }
    }

    private Map<Long, Entry> entries(Collection<Long> ids) throws IOException {
        return contents.of(ids).stream().collect(Collectors.toMap(Entry::enquiryId, entry -> entry, (a, _) -> a));
    }

    private Map<Long, Document> documents(Collection<Long> ids) throws SQLException {
        var documents = new HashMap<Long, Document>();
        var left = new TreeSet<>(ids);
        while (true) {
            var batch = Documents.of(connection, left);
            for (var document : batch.documents()) {
                documents.put(document.enquiryId(), document);
                left.remove(document.enquiryId());
            }
            if (batch.whole()) {
                return documents;
            }
        }
    }

    /** One side, a page at a time. */
    private static final class Walk<T> {

        private interface Pages<T> {
            List<T> after(long enquiryId) throws SQLException, IOException;
        }

        private final Pages<T> pages;
        private final Function<T, Long> id;
        private List<T> page = List.of();
        private int next;
        private boolean over;
        private long last;

        Walk(Pages<T> pages, Function<T, Long> id) {
            this.pages = pages;
            this.id = id;
        }

        @Nullable
        T next() throws SQLException, IOException {
            if (next == page.size()) {
                page = over ? List.of() : pages.after(last);
                over = page.size() < PAGE;
                next = 0;
                if (page.isEmpty()) {
                    return null;
                }
                last = id.apply(page.getLast());
            }
            return page.get(next++);
        }
    }
}
