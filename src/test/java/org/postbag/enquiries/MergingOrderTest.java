package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.contacts.Claims;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Splitting;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.Claim;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;

/**
 * Filing, merging, unmerging, splitting and putting back, at once from nine threads, ends as one after the other. A deadlock that is not tried again
 * fails it.
 */
class MergingOrderTest {

    private static final int ITEMS = 600;
    private static final int FILING = 3;
    private static final int ROUNDS = 12;
    private static final String ADA = "staff:ada";

    /** Of thirty people the first ten are merged, the next ten merged and parted again and again, and the last ten have two addresses, and are split. */
    private static final int PEOPLE = 30;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void atOnceEndsLikeOneAfterTheOther(long seed) throws Exception {
        String expected;
        try (var rig = new FilingRig()) {
            var run = new Run(rig, seed);
            for (var step : run.steps()) {
                step.call();
            }
            expected = run.end();
        }
        try (var rig = new FilingRig();
                var threads = Executors.newCachedThreadPool()) {
            var run = new Run(rig, seed);
            var going = new ArrayList<Future<Void>>();
            for (var step : run.steps()) {
                going.add(threads.submit(step));
            }
            for (var one : going) {
                one.get();
            }
            assertThat(run.end()).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private static final class Run {
        private final FilingRig rig;
        private final long seed;
        private final Merging merging;
        private final Splitting splitting;

        Run(FilingRig rig, long seed) {
            this.rig = rig;
            this.seed = seed;
            this.merging = rig.bean(Merging.class);
            this.splitting = rig.bean(Splitting.class);
            everyoneIsKnown();
        }

        private void everyoneIsKnown() {
            var first = new ArrayList<Receipt>();
            for (int i = 0; i < PEOPLE; i++) {
                var spec = Spec.of(Channel.EMAIL, START.plusSeconds(50 + i))
                        .from("Jane Doe", "p" + i + "@example.org", null);
                first.add(rig.items.item(
                        "first" + i,
                        i < 20 ? spec : spec.claiming(new Claim(Claim.Kind.EMAIL, "s" + i + "@example.org"))));
            }
            rig.filer().file(first);
            for (int i = 20; i < PEOPLE; i++) {
                long claim = rig.claims()
                        .ofEnquiry(rig.enquiryOf("first" + i))
                        .getFirst()
                        .id();
                assertThat(rig.claims().confirm(claim, ADA)).isEqualTo(Claims.Decided.DONE);
            }
        }

        /** What each thread does; one after the other in this order in the record that is compared with. */
        List<Callable<Void>> steps() {
            var steps = new ArrayList<Callable<Void>>();
            var items = items();
            for (int part = 0; part < FILING; part++) {
                var mine = items.subList(part * ITEMS / FILING, (part + 1) * ITEMS / FILING);
                steps.add(() -> {
                    for (int from = 0; from < mine.size(); from += 10) {
                        rig.filer().file(mine.subList(from, Math.min(from + 10, mine.size())));
                    }
                    return null;
                });
            }
            for (int thread = 0; thread < 2; thread++) {
                var pairs = new Random(seed + thread);
                steps.add(() -> merge(pairs));
                var others = new Random(seed + 10 + thread);
                steps.add(() -> mergeAndPart(others));
                int from = 20 + thread * 5;
                steps.add(() -> split(from));
            }
            return steps;
        }

        private List<Receipt> items() {
            var random = new Random(seed);
            var items = new ArrayList<Receipt>();
            for (int i = 0; i < ITEMS; i++) {
                int person = random.nextInt(PEOPLE);
                var address = (person >= 20 && random.nextBoolean() ? "s" : "p") + person + "@example.org";
                var name = List.of("Jane Doe", "John Smith", "Li Wei").get(random.nextInt(3));
                items.add(rig.items.item(
                        "item" + i,
                        Spec.of(Channel.EMAIL, START.plusSeconds(random.nextInt(200)))
                                .from(name, address, null)
                                .thread("thread" + random.nextInt(3))));
            }
            Collections.shuffle(items, random);
            return items;
        }

        private long person(int i) {
            return rig.contactOf("first" + i);
        }

        private Void merge(Random random) {
            for (int round = 0; round < ROUNDS / 2; round++) {
                long one = person(random.nextInt(10));
                long other = person(random.nextInt(10));
                // Whoever is shown for them by now is who is merged, until they are one.
                while (one != other) {

                    var outcome = merging.merge(shown(one), shown(other), ADA, "");
                    if (!(outcome instanceof Merging.Outcome.PartOfAnother)) {
                        break;
                    }
                }
            }
            return null;
        }

        private long shown(long id) {
            return rig.contacts().shownAs(id).orElseThrow().id();
        }

        private Void mergeAndPart(Random random) {
            var mine = new ArrayList<Long>();
            for (int round = 0; round < ROUNDS; round++) {
                var outcome = merging.merge(person(10 + random.nextInt(10)), person(10 + random.nextInt(10)), ADA, "");
                if (outcome instanceof Merging.Outcome.Merged(var merge)) {
                    mine.add(merge.id());
                }
                if (mine.size() > 2) {
                    part(mine.remove(random.nextInt(mine.size())));
                }
            }
            mine.forEach(this::part);
            return null;
        }

        private void part(long mergeId) {
            assertThat(merging.unmerge(mergeId, Set.of(), ADA)).isInstanceOf(Merging.Parting.Parted.class);
        }

        /** Each of five people: two stay split, the others are put back, one of them once and split again. */
        private Void split(int from) {
            for (int person = from; person < from + 5; person++) {
                long move = split(person(person), "s" + person + "@example.org");
                if (person >= from + 2) {
                    assertThat(splitting.undo(move, ADA)).isInstanceOf(Splitting.Undoing.Undone.class);
                }
                if (person == from + 4) {
                    split(person(person), "s" + person + "@example.org");
                }
            }
            return null;
        }

        private long split(long contactId, String address) {
            long identifier = rig.sql()
                    .sql("select id from identifier where value = ?")
                    .param(address)
                    .query(Long.class)
                    .single();
            while (true) {
                int version = rig.contacts().byId(contactId).orElseThrow().version();
                var outcome = splitting.split(
                        new Splitting.Split(contactId, version, Set.of(identifier), Set.of(), Set.of(), ""), ADA);
                // Filing gave it another name meanwhile: look again, as the page has staff do.
                if (outcome instanceof Splitting.Outcome.Done(var move)) {
                    return move.id();
                }
                assertThat(outcome).isInstanceOf(Splitting.Outcome.Changed.class);
            }
        }

        /** The record but for contacts that nothing is left of, and who is shown with whom. */
        String end() {
            var record = Record.of(rig.sql())
                    .lines()
                    .filter(line -> !line.startsWith("  contact=null "))
                    .collect(Collectors.joining("\n"));
            var together = new TreeMap<Long, Set<Integer>>();
            for (int i = 0; i < PEOPLE; i++) {
                long shown = rig.contacts().shownAs(person(i)).orElseThrow().id();
                together.computeIfAbsent(shown, any -> new TreeSet<>()).add(i);
            }
            var groups = together.values().stream().map(Set::toString).sorted().toList();
            assertThat(groups).hasSizeBetween(21, 29);
            return record + "\ntogether " + groups;
        }
    }
}
