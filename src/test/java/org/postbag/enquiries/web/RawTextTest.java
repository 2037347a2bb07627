package org.postbag.enquiries.web;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawTextTest {

    @Test
    void textIsShownAsText() {
        var raw = RawText.of("From: a@example.org\r\n\r\nHelo tŷ\r\n".getBytes(UTF_8));

        assertThat(raw.hex()).isFalse();
        assertThat(raw.text()).isEqualTo("From: a@example.org\n\nHelo tŷ\n");
        assertThat(raw.isCut()).isFalse();
    }

    @Test
    void aStrayControlCharacterIsMadeVisible() {
        assertThat(RawText.of(("x".repeat(100) + "\u0007").getBytes(UTF_8)).text())
                .endsWith("x␇");
    }

    @Test
    void whatIsNotTextIsShownInHex() {
        assertThat(RawText.of("Id,Name\n".getBytes(UTF_16)).text())
                .isEqualTo("00000000  fe ff 00 49 00 64 00 2c 00 4e 00 61 00 6d 00 65  ...I.d.,.N.a.m.e\n"
                        + "00000010  00 0a                                            ..\n");
    }

    @Test
    void onlyTheBeginningOfALargeItemIsShown() {
        var raw = RawText.of("a".repeat(1_000_000).getBytes(UTF_8));

        assertThat(raw.text()).hasSize(RawText.TEXT_SHOWN_BYTES_MAX);
        assertThat(raw.isCut()).isTrue();
        assertThat(RawText.of(new byte[1_000_000]).shown()).isEqualTo(RawText.HEX_SHOWN_BYTES_MAX);
    }

    @Test
    void anEmptyItemIsEmptyText() {
        assertThat(RawText.of(new byte[0]).text()).isEmpty();
    }
}
