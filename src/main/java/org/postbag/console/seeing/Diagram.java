package org.postbag.console.seeing;

import java.util.ArrayList;
import java.util.List;
import org.postbag.console.seeing.Step.Figures;

/**
 * A route's steps as boxes one below the other, those within another moved to the right. Pure. It is as wide as a telephone, so that its letters never shrink; the
 * page has the same as a list.
 *
 * @param boxes in the order in which an item passes them
 * @param arrows from each box to the next
 */
public record Diagram(List<Box> boxes, List<Arrow> arrows, int height) {

    public static final int WIDTH = 340;
    private static final int BOX_HEIGHT = 46;
    private static final int GAP = 20;
    private static final int INDENT = 16;
    private static final int EDGE = 1;
    private static final int LETTER_WIDTH = 8;
    private static final int SMALL_LETTER_WIDTH = 7;
    private static final int PADDING = 10;

    public Diagram {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /**
     * @param words as many of them as fit
     * @param says likewise what was counted
     * @param troubled whether something failed there
     */
    public record Box(int x, int y, int width, int height, String words, String says, boolean troubled) {

        public int textX() {
            return x + PADDING;
        }
    }

    /** A line downwards with a head. */
    public record Arrow(int x, int from, int to) {

        public String head() {
            return "%d,%d %d,%d %d,%d".formatted(x - 4, to - 6, x + 4, to - 6, x, to);
        }
    }

    static Diagram of(List<Step> steps) {
        var boxes = new ArrayList<Box>();
        draw(steps, 0, boxes);
        var arrows = new ArrayList<Arrow>();
        for (int i = 1; i < boxes.size(); i++) {
            var box = boxes.get(i);
            arrows.add(new Arrow(box.x() + 2 * PADDING, boxes.get(i - 1).y() + BOX_HEIGHT, box.y()));
        }
        return new Diagram(boxes, arrows, boxes.isEmpty() ? 0 : boxes.getLast().y() + BOX_HEIGHT + EDGE);
    }

    private static void draw(List<Step> steps, int depth, List<Box> boxes) {
        for (var step : steps) {
            int x = EDGE + depth * INDENT;
            int width = WIDTH - x - EDGE;
            int room = width - 2 * PADDING;
            boxes.add(new Box(
                    x,
                    EDGE + boxes.size() * (BOX_HEIGHT + GAP),
                    width,
                    BOX_HEIGHT,
                    fitting(step.words(), room / LETTER_WIDTH),
                    fitting(step.figures() == null ? "" : step.figures().brief(), room / SMALL_LETTER_WIDTH),
                    step.figures() instanceof Figures figures && figures.failed() > 0));
            draw(step.inside(), depth + 1, boxes);
        }
    }

    private static String fitting(String words, int letters) {
        return words.length() <= letters ? words : words.substring(0, letters - 1) + "…";
    }
}
