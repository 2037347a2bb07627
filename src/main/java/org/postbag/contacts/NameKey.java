package org.postbag.contacts;

import com.ibm.icu.lang.UCharacter;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.matching.Titles;

/**
 * Names folded for telling whether two are written alike: case, accents, spacing, punctuation and titles go. Letters that only look alike stay apart.
 * Nothing fuzzy: that is the matcher's.
 */
final class NameKey {

    /** The key under which an identifier decides whatever the name. */
    static final String ANY = "";

    private static final int LENGTH_MAX = 200;
    private static final int WHOLE_WORDS_MIN = 2;
    /** Accents on Latin, Greek and Cyrillic letters. In other scripts a mark is a vowel or tells two letters apart, so it stays. */
    private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern WITHIN_WORDS = Pattern.compile("['\u2019\u02BC`]");

    /** What is written where a name is asked for and none is given. */
    private static final Set<String> NO_NAMES = Set.of(
            "unknown",
            "unknown caller",
            "anonymous",
            "anon",
            "withheld",
            "name withheld",
            "private",
            "private number",
            "not given",
            "not known",
            "none",
            "no name",
            "n a",
            "na",
            "caller",
            "anonymous caller",
            "withheld number",
            "unavailable",
            "not available",
            "not provided",
            "not stated",
            "no name given",
            "refused",
            "declined",
            "tbc",
            "member of the public",
            "null");

    /** Scripts that are written without spaces: one word is a whole name. */
    private static final Set<UnicodeScript> WITHOUT_SPACES =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    private NameKey() {}

    /** The folded name; null where there is none: what is written says so, or it is an address or a number. */
    static @Nullable String of(@Nullable String written) {
        if (written == null || written.indexOf('@') >= 0 || written.codePoints().noneMatch(Character::isLetter)) {
            return null;
        }
        var start = written.substring(0, Math.min(written.length(), 2 * LENGTH_MAX));
        var bare = ACCENTS.matcher(Normalizer.normalize(start, Normalizer.Form.NFKD))
                .replaceAll("");
        var folded = WITHIN_WORDS.matcher(UCharacter.foldCase(bare, true)).replaceAll("");
        var words = new ArrayList<>(Arrays.asList(BETWEEN_WORDS.split(folded)));
        words.removeIf(String::isEmpty);
        while (words.size() > 1 && Titles.has(words.getFirst())) {
            words.removeFirst();
        }
        var key = String.join(" ", words);
        if (key.isEmpty() || NO_NAMES.contains(key)) {
            return null;
        }
        return key.substring(0, Math.min(key.length(), LENGTH_MAX));
    }

    /**
     * The folded name where it is whole: a given name and a surname. A surname, with or without a title or initials, is that of everyone in a household,
     * and a given name or initials that of several in an office: on a number that they share, it would make one contact of two people. Else null.
     */
    static @Nullable String whole(@Nullable String written) {
        var key = of(written);
        if (key == null) {
            return null;
        }
        var words = Arrays.stream(key.split(" "))
                .filter(word -> word.codePointCount(0, word.length()) > 1)
                .filter(word -> !Titles.has(word) && !word.equals("and"))
                .toList();
        boolean whole = words.size() >= WHOLE_WORDS_MIN
                || words.stream().anyMatch(word -> WITHOUT_SPACES.contains(UnicodeScript.of(word.codePointAt(0))));
        return whole ? key : null;
    }
}
