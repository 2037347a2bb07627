package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick ways of comparing letters come to what the slow ones do. */
class WrittenTest {

    private static final String LETTERS = "abcdeABé王0123456789";

    private static String random(Random random, String letters, int most) {
        var text = new StringBuilder();
        int length = 1 + random.nextInt(most);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static String changed(Random random, String text, String letters) {
        var changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.insert(at, letters.charAt(random.nextInt(letters.length())));
                case 1 -> changed.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
                default -> {
                    if (changed.length() > 1) {
                        changed.deleteCharAt(at);
                    }
                }
            }
        }
        return changed.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void editsAreCountedAsByTheWholeTable(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var one = random(random, "abc", 8);
            var other = random.nextBoolean() ? random(random, "abc", 8) : changed(random, one, "abc");
            for (int max = 0; max <= 3; max++) {
                assertThat(written(one).edits(written(other), max))
                        .as("%s %s %d, seed %d", one, other, max, seed)
                        .isEqualTo(Math.min(max + 1, edits(one, other)));
            }
        }
    }

    private static Written written(String text) {
        return Written.of(Field.Kind.NAME, text);
    }

    /** Optimal string alignment, as in the textbook. */
    private static int edits(String one, String other) {
        var table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                table[i][j] = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[one.length()][other.length()];
    }

    @ParameterizedTest
    @EnumSource(Field.Kind.class)
    void aGlanceNeverRulesOutWhatIsAlike(Field.Kind kind) {
        var random = new Random(4);
        var letters = kind == Field.Kind.DATE ? "0123456789" : kind == Field.Kind.WORDS ? "abc def " : LETTERS;
        for (int i = 0; i < 50_000; i++) {
            var one = Normal.of(kind, random(random, letters, 14));
            var other = Normal.of(
                    kind,
                    random.nextBoolean() || one.isEmpty()
                            ? random(random, letters, 14)
                            : changed(random, one, letters));
            if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
                continue;
            }
            var first = Written.of(kind, one);
            var second = Written.of(kind, other);
            if (!Signature.mayBeAlike(kind, Signature.of(kind, first), Signature.of(kind, second))) {
                assertThat(Likeness.of(kind, first, second))
                        .as("%s and %s", one, other)
                        .isLessThanOrEqualTo(Likeness.NONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"martha,marhta,0.961", "dixon,dicksonx,0.813", "jellyfish,smellyfish,0.896"})
    void jaroWinklerIsAsInTheLiterature(String example) {
        var words = example.split(",", -1);
        assertThat(written(words[0]).jaroWinkler(written(words[1])))
                .isCloseTo(Double.parseDouble(words[2]), org.assertj.core.data.Offset.offset(0.001));
    }
}
