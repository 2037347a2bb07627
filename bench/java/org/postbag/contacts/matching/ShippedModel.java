package org.postbag.contacts.matching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/**
 * Makes the model that ships, from made-up contacts whose truth is known: {@code ShippedModel FILE}. The same program gives the same file. Chance agreement is
 * counted over all pairs where values are equal, and over random pairs else.
 */
public final class ShippedModel {

    private static final int SIZE = 300_000;
    private static final long SEED = 20_26;
    private static final int RANDOM_PAIRS = 4_000_000;
    /** Random pairs are too few to show how rare a slip between two others is; rarer than this nothing is taken to be. */
    private static final double CHANCE_MIN = 2e-6;

    private static final double EQUAL_CHANCE_MIN = 1e-7;
    private static final double SAME_MIN = 5e-4;
    /** Those who typed their own names and addresses slip less often than the list that the program is measured by. */
    private static final double DAMAGED = 0.1;

    private static final List<Field> FIELDS = List.of(
            Field.GIVEN_NAME,
            Field.FAMILY_NAME,
            Field.FULL_NAME,
            Field.DATE_OF_BIRTH,
            Field.EMAIL,
            Field.TELEPHONE,
            Field.STREET,
            Field.SUBURB,
            Field.CITY,
            Field.REGION,
            Field.POSTCODE,
            Field.ORGANISATION,
            Field.HANDLE,
            Field.NATIONAL_ID,
            Field.OTHER);

    private final ContactTable table = new ContactTable(FIELDS);
    private final List<Integer> people = new ArrayList<>();
    private final List<String> homes = new ArrayList<>();
    private final MadeUpContacts made = new MadeUpContacts(SIZE, SEED, DAMAGED);

    private ShippedModel() {}

    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[0]);
        Files.writeString(file, new ShippedModel().learnt().written());
        System.out.println("written: " + file);
    }

    private SavedModel learnt() {
        made.eachInFull((person, home, values) -> {
            people.add(person);
            homes.add(home);
            table.add(values);
        });
        table.close();
        var comparing = new Comparing(table);
        var same = new double[FIELDS.size() + 1][Likeness.LEVELS];
        var together = new double[FIELDS.size() + 1][Likeness.LEVELS];
        var different = new double[FIELDS.size() + 1][Likeness.LEVELS];
        long ofOne = pairs(comparing, people, false, same);
        long ofHome = pairs(comparing, homes, true, together);
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            int one = random.nextInt(SIZE);
            int other = random.nextInt(SIZE);
            if (!people.get(one).equals(people.get(other))) {
                count(different, comparing.pattern(one, other));
            }
        }
        var shares = new EnumMap<Field, SavedModel.Shares>(Field.class);
        for (int i = 0; i < FIELDS.size(); i++) {
            double equal = equalByChance(i);
            share(different[i], CHANCE_MIN, equal);
            share(together[i], CHANCE_MIN, -1);
            share(same[i], SAME_MIN, -1);
            for (int level = 0; level < Likeness.LEVELS; level++) {
                same[i][level] += another(FIELDS.get(i)) * (different[i][level] - same[i][level]);
            }
            shares.put(FIELDS.get(i), new SavedModel.Shares(same[i], together[i], different[i]));
        }
        share(same[FIELDS.size()], 0, -1);
        return new SavedModel(shares, same[FIELDS.size()][1], 2.0 * ofOne / SIZE, 2.0 * ofHome / SIZE);
    }

    /** @return how many pairs there are of one group, but of two people where asked for */
    private <T> long pairs(Comparing comparing, List<T> groups, boolean two, double[][] counts) {
        var members = new HashMap<T, List<Integer>>();
        for (int i = 0; i < groups.size(); i++) {
            members.computeIfAbsent(groups.get(i), _ -> new ArrayList<>()).add(i);
        }
        long pairs = 0;
        for (int i = 0; i < groups.size(); i++) {
            for (int other : members.getOrDefault(groups.get(i), List.of())) {
                if (other > i && people.get(i).equals(people.get(other)) != two) {
                    count(counts, comparing.pattern(i, other));
                    pairs++;
                }
            }
        }
        return pairs;
    }

    private static void count(double[][] counts, long pattern) {
        for (int row = 0; row < counts.length; row++) {
            int level = Comparing.level(pattern, row);
            if (level >= 0) {
                counts[row][level]++;
            }
        }
    }

    /** How often a person has another one, beyond what made-up people do: who writes from two addresses is still one. */
    private static double another(Field field) {
        return switch (field) {
            case EMAIL, TELEPHONE, HANDLE -> 0.25;
            case ORGANISATION, OTHER -> 0.15;
            case STREET, SUBURB, CITY, REGION, POSTCODE -> 0.05;
            case GIVEN_NAME, FAMILY_NAME, FULL_NAME, DATE_OF_BIRTH, NATIONAL_ID -> 0;
        };
    }

    /** How large a share of all pairs of two people has the same value, to the last pair. */
    private double equalByChance(int field) {
        var column = table.columns().get(field);
        double equal = 0;
        for (int value = 0; value < column.distinct(); value++) {
            equal += column.countOf(value) * (column.countOf(value) - 1.0) / 2;
        }
        var own = new HashMap<Long, Integer>();
        for (int i = 0; i < people.size(); i++) {
            if (table.value(i, field) != Column.NOTHING) {
                own.merge((long) people.get(i) << 32 | table.value(i, field), 1, Integer::sum);
            }
        }
        for (int count : own.values()) {
            equal -= count * (count - 1.0) / 2;
        }
        return Math.max(EQUAL_CHANCE_MIN, equal / (column.filled() * (column.filled() - 1.0) / 2));
    }

    private static void share(double[] counts, double min, double equal) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        for (int level = 0; level < counts.length; level++) {
            counts[level] = Math.max(min, counts[level] / sum);
        }
        if (equal >= 0) {
            counts[Likeness.EQUAL] = equal;
        }
    }
}
