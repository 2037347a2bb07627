package org.postbag.normalising.mail;

/** Joins the lines of {@code format=flowed} text (RFC 3676) that were broken only to keep them short. */
final class FlowedText {

    private FlowedText() {}

    static String of(String text, boolean spaceBelongsToBreak) {
        var out = new StringBuilder(text.length());
        int depthBefore = -1;
        boolean soft = false;
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            int start = from;
            while (start < end && text.charAt(start) == '>') {
                start++;
            }
            int depth = start - from;
            if (start < end && text.charAt(start) == ' ') {
                start++;
            }
            boolean signature = text.regionMatches(start, "-- ", 0, 3) && end - start == 3;
            boolean joins = soft && depth == depthBefore && !signature;
            if (!joins) {
                if (depthBefore >= 0) {
                    out.append('\n');
                }
                out.repeat('>', depth).append(depth > 0 ? " " : "");
            }
            soft = end > start && text.charAt(end - 1) == ' ' && !signature;
            out.append(text, start, soft && spaceBelongsToBreak ? end - 1 : end);
            depthBefore = depth;
            from = end + 1;
        }
        return out.toString();
    }
}
