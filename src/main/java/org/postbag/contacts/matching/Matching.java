package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Which records of a list are of one person, without labels and with thresholds of its own. */
public final class Matching {

    /** Odds of about 7 to 1, of all that the two groups say together. */
    static final double SAME_MIN = 2;

    /** More likely than not. */
    static final double REVIEW_MIN = 0;

    /** A list may have so many records at most. */
    public static final int RECORDS_MAX = Candidates.RECORDS_MAX;

    private Matching() {}

    public enum Decision {
        SAME,
        REVIEW
    }

    /** Two records, the smaller number first. */
    public record Pair(int one, int other, double probability, Decision decision) {}

    /** @return all pairs that are one person's or may be, {@code SAME} for exactly those within one group */
    public static List<Pair> of(ContactTable table) {
        return of(table, 0, _ -> {});
    }

    /**
     * @param first where this many records are one list and the rest another, only pairs across the two count; 0 for one list
     * @param progress is told of each step, in words
     */
    public static List<Pair> of(ContactTable table, int first, Consumer<String> progress) {
        var pairs = all(table, first, progress);
        return first == 0
                ? pairs
                : pairs.stream()
                        .filter(pair -> pair.one() < first && pair.other() >= first)
                        .toList();
    }

    private static List<Pair> all(ContactTable table, int first, Consumer<String> progress) {
        var candidates = Candidates.of(table, first);
        long count = candidates.count();
        progress.accept("%,d pairs are compared".formatted(count));
        var model = new Training(table).learn(candidates, count);
        progress.accept("model learnt");
        var scored = Edges.of(table, candidates, model);
        progress.accept("scored");
        long[] edges = scored.pairs();
        double[] edgeOdds = scored.odds();
        var comparing = new Comparing(table);
        var joins = new Clusters(comparing, model).of(table.size(), edges, edgeOdds, REVIEW_MIN);
        var pairs = new ArrayList<Pair>();
        var decided = new Longs(1024);
        for (var part : joins) {
            for (var join : part) {
                var decision = join.logOdds() >= SAME_MIN ? Decision.SAME : Decision.REVIEW;
                for (int one : join.one()) {
                    for (int other : join.other()) {
                        int smaller = Math.min(one, other);
                        int larger = Math.max(one, other);
                        pairs.add(new Pair(smaller, larger, Model.probability(join.logOdds()), decision));
                        decided.add((long) smaller << 32 | larger);
                    }
                }
            }
        }
        long[] known = decided.distinct();
        for (int i = 0; i < edges.length; i++) {
            if (edgeOdds[i] >= REVIEW_MIN && Arrays.binarySearch(known, edges[i]) < 0) {
                pairs.add(new Pair(
                        (int) (edges[i] >>> 32), (int) edges[i], Model.probability(edgeOdds[i]), Decision.REVIEW));
            }
        }
        return pairs;
    }
}
