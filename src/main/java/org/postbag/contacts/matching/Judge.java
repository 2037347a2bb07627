package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Compares two contacts by a trained {@link Model}, and says what each field tells. Of a field with several values the pair of values counts that is most
 * alike: who has two addresses is known by either.
 */
public final class Judge {

    /** The name under which what it decides is kept. */
    public static final String MODEL = "shipped-2";

    /** What contacts are compared by. */
    static final List<Field> FIELDS = List.of(
            Field.GIVEN_NAME,
            Field.FAMILY_NAME,
            Field.DATE_OF_BIRTH,
            Field.EMAIL,
            Field.TELEPHONE,
            Field.STREET,
            Field.POSTCODE,
            Field.ORGANISATION,
            Field.HANDLE,
            Field.NATIONAL_ID);

    /** Of those who write, so many are there once more under another address, as far as one knows before looking. */
    private static final double SHARE_TWICE = 0.1;

    /** And so many have somebody of their household or office among the others. */
    private static final double SHARE_TOGETHER = 0.5;

    private static final double SHARE_MAX = 0.2;
    /** However rare a value is, somebody else may have it. */
    private static final double RARER_MAX = 10;

    private static final int SWAP_GAIN_MIN = 3;
    private static final int BARREL_MIN = 4;
    /** One in ten names begins with a letter. */
    private static final double INITIAL = Math.log(0.1);

    private final Model model;
    private final ToDoubleFunction<String> commonness;
    private final double start;
    private final double startTogether;

    /**
     * @param commonness the share of contacts that have a normalised word in their name; negative where it isn't known
     * @param contacts how many there are: among more, chance agrees more often
     */
    Judge(Model model, ToDoubleFunction<String> commonness, long contacts) {
        this.model = model;
        this.commonness = commonness;
        double pairs = Math.max(1, (contacts - 1) / 2.0);
        this.start = Math.log(Math.min(SHARE_MAX, SHARE_TWICE / pairs));
        this.startTogether = Math.log(Math.min(SHARE_MAX, SHARE_TOGETHER / pairs));
    }

    /** By the model that comes with the program: see docs/matching.md. */
    public static Judge shipped(ToDoubleFunction<String> commonness, long contacts) {
        return new Judge(Model.shipped(FIELDS, Math.max(2, contacts)), commonness, contacts);
    }

    /** Symmetric: the same whichever comes first. */
    public Comparison compare(Traits one, Traits other) {
        var names = names(one, other);
        var odds = new Odds(names.swapped(), one.isOrganisation() && other.isOrganisation());
        for (int i = 0; i < FIELDS.size(); i++) {
            var field = FIELDS.get(i);
            odds.add(
                    i,
                    switch (field) {
                        case GIVEN_NAME -> names.given();
                        case FAMILY_NAME -> names.family();
                        default -> likeness(field, one.values(field), other.values(field));
                    });
        }
        odds.weights.sort(Comparator.comparingDouble(weight -> -Math.abs(weight.weight())));
        return new Comparison(odds.log(), conflict(one, other, odds.weights), names.swapped(), odds.weights, start);
    }

    /** How likely what is compared is of each kind of pairs: one person, one household, one office, and others; logarithms. */
    private final class Odds {
        private final boolean swapped;
        private final boolean ofOrganisations;
        private final List<FieldWeight> weights = new ArrayList<>();
        private double ofOne = start;
        private double ofHousehold = startTogether;
        private double ofOffice = startTogether;
        private double ofOthers;

        Odds(boolean swapped, boolean ofOrganisations) {
            this.swapped = swapped;
            this.ofOrganisations = ofOrganisations;
            if (swapped) {
                ofOne += Math.log(model.same()[FIELDS.size()][1]);
            }
        }

        void add(int i, Found found) {
            var field = FIELDS.get(i);
            if (found.level() < 0) {
                weights.add(new FieldWeight(field, Level.MISSING, 0));
            } else if (isAddress(field) && found.level() <= Likeness.FAINT) {
                weights.add(new FieldWeight(field, Level.DIFFERENT, 0));
            } else if (found.isInitial()) {
                add(field, Level.ALIKE, 0, INITIAL, INITIAL, INITIAL);
            } else {
                double same = Math.log(model.same()[i][found.level()]);
                double together = Math.log(model.together()[i][found.level()]);
                double chance = Math.log(swapped ? model.different()[i][found.level()] : chance(i, found));
                // A family has its name, colleagues their organisation as alike as one person has; not the other way
                // round. And a child is more often called after a parent than after anybody else.
                double household = field.isShared() && !(field == Field.FAMILY_NAME && swapped)
                        ? together
                        : field == Field.GIVEN_NAME ? Math.max(together, chance) : chance;
                double office = field == Field.ORGANISATION && !ofOrganisations
                        ? same
                        : field.isShared() && field != Field.FAMILY_NAME ? together : chance;
                add(field, Level.of(found.level()), same, household, office, chance);
            }
        }

        private void add(Field field, Level level, double same, double household, double office, double chance) {
            ofOne += same;
            ofHousehold += household;
            ofOffice += office;
            ofOthers += chance;
            weights.add(new FieldWeight(field, level, same - chance));
        }

