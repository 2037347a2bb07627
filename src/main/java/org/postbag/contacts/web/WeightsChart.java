package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.matching.FieldWeight;
import org.postbag.contacts.matching.Level;
import org.postbag.staff.StaffTexts;

/**
 * What each field adds, as bars from the middle: to the right for one person, to the left against. Lengths are in percent, so that bars shrink with the
 * page and letters don't; each bar's figure stands beside it, and which way it speaks is told by its side and its words too.
 *
 * @param height of the picture in CSS pixels
 * @param sum what all say together
 */
public record WeightsChart(List<Bar> bars, int height, String sum) {

    private static final int BAR_HEIGHT = 50;
    private static final int LABEL_BASELINE = 16;
    private static final int BAR_TOP = 23;
    private static final double MIDDLE_PERCENT = 50;
    /** The rest of each half is for the longest bar's figure. */
    private static final double LONGEST_PERCENT = 36;

    private static final double SHOWN_MIN = 0.005;

    /**
     * One field.
     *
     * @param x of the bar, in percent of the width
     * @param factor how much more, or less, likely it makes it that they are one, in words
     */
    public record Bar(
            String label,
            String level,
            String weight,
            String factor,
            boolean speaksFor,
            int labelY,
            int y,
            String x,
            String width) {}

    static WeightsChart of(Comparison comparison, StaffTexts texts) {
        var said = new ArrayList<Weight>();
        comparison.fields().stream()
                .filter(field -> field.level() != Level.MISSING)
                .sorted(Comparator.comparingDouble(FieldWeight::weight).reversed())
                .forEach(field -> said.add(new Weight(
                        MatchWords.title(field.field(), texts),
                        texts.label(field.level()).toLowerCase(Locale.UK),
                        field.weight())));
        double rest = comparison.logOdds()
                - comparison.start()
                - said.stream().mapToDouble(Weight::weight).sum();
        if (Math.abs(rest) > SHOWN_MIN) {
            said.add(new Weight(texts.say("pair.weights.household"), texts.say("pair.weights.household.level"), rest));
        }
        said.add(new Weight(
                texts.say("pair.weights.start"), texts.say("pair.weights.start.level"), comparison.start()));
        double longest = said.stream()
                .mapToDouble(weight -> Math.abs(weight.weight()))
                .max()
                .orElse(0);
        var bars = new ArrayList<Bar>();
        said.forEach(weight -> bars.add(bar(bars.size(), weight, longest, texts)));
        return new WeightsChart(bars, bars.size() * BAR_HEIGHT, signed(comparison.logOdds()));
    }

    private record Weight(String label, String level, double weight) {}

    private static Bar bar(int place, Weight said, double longest, StaffTexts texts) {
        double weight = said.weight();
        int top = place * BAR_HEIGHT;
        double length = longest == 0 ? 0 : LONGEST_PERCENT * Math.abs(weight) / longest;
        boolean speaksFor = weight >= 0;
        return new Bar(
                said.label(),
                said.level(),
                signed(weight),
                factor(weight, texts),
                speaksFor,
                top + LABEL_BASELINE,
                top + BAR_TOP,
                percent(speaksFor ? MIDDLE_PERCENT : MIDDLE_PERCENT - length),
                percent(length));
    }

    static String factor(double weight, StaffTexts texts) {
        double times = Math.exp(Math.abs(weight));
        if (times < 1.05) {
            return texts.say("pair.times.none");
        }
        if (times > 1_000_000) {
            return texts.say(weight > 0 ? "pair.times.million-more" : "pair.times.million-less");
        }
        var amount = times < 10
                ? String.format(Locale.UK, "%.1f", times)
                : String.format(Locale.UK, "%,d", Math.round(times));
        return texts.say(weight > 0 ? "pair.times.more" : "pair.times.less", amount);
    }

    private static String signed(double weight) {
        return Math.abs(weight) < 0.05
                ? "0"
                : String.format(Locale.UK, "%+.1f", weight).replace('-', '−');
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share);
    }
}
