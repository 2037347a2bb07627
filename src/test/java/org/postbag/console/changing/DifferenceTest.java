package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.console.changing.Difference.Line;
import org.postbag.console.changing.Difference.What;

class DifferenceTest {

    @Test
    void equalTextsDifferInNothing() {
        assertThat(Difference.between("a\nb\n", "a\nb\n").isEmpty()).isTrue();
    }

    @Test
    void linesAreNumberedOnBothSides() {
        var difference = Difference.between("a\nb\nc\n", "a\nx\ny\nc\n");

        assertThat(difference.lines())
                .containsExactly(
                        new Line(What.SAME, 1, 1, "a"),
                        new Line(What.REMOVED, 2, null, "b"),
                        new Line(What.ADDED, null, 2, "x"),
                        new Line(What.ADDED, null, 3, "y"),
                        new Line(What.SAME, 3, 4, "c"));
        assertThat(difference.summary()).isEqualTo("2 lines added, 1 removed");
    }

    @Test
    void whatIsFarFromAChangeIsLeftOut() {
        var before = IntStream.range(0, 40).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        var difference = Difference.between(before, before.replace("\n20\n", "\n"));

        assertThat(difference.lines()).hasSize(9);
        assertThat(difference.lines().getFirst().what()).isEqualTo(What.LEFT_OUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void bothTextsCanBeReadFromIt(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var before = text(random);
        var after = text(random);
        var difference = Difference.between(before, after);

        assertThat(of(difference, What.REMOVED)).as("seed %d", seed).isEqualTo(before);
        assertThat(of(difference, What.ADDED)).as("seed %d", seed).isEqualTo(after);
    }

    private static String text(RandomGenerator random) {
        // Few lines, so that none is left out.
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(i -> "line " + random.nextInt(4))
                .collect(Collectors.joining("\n"));
    }

    private static String of(Difference difference, What what) {
        return difference.lines().stream()
                .filter(line -> line.what() == what || line.what() == What.SAME)
                .map(Line::text)
                .collect(Collectors.joining("\n"));
    }
}
