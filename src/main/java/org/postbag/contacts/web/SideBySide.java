package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.FieldWeight;
import org.postbag.contacts.matching.Level;
import org.postbag.staff.StaffTexts;

/** What is known of two contacts, row by row, with what agrees and what differs. */
final class SideBySide {

    private SideBySide() {}

    /** Whether the two sides of a row agree; with a sign of its own, so that no colour is needed. */
    public enum Mark {
        SAME("="),
        NEARLY("≈"),
        SIMILAR("≈"),
        SLIGHTLY("~"),
        DIFFERENT("≠"),
        ONLY_ONE("–"),
        /** Says where they come from, not who they are. */
        NOT_COMPARED("");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        public boolean isCompared() {
            return this != NOT_COMPARED;
        }
    }

    /**
     * @param key what tells whether it is the same as another
     * @param note what is to be known of it, such as that it is no longer used; empty for nothing
     * @param claimed whether it was only said, and nobody has confirmed it
     */
    public record Value(String text, String key, String note, boolean claimed) {

        static Value of(String text) {
            return new Value(text, folded(text), "", false);
        }
    }

    /** @param common the keys that both sides have */
    public record Row(String label, Mark mark, List<Value> one, List<Value> other, Set<String> common) {}

    /**
     * A contact as it is compared, its identifiers and claims by kind.
     *
     * @param facts what says where it comes from: by label, in the same order on both sides
     */
    record Side(
            List<Value> names,
            List<Value> emails,
            List<Value> telephones,
            List<Value> handles,
            List<Value> postal,
            List<Value> organisations,
            List<Value> postcodes,
            List<Value> places,
            List<Fact> facts) {}

    record Fact(String label, List<Value> values) {}

    /** What is compared; its texts by their keys. */
    private record Kind(
            String label, @Nullable String onlyOne, Function<Side, List<Value>> values, Set<Field> fields) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "contacts.name",
                    "pair.only-one.name",
                    Side::names,
                    Set.of(Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME)),
            new Kind("identifier-kind.email", "pair.only-one.email", Side::emails, Set.of(Field.EMAIL)),
            new Kind("identifier-kind.telephone", "pair.only-one.telephone", Side::telephones, Set.of(Field.TELEPHONE)),
            new Kind("identifier-kind.handle", "pair.only-one.handle", Side::handles, Set.of(Field.HANDLE)),
            new Kind("identifier-kind.postal", "pair.only-one.postal", Side::postal, Set.of(Field.STREET)),
            new Kind(
                    "contacts.organisation",
                    "pair.only-one.organisation",
                    Side::organisations,
                    Set.of(Field.ORGANISATION)),
            new Kind("pair.postcode", "pair.only-one.postcode", Side::postcodes, Set.of(Field.POSTCODE)),
            new Kind("pair.place", null, Side::places, Set.of(Field.CITY)));

    static List<Row> rows(Side one, Side other, @Nullable Comparison comparison, StaffTexts texts) {
        var rows = new ArrayList<Row>();
        for (var kind : KINDS) {
            var first = kind.values().apply(one);
            var second = kind.values().apply(other);
            if (!first.isEmpty() || !second.isEmpty()) {
                var common = common(first, second);
                rows.add(new Row(
                        texts.say(kind.label()),
                        mark(first, second, common, level(comparison, kind.fields())),
                        first,
                        second,
                        common));
            }
        }
        for (int i = 0; i < one.facts().size(); i++) {
            var fact = one.facts().get(i);
            var same = other.facts().get(i);
            if (!fact.values().isEmpty() || !same.values().isEmpty()) {
                rows.add(new Row(fact.label(), Mark.NOT_COMPARED, fact.values(), same.values(), Set.of()));
            }
        }
        return rows;
    }

    /** What only one of the two has, for a sentence. */
    static List<String> onlyOne(Side one, Side other, StaffTexts texts) {
        var found = new ArrayList<String>();
        for (var kind : KINDS) {
            var words = kind.onlyOne();
            if (words != null
                    && kind.values().apply(one).isEmpty()
                            != kind.values().apply(other).isEmpty()) {
                found.add(texts.say(words));
            }
        }
        return found;
    }

    /** Whether all that agrees, beside the name, was only said by them. */
    static boolean isTiedByClaimsAlone(List<Row> rows, StaffTexts texts) {
        var name = texts.say(KINDS.getFirst().label());
        var ties = rows.stream()
                .filter(row -> AGREEING.contains(row.mark()) && !row.label().equals(name))
                .toList();
        return !ties.isEmpty() && ties.stream().noneMatch(SideBySide::isKnownTie);
    }

    private static boolean isKnownTie(Row row) {
        return isKnown(row.one(), row.common()) && isKnown(row.other(), row.common());
    }

    private static boolean isKnown(List<Value> values, Set<String> common) {
        return values.stream()
                .anyMatch(value -> !value.claimed() && (common.isEmpty() || common.contains(value.key())));
    }

    private static final Set<Mark> AGREEING = Set.of(Mark.SAME, Mark.NEARLY, Mark.SIMILAR);

    private static Mark mark(List<Value> one, List<Value> other, Set<String> common, @Nullable Level level) {
        if (one.isEmpty() || other.isEmpty()) {
            return Mark.ONLY_ONE;
        }
        if (!common.isEmpty()) {
            return Mark.SAME;
        }
        if (level == null) {
            return Mark.DIFFERENT;
        }
        return switch (level) {
            case EQUAL -> Mark.SAME;
            case NEAR, CLOSE -> Mark.NEARLY;
            case ALIKE -> Mark.SIMILAR;
            case FAINT -> Mark.SLIGHTLY;
            case DIFFERENT, MISSING -> Mark.DIFFERENT;
        };
    }

    /** How the fields of a row compare: as the one of them that fits least. */
    private static @Nullable Level level(@Nullable Comparison comparison, Set<Field> fields) {
        return comparison == null
                ? null
                : comparison.fields().stream()
                        .filter(field -> fields.contains(field.field()))
                        .map(FieldWeight::level)
                        .filter(level -> level != Level.MISSING)
                        .min(Level::compareTo)
                        .orElse(null);
    }

    private static Set<String> common(List<Value> one, List<Value> other) {
        var keys = one.stream().map(Value::key).collect(Collectors.toCollection(HashSet::new));
        keys.retainAll(other.stream().map(Value::key).collect(Collectors.toSet()));
        return keys;
    }

    /** Case and spaces make no difference. */
    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
    }
}
