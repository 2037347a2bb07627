package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.contacts.matching.Matching.Decision;
import org.postbag.contacts.matching.Matching.Pair;

/** Records of one person are found without labels, and nobody is mixed up with who lives with them. */
class MatchingTest {

    private static final List<Field> FIELDS = List.of(
            Field.GIVEN_NAME, Field.FAMILY_NAME, Field.DATE_OF_BIRTH, Field.EMAIL, Field.STREET, Field.POSTCODE);

    private static final String[] GIVEN = {
        "Olwen",
        "George",
        "Amelia",
        "Noah",
        "Isla",
        "Oliver",
        "Ava",
        "Arthur",
        "Ivy",
        "Leo",
        "David",
        "Margaret",
        "John",
        "Susan",
        "Rhian"
    };
    private static final String[] FAMILY = {
        "Smith",
        "Jones",
        "Williams",
        "Taylor",
        "Davies",
        "Brown",
        "Wilson",
        "Evans",
        "Thomas",
        "Roberts",
        "Llewellyn",
        "Okafor",
        "Khan",
        "Murphy",
        "Price"
    };
    private static final String[] STREETS = {
        "Mill Lane", "Station Road", "High Street", "Church Close", "Park Avenue", "Chapel Terrace"
    };

    /** A list of strangers, of whom some stand there twice, with slips; then what the test adds. */
    private static final class Crowd {
        private final ContactTable table = new ContactTable(FIELDS);
        private final Set<Long> truth = new HashSet<>();
        private final Random random;

        Crowd(long seed) {
            random = new Random(seed);
            for (int i = 0; i < 1_500; i++) {
                var one = stranger();
                int first = add(one);
                if (i % 4 == 0) {
                    truth.add((long) first << 32 | add(slipped(one)));
                }
            }
        }

        List<String> stranger() {
            var given = GIVEN[random.nextInt(GIVEN.length)] + (random.nextInt(3) == 0 ? "" : syllable());
            var family = FAMILY[random.nextInt(FAMILY.length)] + (random.nextInt(3) == 0 ? "" : syllable());
            return List.of(
                    given,
                    family,
                    "%d-%02d-%02d".formatted(1940 + random.nextInt(60), 1 + random.nextInt(12), 1 + random.nextInt(28)),
                    given + "." + family + random.nextInt(1000) + "@mail" + random.nextInt(5) + ".example",
                    random.nextInt(200) + " " + STREETS[random.nextInt(STREETS.length)],
                    "SA%d %d%c%c".formatted(1 + random.nextInt(80), random.nextInt(10), letter(), letter()));
        }

        private String syllable() {
            return "" + letter() + "ae".charAt(random.nextInt(2)) + letter();
        }

        private char letter() {
            return (char) ('a' + random.nextInt(20));
        }

        List<String> slipped(List<String> of) {
            var values = new ArrayList<>(of);
            int field = random.nextInt(values.size());
            var value = values.get(field);
            int at = random.nextInt(value.length() - 1);
            values.set(field, value.substring(0, at) + value.substring(at + 1));
            values.set(random.nextInt(values.size()), "");
            return values;
        }

        int add(List<String> values) {
            table.add(values);
            return table.size() - 1;
        }

        List<Pair> matched() {
            table.close();
            return Matching.of(table);
        }
    }

    private static Set<Long> pairs(List<Pair> found, Decision decision) {
        var pairs = new HashSet<Long>();
        found.stream()
                .filter(pair -> pair.decision() == decision)
                .forEach(pair -> pairs.add((long) pair.one() << 32 | pair.other()));
        return pairs;
    }

