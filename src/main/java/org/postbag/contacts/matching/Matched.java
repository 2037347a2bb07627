package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.postbag.contacts.matching.Matching.Decision;
import org.postbag.contacts.matching.Matching.Pair;

/** What matching came to, with what explains it. */
public final class Matched {

    private final ContactTable table;
    private final Choice choice;
    private final long compared;
    private final List<Decided> decided;
    private final List<Copies> sameCopies;
    private final long rowsLeftAlone;

    Matched(ContactTable table, Choice choice, long compared, List<Decided> decided) {
        this.table = table;
        this.choice = choice;
        this.compared = compared;
        this.decided = decided;
        var themselves = new Themselves(table);
        this.sameCopies = table.first() > 0
                ? List.of()
                : table.copies().stream()
                        .filter(of -> themselves.speaks(of.record()))
                        .toList();
        this.rowsLeftAlone = table.copies().stream()
                .filter(of -> !themselves.speaks(of.record()))
                .mapToLong(of -> of.more().length + 1L)
                .sum();
    }

    /** Where the model came from. */
    public enum Source {
        LEARNT,
        SHIPPED,
        GIVEN
    }

    /** How two values of a field compare. */
    public enum Agreement {
        SAYS_NOTHING,
        UNLIKE,
        FAINT,
        ALIKE,
        CLOSE,
        NEAR,
        EQUAL
    }

    /**
     * What a threshold would cost, by the model's own probabilities.
     *
     * @param logOdds the threshold
     * @param pairs that would be taken as one person's
     * @param falsePairs of those that are two
     * @param missedPairs of the others that are one
     */
    public record Cost(double logOdds, long pairs, double falsePairs, double missedPairs) {}

    /** All pairs that are one person's or may be. Of rows that stand there more than twenty times, each is paired with the first only. */
    public List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (var pair : decided) {
            if (pair.same() || pair.logOdds() >= Matching.REVIEW_MIN) {
                pairs.add(pair(pair));
            }
        }
        for (var of : sameCopies) {
            int first = table.row(of.record());
            Arrays.stream(of.more()).forEach(row -> pairs.add(new Pair(first, row, 1, Decision.SAME)));
        }
        if (table.first() > 0) {
            new Themselves(table).linkCopies(pairs);
        }
        return pairs;
    }

    /** All that were looked at closely, also those that are no pair. */
    List<Decided> decided() {
        return decided;
    }

    private Pair pair(Decided pair) {
        return new Pair(
                table.row(pair.one()),
                table.row(pair.other()),
                Calibration.probability(pair.logOdds()),
                pair.same() ? Decision.SAME : Decision.REVIEW);
    }

    /** How many pairs were compared, about. */
    public long compared() {
        return compared;
    }

    /** Rows that stand there many times and hold too little to say who they are of. */
    public long rowsLeftAlone() {
        return rowsLeftAlone;
    }

    public Source source() {
        return choice.source();
    }

    /** As it can be kept and given to another run. */
    public SavedModel model() {
        return SavedModel.of(choice.model(), table.whichFields(), table.size());
    }

    /** What each agreement of a column adds, as a power of two, from {@link Agreement#UNLIKE} on; for equal values, of one that is as common as most are. */
    public double[] weights(int column) {
        return IntStream.range(0, Likeness.LEVELS)
                .mapToDouble(level -> Math.log(choice.model().same()[column][level]
                                / choice.model().different()[column][level])
                        / Math.log(2))
                .toArray();
    }

    /** From these log odds on pairs are the same, if nothing else speaks against it. */
    public double sameMin() {
        return Calibration.logOdds(Matching.SAME_MIN);
    }

    /** From these log odds on a person is to look at them. */
    public double reviewMin() {
        return Calibration.logOdds(Matching.REVIEW_MIN);
    }

    /** How many of the pairs that are the same are of two people, as the probabilities say. */
    public double sameThatAreTwo() {
        return decided.stream()
                .filter(Decided::same)
                .mapToDouble(pair -> 1 - Calibration.probability(pair.logOdds()))
                .sum();
    }

    /** Of thresholds from those that hardly matter to those that hardly anything reaches, and of the chosen ones. */
    public List<Cost> costs() {
        return DoubleStream.concat(
                        IntStream.rangeClosed(-3, 10).mapToDouble(threshold -> threshold),
                        DoubleStream.of(reviewMin(), sameMin()))
                .sorted()
                .distinct()
                .mapToObj(this::cost)
                .toList();
    }

    private Cost cost(double threshold) {
        long pairs = 0;
        double falsePairs = 0;
        double missedPairs = 0;
        for (var pair : decided) {
            double probability = Calibration.probability(pair.logOdds());
            if (Calibration.logOdds(pair.logOdds()) >= threshold) {
                pairs++;
                falsePairs += 1 - probability;
            } else {
                missedPairs += probability;
            }
        }
        return new Cost(threshold, pairs, falsePairs, missedPairs);
    }

    /** Pairs of which a little more or less would change what is decided, those nearest to the threshold of {@code SAME} first. */
    public List<Doubtful> doubtful(int most) {
        var comparing = choice.comparing(table);
        return decided.stream()
                .filter(pair -> pair.same() || pair.logOdds() >= Matching.REVIEW_MIN)
                .sorted(Comparator.comparingDouble((Decided pair) -> Math.abs(pair.logOdds() - Matching.SAME_MIN))
                        .thenComparingInt(Decided::one)
                        .thenComparingInt(Decided::other))
                .limit(most)
                .map(pair -> new Doubtful(
                        pair(pair), agreements(comparing, pair), isSwapped(comparing, pair), isHeldBack(pair)))
                .toList();
    }

    /**
     * @param agreements by column
     * @param swapped whether one's given name is the other's family name
     * @param heldBack whether it would be the same but for the names
     */
    public record Doubtful(Pair pair, List<Agreement> agreements, boolean swapped, boolean heldBack) {}

    private static boolean isHeldBack(Decided pair) {
        return !pair.same() && pair.logOdds() >= Matching.SAME_MIN;
    }

    private static boolean isSwapped(Comparing comparing, Decided pair) {
        return comparing.isSwapped(comparing.pattern(pair.one(), pair.other()));
    }

    private static List<Agreement> agreements(Comparing comparing, Decided pair) {
        long pattern = comparing.pattern(pair.one(), pair.other());
        return IntStream.range(0, comparing.fields())
                .mapToObj(field -> Agreement.values()[Comparing.level(pattern, field) + 1])
                .toList();
    }
}
