package org.postbag.contacts.matching;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learns a {@link Model} without labels: {@code u} from pairs drawn at random, {@code m} from candidate pairs by expectation maximisation (Dempster, Laird and
 * Rubin 1977), held near what is usual where there are few (a Dirichlet prior).
 */
final class Training {

    private static final int RANDOM_PAIRS = 400_000;
    private static final int CANDIDATES_MAX = 300_000;
    private static final int ROUNDS = 60;
    private static final double ROUND_CHANGE_MIN = 1e-6;
    private static final double COUNT_MIN = 0.5;
    /** What is usual weighs as much as this share of the pairs of one person. */
    private static final double USUAL_SHARE = 0.3;

    private static final double SWAPPED_USUAL = 0.03;
    private static final double SHARE_START = 0.3;
    private static final double SHARE_TOGETHER_START = 0.1;
    private static final double SHARE_MAX = 0.98;
    private static final double SHARE_MIN = 1e-6;
    /** Households that are so few beside the pairs of one person aren't told from names that were misheard. */
    private static final double TOGETHER_MIN = 0.2;
    /** What is left of a level that random pairs show only because some of them are one person. */
    private static final double LEFT_MIN = 0.02;

    private static final int CHUNK = 1 << 10;
    private static final long SEED = 7;

    private final ContactTable table;
    private final Comparing comparing;
    private final int size;

    Training(ContactTable table) {
        this.table = table;
        this.comparing = new Comparing(table);
        this.size = table.size();
    }

    private int levels(int row) {
        return row == comparing.fields() ? 2 : Likeness.LEVELS;
    }

