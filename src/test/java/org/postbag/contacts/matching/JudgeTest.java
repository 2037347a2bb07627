package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(compare(one, other).decision()).isNotEqualTo(Optional.of(Decision.SAME));
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

    @ParameterizedTest
    @CsvSource({
        "Marjorie Thistlewood, Marj Thistlewood",
        "Gwenllian Harkness, Gwen Harkness",
        "Katarzyna Blenkinsop, Kasia Blenkinsop",
        "Василий Кузнецов, Vasily Kuznetsov",
        "王小明, Wang Xiaoming",
        "محمد عبدالله, Mohammed Abdullah"
    })
    void shortFormsAndOtherScriptsAreTheSameName(String one, String other) {
        assertThat(compare(
                                person(one, "a@x.example", "+441632960001", "SA1 3SN", ""),
                                person(other, "b@y.example", "+441632960001", "SA1 3SN", ""))
                        .decision())
                .isPresent();
    }

    @Test
    void twoOfACommonNameWhoseAddressesDifferByANumberAreTwo() {
        var comparison = compare(
                person("John Smith", "john.smith12@gmail.com", "+441792496222", "SA1 5PE", ""),
                person("John Smith", "john.smith83@gmail.com", "+441314960333", "EH1 2YZ", ""));

        assertThat(comparison.decision()).as("%s", comparison).isEmpty();
    }

    @Test
    void aCommonNameTellsLessThanARareOneAlsoWhereFewContactsAreKnown() {
        double smith = compare(
                        person("John Smith", "a@x.example", "", "", ""),
                        person("John Smith", "b@y.example", "", "", ""))
                .logOdds();
        double rare = compare(
                        person("Ianthe Quarmby", "a@x.example", "", "", ""),
                        person("Ianthe Quarmby", "b@y.example", "", "", ""))
                .logOdds();

        assertThat(smith).isLessThan(rare - 3);
    }

    @Test
    void fatherAndSonOfOneNameAtOneNumberAreNeverSure() {
        var comparison = compare(
                person("Rhys Llewellyn", "rhys.l@home.example", "+441792496001", "", ""),
                person("Rhys Llewellyn", "rl2004@school.example", "+441792496001", "", ""));

        assertThat(Calibration.probability(comparison.logOdds()))
                .as("%s", comparison)
                .isLessThan(0.97);
    }

    /** A surname that differs may be a maiden name, but is never a better sign than one that agrees. */
    @Test
    void moreAgreementIsNeverLessLikely() {
        var one = person("Delyth Amblecote", "a@x.example", "+441632960001", "SA1 3SN", "");
        double before = Double.NEGATIVE_INFINITY;
        for (var name : List.of("Hywel Winsor", "Delyth Winsor", "Delyth Amblecot", "Delyth Amblecote")) {
            double odds = compare(one, person(name, "b@y.example", "+441632960001", "SA1 3SN", ""))
                    .logOdds();
            assertThat(odds).as(name).isGreaterThanOrEqualTo(before - 0.3);
            before = odds;
        }
    }

    @Test
    void whoOfWhomNothingIsKnownIsNobodyElse() {
        var nothing = Traits.builder().build();

        assertThat(nothing.isEmpty()).isTrue();
        assertThat(compare(nothing, nothing).decision()).isEmpty();
        assertThat(Keys.of(nothing)).isEmpty();
    }
}
