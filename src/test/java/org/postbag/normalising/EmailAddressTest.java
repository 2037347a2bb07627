package org.postbag.normalising;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "Ann@Example.ORG, ann@example.org",
        "'  ann@example.org ', ann@example.org",
        "ann@bücher.example, ann@xn--bcher-kva.example",
        "jürgen@example.org, jürgen@example.org"
    })
    void anAddressHasOneForm(String written, String value) {
        assertThat(EmailAddress.parse(written)).hasValue(new EmailAddress(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ann",
                "ann@",
                "@example.org",
                "a b@example.org",
                "a\0@example.org",
                "\ud800@example.org"
            })
    void whatIsNoAddressIsNone(String written) {
        assertThat(EmailAddress.parse(written)).isEmpty();
    }

    @Test
    void whatGrowsTooLongByBeingNormalisedIsNone() {
        assertThat(EmailAddress.parse("İ".repeat(64) + "@example.org")).isEmpty();
        assertThat(EmailAddress.parse("a@" + "ü-ü-ü-ü-ü-ü-ü-ü.".repeat(14) + "example"))
                .isEmpty();
    }
}
