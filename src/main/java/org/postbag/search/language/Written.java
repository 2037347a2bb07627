package org.postbag.search.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postbag.normalising.Telephone;

/** In which ways a value stands in an index, so that it is found however it is typed: the same for every engine. */
public final class Written {

    private static final Pattern NUMBER = Pattern.compile("\\+?[\\d\\s().\\-/]{5,40}");
    private static final Pattern APOSTROPHE = Pattern.compile("['\u2019]");
    private static final int SHORT_IDENTIFIER_LENGTH_MAX = 10;

    private Written() {}

    /** Those with an apostrophe once more without it. */
    public static List<String> names(List<String> names) {
        return Stream.concat(
                        names.stream(),
                        names.stream()
                                .filter(name -> APOSTROPHE.matcher(name).find())
                                .map(name -> APOSTROPHE.matcher(name).replaceAll("")))
                .toList();
    }

    public static List<String> identifiers(List<String> identifiers) {
        return identifiers.stream()
                .flatMap(identifier -> identifier(identifier).stream())
                .toList();
    }

    private static List<String> identifier(String identifier) {
        var telephone =
                NUMBER.matcher(identifier).matches() ? Telephone.parse(identifier) : Optional.<Telephone>empty();
        if (telephone.isPresent()) {
            return Clauses.digits(telephone.get());
        }
        var ways = new ArrayList<>(List.of(identifier));
        if (identifier.length() <= SHORT_IDENTIFIER_LENGTH_MAX && identifier.indexOf(' ') >= 0) {
            ways.add(identifier.replace(" ", "")); // a postcode is typed either way
        }
        return ways;
    }
}
