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
    public static final String MODEL = "shipped-1";

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

    private final Model model;
    private final ToDoubleFunction<String> commonness;
    private final double start;
    private final double startTogether;

    /**
     * @param commonness the share of contacts that have a normalised word in their name; 0 where it isn't known
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
        var weights = new ArrayList<FieldWeight>();
        double ofOne = start;
        double ofTogether = startTogether;
        double ofOthers = 0;
        for (int i = 0; i < FIELDS.size(); i++) {
            var field = FIELDS.get(i);
            var likeness = switch (field) {
                case GIVEN_NAME -> names.given();
                case FAMILY_NAME -> names.family();
                default -> likeness(field, one.values(field), other.values(field));
            };
            if (likeness.level() < 0) {
                weights.add(new FieldWeight(field, Level.MISSING, 0));
                continue;
            }
            if (isAddress(field) && likeness.level() <= Likeness.FAINT) {
                weights.add(new FieldWeight(field, Level.DIFFERENT, 0));
                continue;
            }
            double same = Math.log(model.same()[i][likeness.level()]);
            double chance = Math.log(chance(i, likeness));
            ofOne += same;
            ofOthers += chance;
            ofTogether += field.isShared() ? Math.log(model.together()[i][likeness.level()]) : chance;
            weights.add(new FieldWeight(field, Level.of(likeness.level()), same - chance));
        }
        if (names.swapped()) {
            ofOne += Math.log(model.same()[FIELDS.size()][1]);
        }
        double most = Math.max(ofTogether, ofOthers);
        double odds = ofOne - most - Math.log(Math.exp(ofTogether - most) + Math.exp(ofOthers - most));
        weights.sort(Comparator.comparingDouble(weight -> -Math.abs(weight.weight())));
        return new Comparison(odds, conflict(one, other, weights), names.swapped(), weights, start);
    }

    /** One address is one contact's: of two contacts they differ, whoever they are, so that it tells nothing. */
    private static boolean isAddress(Field field) {
        return field == Field.EMAIL || field == Field.TELEPHONE || field == Field.HANDLE;
    }

    /** @param value that both have, where they are equal, else empty */
    private record Found(int level, String value) {}

    private record Names(Found given, Found family, boolean swapped) {
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
        return one.equals(other)
                ? new Found(Likeness.EQUAL, one)
                : new Found(Likeness.of(field.kind(), one, other), "");
    }

    /** Of all names of both the two that are most alike, as a whole, the right way round or swapped. */
    private static Names names(Traits one, Traits other) {
        Names best = null;
        for (var name : one.names()) {
            for (var otherName : other.names()) {
                var straight = new Names(
                        likeness(Field.GIVEN_NAME, name.given(), otherName.given()),
                        likeness(Field.FAMILY_NAME, name.family(), otherName.family()),
                        false);
                var swapped = new Names(
                        likeness(Field.GIVEN_NAME, name.given(), otherName.family()),
                        likeness(Field.FAMILY_NAME, name.family(), otherName.given()),
                        true);
                boolean believed = swapped.sum() >= straight.sum() + SWAP_GAIN_MIN
                        && Math.max(swapped.given().level(), swapped.family().level()) >= Likeness.NEAR;
                var found = believed ? swapped : straight;
                best = best == null || found.sum() > best.sum() ? found : best;
            }
        }
        return Objects.requireNonNullElse(best, new Names(NOTHING, NOTHING, false));
    }

    /** That two others show it: of equal names, by how common they are. */
    private double chance(int field, Found found) {
        double chance = model.different()[field][found.level()];
        return found.level() == Likeness.EQUAL && FIELDS.get(field).kind() == Field.Kind.NAME
                ? Math.max(commonness.applyAsDouble(found.value()), chance / RARER_MAX)
                : chance;
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
