package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Groups records of one person. Groups are joined by what all of their pairs say together, the best first, never by a chain: where A is like B and B like C,
 * A and C speak too, also where they were no candidates of each other.
 */
final class Clusters {

    /** Pairs below it play no part; above it they may be joined by what their groups' other pairs say. */
    static final double EDGE_MIN = -3;

    /** No single pair says more for or against than this. */
    private static final double SAYS_MAX = 12;

    /** Where a name speaks against it, it is for review, unless what speaks for it is overwhelming. */
    private static final double OVERWHELMING = 7;

    private static final double SAYS_ALONE_MAX = Matching.SAME_MIN - 0.5;

    /** What no number of other pairs outweighs: the two are never of one group, whoever stands between them. */
    private static final double CONFLICT = -1e6;

    /** Beyond that, what hangs together is first cut where it is weakest. */
    private static final int PART_MAX = 300;

    private static final int TOLD_EVERY = 1_000;

    private final Comparing comparing;
    private final Model model;

    Clusters(Comparing comparing, Model model) {
        this.comparing = comparing;
        this.model = model;
    }

    /** Two groups that were, or could have been, joined: how sure it is. */
    record Join(int[] one, int[] other, double logOdds) {}

    /**
     * @param scored pairs with log odds from {@link #EDGE_MIN}
     * @param until joins go on down to these odds, the best first
     * @return the joins of each part, in the order in which they were made
     */
    List<List<Join>> of(int records, Edges scored, double until, DoubleConsumer progress) {
        var joins = new ArrayList<List<Join>>();
        long[] edges = scored.pairs();
        double[] odds = scored.odds();
        var parts = new Parts(records, edges, odds);
        var all = parts.of(EDGE_MIN);
        for (int i = 0; i < all.size(); i++) {
            join(all.get(i), parts, edges, odds, EDGE_MIN, until, joins);
            if (i % TOLD_EVERY == 0) {
                progress.accept((double) i / all.size());
            }
        }
        return joins;
    }

    /** @param part places in {@code edges} of what hangs together */
    private void join(
            int[] part, Parts parts, long[] edges, double[] odds, double from, double until, List<List<Join>> joins) {
        int[] records = records(part, edges);
        if (records.length <= PART_MAX) {
            joins.add(joined(records, until));
            return;
        }
        double next = from < 0 ? 0 : from * 1.5 + 1;
        int[] strong = Arrays.stream(part).filter(edge -> odds[edge] >= next).toArray();
        for (int[] smaller : parts.of(strong)) {
            join(smaller, parts, edges, odds, next, until, joins);
        }
    }

    private static int[] records(int[] part, long[] edges) {
        return Arrays.stream(part)
                .flatMap(edge -> IntStream.of((int) (edges[edge] >>> 32), (int) edges[edge]))
                .distinct()
                .sorted()
                .toArray();
    }

    private List<Join> joined(int[] records, double until) {
        int n = records.length;
        var sum = new double[n][n];
        var best = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double says = says(records[i], records[j]);
                sum[i][j] = sum[j][i] = says;
                best[i][j] = best[j][i] = says;
            }
        }
        var groups = new ArrayList<int[]>();
        for (int record : records) {
            groups.add(new int[] {record});
        }
        return new Joining(groups, sum, best).down(until);
    }

    /** What a pair says for it, in log odds, as far as one pair may. */
    double says(int one, int other) {
        long pattern = comparing.pattern(one, other);
        if (comparing.conflict(pattern)) {
            return CONFLICT;
        }
        double odds = model.logOdds(comparing, pattern, one);
        if (odds > SAYS_ALONE_MAX && odds < OVERWHELMING && model.speakNamesAgainst(comparing, pattern)) {
            return SAYS_ALONE_MAX;
        }
        return Math.max(-SAYS_MAX, Math.min(SAYS_MAX, odds));
    }

    /** What a pair says where it was held back from more: see {@link #SAYS_ALONE_MAX}; else what was found. */
    double saysItself(int one, int other, double found) {
        long pattern = comparing.pattern(one, other);
        return found == SAYS_ALONE_MAX ? model.logOdds(comparing, pattern, one) : found;
    }

    /** The groups of one part while they are joined. */
    private static final class Joining {
        private final List<int[]> groups;
        private final double[][] sum;
        private final double[][] best;
        private final boolean[] gone;

        Joining(List<int[]> groups, double[][] sum, double[][] best) {
            this.groups = groups;
            this.sum = sum;
            this.best = best;
            this.gone = new boolean[groups.size()];
        }

        /** Half what they say on average, half what the most alike of them say. */
        private double link(int i, int j) {
            double pairs = (double) groups.get(i).length * groups.get(j).length;
            return (sum[i][j] / pairs + best[i][j]) / 2;
        }

        List<Join> down(double until) {
            var joins = new ArrayList<Join>();
            while (true) {
                int one = -1;
                int other = -1;
                double most = until;
                for (int i = 0; i < gone.length; i++) {
                    for (int j = i + 1; j < gone.length && !gone[i]; j++) {
                        if (!gone[j] && link(i, j) >= most) {
                            most = link(i, j);
                            one = i;
                            other = j;
                        }
                    }
                }
                if (one < 0) {
                    return joins;
                }
                joins.add(new Join(groups.get(one), groups.get(other), most));
                join(one, other);
            }
        }

        private void join(int one, int other) {
            var both = Arrays.copyOf(groups.get(one), groups.get(one).length + groups.get(other).length);
            System.arraycopy(groups.get(other), 0, both, groups.get(one).length, groups.get(other).length);
            groups.set(one, both);
            gone[other] = true;
            for (int k = 0; k < gone.length; k++) {
                if (!gone[k] && k != one) {
                    sum[one][k] = sum[k][one] = sum[one][k] + sum[other][k];
                    best[one][k] = best[k][one] = Math.max(best[one][k], best[other][k]);
                }
            }
        }
    }

    /** What hangs together by edges. */
    private static final class Parts {
        private final int[] root;
        private final long[] edges;
        private final double[] odds;

        Parts(int records, long[] edges, double[] odds) {
            this.root = new int[records];
            this.edges = edges;
            this.odds = odds;
        }

        List<int[]> of(double from) {
            return of(IntStream.range(0, edges.length)
                    .filter(edge -> odds[edge] >= from)
                    .toArray());
        }

        List<int[]> of(int[] some) {
            for (int edge : some) {
                root[(int) (edges[edge] >>> 32)] = (int) (edges[edge] >>> 32);
                root[(int) edges[edge]] = (int) edges[edge];
            }
            for (int edge : some) {
                root[find((int) (edges[edge] >>> 32))] = find((int) edges[edge]);
            }
            var keyed = new long[some.length];
            for (int i = 0; i < some.length; i++) {
                keyed[i] = (long) find((int) edges[some[i]]) << 32 | some[i];
            }
            Arrays.sort(keyed);
            var parts = new ArrayList<int[]>();
            for (int from = 0; from < keyed.length; ) {
                int to = from + 1;
                while (to < keyed.length && keyed[to] >>> 32 == keyed[from] >>> 32) {
                    to++;
                }
                var part = new int[to - from];
                for (int i = from; i < to; i++) {
                    part[i - from] = (int) keyed[i];
                }
                parts.add(part);
                from = to;
            }
            return parts;
        }

        private int find(int record) {
            int at = record;
            while (root[at] != at) {
                root[at] = root[root[at]];
                at = root[at];
            }
            return at;
        }
    }
}
