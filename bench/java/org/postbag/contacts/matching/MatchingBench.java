package org.postbag.contacts.matching;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** How long a list of made-up contacts takes, stage by stage, and how right the outcome is: {@code MatchingBench [ROWS...]}. */
public final class MatchingBench {

    private static final int[] SIZES = {100_000, 1_000_000};
    private static final long SEED = 42;

    private MatchingBench() {}

    public static void main(String[] sizes) {
        if (sizes.length == 0) {
            for (int size : SIZES) {
                run(size);
            }
        }
        for (var size : sizes) {
            run(Integer.parseInt(size));
        }
    }

    private static void run(int size) {
        var table = new ContactTable(MadeUpContacts.FIELDS);
        var people = new int[size];
        var filled = new int[1];
        var read = new Watch();
        new MadeUpContacts(size, SEED).each((person, values) -> {
            people[filled[0]++] = person;
            table.add(values);
        });
        table.close();
        System.out.printf(Locale.ROOT, "%,d rows made and read in %s%n", size, read);
        var all = new Watch();
        var step = new Watch[] {new Watch()};
        var matched = Matching.of(table, null, (stage, share) -> {
            if (share == 1) {
                System.out.printf(Locale.ROOT, "  %-20s %s%n", stage, step[0]);
                step[0] = new Watch();
            }
        });
        var pairs = matched.pairs();
        System.out.printf(Locale.ROOT, "%,d rows matched in %s, %,d pairs compared%n", size, all, matched.compared());
        double ours = all.processors();
        score(people, pairs);
        var candidates = Candidates.of(table, 0);
        var plain = new Watch();
        PlainFellegiSunter.of(table, candidates);
        System.out.printf(
                Locale.ROOT,
                "a plain model takes %s for these pairs alone; ours, all in all, %.2f of its processors' time%n",
                plain,
                ours / plain.processors());
    }

    private static void score(int[] people, List<Matching.Pair> pairs) {
        var counts = new HashMap<Integer, Integer>();
        for (int person : people) {
            counts.merge(person, 1, Integer::sum);
        }
        long truth =
                counts.values().stream().mapToLong(n -> (long) n * (n - 1) / 2).sum();
        long same = 0;
        long sameRight = 0;
        long right = 0;
        for (var pair : pairs) {
            boolean isOne = people[pair.one()] == people[pair.other()];
            right += isOne ? 1 : 0;
            if (pair.decision() == Matching.Decision.SAME) {
                same++;
                sameRight += isOne ? 1 : 0;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "same: precision %.4f, recall %.4f; with review: precision %.4f, recall %.4f%n",
                (double) sameRight / same,
                (double) sameRight / truth,
                (double) right / pairs.size(),
                (double) right / truth);
    }

    /** Time on the clock and of the processors since it was made. */
    private static final class Watch {
        private final long began = System.nanoTime();
        private final long cpu = cpu();

        private static long cpu() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        double processors() {
            return (cpu() - cpu) / 1e9;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.2f s (%.2f s of processors)", (System.nanoTime() - began) / 1e9, processors());
        }
    }
}
