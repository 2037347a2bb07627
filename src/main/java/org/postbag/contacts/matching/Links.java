package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pairs across two lists. Several records of one list may be one record of the other, since a list may hold somebody twice; but where they speak against each
 * other, only the best of them is {@code SAME}, and the others are for review.
 */
final class Links {

    private final Clusters saying;
    /** Those that were found to be the same, by record. */
    private final Map<Integer, List<Integer>> found = new HashMap<>();

    Links(Comparing comparing, Model model) {
        this.saying = new Clusters(comparing, model);
    }

    /** An edge, and what it says. */
    private record Link(int one, int other, double says) {}

    List<Decided> of(Edges edges) {
        var decided = new ArrayList<Decided>();
        IntStream.range(0, edges.pairs().length)
                .mapToObj(i -> link((int) (edges.pairs()[i] >>> 32), (int) edges.pairs()[i]))
                .sorted(Comparator.comparingDouble(Link::says)
                        .reversed()
                        .thenComparingInt(Link::one)
                        .thenComparingInt(Link::other))
                .takeWhile(link -> link.says() >= Clusters.EDGE_MIN)
                .forEach(link -> decided.add(new Decided(link.one(), link.other(), link.says(), isSame(link))));
        return decided;
    }

    private Link link(int one, int other) {
        return new Link(one, other, saying.says(one, other));
    }

    private boolean isSame(Link link) {
        boolean same = link.says() >= Matching.SAME_MIN
                && fits(link.other(), found.getOrDefault(link.one(), List.of()))
                && fits(link.one(), found.getOrDefault(link.other(), List.of()));
        if (same) {
            found.computeIfAbsent(link.one(), _ -> new ArrayList<>()).add(link.other());
            found.computeIfAbsent(link.other(), _ -> new ArrayList<>()).add(link.one());
        }
        return same;
    }

    private boolean fits(int record, List<Integer> others) {
        return others.stream().allMatch(other -> saying.says(record, other) >= Matching.REVIEW_MIN);
    }
}
