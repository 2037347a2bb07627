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
import org.postbag.staff.StaffTexts;

/** What a comparison found, in short sentences: what speaks against it first. */
final class MatchWords {

    private MatchWords() {}

    /**
     * Such as "Different surname.", "Same email address."
     *
     * @param comparison null where they can't be compared any more
     * @param onlyOne what only one of the two has, as it stands in a sentence
     */
    static List<String> of(@Nullable Comparison comparison, List<String> onlyOne, StaffTexts texts) {
        var missing = onlyOne.stream().map(what -> texts.say("pair.only-one", what));
        if (comparison == null) {
            return missing.toList();
        }
        var fields = comparison.fields().stream()
                .filter(field -> field.level() != Level.MISSING)
                .toList();
        return Stream.of(
                        conflicts(comparison, texts),
                        fields.stream()
                                .filter(field -> isConflict(field) && field.weight() != 0)
                                .sorted(Comparator.comparingDouble(FieldWeight::weight))
                                .map(field -> sentence(field, texts)),
                        fields.stream()
                                .filter(field -> !isConflict(field))
                                .sorted(Comparator.comparingDouble(field -> -field.weight()))
                                .map(field -> sentence(field, texts)),
                        comparison.swapped()
                                ? Stream.of(texts.say("pair.swapped"))
                                : Stream.<String>empty(),
                        // Two contacts have two addresses, whoever they are: it says little, so it comes late.
                        fields.stream()
                                .filter(field -> isConflict(field) && field.weight() == 0)
                                .map(field -> sentence(field, texts)),
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
    static List<String> cautions(@Nullable Comparison comparison, boolean claimsAlone, StaffTexts texts) {
        var cautions = new ArrayList<String>();
        if (claimsAlone) {
            cautions.add(texts.say("pair.caution.claims"));
        }
        if (comparison != null
                && isEqual(comparison, Field.GIVEN_NAME)
                && !isEqual(comparison, Field.DATE_OF_BIRTH)
                && (isEqual(comparison, Field.TELEPHONE)
                        || isEqual(comparison, Field.STREET)
                        || isEqual(comparison, Field.POSTCODE))) {
            cautions.add(texts.say("pair.caution.household"));
        }
        return cautions;
    }

    private static boolean isEqual(Comparison comparison, Field field) {
        return comparison.fields().stream().anyMatch(one -> one.field() == field && one.level() == Level.EQUAL);
    }

    /** What can't be of one person, where no field says it. */
    private static Stream<String> conflicts(Comparison comparison, StaffTexts texts) {
        boolean born = comparison.fields().stream()
                .anyMatch(field -> field.field() == Field.DATE_OF_BIRTH && field.level() == Level.DIFFERENT);
        return comparison.conflict() && !born ? Stream.of(texts.say("pair.conflict")) : Stream.empty();
    }

    static boolean isConflict(FieldWeight field) {
        return field.level() == Level.DIFFERENT || field.level() == Level.FAINT;
    }

    private static String sentence(FieldWeight field, StaffTexts texts) {
        return texts.say("pair.sentence", texts.label(field.level()), texts.label(field.field()));
    }

    /** The field where no sentence is around it. */
    static String title(Field field, StaffTexts texts) {
        var noun = texts.label(field);
        return noun.substring(0, 1).toUpperCase(Locale.UK) + noun.substring(1);
    }

    /** How likely it is, such as "About 97 in 100 such pairs are one person." */
    static String likelihood(double logOdds, StaffTexts texts) {
        double probability = probability(logOdds);
        if (probability >= 0.9995) {
            return texts.say("pair.likelihood.nearly-all");
        }
        if (probability >= 0.995) {
            return texts.say("pair.likelihood.most");
        }
        return probability < 0.01
                ? texts.say("pair.likelihood.few")
                : texts.say("pair.likelihood", Math.round(probability * 100));
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
