package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final IdentityKey KEY = new IdentityKey(new byte[32]);
    private static final String MAIL = """
            Received: from a by b; Tue, 3 Mar 2026 09:00:00 +0000
            From: Ann <ann@example.org>
            Subject: Poll card
             that never came
            Date: Tue, 3 Mar 2026 09:00:00 +0000
            Message-ID: <1@example.org>

            Where is my poll card?
            """;

    @Test
    void aMailThatIsMovedOrDeliveredAgainIsKnown() {
        var again = "Delivered-To: x@y\nReceived: from c by d; Wed, 4 Mar 2026 09:00:00 +0000\nX-UID: 77\n" + MAIL;
        assertThat(id(again)).isEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("\n", "\r\n"))).isEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("\n", "\r"))).isEqualTo(id(MAIL));
        assertThat(id(MAIL + "\r\n\r\n")).isEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("card\n that", "card\r\n\tthat"))).isEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("Message-ID:", "MESSAGE-id :"))).isEqualTo(id(MAIL));
    }

    @Test
    void anotherTextUnderAStolenMessageIdIsNot() {
        assertThat(id(MAIL.replace("Where is", "Where was"))).isNotEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("ann@", "bob@"))).isNotEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("<1@", "<2@"))).isNotEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("09:00:00 +0000\nMessage", "09:00:01 +0000\nMessage")))
                .isNotEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("card?", "card?\n\nAnd my vote?"))).isNotEqualTo(id(MAIL));
    }

    @Test
    void mailsWithoutHeadersOrBodyAreToldApart() {
        assertThat(id("just text")).isNotEqualTo(id("other text"));
        assertThat(id("")).isEqualTo(id(""));
        assertThat(id("")).isNotEqualTo(id("x"));
        assertThat(id("From: a@b\nSubject: one")).isNotEqualTo(id("From: a@b\nSubject: two"));
        assertThat(id("X: 1\n\nbody")).isNotEqualTo(id("X: 2\n\nbody"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyBytesHaveAnIdentity(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var bytes = new byte[random.nextInt(200)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte)
                        (random.nextInt(3) == 0
                                ? "\r\n: \tFromSubject".charAt(random.nextInt(16))
                                : random.nextInt(256));
            }
            var arrival = Identity.mail("r", Direction.INBOUND, bytes);
            assertThat(KEY.receiptId(arrival)).isEqualTo(KEY.receiptId(Identity.mail("s", Direction.INBOUND, bytes)));
        }
    }

    @Test
    void aFormIsKnownByItsKeyAndContent() {
        var content = "hello".getBytes(StandardCharsets.UTF_8);
        var form = KEY.receiptId(Identity.form("f", "key", content));
        assertThat(KEY.receiptId(Identity.form("f", "key", content))).isEqualTo(form);
        assertThat(KEY.receiptId(Identity.form("f", "key2", content))).isNotEqualTo(form);
        assertThat(KEY.receiptId(Identity.form("f", "key", new byte[] {1}))).isNotEqualTo(form);
    }

    @Test
    void aCallIsKnownByItsIdAndContentOrByItsPlaceAmongEqualRows() {
        var content = "row".getBytes(StandardCharsets.UTF_8);
        var call = Identity.call("c", Direction.INBOUND, "77", 0, "p", "f", 3, content);
        assertThat(KEY.receiptId(Identity.call("c", Direction.INBOUND, "77", 0, "p", "g", 9, content)))
                .isEqualTo(KEY.receiptId(call));
        var corrected = Identity.call("c", Direction.INBOUND, "77", 0, "p", "f", 3, new byte[] {1});
        assertThat(KEY.receiptId(corrected)).isNotEqualTo(KEY.receiptId(call));
        assertThat(corrected.series()).isEqualTo(call.series());
        var first = KEY.receiptId(Identity.call("c", Direction.INBOUND, null, 0, "p", "f", 3, content));
        assertThat(KEY.receiptId(Identity.call("c", Direction.INBOUND, null, 0, "p", "g", 8, content)))
                .isEqualTo(first);
        assertThat(KEY.receiptId(Identity.call("c", Direction.INBOUND, null, 1, "p", "f", 4, content)))
                .isNotEqualTo(first);
    }

    @Test
    void theSameIdInAnotherChannelOrUnderAnotherKeyIsAnother() {
        var form = Identity.form("f", "k", new byte[0]);
        var other = new Arrival(
                Channel.EMAIL, Direction.INBOUND, "f", form.externalId(), null, null, null, null, new byte[0]);
        assertThat(KEY.receiptId(other)).isNotEqualTo(KEY.receiptId(form));
        var key = new byte[32];
        key[0] = 1;
        assertThat(new IdentityKey(key).receiptId(form)).isNotEqualTo(KEY.receiptId(form));
    }

    private static ReceiptId id(String mail) {
        return KEY.receiptId(Identity.mail("r", Direction.INBOUND, mail.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
