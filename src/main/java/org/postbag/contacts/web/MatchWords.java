package org.postbag.contacts.web;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.FieldWeight;
import org.postbag.contacts.matching.Level;

/** What a comparison found, in short sentences: what speaks against it first. */
final class MatchWords {

    private MatchWords() {}

    /**
     * Such as "Different surname.", "Same email address."
     *
     * @param onlyOne what only one of the two has
     */
    static List<String> of(Comparison comparison, List<String> onlyOne) {
        var byWeight = Comparator.comparingDouble(FieldWeight::weight);
        var fields = comparison.fields();
        return Stream.of(
                        fields.stream().filter(MatchWords::isConflict).sorted(byWeight).map(MatchWords::sentence),
                        fields.stream()
                                .filter(field -> !isConflict(field))
                                .sorted(byWeight.reversed())
                                .map(MatchWords::sentence),
                        onlyOne.stream().map(what -> "Only one has " + what + "."))
                .flatMap(sentences -> sentences)
                .distinct()
                .toList();
    }

    static boolean isConflict(FieldWeight field) {
        return field.level() == Level.NONE || field.level() == Level.FAINT;
    }

    static String sentence(FieldWeight field) {
        return level(field.level()) + " " + noun(field.field()) + ".";
    }

    static String level(Level level) {
        return switch (level) {
            case EQUAL -> "Same";
            case NEAR, CLOSE -> "Nearly the same";
            case ALIKE -> "Similar";
            case FAINT -> "Hardly similar";
            case NONE -> "Different";
        };
    }

    /** The field within a sentence. */
    static String noun(Field field) {
        return switch (field) {
            case GIVEN_NAME -> "given name";
            case FAMILY_NAME -> "surname";
            case FULL_NAME -> "name";
            case DATE_OF_BIRTH -> "date of birth";
            case EMAIL -> "email address";
            case TELEPHONE -> "telephone number";
            case STREET -> "street";
            case SUBURB -> "part of town";
            case CITY -> "town";
            case REGION -> "county or region";
            case POSTCODE -> "postcode";
            case ORGANISATION -> "organisation";
            case HANDLE -> "social media handle";
            case NATIONAL_ID -> "national or register number";
            case OTHER -> "other details";
        };
    }

    static String title(Field field) {
        var noun = noun(field);
        return noun.substring(0, 1).toUpperCase(Locale.UK) + noun.substring(1);
    }

    /** How likely it is, such as "About 97 in 100 such pairs are one person." */
    static String likelihood(double logOdds) {
        double probability = probability(logOdds);
        String share;
        if (probability >= 0.9995) {
            share = "More than 999 in 1,000";
        } else if (probability >= 0.995) {
            share = "More than 99 in 100";
        } else if (probability < 0.01) {
            share = "Fewer than 1 in 100";
        } else {
            share = "About " + Math.round(probability * 100) + " in 100";
        }
        return share + " such pairs are one person.";
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
