package org.postbag.staff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Words of which people are warned before they read on, in English and Welsh; templates use it as {@code @abusiveWords}. It only suggests: what holds one
 * stays found, and who wants to reads it. The list is {@code abusive-words.txt}.
 */
@Component("abusiveWords")
public final class AbusiveWords {

    private static final String LIST = "abusive-words.txt";

    /** What lies further back is met by somebody who has read on for a long while. */
    private static final int READ_LENGTH_MAX = 50_000;

    private static final Pattern MARKS = Pattern.compile("[\\p{Mn}\\p{Cf}]+");
    private static final Pattern ABUSE = pattern();

    AbusiveWords() {}

    /** Whether a text holds one: in whole words, however they are stretched, spelled out or masked with stars. */
    public static boolean in(String text) {
        var read = text.length() <= READ_LENGTH_MAX ? text : text.substring(0, READ_LENGTH_MAX);
        return ABUSE.matcher(plain(read)).find();
    }

    /** Accents and what can't be seen are taken out, wide and curled forms made plain (Unicode 16, annex 15). */
    private static String plain(String text) {
        var decomposed = Normalizer.normalize(text.replace('’', '\''), Normalizer.Form.NFKD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static Pattern pattern() {
        try (var list = Objects.requireNonNull(AbusiveWords.class.getResourceAsStream(LIST), LIST)) {
            var either = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(AbusiveWords::entry)
                    .collect(Collectors.joining("|"));
            return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + either + ")(?![\\p{L}\\p{N}])");
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static String entry(String line) {
        boolean open = line.endsWith("*");
        var bare = open ? line.substring(0, line.length() - 1) : line;
        var written = Arrays.stream(bare.split(" ")).map(AbusiveWords::written).collect(Collectors.joining("\\s+"))
                + (open ? "\\p{L}*+" : "");
        return bare.contains(" ") ? written : written + "|" + spelled(bare);
    }

    /** Letters may be drawn out, and each within a word may be masked by a star or a figure that looks like it. */
    private static String written(String word) {
        var pattern = new StringBuilder();
        int next;
        for (int at = 0; at < word.length(); at = next) {
            char letter = word.charAt(at);
            next = at + 1;
            while (next < word.length() && word.charAt(next) == letter) {
                next++;
            }
            var count = "{" + (next - at) + "}";
            var drawnOut = Pattern.quote(String.valueOf(letter)) + count + Pattern.quote(String.valueOf(letter)) + "*+";
            boolean within = at > 0 && next < word.length();
            pattern.append(within ? "(?:" + drawnOut + "|[" + masks(letter) + "]" + count + ")" : drawnOut);
        }
        return pattern.toString();
    }

    private static String masks(char letter) {
        return "*#"
                + switch (letter) {
                    case 'a' -> "4@";
                    case 'e' -> "3";
                    case 'i' -> "1!";
                    case 'o' -> "0";
                    case 's' -> "5$";
                    case 't' -> "7";
                    default -> "";
                };
    }

    /** Letter by letter, with a space, a dot or a dash between each. */
    private static String spelled(String word) {
        return word.chars()
                .mapToObj(letter -> Pattern.quote(String.valueOf((char) letter)))
                .collect(Collectors.joining("[ ._-]"));
    }
}
