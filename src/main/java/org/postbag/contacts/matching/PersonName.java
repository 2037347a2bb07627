package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A whole name in one piece, taken apart: titles go, what stands before a comma is the family name, else the last word with its particles is. */
final class PersonName {

    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0.]+");
    private static final Set<String> AFTER = Set.of(
            "mp", "ms", "msp", "mla", "obe", "mbe", "cbe", "kbe", "kc", "qc", "phd", "jr", "jnr", "sr", "snr", "esq");
    private static final Set<String> PARTICLES = Set.of(
            "van", "von", "de", "der", "den", "del", "della", "da", "di", "dos", "la", "le", "al", "el", "bin", "ibn",
            "ap", "ab", "mac", "mc", "st");

    private static final int HAN_MAX = 4;

    private PersonName() {}

    static Traits.Name of(String written) {
        if (written.length() > Normal.VALUE_CHARACTERS_MAX || written.indexOf('@') >= 0) {
            return new Traits.Name("", "");
        }
        int comma = written.indexOf(',');
        if (comma > 0 && !words(written.substring(comma + 1)).isEmpty()) {
            var family = words(written.substring(0, comma));
            return name(words(written.substring(comma + 1)), family);
        }
        var words = words(written);
        if (words.size() == 1 && isHan(words.getFirst())) {
            var name = words.getFirst();
            return name(List.of(name.substring(1)), List.of(name.substring(0, 1)));
        }
        int start = Math.max(0, words.size() - 1);
        while (start > 1 && PARTICLES.contains(words.get(start - 1).toLowerCase(Locale.ROOT))) {
            start--;
        }
        return name(words.subList(0, start), words.subList(start, words.size()));
    }

    /** Chinese characters: the first is the family name, but for a few families. */
    private static boolean isHan(String word) {
        return word.length() >= 2
                && word.length() <= HAN_MAX
                && word.codePoints()
                        .allMatch(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.HAN);
    }

    private static Traits.Name name(List<String> given, List<String> family) {
        // A second given name is often left out: the first is the one that is known.
        var first = given.isEmpty() ? "" : given.getFirst();
        return new Traits.Name(Normal.of(Field.Kind.NAME, first), Normal.of(Field.Kind.NAME, String.join("", family)));
    }

    private static List<String> words(String written) {
        var words = new ArrayList<>(Arrays.asList(SPACES.split(written.strip(), -1)));
        words.removeIf(word -> word.isEmpty() || !word.codePoints().anyMatch(Character::isLetter));
        while (words.size() > 1 && Titles.has(words.getFirst().toLowerCase(Locale.ROOT))) {
            words.removeFirst();
        }
        while (words.size() > 2 && AFTER.contains(words.getLast().toLowerCase(Locale.ROOT))) {
            words.removeLast();
        }
        return words;
    }
}
