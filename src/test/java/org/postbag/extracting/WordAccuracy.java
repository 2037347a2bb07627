package org.postbag.extracting;

import java.util.Arrays;
import java.util.List;

/** Which part of a text's words came out right: one minus the words to insert, leave out or change (Levenshtein) for each word there is. */
public final class WordAccuracy {

    private WordAccuracy() {}

    /** Case counts, punctuation around a word doesn't. */
    public static double of(String wanted, String read) {
        var right = words(wanted);
        var words = words(read);
        var before = new int[words.size() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= right.size(); i++) {
            var row = new int[words.size() + 1];
            row[0] = i;
            for (int j = 1; j <= words.size(); j++) {
                int change = right.get(i - 1).equals(words.get(j - 1)) ? 0 : 1;
                row[j] = Math.min(Math.min(before[j], row[j - 1]) + 1, before[j - 1] + change);
            }
            before = row;
        }
        return Math.max(0, 1 - (double) before[words.size()] / right.size());
    }

    public static List<String> words(String text) {
        return Arrays.stream(text.replace('’', '\'').replace('‘', '\'').split("\\s+"))
                .map(word -> word.replaceAll("^[^\\p{L}\\p{N}£]+|[^\\p{L}\\p{N}]+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
