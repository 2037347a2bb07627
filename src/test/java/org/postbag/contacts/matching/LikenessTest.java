package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How alike two values are, both ways round. */
class LikenessTest {

    @ParameterizedTest
    @CsvSource({
        "NAME, Elizabeth, elizabeth, EQUAL",
        "NAME, Siân, Sian, EQUAL",
        "NAME, O'Brien, OBrien, EQUAL",
        "NAME, Llewelyn-Jones, Llewelyn Jones, EQUAL",
        "NAME, Łukasz, Lukasz, EQUAL",
        "NAME, Catherine, Catherin, NEAR",
        "NAME, William, Bill, NEAR",
        "NAME, Dafydd, David, NEAR",
        "NAME, Margaret, Peggy, NEAR",
        "NAME, Matilda, Malitda, CLOSE",
        "NAME, J, James, NOTHING",
        "NAME, Anderson, Andersson-Smith, ALIKE",
        "NAME, Khan, Williams, NONE",
        "DATE, 1970-03-04, 04/03/1970, EQUAL",
        "DATE, 1970-03-04, 1970-04-03, NEAR",
        "DATE, 1970-03-04, 1970-03-14, NEAR",
        "DATE, 1970-03-04, 1970-03-31, CLOSE",
        "DATE, 1970-03-04, 1941-11-23, NONE",
        "DATE, 1970-13-45, 1970-13-54, NEAR",
        "EMAIL, Jane.Doe@Example.org, jane.doe@example.org, EQUAL",
        "EMAIL, jane.doe@example.org, jane.doe@exmaple.org, NEAR",
        "EMAIL, jane.doe@example.org, jane.doe@another.example, CLOSE",
        "EMAIL, jane.doe@example.org, k.williams@office.example, NONE",
        "EMAIL, jane.doe12@example.org, jane.doe83@example.org, NOTHING",
        "EMAIL, jane.doe@example.org, janedoe1@example.org, NOTHING",
        "EMAIL, jane.doe12@example.org, janedoe12@example.org, NEAR",
        "NAME, William, W, NOTHING",
        "NAME, William, J, NONE",
        "NAME, Gwenllian, Gwen, NEAR",
        "NAME, محمد, Mohammed, NEAR",
        "NUMBER, 01792 496 000, 01792-496000, EQUAL",
        "NUMBER, SA1 1AA, sa11aa, EQUAL",
        "NUMBER, SA1 1AA, SA1 1AB, NEAR",
        "NUMBER, 01792496000, 02920366000, NONE",
        "WORDS, 12 Mill Lane, 12 Mill Lnae, NEAR",
        "WORDS, Bel Air Hotel, Hotel Bel Air, CLOSE",
        "WORDS, Ritz Carlton Cafe Buckhead, Cafe Ritz Carlton, CLOSE",
        "WORDS, 12 Mill Lane, 4 Station Road, NONE"
    })
    void twoValuesAreAsAlikeAsThis(Field.Kind kind, String one, String other, String level) {
        assertThat(level(kind, one, other)).isEqualTo(level);
        assertThat(level(kind, other, one)).isEqualTo(level);
    }

    private static String level(Field.Kind kind, String one, String other) {
        var normal = Normal.of(kind, one);
        var otherNormal = Normal.of(kind, other);
        int level = normal.equals(otherNormal) ? Likeness.EQUAL : Likeness.of(kind, normal, otherNormal);
        return switch (level) {
            case Likeness.NOTHING -> "NOTHING";
            case Likeness.NONE -> "NONE";
            case Likeness.FAINT -> "FAINT";
            case Likeness.ALIKE -> "ALIKE";
            case Likeness.CLOSE -> "CLOSE";
            case Likeness.NEAR -> "NEAR";
            default -> "EQUAL";
        };
    }

    @ParameterizedTest
    @CsvSource({"NAME, ''", "NAME, 'n/a'", "NAME, '  '", "NAME, '???'", "DATE, unknown", "EMAIL, none", "NUMBER, '-'"})
    void whatSaysNothingIsNothing(Field.Kind kind, String written) {
        assertThat(Normal.of(kind, written)).isEmpty();
    }
}
