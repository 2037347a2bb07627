package org.postbag.contacts.matching;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Pairs that may be one person, by two record numbers in one number, the smaller first; in order.
 *
 * @param odds their natural logarithm
 */
record Edges(long[] pairs, double[] odds) {

    private static final int CHUNK = 1 << 11;

    /** Those of all candidates whose odds matter. */
    static Edges of(ContactTable table, Candidates candidates, Choice choice, DoubleConsumer progress) {
        int all = (table.size() + CHUNK - 1) / CHUNK;
        var done = new AtomicInteger();
        var chunks = new Found[all];
        IntStream.range(0, all).parallel().map(place -> balanced(place, all)).forEach(chunk -> {
            var scoring = new Scoring(choice.comparing(table), choice.model(), Clusters.EDGE_MIN);
            var others = candidates.new Others();
            var found = new Found();
            for (int record = chunk * CHUNK; record < Math.min(table.size(), (chunk + 1) * CHUNK); record++) {
                others.read(record);
                scoring.score(record, others, found);
            }
            chunks[chunk] = found;
            progress.accept((double) done.incrementAndGet() / all);
        });
        int size = Arrays.stream(chunks).mapToInt(found -> found.pairs.size()).reduce(0, Math::addExact);
        var pairs = new long[size];
        var odds = new double[size];
        int at = 0;
        for (var found : chunks) {
            for (int i = 0; i < found.pairs.size(); i++) {
                pairs[at] = found.pairs.get(i);
                odds[at++] = Double.longBitsToDouble(found.odds.get(i));
            }
        }
        return new Edges(pairs, odds);
    }

    /** A record is compared with those after it, so that the first have most to do: one from the front and one from the end make an even share. */
    private static int balanced(int place, int all) {
        return place % 2 == 0 ? place / 2 : all - 1 - place / 2;
    }

    /** @param known those that are left out, in order */
    List<Decided> without(long[] known) {
        return IntStream.range(0, pairs.length)
                .filter(i -> Arrays.binarySearch(known, pairs[i]) < 0)
                .mapToObj(i -> new Decided((int) (pairs[i] >>> 32), (int) pairs[i], odds[i], false))
                .toList();
    }

    /** Pairs whose odds matter, one after another. */
    static final class Found {
        private final Longs pairs = new Longs(64);
        private final Longs odds = new Longs(64);

        void add(int one, int other, double logOdds) {
            pairs.add((long) one << 32 | other);
            odds.add(Double.doubleToRawLongBits(logOdds));
        }
    }
}
