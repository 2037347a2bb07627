package org.postbag.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postbag.staff.StaffTexts;

/** A bar for each of some things, one below the other, with its figure at its end. */
public record BarChart(String title, String says, List<Bar> bars, int height) implements Chart {

    private static final int BAR_HEIGHT = 40;
    private static final int LABEL_BASELINE = 15;
    private static final int BAR_TOP = 20;
    /** The rest of the width is for the longest bar's figure. */
    private static final double LONGEST_PERCENT = 68;

    /** @param y where the bar begins, {@code labelY} where the label stands */
    public record Bar(String label, String figure, int labelY, int y, String width) {}

    /** One thing to be drawn. */
    public record Item(String label, double value, String figure) {}

    public static BarChart of(String title, List<Item> items, StaffTexts texts) {
        double longest = items.stream().mapToDouble(Item::value).max().orElse(0);
        var bars = new ArrayList<Bar>();
        for (var item : items) {
            int top = bars.size() * BAR_HEIGHT;
            double width = longest == 0 ? 0 : LONGEST_PERCENT * item.value() / longest;
            bars.add(new Bar(
                    item.label(),
                    item.figure(),
                    top + LABEL_BASELINE,
                    top + BAR_TOP,
                    String.format(Locale.ROOT, "%.1f%%", width)));
        }
        return new BarChart(title, says(items, texts), bars, bars.size() * BAR_HEIGHT);
    }

    private static String says(List<Item> items, StaffTexts texts) {
        return items.stream()
                .max(java.util.Comparator.comparingDouble(Item::value))
                .map(most -> texts.say("figures.longest", most.label(), most.figure()))
                .orElseGet(() -> texts.say("figures.nothing"));
    }

    @Override
    public String kind() {
        return "bars";
    }
}
