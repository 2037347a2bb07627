package org.postbag.normalising.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Phrases that are looked for in a line word by word, so that case, marks and spaces do not count, and the time grows with the line alone. In scripts
 * that put no space between words each character is a word.
 */
final class Phrases {

    private static final String GAP = "...";

    /** Where a phrase stands among the words of a line: from the first word to before {@code end}. */
    record Place(int start, int end) {}

    private record Phrase(List<String> words, List<String> ending) {}

    private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();
    /** Phrases that begin with any words. */
    private final List<Phrase> endings = new ArrayList<>();

    Phrases(Collection<String> written) {
        for (var phrase : written) {
            int gap = phrase.indexOf(GAP);
            var words = words(gap < 0 ? phrase : phrase.substring(0, gap));
            var ending = gap < 0 ? List.<String>of() : words(phrase.substring(gap + GAP.length()));
            if (words.isEmpty()) {
                endings.add(new Phrase(words, ending));
            } else {
                byFirstWord
                        .computeIfAbsent(words.getFirst(), _ -> new ArrayList<>())
                        .add(new Phrase(words, ending));
            }
        }
        // The longest first, so that what is found is as long as it can be.
        byFirstWord.values().forEach(list -> list.sort((a, b) -> Integer.compare(b.words.size(), a.words.size())));
    }

    /**
     * The lists of a file beside this class: lines such as {@code name = phrase; phrase}, in which a name may come again, and remarks that begin with
     * {@code #}.
     */
    static Map<String, Phrases> read(String file) {
        var lists = new HashMap<String, List<String>>();
        try (var in = Objects.requireNonNull(Phrases.class.getResourceAsStream(file), file)) {
            for (var line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                int equals = line.indexOf('=');
                if (equals < 0 || line.startsWith("#")) {
                    continue;
                }
                var list = lists.computeIfAbsent(line.substring(0, equals).strip(), _ -> new ArrayList<>());
                for (var phrase : line.substring(equals + 1).split(";", -1)) {
                    if (!phrase.isBlank()) {
                        list.add(phrase.strip());
                    }
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        var phrases = new HashMap<String, Phrases>();
        lists.forEach((name, list) -> phrases.put(name, new Phrases(list)));
        return phrases;
    }

    /** The words of a line, in lower case. Marks and characters that nobody sees end no word. */
    static List<String> words(String line) {
        var words = new ArrayList<String>();
        var lower = line.toLowerCase(Locale.ROOT);
        var word = new StringBuilder();
        for (int i = 0; i < lower.length(); ) {
            int c = lower.codePointAt(i);
            i += Character.charCount(c);
            if (isPart(c)) {
                if (!isWithoutSpaces(c)) {
                    word.appendCodePoint(c);
                    continue;
                }
                end(word, words);
                words.add(Character.toString(c));
            } else if (c < 128 || Character.getType(c) != Character.FORMAT) {
                end(word, words);
            }
        }
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isPart(int c) {
        if (c < 128) {
            return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
        }
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isWithoutSpaces(int c) {
        if (c < 0x0e00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    /** Whether the line is one of the phrases and nothing else. */
    boolean is(List<String> line) {
        var place = startOf(line);
        return place != null && place.end == line.size();
    }

    /** The phrase that the line begins with. */
    @Nullable
    Place startOf(List<String> line) {
        var place = at(line, 0);
        if (place != null || line.isEmpty()) {
            return place;
        }
        for (var phrase : endings) {
            if (line.size() > phrase.ending.size() && endsWith(line, phrase.ending)) {
                return new Place(0, line.size());
            }
        }
        return null;
    }

    /** The last phrase in the line. */
    @Nullable
    Place lastIn(List<String> line) {
        for (int i = line.size() - 1; i >= 0; i--) {
            var place = at(line, i);
            if (place != null) {
                // A longer phrase may have begun before: "a scris" ends with "scris".
                for (int j = Math.max(0, i - 4); j < i; j++) {
                    var longer = at(line, j);
                    if (longer != null && longer.end == place.end) {
                        return longer;
                    }
                }
                return place;
            }
        }
        return null;
    }

    private @Nullable Place at(List<String> line, int from) {
        if (from >= line.size()) {
            return null;
        }
        for (var phrase : byFirstWord.getOrDefault(line.get(from), List.of())) {
            int end = from + phrase.words.size();
            if (end > line.size() || !line.subList(from, end).equals(phrase.words)) {
                continue;
            }
            if (phrase.ending.isEmpty()) {
                return new Place(from, end);
            }
            if (end + phrase.ending.size() <= line.size() && endsWith(line, phrase.ending)) {
                return new Place(from, line.size());
            }
        }
        return null;
    }

    private static boolean endsWith(List<String> line, List<String> ending) {
        return line.subList(line.size() - ending.size(), line.size()).equals(ending);
    }
}
