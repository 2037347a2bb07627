package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Splitting;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.Recorded;
import org.postbag.receiving.Channel;

/**
 * Files, merges, unmerges, splits and puts back at random, and compares with a model in memory after each step. Once all merges have ended, everything is
 * as if there had never been any: as in a second record, where the same is filed, split and put back, and nothing merged.
 */
class MergingRandomTest {

    private static final org.postbag.staff.StaffMember NOBODY =
            new org.postbag.staff.StaffMember("job:test", "Test", java.util.Set.of());

    private static final int STEPS = 160;
    private static final String ADA = "staff:ada";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsMergedAndParted(long seed) {
        String merged;
        try (var rig = new FilingRig()) {
            var run = new Run(rig, seed, true, false);
            run.steps();
            run.partAll();
            assertThat(run.merges).as("seed %s", seed).isGreaterThan(8);
            assertThat(run.splits).as("seed %s", seed).isPositive();
            merged = Record.of(rig.sql());
        }
        try (var rig = new FilingRig()) {
            new Run(rig, seed, false, false).steps();
            assertThat(merged).as("seed %s", seed).isEqualTo(Record.of(rig.sql()));
        }
    }

    /** What came meanwhile by no address goes where staff say: compared with the model alone. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void whatStaffSendAlong(long seed) {
        try (var rig = new FilingRig()) {
            var run = new Run(rig, seed, true, true);
            run.steps();
            run.partAll();
            assertThat(run.sentAlong).as("seed %s", seed).isPositive();
        }
    }

    /** A contact as the model has it. Items by label, with the step at which they were filed. */
    private static final class Known {
        final long id;
        final Map<String, Integer> items = new LinkedHashMap<>();
        final Set<String> keys = new TreeSet<>();

        @Nullable
        Known into;

        Known(long id) {
            this.id = id;
        }

        Known shown() {
            return into == null ? this : into.shown();
        }
    }

    private record Merged(long id, Known survivor, Known merged, int step, Map<Known, Set<String>> along) {}

    private record Moved(long id, Known from, Known to) {}

    private static final class Run {
        private final FilingRig rig;
        private final Merging merging;
        private final Splitting splitting;
        private final Random random;
        private final String seed;
        private final boolean allMerge;
        private final boolean sends;
        private final List<Known> all = new ArrayList<>();
        private final Map<String, Known> byKey = new HashMap<>();
        private final Set<String> byNone = new HashSet<>();
        private final List<Merged> standing = new ArrayList<>();
        private final List<Merged> ended = new ArrayList<>();
        private final List<Moved> moved = new ArrayList<>();
        private int step;
        int merges;
        int splits;
        int sentAlong;

        Run(FilingRig rig, long seed, boolean merges, boolean sends) {
            this.rig = rig;
            this.merging = rig.bean(Merging.class);
            this.splitting = rig.bean(Splitting.class);
            this.random = new Random(seed);
            this.seed = "seed " + seed;
            this.allMerge = merges;
            this.sends = sends;
        }

        void steps() {
            for (step = 0; step < STEPS; step++) {
                rig.at(Instant.parse("2026-04-01T12:00:00Z").plusSeconds(step));
                // Both records draw the same numbers, so that they do the same but for merging.
                var drawn = new Random(random.nextLong());
                int what = drawn.nextInt(12);
                if (what < 6 || all.size() < 3) {
                    file(drawn);
                } else if (what < 8) {
                    merge(drawn);
                } else if (what == 8) {
                    part(drawn);
                } else if (what == 9) {
                    mergeAgain(drawn);
                } else if (what == 10) {
                    split(drawn);
                } else {
                    putBack(drawn);
                }
                compare();
            }
        }

        void partAll() {
            while (!standing.isEmpty()) {
                end(standing.getLast(), Set.of());
                compare();
            }
        }

