package org.postbag.normalising;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the language of a text by its commonest small words: enough for Welsh and English and the languages most written besides, silent where in doubt. */
public final class Language {

    private static final int SAMPLE_CHARS_MAX = 4_000;
    private static final int WORDS_MIN = 5;
    private static final int HITS_MIN = 3;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+");

    /** Each word, and the languages that it is common in. */
    private static final Map<String, List<String>> COMMON = byWord(Map.of(
            "en",
                    words(
                            "the and to of you that is for in it have be are on with this my not as we was please would can your from will if at"),
            "cy",
                    words(
                            "y yr yn a ac i o mae ar am gan nid ni chi eich ein fy wedi bod oes hyn hwn honno at gyda fel sydd ond dw dwi rydw rwy diolch gallwch os neu ei eu"),
            "fr",
                    words(
                            "le la les des et est un une pour que qui dans vous nous je pas sur avec ce cette de du en ne plus mais votre mon"),
            "de",
                    words(
                            "der die das und ist nicht ein eine ich sie wir zu den mit von auf für sich dem des im auch bitte es haben werden"),
            "es",
                    words(
                            "el la los las de que y en un una por con para no es su se lo como del al pero mi muchas gracias usted"),
            "pl", words("i w na z nie do się jest to że o jak za po co dla od czy ale przez mam proszę jestem są"),
            "it",
                    words(
                            "il lo la gli di che e un una per non con sono del della mi si ho come grazie anche più questo"),
            "pt", words("o os as de que e um uma para não com é do da em no na se por mais eu meu obrigado você")));

    private Language() {}

    /** ISO 639-1 code, or null where the text is too short or two languages are about as likely. */
    public static @Nullable String of(String text) {
        var hits = new HashMap<String, Integer>();
        int count = 0;
        var sample = text.length() > SAMPLE_CHARS_MAX ? text.substring(0, SAMPLE_CHARS_MAX) : text;
        for (var word : BETWEEN_WORDS.split(sample.toLowerCase(java.util.Locale.ROOT), -1)) {
            count += word.isEmpty() ? 0 : 1;
            COMMON.getOrDefault(word, List.of()).forEach(language -> hits.merge(language, 1, Integer::sum));
        }
        if (count < WORDS_MIN) {
            return null;
        }
        String best = null;
        int most = 0;
        int second = 0;
        for (var hit : hits.entrySet()) {
            if (hit.getValue() > most) {
                second = most;
                most = hit.getValue();
                best = hit.getKey();
            } else {
                second = Math.max(second, hit.getValue());
            }
        }
        return most >= HITS_MIN && most * 10 >= count && most * 2 >= second * 3 ? best : null;
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" ", -1));
    }

    private static Map<String, List<String>> byWord(Map<String, Set<String>> byLanguage) {
        var languages = new HashMap<String, List<String>>();
        byLanguage.forEach((language, words) -> words.forEach(
                word -> languages.computeIfAbsent(word, _ -> new ArrayList<>()).add(language)));
        return Map.copyOf(languages);
    }
}
