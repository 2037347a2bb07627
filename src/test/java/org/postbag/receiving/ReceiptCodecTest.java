package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptCodecTest {

    private static final ReceiptId ID = new ReceiptId("0123456789abcdef".repeat(4));
    private static final Instant AT = Instant.parse("2026-03-03T16:05:00.123Z");

    @Test
    void aReceiptComesBackAsItWas() {
        var bare = new Receipt(ID, Channel.EMAIL, Direction.INBOUND, "mail", AT, 7, null, null, null, null);
        var full = new Receipt(ID, Channel.TELEPHONE, Direction.OUTBOUND, "calls", AT, 1L << 40, "s", "p", "f", 3);

        assertThat(ReceiptCodec.decode(ReceiptCodec.encode(bare))).isEqualTo(bare);
        assertThat(ReceiptCodec.decode(ReceiptCodec.encode(full))).isEqualTo(full);
        var ofBacklog = bare.reachedAt(AT.minusSeconds(1));
        assertThat(ReceiptCodec.decode(ReceiptCodec.encode(ofBacklog))).isEqualTo(ofBacklog);
        var told = new Receipt(
                ID,
                Channel.EMAIL,
                Direction.INBOUND,
                "mail",
                AT,
                7,
                null,
                null,
                null,
                null,
                false,
                null,
                new Receipt.Origin("node-1", 12),
                null);
        assertThat(ReceiptCodec.decode(ReceiptCodec.encode(told))).isEqualTo(told);
        assertThat(ofBacklog.countsFrom()).isEqualTo(AT.minusSeconds(1));
        assertThat(bare.reachedAt(AT.plusSeconds(1)).countsFrom())
                .as("never later than it came in")
                .isEqualTo(AT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "{}", "{\"id\":\"x\"}", "{\"id\":1}"})
    void whatIsNoReceiptIsRefused(String bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptCodec.decode(bytes.getBytes(UTF_8)));
    }
}
