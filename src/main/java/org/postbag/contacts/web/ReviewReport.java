package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.MatchEvidence;
import org.postbag.contacts.MatchEvidence.Count;
import org.postbag.contacts.Matches.Verdict;
import org.postbag.figures.Cell;
import org.postbag.staff.StaffTexts;

/**
 * How often the model was right, by what staff said of its pairs.
 *
 * @param bands by its probability, the likeliest first; those without pairs are left out
 * @param decisions by what it said: <em>same</em>, then <em>review</em>
 */
public record ReviewReport(List<Line> bands, List<Line> decisions, Line all, long separated) {

    /** Two-sided 95 per cent of the normal distribution. */
    private static final double Z = 1.959964;

    /**
     * Pairs of a kind.
     *
     * @param from the least probability of a band, and {@code to} the greatest
     * @param predicted the mean of their probabilities
     */
    public record Line(String label, double from, double to, long same, long notSame, long notSure, double predicted) {

        public long pairs() {
            return same + notSame + notSure;
        }

        /** Of how many staff were sure. */
        public long decided() {
            return same + notSame;
        }

        /** Which share of those that staff were sure of is one person; null where they were sure of none. */
        public @Nullable Double share() {
            return decided() == 0 ? null : (double) same / decided();
        }

        /** The share's 95 per cent confidence interval after Wilson (1927), which holds for few pairs and for shares near 0 and 1 too. */
        public double low() {
            return Math.max(0, middle() - half());
        }

        public double high() {
            // Where all are one person it is 1, but for the rounding of numbers.
            return decided() > 0 && notSame == 0 ? 1 : Math.min(1, middle() + half());
        }

        private double middle() {
            double n = decided();
            return n == 0 ? 0.5 : (same / n + Z * Z / (2 * n)) / (1 + Z * Z / n);
        }

        private double half() {
            double n = decided();
            if (n == 0) {
                return 0.5;
            }
            double p = same / n;
            return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        }

        public String shareWords() {
            return decided() == 0 ? "–" : Cell.percent((double) same / decided());
        }

        public String lowWords() {
            return Cell.percent(low());
        }

        public String highWords() {
            return Cell.percent(high());
        }

        public String predictedWords() {
            return Cell.percent(predicted);
        }
    }

    static ReviewReport of(MatchEvidence.Said said, StaffTexts texts) {
        var bounds = MatchEvidence.BANDS;
        var bands = new ArrayList<Line>();
        IntStream.rangeClosed(0, bounds.size()).map(i -> bounds.size() - i).forEach(band -> {
            double from = band == 0 ? 0 : bounds.get(band - 1);
            double to = band == bounds.size() ? 1 : bounds.get(band);
            var line = line(bandLabel(from, to, texts), from, to, said.counts(), count -> count.band() == band);
            if (line.pairs() > 0) {
                bands.add(line);
            }
        });
        return new ReviewReport(
                bands,
                List.of(
                        line(texts.say("review-report.decision.same"), 0, 1, said.counts(), Count::sure),
                        line(texts.say("review-report.decision.review"), 0, 1, said.counts(), count -> !count.sure())),
                line(texts.say("review-report.all"), 0, 1, said.counts(), count -> true),
                said.separated());
    }

    private static String bandLabel(double from, double to, StaffTexts texts) {
        if (from == 0) {
            return texts.say("review-report.range.below", Cell.percent(to));
        }
        return to == 1
                ? texts.say("review-report.range.above", Cell.percent(from))
                : texts.say("review-report.range", Cell.percent(from), Cell.percent(to));
    }

    private static Line line(String label, double from, double to, List<Count> counts, Predicate<Count> which) {
        var of = counts.stream().filter(which).toList();
        long pairs = of.stream().mapToLong(Count::pairs).sum();
        return new Line(
                label,
                from,
                to,
                pairs(of, Verdict.SAME),
                pairs(of, Verdict.NOT_SAME),
                pairs(of, Verdict.NOT_SURE),
                pairs == 0 ? 0 : of.stream().mapToDouble(Count::probabilities).sum() / pairs);
    }

    private static long pairs(List<Count> counts, Verdict verdict) {
        return counts.stream()
                .filter(count -> count.verdict() == verdict)
                .mapToLong(Count::pairs)
                .sum();
    }

    String csv() {
        var csv = new StringBuilder(
                "pairs,probability_from,probability_to,same,not_same,not_sure,predicted,share_same,share_low,share_high\r\n");
        bands.forEach(line -> csv(csv, "band", line));
        csv(csv, "said same", decisions.getFirst());
        csv(csv, "said review", decisions.getLast());
        csv(csv, "all", all);
        return csv.toString();
    }

    private static void csv(StringBuilder csv, String name, Line line) {
        boolean none = line.decided() == 0;
        csv.append(String.format(
                Locale.ROOT,
                "%s,%.2f,%.2f,%d,%d,%d,%.4f,%s,%s,%s\r\n",
                name,
                line.from(),
                line.to(),
                line.same(),
                line.notSame(),
                line.notSure(),
                line.predicted(),
                none ? "" : decimal((double) line.same() / line.decided()),
                none ? "" : decimal(line.low()),
                none ? "" : decimal(line.high())));
    }

    private static String decimal(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }
}
