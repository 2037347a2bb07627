package org.postbag.contacts.matching;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Values as they are compared: what is only a way of writing is gone. */
final class Normal {

    /** What is longer says nothing more of who it is. */
    static final int VALUE_CHARACTERS_MAX = 200;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");
    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NOT_IN_ADDRESSES = Pattern.compile("[^\\p{L}\\p{N}@._+-]+");
    private static final Pattern DAY_FIRST = Pattern.compile("\\s*([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})\\s*");

    /** What people write where they know nothing. */
    private static final Set<String> NOTHING =
            Set.of("na", "none", "null", "unknown", "nil", "notknown", "notgiven", "anon", "anonymous");

    /** Below are Latin letters alone. */
    private static final int OTHER_SCRIPTS = 0x250;

    private static final Transliterator TO_LATIN =
            Transliterator.getInstance("Russian-Latin/BGN; Any-Latin; Latin-ASCII");

    private Normal() {}

    /** Empty where it says nothing. */
    static String of(Field.Kind kind, String written) {
        if (written.isBlank()) {
            return "";
        }
        var cut = written.length() > VALUE_CHARACTERS_MAX ? written.substring(0, VALUE_CHARACTERS_MAX) : written;
        var value = switch (kind) {
            case NAME -> NEITHER_LETTER_NOR_DIGIT.matcher(folded(latin(cut))).replaceAll("");
            case PLACE -> NEITHER_LETTER_NOR_DIGIT.matcher(folded(cut)).replaceAll("");
            case WORDS -> BETWEEN_WORDS.matcher(folded(cut)).replaceAll(" ").strip();
            case NUMBER -> NEITHER_LETTER_NOR_DIGIT.matcher(folded(cut)).replaceAll("");
            case EMAIL -> NOT_IN_ADDRESSES.matcher(folded(cut)).replaceAll("");
            case DATE -> date(cut);
        };
        return NOTHING.contains(value) ? "" : value;
    }

    /** A name in the letters in which it is written here: who writes it in Cyrillic, Arabic or Chinese writes it in Latin ones too (CLDR's transforms; Cyrillic by BGN, as passports nearly do). */
    private static String latin(String text) {
        return text.codePoints().anyMatch(Normal::isOfAnotherScript) ? TO_LATIN.transliterate(text) : text;
    }

    private static boolean isOfAnotherScript(int letter) {
        return letter >= OTHER_SCRIPTS
                && Character.isLetter(letter)
                && Character.UnicodeScript.of(letter) != Character.UnicodeScript.LATIN;
    }

    /** Lower case, compatible forms as one, without accents. */
    private static String folded(String text) {
        if (isPlain(text)) {
            return text;
        }
        var decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        return MARKS.matcher(decomposed)
                .replaceAll("")
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("đ", "d")
                .replace("æ", "ae")
                .replace("œ", "oe")
                .replace("ı", "i");
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter >= 128 || letter >= 'A' && letter <= 'Z') {
                return false;
            }
        }
        return true;
    }

    /** Year, month and day as eight digits, where they can be told; else the digits as they stand. */
    private static String date(String written) {
        var dayFirst = DAY_FIRST.matcher(written);
        if (dayFirst.matches()) {
            return dayFirst.group(3) + twoDigits(dayFirst.group(2)) + twoDigits(dayFirst.group(1));
        }
        return NO_DIGITS.matcher(written).replaceAll("");
    }

    private static String twoDigits(String number) {
        return number.length() == 1 ? "0" + number : number;
    }
}
