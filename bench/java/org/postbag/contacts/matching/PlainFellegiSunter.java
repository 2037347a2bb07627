package org.postbag.contacts.matching;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What {@link MatchingBench} is measured beside: the model as in the textbook, over the same pairs. Three levels a field by equality and Jaro and Winkler's
 * likeness, weights set by hand, no clusters.
 */
final class PlainFellegiSunter {

    private static final int CHUNK = 1 << 11;
    private static final double[] SAME = {0.05, 0.2, 0.75};
    private static final double[] DIFFERENT = {0.97, 0.02, 0.01};
    private static final double LIKENESS_MIN = 0.9;
    private static final double PRIOR = -14;

    private PlainFellegiSunter() {}

    /** @return how many pairs are more likely one person than not */
    static long of(ContactTable table, Candidates candidates) {
        var texts = new String[table.size()][table.fields()];
        for (int record = 0; record < table.size(); record++) {
            for (int field = 0; field < table.fields(); field++) {
                int value = table.value(record, field);
                texts[record][field] = value == Column.NOTHING
                        ? ""
                        : table.columns().get(field).text(value);
            }
        }
        return IntStream.range(0, (table.size() + CHUNK - 1) / CHUNK)
                .parallel()
                .mapToLong(chunk -> {
                    var others = candidates.new Others();
                    long found = 0;
                    for (int record = chunk * CHUNK; record < Math.min(table.size(), (chunk + 1) * CHUNK); record++) {
                        others.read(record);
                        for (int i = 0; i < others.size(); i++) {
                            found += logOdds(texts[record], texts[others.get(i)]) > 0 ? 1 : 0;
                        }
                    }
                    return found;
                })
                .sum();
    }

    private static double logOdds(String[] one, String[] other) {
        double odds = PRIOR;
        for (int field = 0; field < one.length; field++) {
            if (!one[field].isEmpty() && !other[field].isEmpty()) {
                int level = one[field].equals(other[field])
                        ? 2
                        : likeness(one[field], other[field]) >= LIKENESS_MIN ? 1 : 0;
                odds += Math.log(SAME[level] / DIFFERENT[level]);
            }
        }
        return odds;
    }

    /** Jaro and Winkler's, as usually written. */
    private static double likeness(String one, String other) {
        int window = Math.max(0, Math.max(one.length(), other.length()) / 2 - 1);
        var inOne = new boolean[one.length()];
        var inOther = new boolean[other.length()];
        int common = 0;
        for (int i = 0; i < one.length(); i++) {
            for (int j = Math.max(0, i - window); j < Math.min(other.length(), i + window + 1); j++) {
                if (!inOther[j] && one.charAt(i) == other.charAt(j)) {
                    inOne[i] = true;
                    inOther[j] = true;
                    common++;
                    break;
                }
            }
        }
        if (common == 0) {
            return 0;
        }
        int swapped = 0;
        int at = 0;
        for (int i = 0; i < one.length(); i++) {
            if (inOne[i]) {
                while (!inOther[at]) {
                    at++;
                }
                swapped += one.charAt(i) != other.charAt(at++) ? 1 : 0;
            }
        }
        double jaro =
                ((double) common / one.length() + (double) common / other.length() + (common - swapped / 2.0) / common)
                        / 3;
        int prefix = Arrays.mismatch(one.toCharArray(), other.toCharArray());
        return jaro + Math.min(4, Math.max(0, prefix)) * 0.1 * (1 - jaro);
    }
}
