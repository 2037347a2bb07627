package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
     * @param comparison null where they can't be compared any more
     * @param onlyOne what only one of the two has
     */
    static List<String> of(@Nullable Comparison comparison, List<String> onlyOne) {
        var missing = onlyOne.stream().map(what -> "Only one has " + what + ".");
        if (comparison == null) {
            return missing.toList();
        }
        var fields = comparison.fields().stream()
                .filter(field -> field.level() != Level.MISSING)
                .toList();
        return Stream.of(
                        conflicts(comparison),
                        fields.stream()
                                .filter(field -> isConflict(field) && field.weight() != 0)
                                .sorted(Comparator.comparingDouble(FieldWeight::weight))
                                .map(MatchWords::sentence),
                        fields.stream()
                                .filter(field -> !isConflict(field))
                                .sorted(Comparator.comparingDouble(field -> -field.weight()))
                                .map(MatchWords::sentence),
                        comparison.swapped()
                                ? Stream.of("Given name and surname the other way round.")
                                : Stream.<String>empty(),
                        // Two contacts have two addresses, whoever they are: it says little, so it comes late.
                        fields.stream()
                                .filter(field -> isConflict(field) && field.weight() == 0)
                                .map(MatchWords::sentence),
                        missing)
                .flatMap(sentences -> sentences)
                .distinct()
                .toList();
    }

    /**
     * What is to be thought of before somebody decides.
     *
     * @param claimsAlone whether all that ties the two was only said by them
     */
    static List<String> cautions(@Nullable Comparison comparison, boolean claimsAlone) {
        var cautions = new ArrayList<String>();
        if (claimsAlone) {
            cautions.add(
                    "All that ties the two, beside a name, is what was said in forms, calls or messages: nobody has confirmed it.");
        }
        if (comparison != null
                && isEqual(comparison, Field.GIVEN_NAME)
                && !isEqual(comparison, Field.DATE_OF_BIRTH)
                && (isEqual(comparison, Field.TELEPHONE)
                        || isEqual(comparison, Field.STREET)
                        || isEqual(comparison, Field.POSTCODE))) {
            cautions.add(
                    "A household can explain it too: a father and a son may have one name, one telephone and one address.");
        }
        return cautions;
    }

    private static boolean isEqual(Comparison comparison, Field field) {
        return comparison.fields().stream().anyMatch(one -> one.field() == field && one.level() == Level.EQUAL);
    }

    /** What can't be of one person, where no field says it. */
    private static Stream<String> conflicts(Comparison comparison) {
        boolean born = comparison.fields().stream()
                .anyMatch(field -> field.field() == Field.DATE_OF_BIRTH && field.level() == Level.DIFFERENT);
        return comparison.conflict() && !born ? Stream.of("Each has a verified address of their own.") : Stream.empty();
    }

    static boolean isConflict(FieldWeight field) {
        return field.level() == Level.DIFFERENT || field.level() == Level.FAINT;
    }

    static String sentence(FieldWeight field) {
        return level(field.level()) + " " + noun(field.field()) + ".";
    }

    static String level(Level level) {
        return switch (level) {
            case EQUAL -> "Same";
            case NEAR, CLOSE -> "Nearly the same";
            case ALIKE -> "Similar";
            case FAINT -> "Slightly similar";
            case DIFFERENT -> "Different";
            case MISSING -> "Not known:";
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