    /** @param count how many pairs the candidates are */
    Model learn(Candidates candidates, long count) {
        var different = random();
        int step = (int) Math.max(1, count / CANDIDATES_MAX);
        var patterns = patterns(candidates, step);
        var state = new State(different);
        double before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            state.round(patterns);
            if (Math.abs(state.pairsOfOne - before) < ROUND_CHANGE_MIN * (1 + before)) {
                break;
            }
            before = state.pairsOfOne;
        }
        double all =
                table.first() == 0 ? (double) size * (size - 1) / 2 : (double) table.first() * (size - table.first());
        double ofOne = share(state.pairsOfOne * step, all);
        double together = share(state.pairsTogether * step, all);
        return new Model(
                        state.same,
                        state.together,
                        without(different, state.same, ofOne),
                        Math.log(ofOne),
                        Math.log(together))
                .ordered(table.whichFields());
    }

    /** @param step of so many records one with all its candidates */
    private Map<Long, Integer> patterns(Candidates candidates, int step) {
        int records = (size + step - 1) / step;
        return IntStream.range(0, (records + CHUNK - 1) / CHUNK)
                .parallel()
                .<Map<Long, Integer>>mapToObj(chunk -> {
                    var patterns = new HashMap<Long, Integer>();
                    var own = new Comparing(table);
                    var others = candidates.new Others();
                    for (int i = chunk * CHUNK; i < Math.min(records, (chunk + 1) * CHUNK); i++) {
                        others.read(i * step);
                        for (int j = 0; j < others.size(); j++) {
                            patterns.merge(own.pattern(i * step, others.get(j)), 1, Integer::sum);
                        }
                    }
                    return patterns;
                })
                .reduce(Map.of(), Training::added);
    }

    private static Map<Long, Integer> added(Map<Long, Integer> some, Map<Long, Integer> more) {
        var all = new TreeMap<Long, Integer>(some);
        more.forEach((key, count) -> all.merge(key, count, Integer::sum));
        return all;
    }

    private static double share(double pairs, double all) {
        return Math.min(0.3, Math.max(pairs, COUNT_MIN) / Math.max(all, 1));
    }

    private double[][] random() {
        var counts = new double[comparing.count()][Likeness.LEVELS];
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM_PAIRS && size > Math.max(1, table.first()); i++) {
            int one = random.nextInt(table.first() == 0 ? size : table.first());
            int other = table.first() == 0 ? random.nextInt(size) : random.nextInt(table.first(), size);
            if (one != other) {
                count(counts, comparing.pattern(one, other), 1);
            }
        }
        for (int row = 0; row < counts.length; row++) {
            shares(counts[row], levels(row), COUNT_MIN);
        }
        return counts;
    }

    private static void count(double[][] counts, long pattern, double weight) {
        for (int row = 0; row < counts.length; row++) {
            int level = Comparing.level(pattern, row);
            if (level >= 0) {
                counts[row][level] += weight;
            }
        }
    }

    private static void shares(double[] counts, int levels, double more) {
        double sum = 0;
        for (int level = 0; level < levels; level++) {
            counts[level] += more;
            sum += counts[level];
        }
        for (int level = 0; level < levels; level++) {
            counts[level] /= sum;
        }
    }

    /** Random pairs hold some of one person too: in a small list they would make agreement look common. */
    private double[][] without(double[][] random, double[][] same, double share) {
        var left = new double[random.length][Likeness.LEVELS];
        for (int row = 0; row < left.length; row++) {
            for (int level = 0; level < levels(row); level++) {
                left[row][level] = Math.max(
                        random[row][level] * LEFT_MIN, (random[row][level] - share * same[row][level]) / (1 - share));
            }
            shares(left[row], levels(row), 0);
        }
        return left;
    }

    /** In a household or office: what they share as if they were one, all else as others have it. */
    private double usualTogether(double[][] random, int row, int level) {
        boolean shared = row < comparing.fields() && comparing.field(row).isShared();
        return shared ? usual(row, level) : random[row][level];
    }

    private double usual(int row, int level) {
        if (row == comparing.fields()) {
            return level == 1 ? SWAPPED_USUAL : 1 - SWAPPED_USUAL;
        }
        boolean name = switch (comparing.field(row)) {
            case GIVEN_NAME, FAMILY_NAME, FULL_NAME, ORGANISATION -> true;
            default -> false;
        };
        double none = name ? 0.01 : 0.05;
        return switch (level) {
            case Likeness.EQUAL -> 0.75;
            case Likeness.NEAR -> 0.12;
            case Likeness.NONE -> none;
            default -> (0.13 - none) / 3;
        };
    }

    /** Where learning has come to. */
    private final class State {
        private final double[][] random;
        private final double[][] same = new double[comparing.count()][Likeness.LEVELS];
        private final double[][] together = new double[comparing.count()][Likeness.LEVELS];
        /** Of candidates, which agree in something: not what random pairs show. */
        private final double[][] others = new double[comparing.count()][Likeness.LEVELS];

        private double shareOfOne = SHARE_START;
        private double shareTogether = SHARE_TOGETHER_START;
        private double pairsOfOne;
        private double pairsTogether;

        State(double[][] random) {
            this.random = random;
            for (int row = 0; row < same.length; row++) {
                for (int level = 0; level < levels(row); level++) {
                    same[row][level] = usual(row, level);
                    together[row][level] = usualTogether(random, row, level);
                    others[row][level] = random[row][level];
                }
            }
        }

        void round(Map<Long, Integer> patterns) {
            var ofOne = new double[same.length][Likeness.LEVELS];
            var ofTogether = new double[same.length][Likeness.LEVELS];
            var ofOthers = new double[same.length][Likeness.LEVELS];
            double all = 0;
            pairsOfOne = 0;
            pairsTogether = 0;
            for (var entry : patterns.entrySet()) {
                long pattern = entry.getKey();
                int count = entry.getValue();
                double one = Math.exp(log(pattern, same)) * shareOfOne;
                double near = Math.exp(log(pattern, together)) * shareTogether;
                double other = Math.exp(log(pattern, others)) * (1 - shareOfOne - shareTogether);
                double sum = one + near + other;
                pairsOfOne += one / sum * count;
                pairsTogether += near / sum * count;
                all += count;
                count(ofOne, pattern, one / sum * count);
                count(ofTogether, pattern, near / sum * count);
                count(ofOthers, pattern, other / sum * count);
            }
            shareOfOne = Math.min(SHARE_MAX, Math.max(pairsOfOne / Math.max(all, 1), SHARE_MIN));
            if (pairsTogether < TOGETHER_MIN * pairsOfOne) {
                pairsTogether = 0;
            }
            shareTogether = Math.min(1 - shareOfOne - SHARE_MIN, Math.max(pairsTogether / Math.max(all, 1), SHARE_MIN));
            for (int row = 0; row < same.length; row++) {
                for (int level = 0; level < levels(row); level++) {
                    ofOne[row][level] += (USUAL_SHARE * pairsOfOne + COUNT_MIN) * usual(row, level);
                    ofTogether[row][level] +=
                            (USUAL_SHARE * pairsTogether + COUNT_MIN) * usualTogether(random, row, level);
                }
                shares(ofOne[row], levels(row), 0);
                shares(ofTogether[row], levels(row), 0);
                shares(ofOthers[row], levels(row), COUNT_MIN);
                same[row] = ofOne[row];
                together[row] = ofTogether[row];
                others[row] = ofOthers[row];
            }
        }

        private double log(long pattern, double[][] shares) {
            double log = 0;
            for (int row = 0; row < shares.length; row++) {
                int level = Comparing.level(pattern, row);
                if (level >= 0) {
                    log += Math.log(shares[row][level]);
                }
            }
            return log;
        }
    }
}