    private static boolean isSame(List<Pair> found, int one, int other) {
        return pairs(found, Decision.SAME).contains((long) Math.min(one, other) << 32 | Math.max(one, other));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoStandsThereTwiceIsFoundAndHardlyAnybodyElse(long seed) {
        var crowd = new Crowd(seed);
        var found = crowd.matched();

        var same = pairs(found, Decision.SAME);
        var right = new HashSet<>(same);
        right.retainAll(crowd.truth);
        assertThat((double) right.size() / crowd.truth.size()).as("found").isGreaterThan(0.95);
        assertThat((double) right.size() / same.size()).as("right").isGreaterThan(0.99);
    }

    @Test
    void swappedNamesNicknamesAndMovesAreSeenThrough() {
        var crowd = new Crowd(4);
        int first = crowd.add(
                List.of("Elizabeth", "Featherstonehaugh", "1951-07-09", "e.f@post.example", "3 Quarry Row", "NP1 4QQ"));
        int swapped = crowd.add(List.of("Featherstonehaugh", "Elizabeth", "1951-07-09", "", "3 Quarry Row", "NP1 4QQ"));
        int nickname = crowd.add(List.of("Betty", "Featherstonehaugh", "1951-09-07", "e.f@post.example", "", ""));
        int moved = crowd.add(List.of("Elizabeth", "Featherstonehaugh", "1951-07-09", "", "77 Dock Street", "CF9 1ZZ"));
        var found = crowd.matched();

        assertThat(isSame(found, first, swapped)).isTrue();
        assertThat(isSame(found, first, nickname)).isTrue();
        assertThat(isSame(found, first, moved)).isTrue();
    }

    @Test
    void whoLivesTogetherIsNotOne() {
        var crowd = new Crowd(5);
        var households = new ArrayList<int[]>();
        for (int i = 0; i < 200; i++) {
            var one = crowd.stranger();
            var other = new ArrayList<>(crowd.stranger());
            other.set(1, one.get(1));
            other.set(4, one.get(4));
            other.set(5, one.get(5));
            households.add(new int[] {crowd.add(one), crowd.add(other)});
        }
        var found = crowd.matched();

        long mixedUp = households.stream()
                .filter(pair -> isSame(found, pair[0], pair[1]))
                .count();
        assertThat(mixedUp).isLessThanOrEqualTo(2);
    }

    @Test
    void twoOfOneNameAreNotOne() {
        var crowd = new Crowd(6);
        int one = crowd.add(List.of("John", "Smith", "1960-01-02", "john.smith@one.example", "1 Mill Lane", "SA1 1AA"));
        int other = crowd.add(List.of("John", "Smith", "1983-11-23", "js83@other.example", "9 Park Avenue", "LL7 2BB"));
        var found = crowd.matched();

        assertThat(found).noneMatch(pair -> pair.one() == one && pair.other() == other);
    }

    @Test
    void aThirdRecordDoesNotChainTwoThatConflict() {
        var crowd = new Crowd(7);
        int father = crowd.add(
                List.of("Gwilym", "Prydderch", "1941-05-06", "g.prydderch@one.example", "5 Quarry Row", "NP2 2BB"));
        int either = crowd.add(List.of("Gwilym", "Prydderch", "", "", "5 Quarry Row", "NP2 2BB"));
        int son =
                crowd.add(List.of("Gwilym", "Prydderch", "1979-10-30", "gp79@two.example", "5 Quarry Row", "NP2 2BB"));
        var found = crowd.matched();

        assertThat(isSame(found, father, son)).isFalse();
        assertThat(isSame(found, father, either) && isSame(found, either, son)).isFalse();
    }

    @Test
    void aValueThatHalfOfThemHaveCostsNothingMuch() {
        var table = new ContactTable(FIELDS);
        var random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            table.add(List.of(
                    "John",
                    "Smith",
                    "",
                    "p" + random.nextInt(1_000_000) + "@x.example",
                    i % 2 == 0 ? "1 Mill Lane" : random.nextInt(9_999) + " High Street",
                    "SA1 1AA"));
        }
        table.close();

        assertThat(Candidates.of(table, 0).count()).isLessThan(20_000 * 60);
        assertThat(pairs(Matching.of(table), Decision.SAME).size()).isLessThan(20_000);
    }

    @Test
    void emptyAndForeignAndOddValuesAreNoTrouble() {
        var crowd = new Crowd(9);
        int arabic = crowd.add(List.of("فاطمة", "الزهراء", "1988-02-03", "", "1 Mill Lane", "SA1 1AA"));
        int again = crowd.add(List.of("فاطمة", "الزهراء", "1988-02-03", "", "", "SA1 1AA"));
        crowd.add(List.of("王", "小明", "1990-01-01", "", "", ""));
        crowd.add(List.of("👩‍🌾", "🙂", "", "", "", ""));
        crowd.add(List.of("", "", "", "", "", ""));
        crowd.add(List.of("", "", "", "", "", ""));
        crowd.add(List.of("\0", "x".repeat(100_000), "not a date", "@", ",,,", "'; drop table contact; --"));
        var found = crowd.matched();

        assertThat(isSame(found, arabic, again)).isTrue();
    }

    @Test
    void namesInAnyScriptAreCompared() {
        var crowd = new Crowd(11);
        var twice = List.of(
                List.of("Ольга", "Щербакова", "1979-05-06", "", "3 Chapel Terrace", "SA9 9AA"),
                List.of("王", "小明", "1990-01-01", "", "8 Mill Lane", "SA2 2BB"),
                List.of("Gwenllïan", "ap Rhŷs", "1961-11-30", "", "9 Mill Lane", "SA3 3CC"),
                List.of("👩‍🌾 Beca", "🙂 Puw", "1985-04-04", "", "10 Mill Lane", "SA4 4DD"));
        var pairs = twice.stream()
                .map(one -> new int[] {crowd.add(one), crowd.add(one)})
                .toList();
        var found = crowd.matched();

        assertThat(pairs).allMatch(pair -> isSame(found, pair[0], pair[1]));
    }

