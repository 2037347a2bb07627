package org.postbag.contacts;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcMerging implements Merging {

    private final Families families;
    private final MergeTables tables;
    private final MoveTables moved;
    private final Moves moves;
    private final AuditTrail audit;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final Clock clock;

    JdbcMerging(
            JdbcClient jdbc,
            Families families,
            Moves moves,
            AuditTrail audit,
            IndexWork work,
            MatchWork matchWork,
            Clock clock) {
        this.families = families;
        this.tables = new MergeTables(jdbc);
        this.moved = new MoveTables(jdbc);
        this.moves = moves;
        this.audit = audit;
        this.work = work;
        this.matchWork = matchWork;
        this.clock = clock;
    }

    @Override
    public Outcome merge(Side survivor, Side other, String reason, String actor) {
        return families.change(() -> mergeInTransaction(survivor, other, reason, actor));
    }

    private Outcome mergeInTransaction(Side survivor, Side other, String reason, String actor) {
        var locked = families.lock(List.of(survivor.contactId(), other.contactId()));
        var refused = refusal(survivor, other, locked);
        if (refused.isPresent()) {
            return refused.get();
        }
        var typed = text(reason);
        long id = tables.insert(survivor.contactId(), other.contactId(), typed, actor, clock.instant());
        families.settle(locked.keySet());
        families.touch(List.of(survivor.contactId(), other.contactId()));
        note(actor, other.contactId(), "Merged into contact " + survivor.contactId(), typed);
        note(actor, survivor.contactId(), "Contact " + other.contactId() + " merged into it", typed);
        work.addContacts(locked.keySet());
        matchWork.add(locked.keySet());
        return new Outcome.Merged(tables.byId(id).orElseThrow());
    }

    @Override
    public Optional<Outcome> refusal(Side survivor, Side other) {
        return families.change(
                () -> refusal(survivor, other, families.lock(List.of(survivor.contactId(), other.contactId()))));
    }

    private Optional<Outcome> refusal(Side survivor, Side other, Map<Long, Families.Member> locked) {
        if (survivor.contactId() == other.contactId()) {
            return Optional.of(new Outcome.Itself());
        }
        for (var side : List.of(survivor, other)) {
            var member = locked.get(side.contactId());
            if (member == null) {
                return Optional.of(new Outcome.Unknown(side.contactId()));
            }
            if (member.erasedAt() != null) {
                return Optional.of(new Outcome.Erased(side.contactId()));
            }
        }
        return among(survivor, other, locked);
    }

    private Optional<Outcome> among(Side survivor, Side other, Map<Long, Families.Member> locked) {
        var one = Objects.requireNonNull(locked.get(survivor.contactId()));
        var two = Objects.requireNonNull(locked.get(other.contactId()));
        if (one.shown() == two.shown()) {
            return Optional.of(new Outcome.AlreadyOne(one.shown()));
        }
        for (var member : List.of(one, two)) {
            if (member.mergedInto() != null) {
                return Optional.of(new Outcome.PartOfAnother(member.id(), member.shown()));
            }
        }
        var said = tables.notSame(of(one.id(), locked), of(two.id(), locked));
        if (said.isPresent()) {
            return Optional.of(said.get());
        }
        return isOf(one, survivor.version()) && isOf(two, other.version())
                ? Optional.empty()
                : Optional.of(new Outcome.Changed());
    }

    private static boolean isOf(Families.Member member, @Nullable Integer version) {
        return version == null || version == member.version();
    }

    private static List<Long> of(long shown, Map<Long, Families.Member> locked) {
        return locked.values().stream()
                .filter(member -> member.shown() == shown)
                .map(Families.Member::id)
                .toList();
    }

    @Override
    public Parting unmerge(long mergeId, Set<Long> going, String actor) {
        return families.change(() -> {
            var asked = tables.byId(mergeId);
            if (asked.isEmpty()) {
                return new Parting.Unknown();
            }
            var locked = families.lock(List.of(asked.get().merged(), asked.get().survivor()));
            // Read again once they are locked: somebody else may have ended it meanwhile.
            var merge = tables.byId(mergeId).orElseThrow();
            if (!merge.stands()) {
                return new Parting.EndedBefore(merge);
            }
            if (locked.values().stream().anyMatch(member -> member.erasedAt() != null)) {
                return new Parting.Erased();
            }
            var doubtful = doubtful(merge);
            if (!doubtful.keySet().containsAll(going)) {
                return new Parting.Changed();
            }
            tables.end(mergeId, actor, clock.instant());
            families.settle(locked.keySet());
            families.touch(List.of(merge.survivor(), merge.merged()));
            take(going, doubtful, merge, actor);
            note(actor, merge.merged(), "No longer merged into contact " + merge.survivor(), null);
            note(actor, merge.survivor(), "Contact " + merge.merged() + " no longer merged into it", null);
            work.addContacts(locked.keySet());
            matchWork.add(locked.keySet());
            return new Parting.Parted(tables.byId(mergeId).orElseThrow());
        });
    }

    /** What came since by no identifier onto those that stay, and whose it is. */
    private Map<Long, Long> doubtful(MergeRecord merge) {
        var staying = new ArrayList<>(families.members(List.of(merge.merged())));
        staying.removeAll(families.below(merge.merged()));
        return tables.doubtfulOf(staying, merge.at());
    }

    private void take(Set<Long> going, Map<Long, Long> contactOf, MergeRecord merge, String actor) {
        going.stream()
                .collect(Collectors.groupingBy(
                        id -> Objects.requireNonNull(contactOf.get(id)), TreeMap::new, Collectors.toList()))
                .forEach((from, ids) -> moves.move(
                        new Moves.Order(from, merge.merged(), false, merge.id(), null), ids, List.of(), actor));
    }

    @Override
    public Outcome again(long mergeId, String actor) {
        var ended = tables.byId(mergeId).orElseThrow();
        return families.change(() -> {
            var merged = mergeInTransaction(
                    new Side(ended.survivor(), null),
                    new Side(ended.merged(), null),
                    Objects.requireNonNullElse(ended.reason(), ""),
                    actor);
            if (merged instanceof Outcome.Merged) {
                moved.ofMerge(mergeId).forEach(move -> moves.putBack(move, actor));
            }
            return merged;
        });
    }

    @Override
    public Optional<Preview> preview(long mergeId) {
        return tables.byId(mergeId).map(merge -> {
            var parting = families.below(merge.merged());
            var staying = new ArrayList<>(families.members(List.of(merge.merged())));
            staying.removeAll(parting);
            var going = tables.counts(parting, merge.at());
            var stays = tables.counts(staying, merge.at());
            var doubtful = tables.doubtful(staying, merge.at());
            return new Preview(
                    merge,
                    parting,
                    going.all(),
                    going.since(),
                    stays.all(),
                    Math.max(0, stays.since() - doubtful.size()),
                    tables.since(parting, merge.at(), false),
                    tables.since(staying, merge.at(), true),
                    doubtful);
        });
    }

    @Override
    public Optional<MergeRecord> byId(long mergeId) {
        return tables.byId(mergeId);
    }

    @Override
    public List<MergeRecord> of(long contactId) {
        return tables.of(families.members(List.of(contactId)));
    }

    @Override
    public Optional<MergeRecord> mergeOf(long contactId) {
        return tables.standing(contactId);
    }

    @Override
    public boolean reconsider(long one, long other, String actor) {
        return families.change(() -> {
            families.lock(List.of(one, other));
            boolean done = tables.reconsider(one, other, actor, clock.instant());
            if (done) {
                note(actor, one, "No longer sure that it is not the same as contact " + other, null);
                note(actor, other, "No longer sure that it is not the same as contact " + one, null);
            }
            return done;
        });
    }

    private void note(String actor, long contactId, String what, @Nullable String reason) {
        audit.record(new AuditEvent(actor, Action.CORRECTED, Subject.contact(contactId), what, null, reason));
    }

    static @Nullable String text(String typed) {
        var text = typed.strip().replace('\0', '\uFFFD');
        return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), REASON_LENGTH_MAX));
    }
}
