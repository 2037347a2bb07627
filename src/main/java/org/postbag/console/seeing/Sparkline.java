package org.postbag.console.seeing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Items an hour, as columns so small that they stand within a line, with the same in words. Pure.
 *
 * @param columns one an hour, the oldest first; an hour with nothing has no height
 * @param says what it shows, for who can't see it
 */
public record Sparkline(List<Column> columns, String says) {

    /** CSS pixels. */
    public static final int HEIGHT = 24;

    private static final int COLUMN_WIDTH = 3;
    private static final int STEP = 4;
    private static final int COLUMN_HEIGHT_MAX = 22;

    public Sparkline {
        columns = List.copyOf(columns);
    }

    /** Where a column stands. */
    public record Column(int x, int y, int width, int height) {}

    static Sparkline of(List<Long> counts) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        var columns = new ArrayList<Column>();
        for (int i = 0; i < counts.size(); i++) {
            int height = height(counts.get(i), most);
            columns.add(new Column(i * STEP, HEIGHT - height, COLUMN_WIDTH, height));
        }
        return new Sparkline(columns, says(counts));
    }

    public int width() {
        return columns.size() * STEP;
    }

    /** Something is never shown as nothing. */
    private static int height(long count, long most) {
        return count == 0 ? 0 : Math.max(1, Math.toIntExact(Math.round((double) count * COLUMN_HEIGHT_MAX / most)));
    }

    private static String says(List<Long> counts) {
        return counts.stream().allMatch(count -> count == 0)
                ? "nothing in the last %d hours".formatted(counts.size())
                : "items an hour, this hour last: "
                        + counts.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
