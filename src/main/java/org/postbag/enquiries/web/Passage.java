package org.postbag.enquiries.web;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a message: what its writer wrote, or what they quoted, which the page folds.
 *
 * @param lines how many lines it has that are not empty
 */
record Passage(boolean quoted, String text, long lines) {

    /**
     * Cuts the whole text where the reader found the reply. The reply's lines stand in the text in their order; where they do not (a reader put some
     * together), the reply comes first and the whole text is folded below it, so that nothing is ever left out.
     */
    static List<Passage> of(String text, String reply) {
        if (text.strip().equals(reply.strip())) {
            return text.isBlank() ? List.of() : List.of(passage(false, List.of(text.strip())));
        }
        var passages = new ArrayList<Passage>();
        var gathered = new ArrayList<String>();
        var wanted =
                reply.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        int next = 0;
        boolean quoted = false;
        for (var line : text.lines().toList()) {
            var bare = line.strip();
            boolean own = next < wanted.size() && bare.equals(wanted.get(next));
            if (own) {
                next++;
            }
            if (!bare.isEmpty() && own == quoted) {
                add(passages, quoted, gathered);
                quoted = !own;
            }
            gathered.add(line);
        }
        add(passages, quoted, gathered);
        if (next == wanted.size()) {
            return List.copyOf(passages);
        }
        return List.of(passage(false, List.of(reply.strip())), passage(true, List.of(text.strip())));
    }

    private static void add(List<Passage> passages, boolean quoted, List<String> gathered) {
        if (gathered.stream().anyMatch(line -> !line.isBlank())) {
            passages.add(passage(quoted, gathered));
        }
        gathered.clear();
    }

    private static Passage passage(boolean quoted, List<String> lines) {
        // Only empty lines go: a first line may be indented on purpose.
        var text = String.join("\n", lines).replaceAll("\\A(?:[ \\t]*\\n)+", "").stripTrailing();
        return new Passage(
                quoted, text, text.lines().filter(line -> !line.isBlank()).count());
    }
}