        private void file(Random drawn) {
            var label = "item" + step;
            var at = START.plusSeconds(drawn.nextInt(1_000));
            var name = List.of("Jane Doe", "John Smith", "Li Wei").get(drawn.nextInt(3));
            var spec = switch (drawn.nextInt(6)) {
                case 0 -> Spec.of(Channel.TELEPHONE, at).from(name, null, "+4417924960" + (10 + drawn.nextInt(3)));
                case 1 -> Spec.of(Channel.TELEPHONE, at).from(name, null, null);
                case 2 -> {
                    long chosen = all.isEmpty() ? 999_999 : all.get(drawn.nextInt(all.size())).id;
                    yield Spec.of(Channel.BY_HAND, at)
                            .from(name, null, null)
                            .and(message -> message.recorded(new Recorded(ADA, "call", chosen, "", true)));
                }
                default ->
                    Spec.of(Channel.EMAIL, at)
                            .from(name, "p" + drawn.nextInt(9) + "@example.org", null)
                            .thread("thread" + drawn.nextInt(4));
            };
            rig.filer().file(List.of(rig.items.item(label, spec)));
            expectFiled(label, spec);
        }

        private void expectFiled(String label, Spec spec) {
            var message = spec.message();
            var email = message.sender().email();
            var number = message.sender().telephone();
            var key = email != null
                    ? email.value()
                    : number != null ? number.e164() + " " + message.sender().name() : null;
            long id = rig.contactOf(label);
            var chosen = message.recorded();
            Known on;
            if (chosen != null) {
                on = all.stream()
                        .filter(one -> Long.valueOf(one.id).equals(chosen.contactId()))
                        .findFirst()
                        .orElseGet(() -> known(id));
            } else {
                on = key == null ? known(id) : byKey.computeIfAbsent(key, any -> known(id));
            }
            if (key == null || chosen != null) {
                byNone.add(label);
            } else {
                on.keys.add(key);
            }
            on.items.put(label, step);
            assertThat(id).as("%s, step %s", seed, step).isEqualTo(on.id);
        }

        private Known known(long id) {
            var made = new Known(id);
            all.add(made);
            return made;
        }

        private void merge(Random drawn) {
            var survivor = all.get(drawn.nextInt(all.size()));
            var other = all.get(drawn.nextInt(all.size()));
            if (!allMerge) {
                return;
            }
            if (drawn.nextInt(5) > 0) {
                survivor = survivor.shown();
                other = other.shown();
            }
            var outcome = merging.merge(survivor.id, other.id, ADA, "The same handwriting");
            if (survivor == other) {
                assertThat(outcome).isInstanceOf(Merging.Outcome.Itself.class);
            } else if (survivor.shown() == other.shown()) {
                assertThat(outcome).isEqualTo(new Merging.Outcome.AlreadyOne(survivor.shown().id));
            } else if (survivor.into != null) {
                assertThat(outcome).isEqualTo(new Merging.Outcome.PartOfAnother(survivor.id, survivor.shown().id));
            } else if (other.into != null) {
                assertThat(outcome).isEqualTo(new Merging.Outcome.PartOfAnother(other.id, other.shown().id));
            } else if (areKnownApart(survivor, other)) {
                assertThat(outcome).as("%s, step %s", seed, step).isInstanceOf(Merging.Outcome.SaidNotSame.class);
            } else {
                assertThat(outcome).as("%s, step %s", seed, step).isInstanceOf(Merging.Outcome.Merged.class);
                long id = ((Merging.Outcome.Merged) outcome).merge().id();
                standing.add(new Merged(id, survivor, other, step, new HashMap<>()));
                other.into = survivor;
                merges++;
            }
        }

        /** Whether a split that stands parts one of the one's from one of the other's. */
        private boolean areKnownApart(Known one, Known other) {
            return moved.stream()
                    .anyMatch(move -> move.from.shown() == one && move.to.shown() == other
                            || move.from.shown() == other && move.to.shown() == one);
        }

        private void part(Random drawn) {
            if (standing.isEmpty()) {
                return;
            }
            var merge = standing.get(drawn.nextInt(standing.size()));
            var going = new TreeSet<String>();
            if (sends) {
                family(merge.survivor.shown()).stream()
                        .filter(one -> !isBelow(one, merge.merged))
                        .forEach(one -> one.items.forEach((label, at) -> {
                            if (byNone.contains(label) && at >= merge.step && drawn.nextBoolean()) {
                                going.add(label);
                            }
                        }));
            }
            end(merge, going);
        }