        /** Of one person against all else. */
        double log() {
            double most = Math.max(ofOthers, Math.max(ofHousehold, ofOffice));
            return ofOne
                    - most
                    - Math.log(Math.exp(ofHousehold - most) + Math.exp(ofOffice - most) + Math.exp(ofOthers - most));
        }
    }

    /** One address is one contact's: of two contacts they differ, whoever they are, so that it tells nothing. */
    private static boolean isAddress(Field field) {
        return field == Field.EMAIL || field == Field.TELEPHONE || field == Field.HANDLE;
    }

    /** @param value that both have, where they are equal, else empty; an initial, where it is the other's */
    private record Found(int level, String value) {

        boolean isInitial() {
            return level < Likeness.EQUAL && !value.isEmpty();
        }
    }

    private record Names(Found given, Found family, boolean swapped) {

        static final int SUM_MAX = 2 * Likeness.EQUAL;

        int sum() {
            return Math.max(0, given.level()) + Math.max(0, family.level());
        }
    }

    private static final Found NOTHING = new Found(-1, "");

    private static Found likeness(Field field, Collection<String> ones, Collection<String> others) {
        var best = NOTHING;
        for (var one : ones) {
            for (var other : others) {
                best = better(best, likeness(field, one, other));
            }
        }
        return best;
    }

    private static Found better(Found one, Found other) {
        return other.level() > one.level() ? other : one;
    }

    private static Found likeness(Field field, String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return NOTHING;
        }
        if (one.equals(other)) {
            return new Found(Likeness.EQUAL, one);
        }
        boolean initial = field == Field.GIVEN_NAME
                && Math.min(one.length(), other.length()) == 1
                && one.charAt(0) == other.charAt(0);
        if (initial) {
            return new Found(Likeness.ALIKE, one.substring(0, 1));
        }
        int level = Likeness.of(field.kind(), one, other);
        if (level == Likeness.NOTHING) {
            return NOTHING;
        }
        return new Found(
                field == Field.FAMILY_NAME && isPart(one, other) ? Math.max(level, Likeness.ALIKE) : level, "");
    }

    /** Of a double-barrelled name either half. */
    private static boolean isPart(String one, String other) {
        var shorter = one.length() < other.length() ? one : other;
        var longer = one.length() < other.length() ? other : one;
        return shorter.length() >= BARREL_MIN
                && longer.length() - shorter.length() >= BARREL_MIN
                && (longer.startsWith(shorter) || longer.endsWith(shorter));
    }

    /** An organisation has no given name and no surname: whoever has is somebody else, though they belong to it. */
    private static final Names NOT_ITS = new Names(new Found(Likeness.NONE, ""), new Found(Likeness.NONE, ""), false);

    /** Of all names of both the two that are most alike, as a whole, the right way round or swapped. */
    private static Names names(Traits one, Traits other) {
        if (one.isOrganisation()
                ? !other.names().isEmpty()
                : other.isOrganisation() && !one.names().isEmpty()) {
            return NOT_ITS;
        }
        Names best = null;
        for (var name : one.names()) {
            for (var otherName : other.names()) {
                var found = names(name, otherName);
                best = best == null || found.sum() > best.sum() ? found : best;
            }
        }
        return Objects.requireNonNullElse(best, new Names(NOTHING, NOTHING, false));
    }

    /** Swapped only where that is far more alike. */
    private static Names names(Traits.Name name, Traits.Name other) {
        var straight = new Names(
                likeness(Field.GIVEN_NAME, name.given(), other.given()),
                likeness(Field.FAMILY_NAME, name.family(), other.family()),
                false);
        if (straight.sum() + SWAP_GAIN_MIN > Names.SUM_MAX) {
            return straight;
        }
        var swapped = new Names(
                likeness(Field.GIVEN_NAME, name.given(), other.family()),
                likeness(Field.FAMILY_NAME, name.family(), other.given()),
                true);
        boolean believed = swapped.sum() >= straight.sum() + SWAP_GAIN_MIN
                && Math.max(swapped.given().level(), swapped.family().level()) >= Likeness.NEAR;
        return believed ? swapped : straight;
    }

    /** That two others show it: of equal names, by how common they are. */
    private double chance(int field, Found found) {
        double chance = model.different()[field][found.level()];
        if (found.level() != Likeness.EQUAL || FIELDS.get(field).kind() != Field.Kind.NAME) {
            return chance;
        }
        double general = CommonNames.share(FIELDS.get(field), found.value());
        double known = Math.max(general, commonness.applyAsDouble(found.value()));
        return known < 0 ? chance : Math.max(known, chance / RARER_MAX);
    }

    private static boolean conflict(Traits one, Traits other, List<FieldWeight> weights) {
        boolean bornApart = weights.stream()
                .anyMatch(weight -> weight.field() == Field.DATE_OF_BIRTH && weight.level() == Level.DIFFERENT);
        boolean bothVerified = !one.verified().isEmpty()
                && !other.verified().isEmpty()
                && one.verified().stream().noneMatch(other.verified()::contains);
        return bornApart || bothVerified;
    }
}
