package org.postbag.search.language;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Telephone;

/** Turns what is sought into what an engine is asked. What holds no letter or digit is passed over. */
public final class Clauses {

    private static final ZoneId UK = ZoneId.of("Europe/London");

    /** Where words are looked for unless somebody says where. */
    private static final Set<Place> USUAL = Arrays.stream(Place.values())
            .filter(Place::isUsual)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Place.class)));

    /** Where the last word may go on: {@code smi} finds Smith, but not every text with a word that starts like it. */
    private static final Set<Place> OPEN_ENDED = Set.of(Place.NAMES, Place.IDENTIFIERS, Place.ATTACHMENTS);

    private static final List<Place> TEXTS = List.of(Place.SUBJECT, Place.TEXT);
    private static final int PREFIX_LENGTH_MIN = 3;

    /** A word of so many letters may have a slip in it, and one of so many two. */
    private static final int SLIP_LENGTH_MIN = 4;

    private static final int SLIPS_LENGTH_MIN = 8;
    private static final float ALIKE_WEIGHT = 0.3f;
    private static final float PREFIX_WEIGHT = 0.5f;
    private static final float REFERENCE_WEIGHT = 50;
    private static final float NUMBER_WEIGHT = 3;

    /** How much the other places count beside the best one. */
    private static final float OTHER_PLACES = 0.1f;

    /** Words of questions that say nothing about their subject; passed over beside others, save in phrases. */
    private static final Set<String> COMMON = Set.of(
            ("a about am an and any are as at be been but by can did do does for from had has have he her his how i if in into is it its me my no "
                            + "not of on or our please she so such that the their them then there these they this to us was we were what when "
                            + "where which who why will with would you your")
                    .split(" "));

    private final boolean loosely;
    private final @Nullable Long asker;

    private Clauses(boolean loosely, @Nullable Long asker) {
        this.loosely = loosely;
        this.asker = asker;
    }

    /**
     * @param loosely whether words that are spelt alike are found too, wherever they stand; among names they always are
     * @param asker the id of the member of staff who asks; null for nobody that anything is assigned to
     */
    public static Clause of(Sought sought, boolean loosely, @Nullable Long asker) {
        var clause = new Clauses(loosely, asker).clause(sought, USUAL);
        return clause == null ? new Clause.Nothing() : clause;
    }

    /** What a text is marked for: each part of what is sought by itself, since the others may stand in another place. */
    public static Clause marked(Sought sought, boolean loosely) {
        var parts = new ArrayList<Clause>();
        new Clauses(loosely, null).collect(sought, parts);
        return parts.isEmpty() ? new Clause.Nothing() : new Clause.Best(parts, 0);
    }

    /** The digits that a number is found by: with its country's code, and as it is dialled at home. */
    public static List<String> digits(Telephone telephone) {
        return List.of(digits(telephone.e164()), digits(telephone.shown()));
    }

    private static String digits(String written) {
        return written.replaceAll("\\D", "");
    }

    public static String withoutDashes(String reference) {
        return reference.replace("-", "");
    }

    private void collect(Sought sought, List<Clause> parts) {
        switch (sought) {
            case Sought.All(List<Sought> of) -> {
                boolean telling = isTelling(of);
                of.stream().filter(part -> !(telling && isCommon(part))).forEach(part -> collect(part, parts));
            }
            case Sought.Any(List<Sought> of) -> of.forEach(part -> collect(part, parts));
            case Sought.Not _,
                    Sought.Is _,
                    Sought.Received _,
                    Sought.KeptUntil _,
                    Sought.Mine _,
                    Sought.Reference _ -> {}
            default -> Stream.ofNullable(clause(sought, USUAL)).forEach(parts::add);
        }
    }

    private @Nullable Clause clause(Sought sought, Set<Place> where) {
        return switch (sought) {
            case Sought.Everything _ -> new Clause.Everything();
            case Sought.Word word -> anywhere(where, place -> word(place, word));
            case Sought.Prefix(String text) -> anywhere(where, place -> prefix(place, text));
            case Sought.Phrase(String text) -> anywhere(where, place -> together(place, text));
            case Sought.Within(var places, Sought what) -> clause(what, places);
            case Sought.Is(String facet, String value) -> new Clause.Is(facet, value);
            case Sought.Received(var first, var last) -> received(first, last);
            case Sought.KeptUntil(var first, var last) -> keptUntil(first, last);
            case Sought.Mine _ ->
                asker == null ? new Clause.Nothing() : new Clause.Is("assigned", Long.toString(asker));
            case Sought.Reference(String begins) -> new Clause.ReferenceBeginning(begins);
            case Sought.Quoted(var reference) -> reference(reference.value());
            case Sought.Number number -> number(number);
            case Sought.Not(Sought what) -> not(clause(what, where));
            case Sought.All(List<Sought> of) -> all(of, where);
            case Sought.Any(List<Sought> of) ->
                any(of.stream()
                        .flatMap(s -> Stream.ofNullable(clause(s, where)))
                        .toList());
        };
    }

    private @Nullable Clause all(List<Sought> parts, Set<Place> where) {
        boolean telling = isTelling(parts);
        var all = new ArrayList<Clause>();
        var without = new ArrayList<Clause>();
        for (var part : parts) {
            if (telling && isCommon(part)) {
                continue;
            }
            var clause = clause(part instanceof Sought.Not(Sought what) ? what : part, where);
            if (clause != null) {
                (part instanceof Sought.Not ? without : all).add(clause);
            }
        }
        if (all.isEmpty() && without.isEmpty()) {
            return null;
        }
        return new Clause.Every(all.isEmpty() ? List.of(new Clause.Everything()) : all, without);
    }

    private static boolean isTelling(List<Sought> parts) {
        return parts.stream().anyMatch(part -> !(part instanceof Sought.Not) && !isCommon(part));
    }

    private static boolean isCommon(Sought sought) {
        return sought instanceof Sought.Word(String text, boolean _)
                && (COMMON.contains(text.toLowerCase(Locale.ROOT))
                        || Analysis.terms(Place.TEXT, text).isEmpty());
    }

    private static @Nullable Clause any(List<Clause> meanings) {
        if (meanings.size() < 2) {
            return meanings.isEmpty() ? null : meanings.getFirst();
        }
        return new Clause.Best(meanings, OTHER_PLACES);
    }

    private static @Nullable Clause not(@Nullable Clause clause) {
        return clause == null ? null : new Clause.Every(List.of(new Clause.Everything()), List.of(clause));
    }

    private interface Where {
        @Nullable
        Clause at(Place place);
    }

    private static @Nullable Clause anywhere(Set<Place> places, Where where) {
        return any(Arrays.stream(Place.values())
                .filter(places::contains)
                .flatMap(place -> Stream.ofNullable(where.at(place)).map(clause -> weighted(place, clause)))
                .toList());
    }

    private static Clause weighted(Place place, Clause clause) {
        return place.weight() == 1 || !place.isUsual() ? clause : new Clause.Weighted(clause, place.weight());
    }

    private @Nullable Clause word(Place place, Sought.Word word) {
        var whole = together(place, word.text());
        if (!(whole instanceof Clause.Term(var _, String term))) {
            return whole;
        }
        var either = new ArrayList<Clause>();
        either.add(whole);
        if (word.last() && OPEN_ENDED.contains(place) && term.length() >= PREFIX_LENGTH_MIN) {
            either.add(new Clause.Weighted(new Clause.Beginning(place, term), PREFIX_WEIGHT));
        }
        if (mayBeMisspelt(place, term)) {
            int slips = term.length() >= SLIPS_LENGTH_MIN ? 2 : 1;
            either.add(new Clause.Weighted(new Clause.Alike(place, term, slips), ALIKE_WEIGHT));
        }
        return either.size() == 1 ? whole : new Clause.Best(either, 0);
    }

    /** Not a number: another number is another thing. */
    private boolean mayBeMisspelt(Place place, String term) {
        return (place == Place.NAMES || loosely && place.isUsual())
                && term.length() >= SLIP_LENGTH_MIN
                && term.chars().allMatch(Character::isLetter);
    }

    /** Received on these days of the United Kingdom, both inclusive; null for no bound. */
    public static Clause received(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new Clause.Received(
                first == null ? Long.MIN_VALUE : start(first),
                last == null ? Long.MAX_VALUE : start(last.plusDays(1)) - 1);
    }

    /** Kept until one of these days, both inclusive; null for no bound. */
    public static Clause keptUntil(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new Clause.KeptUntil(
                first == null ? Long.MIN_VALUE : first.toEpochDay(), last == null ? Long.MAX_VALUE : last.toEpochDay());
    }

    /** When a day begins in the United Kingdom, in milliseconds since 1970. */
    private static long start(LocalDate day) {
        return day.atStartOfDay(UK).toInstant().toEpochMilli();
    }

    /** Words that start so; in running text also those of its stem, which may be shorter than what was typed. */
    private static @Nullable Clause prefix(Place place, String text) {
        var terms = Analysis.plain(text);
        if (terms.isEmpty()) {
            return null;
        }
        var all = new ArrayList<Clause>();
        terms.subList(0, terms.size() - 1).forEach(term -> all.add(new Clause.Term(place, term)));
        var either = new ArrayList<Clause>();
        either.add(new Clause.Beginning(place, terms.getLast()));
        Stream.ofNullable(together(place, terms.getLast())).forEach(either::add);
        all.add(new Clause.Best(either, 0));
        return new Clause.Every(all, List.of());
    }

    private static Clause reference(String reference) {
        var meanings = new ArrayList<Clause>();
        meanings.add(new Clause.Weighted(new Clause.OfReference(withoutDashes(reference)), REFERENCE_WEIGHT));
        TEXTS.stream()
                .flatMap(place -> Stream.ofNullable(together(place, reference)))
                .forEach(meanings::add);
        return new Clause.Best(meanings, 0);
    }

    private static Clause number(Sought.Number number) {
        var meanings = new ArrayList<Clause>();
        for (var digits : digits(number.telephone())) {
            meanings.add(new Clause.Weighted(new Clause.Term(Place.IDENTIFIERS, digits), NUMBER_WEIGHT));
            TEXTS.forEach(place -> meanings.add(new Clause.Term(place, digits)));
        }
        for (var written : List.of(number.typed(), number.telephone().shown())) {
            TEXTS.stream()
                    .flatMap(place -> Stream.ofNullable(together(place, written)))
                    .forEach(meanings::add);
        }
        return new Clause.Best(meanings, 0);
    }

    /** The words of a text one after the other, in one place. */
    private static @Nullable Clause together(Place place, String text) {
        var terms = Analysis.terms(place, text);
        if (terms.isEmpty()) {
            return null;
        }
        return terms.size() == 1 ? new Clause.Term(place, terms.getFirst()) : new Clause.Phrase(place, terms);
    }
}