    @Test
    void rowsThatStandThereVeryOftenAreTheSameWithoutBeingComparedEachWithEach() {
        var table = new ContactTable(FIELDS);
        for (int i = 0; i < 100_000; i++) {
            table.add(List.of("Olwen", "Prosser", "1970-01-02", "olwen@post.example", "1 Mill Lane", "SA1 1AA"));
        }
        table.close();
        var pairs = Matching.of(table);

        assertThat(pairs).hasSize(99_999).allMatch(pair -> pair.one() == 0 && pair.decision() == Decision.SAME);
        assertThat(pairs.getLast().other()).isEqualTo(99_999);
    }

    @Test
    void whoIsLikeRowsThatStandThereVeryOftenIsFoundToo() {
        var crowd = new Crowd(12);
        var often = List.of("Olwen", "Prosser", "1970-01-02", "olwen@post.example", "1 Quarry Row", "NP1 1AA");
        int first = crowd.add(often);
        for (int i = 0; i < 50; i++) {
            crowd.add(often);
        }
        int alike = crowd.add(List.of("Olwen", "Proser", "1970-01-02", "", "1 Quarry Row", "NP1 1AA"));
        var found = crowd.matched();

        assertThat(isSame(found, first, alike)).isTrue();
        assertThat(isSame(found, first, first + 50)).isTrue();
    }

    @Test
    void aNameAndNothingElseDoesNotMakeThousandsOne() {
        var table = new ContactTable(FIELDS);
        for (int i = 0; i < 10_000; i++) {
            table.add(List.of("John", "Smith", "", "", "", ""));
        }
        table.close();
        var matched = Matching.of(table, null, (_, _) -> {});

        assertThat(matched.pairs()).isEmpty();
        assertThat(matched.rowsLeftAlone()).isEqualTo(10_000);
    }

    @Test
    void ofTwoListsOnlyPairsAcrossAreFoundAndSeveralOfOneListMayBeOneOfTheOther() {
        var crowd = new Crowd(13);
        var one = List.of("Olwen", "Prosser", "1970-01-02", "olwen@post.example", "1 Quarry Row", "NP1 1AA");
        int first = crowd.add(one);
        int again = crowd.add(one);
        int boundary = crowd.table.size();
        crowd.table.another();
        int other = crowd.add(List.of("Olwen", "Proser", "1970-01-02", "olwen@post.example", "", "NP1 1AA"));
        for (int i = 0; i < 1_000; i++) {
            crowd.add(crowd.stranger());
        }
        var found = crowd.matched();

        assertThat(found).allMatch(pair -> pair.one() < boundary && pair.other() >= boundary);
        assertThat(isSame(found, first, other)).isTrue();
        assertThat(isSame(found, again, other)).isTrue();
    }

    @Test
    void ofTwoListsWhoCanNotBeOneIsNotTheSameAsOneThird() {
        var crowd = new Crowd(14);
        int father = crowd.add(
                List.of("Gwilym", "Prydderch", "1941-05-06", "g.prydderch@one.example", "5 Quarry Row", "NP2 2BB"));
        int son =
                crowd.add(List.of("Gwilym", "Prydderch", "1979-10-30", "gp79@two.example", "5 Quarry Row", "NP2 2BB"));
        crowd.table.another();
        int either = crowd.add(List.of("Gwilym", "Prydderch", "", "", "5 Quarry Row", "NP2 2BB"));
        for (int i = 0; i < 1_000; i++) {
            crowd.add(crowd.stranger());
        }
        var found = crowd.matched();

        assertThat(isSame(found, father, either) && isSame(found, son, either)).isFalse();
        assertThat(found).anyMatch(pair -> pair.one() == father || pair.one() == son);
    }

    @Test
    void aFewRowsAreMatchedByTheModelThatShips() {
        var table = new ContactTable(FIELDS);
        table.add(List.of("Olwen", "Prosser", "1970-01-02", "olwen@post.example", "1 Quarry Row", "NP1 1AA"));
        table.add(List.of("Olwen", "Proser", "1970-01-02", "olwen@post.example", "", ""));
        table.add(List.of("Owain", "Prosser", "1972-08-20", "", "1 Quarry Row", "NP1 1AA"));
        table.add(List.of("John", "Smith", "", "", "", ""));
        table.close();
        var matched = Matching.of(table, null, (_, _) -> {});

        assertThat(matched.source()).isEqualTo(Matched.Source.SHIPPED);
        assertThat(matched.pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.one() + pair.other()).isEqualTo(1))
                .satisfies(pair -> assertThat(pair.decision()).isEqualTo(Decision.SAME));
    }

    @Test
    void aListOfOneOrNoneHasNoPairs() {
        var none = new ContactTable(FIELDS);
        none.close();
        assertThat(Matching.of(none)).isEmpty();
        var one = new ContactTable(FIELDS);
        one.add(List.of("Jane", "Doe", "", "", "", ""));
        one.close();
        assertThat(Matching.of(one)).isEmpty();
    }

    @Test
    void theSameListGivesTheSamePairs() {
        assertThat(new Crowd(10).matched()).isEqualTo(new Crowd(10).matched());
    }
}
