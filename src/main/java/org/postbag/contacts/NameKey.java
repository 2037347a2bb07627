package org.postbag.contacts;

import com.ibm.icu.lang.UCharacter;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names folded for telling whether two are written alike: case, accents, spacing, punctuation and titles go. Nothing fuzzy: that is the matcher's. */
final class NameKey {

    /** The key under which an identifier decides whatever the name. */
    static final String ANY = "";

    private static final int LENGTH_MAX = 200;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern WITHIN_WORDS = Pattern.compile("['\u2019\u02BC`]");
    private static final Set<String> TITLES = Set.of(
            "mr",
            "mrs",
            "ms",
            "miss",
            "mx",
            "dr",
            "doctor",
            "prof",
            "professor",
            "sir",
            "dame",
            "lord",
            "lady",
            "baroness",
            "rev",
            "revd",
            "reverend",
            "cllr",
            "councillor",
            "hon",
            "rt",
            "the");

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
            "member of the public",
            "null");

    private NameKey() {}

    /** The folded name; null where there is none, or what is written says so. */
    static @Nullable String of(@Nullable String written) {
        if (written == null) {
            return null;
        }
        var start = written.substring(0, Math.min(written.length(), 2 * LENGTH_MAX));
        var bare =
                MARKS.matcher(Normalizer.normalize(start, Normalizer.Form.NFKD)).replaceAll("");
        var folded = WITHIN_WORDS.matcher(UCharacter.foldCase(bare, true)).replaceAll("");
        var words = new ArrayList<>(Arrays.asList(BETWEEN_WORDS.split(folded)));
        words.removeIf(String::isEmpty);
        while (words.size() > 1 && TITLES.contains(words.getFirst())) {
            words.removeFirst();
        }
        var key = String.join(" ", words);
        if (key.isEmpty() || NO_NAMES.contains(key)) {
            return null;
        }
        return key.substring(0, Math.min(key.length(), LENGTH_MAX));
    }
}
