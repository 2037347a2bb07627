package org.postbag.console.seeing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postbag.console.reaching.Parameter;

/** What is drawn for routes, and what is masked. */
class DrawnTest {

    @Test
    void aSparklineShowsTheMostAsHighestAndSomethingNeverAsNothing() {
        var counts = new ArrayList<>(Collections.nCopies(24, 0L));
        counts.set(20, 1L);
        counts.set(22, 5_000L);

        var rate = Sparkline.of(counts);

        assertThat(rate.columns()).hasSize(24);
        assertThat(rate.columns().get(22)).isEqualTo(new Sparkline.Column(88, 2, 3, 22));
        assertThat(rate.columns().get(20).height()).isEqualTo(1);
        assertThat(rate.columns().getFirst().height()).isZero();
        assertThat(rate.says())
                .startsWith("items an hour, this hour last: 0, 0")
                .endsWith("1, 0, 5000, 0");
        assertThat(Sparkline.of(Collections.nCopies(24, 0L)).says()).isEqualTo("nothing in the last 24 hours");
    }

    @Test
    void aDiagramHasABoxForEachStepAndThoseWithinAnotherStandToTheRight() {
        var inner = new Step("log1", "Log", new Step.Figures(3, 1, 0, 2), List.of());
        var steps = List.of(
                new Step("from1", "From file:///in", new Step.Figures(1_234, 0, 2, 12), List.of()),
                new Step("choice1", "Choice", null, List.of(inner)),
                new Step("bean1", "Bean ".repeat(20), null, List.of()));

        var drawn = Diagram.of(steps);

        assertThat(drawn.boxes()).extracting(Diagram.Box::words).startsWith("From file:///in", "Choice", "Log");
        assertThat(drawn.boxes().get(0).says()).isEqualTo("1,234 done, 0 failed, 2 in flight, 12 ms");
        assertThat(drawn.boxes().get(2).x()).isGreaterThan(drawn.boxes().get(1).x());
        assertThat(drawn.boxes().get(2).troubled()).isTrue();
        assertThat(drawn.boxes().get(3).words()).hasSizeLessThan(45).endsWith("…");
        assertThat(drawn.boxes()).allMatch(box -> box.x() + box.width() <= Diagram.WIDTH);
        assertThat(drawn.arrows()).hasSize(3);
        assertThat(drawn.height()).isGreaterThan(drawn.boxes().getLast().y());
        assertThat(steps.getFirst().says())
                .isEqualTo("1,234 done, none failed, 2 in flight, 12 milliseconds on average");
    }

    @Test
    void secretsAreKnownByTheirMarkTheirNameOrTheirReference() {
        assertThat(RouteSettings.isSecret(Parameter.written("consumerKey", "", null), null))
                .isTrue();
        assertThat(RouteSettings.isSecret(Parameter.written("appSecrets", "Host. Not so", null), "x"))
                .isTrue();
        assertThat(RouteSettings.isSecret(Parameter.written("x", "Secret. A reference", null), "x"))
                .isTrue();
        var plain = Parameter.written("x", "Host. The mail server", null);
        assertThat(RouteSettings.isSecret(plain, "{{ secret:MAIL }}")).isTrue();
        assertThat(RouteSettings.isSecret(plain, "mail.example")).isFalse();
        assertThat(plain.description()).isEqualTo("The mail server");
    }

    @Test
    void anAddressIsShownWithoutItsOptionsAndWithoutWhoSignsIn() {
        assertThat(RouteSteps.masked("mailbox://imaps://jane:pw@mail.example:993?password=pw"))
                .isEqualTo("mailbox://imaps://mail.example:993");
    }

    @Test
    void contentIsCutShortAndHoldsNothingThatMovesTheReader() {
        assertThat(TraceContent.text("a\u0000b\u001b[2J\nc")).isEqualTo("a\uFFFDb\uFFFD[2J\nc");
        assertThat(TraceContent.text("x".repeat(20_000))).hasSize(TraceContent.CHARACTERS_MAX + 1);
        assertThat(TraceContent.text(Collections.nCopies(7, "one"))).contains("and 2 more");
        assertThat(TraceContent.text(new Object())).isEqualTo("Object");
    }
}
