package org.postbag.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameKeyTest {

    @ParameterizedTest
    @CsvSource({
        "Jane Doe, ' mrs  JANE   doe '",
        "Jos\u00e9 Garc\u00eda, Jose\u0301 Garcia",
        "Sian O\u2019Neill, Si\u00e2n O'Neill",
        "Dr Jane Doe, Prof. Jane Doe",
        "\uff2a\uff41\uff4e\uff45 Doe, Jane Doe"
    })
    void theSameNameInAnotherWayOfWritingIsTheSame(String one, String other) {
        assertThat(NameKey.whole(one)).isNotNull().isEqualTo(NameKey.whole(other));
    }

    @ParameterizedTest
    @CsvSource({
        "Jane Doe, John Doe",
        // A Cyrillic letter that looks like an a.
        "Jane Doe, J\u0430ne Doe",
        // Vowel signs and the marks of kana tell names apart.
        "\u0930\u093e\u092e \u0938\u093f\u0902\u0939, \u0930\u093f\u092e \u0938\u093f\u0902\u0939",
        "\u304b\u3068\u3046, \u304c\u3068\u3046",
        "Jane Doe, Jane Doe-Smith"
    })
    void anotherNameIsAnother(String one, String other) {
        assertThat(NameKey.whole(one)).isNotNull().isNotEqualTo(NameKey.whole(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"J D", "J. D.", "JD", "Jane", "Mr Smith", "Mrs J Smith", "J Smith", "Mr and Mrs Smith", "Dr"})
    void whatSeveralOfAHouseholdOrOfficeAreCalledIsNoWholeName(String written) {
        assertThat(NameKey.of(written)).isNotNull();
        assertThat(NameKey.whole(written)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u674e\u4f1f", "\uae40\ucca0\uc218", "\u304b\u3068\u3046"})
    void aNameThatIsWrittenWithoutSpacesIsWhole(String written) {
        assertThat(NameKey.whole(written)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "-",
                "07700 900123",
                "+44 1792 496000",
                "jane@example.org",
                "Unknown",
                "Name withheld",
                "n/a",
                "Anonymous caller",
                "\u200b"
            })
    void whatIsNoNameIsNone(String written) {
        assertThat(NameKey.of(written)).isNull();
        assertThat(NameKey.whole(written)).isNull();
    }

    @Test
    void nothingIsNoName() {
        assertThat(NameKey.of(null)).isNull();
        assertThat(NameKey.whole("x".repeat(100_000) + " y")).isNull();
    }
}
