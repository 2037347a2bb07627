package org.postbag.console.changing;

import com.github.difflib.DiffUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How two texts differ, line by line. Pure. */
record Difference(List<Line> lines, int added, int removed) {

    /** How many lines that stayed are shown around those that didn't. */
    private static final int AROUND = 3;

    Difference {
        lines = List.copyOf(lines);
    }

    /** What became of a line. */
    enum What {
        SAME,
        REMOVED,
        ADDED,
        /** Lines that stayed and aren't shown. */
        LEFT_OUT
    }

    /**
     * @param before its number in the text before, or null
     * @param after its number in the text after, or null
     */
    record Line(
            What what, @Nullable Integer before, @Nullable Integer after, String text) {}

    static Difference between(String before, String after) {
        var old = before.lines().toList();
        var now = after.lines().toList();
        var lines = new ArrayList<Line>();
        int seen = 0;
        int shift = 0;
        int added = 0;
        int removed = 0;
        for (var delta : DiffUtils.diff(old, now).getDeltas()) {
            var source = delta.getSource();
            var target = delta.getTarget();
            seen = same(lines, old, seen, source.getPosition(), shift);
            for (var line : source.getLines()) {
                lines.add(new Line(What.REMOVED, ++seen, null, line));
            }
            int number = target.getPosition();
            for (var line : target.getLines()) {
                lines.add(new Line(What.ADDED, null, ++number, line));
            }
            shift = number - seen;
            added += target.size();
            removed += source.size();
        }
        same(lines, old, seen, old.size(), shift);
        return new Difference(folded(lines), added, removed);
    }

    private static int same(List<Line> lines, List<String> old, int from, int until, int shift) {
        for (int at = from; at < until; at++) {
            lines.add(new Line(What.SAME, at + 1, at + 1 + shift, old.get(at)));
        }
        return Math.max(from, until);
    }

    private static List<Line> folded(List<Line> lines) {
        var shown = new ArrayList<Line>();
        for (int at = 0; at < lines.size(); at++) {
            if (isNearChange(lines, at)) {
                shown.add(lines.get(at));
            } else if (shown.isEmpty() || shown.getLast().what() != What.LEFT_OUT) {
                shown.add(new Line(What.LEFT_OUT, null, null, "…"));
            }
        }
        return shown;
    }

    private static boolean isNearChange(List<Line> lines, int at) {
        return lines.subList(Math.max(0, at - AROUND), Math.min(lines.size(), at + AROUND + 1)).stream()
                .anyMatch(line -> line.what() != What.SAME);
    }

    public boolean isEmpty() {
        return added == 0 && removed == 0;
    }

    /** "2 lines added, 1 removed". */
    public String summary() {
        return added + (added == 1 ? " line" : " lines") + " added, " + removed + " removed";
    }
}
