package org.postbag.search.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Postcode;
import org.postbag.normalising.Telephone;

/** The ways in which names, numbers and postcodes are looked for, made before any engine sees them. Pure. */
public final class Written {

    private static final Pattern NUMBER = Pattern.compile("\\+?[\\d\\s().\\-/]{5,40}");
    private static final int SHORT_LENGTH_MAX = 10;

    /** After any word, which begins with a letter or a digit. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private Written() {}

    /** As they are, and those with an apostrophe without it too: O'Connor is typed as oconnor. */
    public static List<String> names(List<String> names) {
        var ways = new ArrayList<>(names);
        names.stream()
                .filter(name -> name.indexOf('\'') >= 0 || name.indexOf('\u2019') >= 0)
                .forEach(name -> ways.add(name.replaceAll("['\u2019]", "")));
        return ways;
    }

    /**
     * What stands in for a text where lists are sorted from A to Z: its words as they are looked for, so that neither case nor accents nor marks count. One
     * without words comes after all others.
     */
    public static String sorted(@Nullable String text) {
        var words = text == null ? "" : String.join(" ", Analysis.plain(text));
        return words.isEmpty() ? LAST : words;
    }

    /** Numbers by their digits, with the country's code and as dialled at home; what is short also without its spaces. */
    public static List<String> identifiers(List<String> identifiers) {
        return identifiers.stream()
                .flatMap(identifier -> ways(identifier).stream())
                .toList();
    }

    private static List<String> ways(String identifier) {
        var telephone =
                NUMBER.matcher(identifier).matches() ? Telephone.parse(identifier) : Optional.<Telephone>empty();
        if (telephone.isPresent()) {
            return Clauses.digits(telephone.get());
        }
        return identifier.length() <= SHORT_LENGTH_MAX && identifier.indexOf(' ') >= 0
                ? List.of(identifier, identifier.replace(" ", ""))
                : List.of(identifier);
    }

    /** Those of identifiers that are postcodes: whole without the space, and the first half. */
    public static List<String> postcodes(List<String> identifiers) {
        return identifiers.stream()
                .flatMap(identifier -> Postcode.parse(identifier).stream())
                .map(Postcode::value)
                .flatMap(value -> Stream.of(value.replace(" ", ""), value.substring(0, value.indexOf(' '))))
                .distinct()
                .toList();
    }
}
