package org.postbag.figures;

/**
 * A picture of figures for the fragments of {@code layout/figures.html}: plain SVG without colour that says anything alone. Widths and places across are in
 * percent, so that the picture shrinks with the page and its letters don't; heights are CSS pixels. Each has a table with the same figures beside it.
 */
public sealed interface Chart permits BarChart, ColumnChart {

    /** What the picture is of: its name for who can't see it. */
    String title();

    /** What it shows, in a sentence, for who can't see it. */
    String says();

    int height();

    /** The fragment that draws it. */
    String kind();
}
