package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model is kept as text, and a text that isn't one is told by its line. */
class SavedModelTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        var shipped = SavedModel.shipped();

        assertThat(SavedModel.read(shipped.written()))
                .isInstanceOfSatisfying(
                        SavedModel.Known.class,
                        known -> assertThat(known.model().written()).isEqualTo(shipped.written()));
    }

    @Test
    void theShippedOneKnowsEveryFieldAndHoldsEqualEmailsForRarerThanEqualNames() {
        for (var field : Field.values()) {
            var model = Model.shipped(List.of(field), 1_000_000);
            assertThat(model.same()[0][Likeness.EQUAL]).as(field.code()).isGreaterThan(0.5);
            assertThat(model.different()[0][Likeness.EQUAL]).as(field.code()).isLessThan(0.05);
        }
        var model = Model.shipped(List.of(Field.EMAIL, Field.FAMILY_NAME), 1_000);
        assertThat(model.different()[0][Likeness.EQUAL] * 1_000).isLessThan(model.different()[1][Likeness.EQUAL]);
    }

    @Test
    void theMoreRecordsThereAreTheLessAgreeingMeans() {
        var few = Model.shipped(List.of(Field.EMAIL), 1_000);
        var many = Model.shipped(List.of(Field.EMAIL), 1_000_000);

        assertThat(many.priorSame()).isLessThan(few.priorSame() - 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "something else", "postbag match model 2"})
    void whatIsNoModelIsToldByItsFirstLine(String text) {
        assertThat(SavedModel.read(text)).isInstanceOf(SavedModel.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "given_name same 0.1 0.1 0.1 0.1 0.1",
                "given_name same 0.1 0.1 0.1 0.1 0.1 x",
                "given_name same 0.1 0.1 0.1 0.1 0.1 2",
                "given_name same 0 0.1 0.1 0.1 0.1 0.9",
                "given_name same 0.1 0.1 0.1 0.1 0.1 NaN",
                "given_name unlike 0.1 0.1 0.1 0.1 0.1 0.5",
                "shoe_size same 0.1 0.1 0.1 0.1 0.1 0.5",
                "swapped -1",
                "same",
                "hello world"
            })
    void aLineThatIsWrongIsNamed(String line) {
        var text = SavedModel.shipped().written().replaceFirst("swapped [^\n]*", line);

        assertThat(SavedModel.read(text))
                .isInstanceOfSatisfying(
                        SavedModel.Unreadable.class,
                        bad -> assertThat(bad.line()).isEqualTo(6));
    }

    @Test
    void oneThatEndsTooSoonIsUnreadable() {
        assertThat(SavedModel.read("postbag match model 1\nsame 0.1\ntogether 0.1\nswapped 0.1\n"))
                .isInstanceOf(SavedModel.Unreadable.class);
        assertThat(SavedModel.read(
                        "postbag match model 1\nsame 0.1\ntogether 0.1\nswapped 0.1\nemail same .1 .1 .1 .1 .1 .5\n"))
                .isInstanceOf(SavedModel.Unreadable.class);
    }
}