        private void end(Merged merge, Set<String> going) {
            var preview = merging.preview(merge.id).orElseThrow();
            assertThat(preview.doubtful().stream().map(one -> one.enquiryId()).toList())
                    .as("%s, step %s", seed, step)
                    .containsAll(going.stream().map(rig::enquiryOf).toList());
            var outcome =
                    merging.unmerge(merge.id, going.stream().map(rig::enquiryOf).collect(Collectors.toSet()), ADA);
            assertThat(outcome).isInstanceOf(Merging.Parting.Parted.class);
            for (var label : going) {
                var from = all.stream()
                        .filter(one -> one.items.containsKey(label))
                        .findFirst()
                        .orElseThrow();
                merge.along.computeIfAbsent(from, any -> new HashSet<>()).add(label);
                merge.merged.items.put(label, from.items.remove(label));
                sentAlong++;
            }
            merge.merged.into = null;
            standing.remove(merge);
            ended.add(merge);
            assertThat(merging.unmerge(merge.id, Set.of(), ADA)).isInstanceOf(Merging.Parting.EndedBefore.class);
        }

        private void mergeAgain(Random drawn) {
            if (ended.isEmpty()) {
                return;
            }
            var merge = ended.get(drawn.nextInt(ended.size()));
            var outcome = merging.again(merge.id, ADA);
            boolean possible = merge.survivor.into == null
                    && merge.merged.into == null
                    && merge.survivor.shown() != merge.merged.shown()
                    && !areKnownApart(merge.survivor, merge.merged);
            assertThat(outcome instanceof Merging.Outcome.Merged)
                    .as("%s, step %s", seed, step)
                    .isEqualTo(possible);
            if (outcome instanceof Merging.Outcome.Merged(var again)) {
                merge.merged.into = merge.survivor;
                merge.along.forEach((from, labels) -> labels.forEach(label -> {
                    if (merge.merged.items.containsKey(label)) {
                        from.items.put(label, merge.merged.items.remove(label));
                    }
                }));
                ended.remove(merge);
                standing.add(new Merged(again.id(), merge.survivor, merge.merged, step, new HashMap<>()));
            }
        }

        private void split(Random drawn) {
            var from = all.get(drawn.nextInt(all.size()));
            for (int more = 0; more < 4 && from.items.size() < 2; more++) {
                from = all.get(drawn.nextInt(all.size()));
            }
            split(drawn, from);
        }

        private void split(Random drawn, Known from) {
            var keys = from.keys.stream()
                    .filter(key -> drawn.nextBoolean())
                    .collect(Collectors.toCollection(TreeSet::new));
            var items = new TreeSet<String>();
            from.items.keySet().stream()
                    .filter(label -> byNone.contains(label) && drawn.nextBoolean())
                    .forEach(items::add);
            // What is known by the address that stays goes alone now and then, which its address does not follow.
            from.items.keySet().stream().filter(label -> drawn.nextInt(5) == 0).forEach(items::add);
            var ids = keys.stream().map(this::identifierOf).collect(Collectors.toSet());
            int version = rig.contacts().byId(from.id).orElseThrow().version();
            var outcome = splitting.split(
                    new Splitting.Split(
                            from.id,
                            version,
                            ids,
                            items.stream().map(rig::enquiryOf).collect(Collectors.toSet()),
                            Set.of(),
                            "Two people"),
                    ADA);
            var going = new TreeSet<>(items);
            from.items.keySet().stream()
                    .filter(label -> keys.contains(keyOf(label)))
                    .forEach(going::add);
            if (keys.isEmpty() && items.isEmpty()) {
                assertThat(outcome).isInstanceOf(Splitting.Outcome.NothingChosen.class);
            } else if (going.size() == from.items.size() && keys.size() == from.keys.size()) {
                assertThat(outcome).isInstanceOf(Splitting.Outcome.NothingLeft.class);
            } else {
                assertThat(outcome).as("%s, step %s", seed, step).isInstanceOf(Splitting.Outcome.Done.class);
                var move = ((Splitting.Outcome.Done) outcome).move();
                var made = known(move.to());
                going.forEach(label -> made.items.put(label, from.items.remove(label)));
                keys.forEach(key -> {
                    from.keys.remove(key);
                    made.keys.add(key);
                    byKey.put(key, made);
                });
                moved.add(new Moved(move.id(), from, made));
                splits++;
            }
        }

