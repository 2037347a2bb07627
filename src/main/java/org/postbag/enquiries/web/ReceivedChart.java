package org.postbag.enquiries.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postbag.enquiries.web.ReceivedCounts.Received;

/**
 * The counts as bars: two a channel, one for today and one for the week. Lengths are in percent, so that bars shrink with the page and letters don't;
 * each bar's figure is written beside it, so that the chart is read without its colours.
 *
 * @param height of the picture in CSS pixels
 */
public record ReceivedChart(List<Bars> channels, int height) {

    private static final int CHANNEL_HEIGHT = 74;
    private static final int LABEL_BASELINE = 16;
    private static final int TODAY_TOP = 24;
    private static final int WEEK_TOP = 44;
    /** The rest of the width is for the longest bar's figure. */
    private static final double LONGEST_PERCENT = 62;

    /** The bars of one channel; {@code y} are distances from the top in CSS pixels, widths are percent of the picture's. */
    public record Bars(
            String label,
            int labelY,
            int todayY,
            int weekY,
            String todayWidth,
            String weekWidth,
            String todayText,
            String weekText) {}

    static ReceivedChart of(Received received) {
        var longest = Math.max(
                1,
                received.counts().stream()
                        .mapToLong(ReceivedCounts.Count::week)
                        .max()
                        .orElse(1));
        var bars = new ArrayList<Bars>();
        for (var count : received.counts()) {
            var top = bars.size() * CHANNEL_HEIGHT;
            bars.add(new Bars(
                    count.channel().label(),
                    top + LABEL_BASELINE,
                    top + TODAY_TOP,
                    top + WEEK_TOP,
                    percent(count.today(), longest),
                    percent(count.week(), longest),
                    String.format(Locale.UK, "%,d today", count.today()),
                    String.format(Locale.UK, "%,d this week", count.week())));
        }
        return new ReceivedChart(bars, bars.size() * CHANNEL_HEIGHT);
    }

    private static String percent(long count, long longest) {
        return String.format(Locale.ROOT, "%.1f%%", LONGEST_PERCENT * count / longest);
    }
}
