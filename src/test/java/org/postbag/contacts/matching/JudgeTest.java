package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.contacts.matching.Matching.Decision;

/** What is known of two contacts, compared by the model that ships. */
class JudgeTest {

    private static final Judge JUDGE = Judge.shipped(word -> -1, 5_000);

    private static Traits person(String name, String email, String telephone, String postcode, String organisation) {
        return Traits.builder()
                .add(Field.FULL_NAME, name)
                .add(Field.EMAIL, email)
                .add(Field.TELEPHONE, telephone)
                .add(Field.POSTCODE, postcode)
                .add(Field.ORGANISATION, organisation)
                .build();
    }

    private static Comparison compare(Traits one, Traits other) {
        var comparison = JUDGE.compare(one, other);
        assertThat(JUDGE.compare(other, one).logOdds()).isEqualTo(comparison.logOdds());
        return comparison;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jonathan Pritchard",
                "Jon Pritchard",
                "PRITCHARD, Jonathan",
                "Pritchard Jonathan",
                "Jonathon Pritchard",
                "Dr Jonathan A. Pritchard MP",
                "J. Pritchard",
                "Jonathan Griffiths-Pritchard",
                "Jonathan Pritchard-Evans"
            })
    void aNameInOtherWordsWithNumberAndPostcodeIsOnePerson(String written) {
        var comparison = compare(
                person("Jonathan Pritchard", "jp@home.example", "+441632960001", "SA1 3SN", ""),
                person(written, "other@work.example", "+441632960001", "SA1 3SN", ""));

        assertThat(comparison.decision()).as("%s", comparison).isPresent();
    }

    @Test
    void colleaguesAreNotOnePersonThoughTheyShareAllButTheirNames() {
        assertThat(compare(
                                person("Gareth Bevan", "gb@party.example", "+441632960101", "CF10 1AA", "The Party"),
                                person("Mei Tan", "mt@party.example", "+441632960102", "CF10 1AA", "The Party"))
                        .decision())
                .isEmpty();
    }

    @Test
    void whoBelongsToAnOrganisationIsNotIt() {
        var party = Traits.builder()
                .organisation()
                .add(Field.ORGANISATION, "The Party")
                .add(Field.TELEPHONE, "+441632960101")
                .add(Field.POSTCODE, "CF10 1AA")
                .build();

        assertThat(compare(person("Mei Tan", "mt@party.example", "+441632960101", "CF10 1AA", "The Party"), party)
                        .decision())
                .isEmpty();
        assertThat(compare(
                                party,
                                Traits.builder()
                                        .organisation()
                                        .add(Field.ORGANISATION, "The Party")
                                        .add(Field.TELEPHONE, "+441632960101")
                                        .build())
                        .decision())
                .isPresent();
    }

    @Test
    void whoWasBornOnAnotherDayIsForAPersonToDecide() {
        var one = Traits.builder()
                .add(Field.FULL_NAME, "Rhys Llewellyn")
                .add(Field.DATE_OF_BIRTH, "1950-02-03")
                .add(Field.TELEPHONE, "+441632960001")
                .add(Field.POSTCODE, "SA1 3SN")
                .build();
        var other = Traits.builder()
                .add(Field.FULL_NAME, "Rhys Llewellyn")
                .add(Field.DATE_OF_BIRTH, "1984-11-30")
                .add(Field.TELEPHONE, "+441632960001")
                .add(Field.POSTCODE, "SA1 3SN")
                .build();

        assertThat(compare(one, other).conflict()).isTrue();
        assertThat(compare(one, other).decision()).isNotEqualTo(java.util.Optional.of(Decision.SAME));
    }

    @Test
    void aCommonNameTellsLessThanARareOne() {
        var common = Judge.shipped(word -> List.of("john", "smith").contains(word) ? 0.02 : 0, 1_000_000);

        double smith = common.compare(
                        person("John Smith", "a@x.example", "", "", ""),
                        person("John Smith", "b@y.example", "", "", ""))
                .logOdds();
        double rare = common.compare(
                        person("Ianthe Quarmby", "a@x.example", "", "", ""),
                        person("Ianthe Quarmby", "b@y.example", "", "", ""))
                .logOdds();

        assertThat(smith).isLessThan(rare - 3);
    }

    @Test
    void namesInAnyScriptAreCompared() {
        for (var name : List.of("محمد الأحمد", "王小明", "Олена Шевченко", "Siân Llŷr Ó Súilleabháin", "😀 🎈")) {
            var comparison = compare(
                    person(name, "a@x.example", "+441632960001", "SA1 3SN", ""),
                    person(name, "b@y.example", "+441632960001", "SA1 3SN", ""));
            assertThat(comparison.logOdds()).as(name).isNotNaN();
            assertThat(comparison.decision()).as(name).isPresent();
        }
    }

    @Test
    void aNameInAnotherScriptIsTheSameName() {
        assertThat(compare(
                                person("Олена Шевченко", "a@x.example", "+441632960001", "SA1 3SN", ""),
                                person("Olena Shevchenko", "b@y.example", "+441632960001", "SA1 3SN", ""))
                        .decision())
                .isPresent();
    }

    @Test
    void whoOfWhomNothingIsKnownIsNobodyElse() {
        var nothing = Traits.builder().build();

        assertThat(nothing.isEmpty()).isTrue();
        assertThat(compare(nothing, nothing).decision()).isEmpty();
        assertThat(Keys.of(nothing)).isEmpty();
    }
}