        private void putBack(Random drawn) {
            if (moved.isEmpty()) {
                return;
            }
            var move = moved.get(drawn.nextInt(moved.size()));
            // Where merges decide whether it can be, the record without them would do another thing.
            if (allMerge && standing.stream().anyMatch(one -> one.survivor == move.to || one.merged == move.to)) {
                assertThat(splitting.undo(move.id, ADA)).isInstanceOf(Splitting.Undoing.ChangedSince.class);
                standing.stream()
                        .filter(one -> one.survivor == move.to || one.merged == move.to)
                        .toList()
                        .forEach(one -> end(one, Set.of()));
            }
            var outcome = splitting.undo(move.id, ADA);
            if (moved.stream().anyMatch(one -> one.from == move.to)) {
                assertThat(outcome).isInstanceOf(Splitting.Undoing.ChangedSince.class);
                return;
            }
            assertThat(outcome).as("%s, step %s", seed, step).isInstanceOf(Splitting.Undoing.Undone.class);
            move.from.items.putAll(move.to.items);
            move.to.items.clear();
            move.to.keys.forEach(key -> byKey.put(key, move.from));
            move.from.keys.addAll(move.to.keys);
            move.to.keys.clear();
            moved.remove(move);
            // Shown as the old one for good: the model leaves it out.
            all.remove(move.to);
            ended.removeIf(one -> one.survivor == move.to || one.merged == move.to || one.along.containsKey(move.to));
        }

        private String keyOf(String label) {
            return rig.sql()
                    .sql("""
                            select case i.kind when 'telephone' then i.value || ' ' || e.from_name else i.value end
                            from enquiry e join identifier i on i.id = e.identifier_id where e.receipt_id = :id
                            """)
                    .param("id", TestItems.id(label).hex())
                    .query(String.class)
                    .optional()
                    .orElse("");
        }

        private long identifierOf(String key) {
            return rig.sql()
                    .sql("select id from identifier where value = :value")
                    .param("value", key.split(" ", 2)[0])
                    .query(Long.class)
                    .single();
        }

        private List<Known> family(Known shown) {
            return all.stream().filter(one -> one.shown() == shown).toList();
        }

        private static boolean isBelow(Known one, Known top) {
            return one == top || one.into != null && isBelow(one.into, top);
        }

        /** Each contact has what the model has; each that is shown has what all that are one with it have. */
        private void compare() {
            var own = new TreeMap<Long, Set<String>>();
            rig.sql().sql("select contact_id, receipt_id from enquiry").query(row -> {
                own.computeIfAbsent(row.getLong(1), any -> new TreeSet<>()).add(row.getString(2));
            });
            for (var one : all) {
                assertThat(own.getOrDefault(one.id, Set.of()))
                        .as("%s, step %s, contact %s", seed, step, one.id)
                        .isEqualTo(receipts(one.items.keySet()));
                var read = rig.contacts().shownAs(one.id).orElseThrow();
                assertThat(read.id()).as("%s, step %s", seed, step).isEqualTo(one.shown().id);
            }
            var shown = all.get(random.nextInt(all.size())).shown();
            var family = family(shown);
            assertThat(rig.panel().timeline(shown.id, 0, 1_000, NOBODY).stream()
                            .map(line -> line.enquiryId())
                            .sorted()
                            .toList())
                    .as("%s, step %s", seed, step)
                    .isEqualTo(family.stream()
                            .flatMap(one -> one.items.keySet().stream())
                            .map(rig::enquiryOf)
                            .sorted()
                            .toList());
            assertThat(rig.panel().count(shown.id))
                    .isEqualTo(family.stream().mapToInt(one -> one.items.size()).sum());
            assertThat(rig.contacts().identifiers(shown.id))
                    .hasSize(family.stream().mapToInt(one -> one.keys.size()).sum());
        }

        private static Set<String> receipts(Set<String> labels) {
            return labels.stream()
                    .map(label -> TestItems.id(label).hex())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
