package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which records of a list are of one person, or of two lists: without labels and with thresholds of its own. */
public final class Matching {

    /** Odds of about 7 to 1, of all that the two groups say together. */
    static final double SAME_MIN = 2;

    /** More likely than not. */
    static final double REVIEW_MIN = 0;

    /** A list of fewer records doesn't show what is usual: then the model that ships is used. */
    public static final int LEARNT_MIN = 300;

    /** A list may have so many records at most. */
    public static final int RECORDS_MAX = Candidates.RECORDS_MAX;

    private final ContactTable table;
    private final BiConsumer<Stage, Double> progress;

    private Matching(ContactTable table, BiConsumer<Stage, Double> progress) {
        this.table = table;
        this.progress = progress;
    }

    public enum Decision {
        SAME,
        REVIEW
    }

    /** What is done one after another. */
    public enum Stage {
        FINDING,
        LEARNING,
        COMPARING,
        GROUPING
    }

    /** Two rows from 0 in the order in which they were added, the smaller first. */
    public record Pair(int one, int other, double probability, Decision decision) {}

    /** @return all pairs that are one person's or may be, {@code SAME} for exactly those within one group */
    public static List<Pair> of(ContactTable table) {
        return of(table, null, (_, _) -> {}).pairs();
    }

    /**
     * @param given the model to be used; else one is learnt from the list itself, if it is large enough for that, or the one that ships is used
     * @param progress is told how large a share of a stage is done
     */
    public static Matched of(ContactTable table, @Nullable SavedModel given, BiConsumer<Stage, Double> progress) {
        return new Matching(table, progress).matched(given);
    }

    private Matched matched(@Nullable SavedModel given) {
        var candidates = Candidates.of(table, table.first(), share -> progress.accept(Stage.FINDING, share));
        long count = candidates.count();
        progress.accept(Stage.LEARNING, 0.0);
        var choice = Choice.of(table, candidates, count, given);
        progress.accept(Stage.LEARNING, 1.0);
        var edges = Edges.of(table, candidates, choice, share -> progress.accept(Stage.COMPARING, share));
        var decided = table.first() == 0
                ? grouped(choice, edges)
                : new Links(choice.comparing(table), choice.model()).of(edges);
        progress.accept(Stage.GROUPING, 1.0);
        return new Matched(table, choice, count, decided);
    }

    private List<Decided> grouped(Choice choice, Edges edges) {
        var saying = new Clusters(choice.comparing(table), choice.model());
        var joins = saying.of(table.size(), edges, REVIEW_MIN, share -> progress.accept(Stage.GROUPING, share));
        var pairs = new ArrayList<Decided>();
        var known = new Longs(1024);
        for (var part : joins) {
            for (var join : part) {
                for (int one : join.one()) {
                    for (int other : join.other()) {
                        int smaller = Math.min(one, other);
                        int larger = Math.max(one, other);
                        boolean same = join.logOdds() >= SAME_MIN;
                        double logOdds = same ? join.logOdds() : saying.saysItself(smaller, larger, join.logOdds());
                        pairs.add(new Decided(smaller, larger, logOdds, same));
                        known.add((long) smaller << 32 | larger);
                    }
                }
            }
        }
        pairs.addAll(edges.without(known.distinct()));
        return pairs;
    }
}
