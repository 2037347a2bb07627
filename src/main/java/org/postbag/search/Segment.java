package org.postbag.search;

import java.util.List;
import java.util.stream.Collectors;

/** A stretch of text, marked where it is what was looked for. Plain text: a page escapes it and sets the mark itself. */
public record Segment(String text, boolean marked) {

    public static String plain(List<Segment> segments) {
        return segments.stream().map(Segment::text).collect(Collectors.joining());
    }
}
