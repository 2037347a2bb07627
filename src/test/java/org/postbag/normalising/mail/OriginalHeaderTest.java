package org.postbag.normalising.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postbag.normalising.HeaderField;

class OriginalHeaderTest {

    @Test
    void fieldsStandInTheirOrderUnfoldedAndDecoded() {
        var mail = """
                Received: from mx.example.org\r
                \tby mail.example.gov.uk; Tue, 3 Mar 2026 16:05:00 +0000\r
                Received: from desk\r
                subject: =?utf-8?B?RnkgbmdoZXJkeW4gcGxlaWRsZWlzaW8gdMW3?=\r
                DKIM-Signature: v=1\r
                \r
                Text: none of it\r
                """;

        assertThat(HeaderField.of(mail.getBytes(UTF_8)))
                .containsExactly(
                        new HeaderField(
                                "Received",
                                "from mx.example.org by mail.example.gov.uk; Tue, 3 Mar 2026 16:05:00 +0000"),
                        new HeaderField("Received", "from desk"),
                        new HeaderField("Subject", "Fy ngherdyn pleidleisio tŷ"),
                        new HeaderField("DKIM-Signature", "v=1"));
    }

    @Test
    void whatHasNoHeaderHasNone() {
        assertThat(HeaderField.of(new byte[0])).isEmpty();
        assertThat(HeaderField.of("Just text".getBytes(UTF_8))).isEmpty();
        assertThat(HeaderField.of(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 0}))
                .isEmpty();
    }
}
