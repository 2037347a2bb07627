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
        var pairs = all(table, progress);
        return first == 0
                ? pairs
                : pairs.stream()
                        .filter(pair -> pair.one() < first && pair.other() >= first)
                        .toList();
    }

    private static List<Pair> all(ContactTable table, Consumer<String> progress) {
        long[] candidates = Candidates.of(table);
        progress.accept("%,d pairs are compared".formatted(candidates.length));
        var comparing = new Comparing(table);
        var model = new Training(table).learn(candidates);
        var scoring = new Scoring(comparing, model, Clusters.EDGE_MIN);
        double[] odds = IntStream.range(0, candidates.length)
                .parallel()
                .mapToDouble(i -> scoring.logOdds((int) (candidates[i] >>> 32), (int) candidates[i]))
                .toArray();
        int[] near = IntStream.range(0, odds.length)
                .filter(i -> odds[i] >= Clusters.EDGE_MIN)
                .toArray();
        long[] edges = Arrays.stream(near).mapToLong(i -> candidates[i]).toArray();
        double[] edgeOdds = Arrays.stream(near).mapToDouble(i -> odds[i]).toArray();
        var joins = new Clusters(comparing, model).of(table.size(), edges, edgeOdds, REVIEW_MIN);
        var pairs = new ArrayList<Pair>();
        var decided = new Longs(1024);
        for (var part : joins) {
            for (var join : part) {
                var decision = join.logOdds() >= SAME_MIN ? Decision.SAME : Decision.REVIEW;
                for (int one : join.one()) {
                    for (int other : join.other()) {
                        int first = Math.min(one, other);
                        int second = Math.max(one, other);
                        pairs.add(new Pair(first, second, Model.probability(join.logOdds()), decision));
                        decided.add((long) first << 32 | second);
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
