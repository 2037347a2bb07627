package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.SampleMails;

class IdentityTest {

    private static final String MAIL = """
            From: Ann <ann@example.org>
            Subject: Where is my
             polling station
            Date: Tue, 3 Mar 2026 09:00:00 +0000
            Message-ID: <1@example.org>

            I moved house.
            Where do I vote?
            """;

    private final IdentityKey key = new IdentityKey(new byte[32]);

    @Test
    void aMailThatCameAnotherWayIsTheSame() {
        var traced =
                "Return-Path: <bounce@example.net>\nReceived: from a by b;\n\tTue, 3 Mar 2026 09:00:01 +0000\nX-Spam: no\n"
                        + MAIL;
        assertThat(id(traced)).isEqualTo(id(MAIL));
    }

    @Test
    void aMailWhoseHeadersAreFoldedInAnotherWayIsTheSame() {
        assertThat(id(MAIL.replace("my\n polling", "my polling"))).isEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("Subject: Where", "SUBJECT:\n\tWhere"))).isEqualTo(id(MAIL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void howLinesEndDoesNotCount(String end) {
        assertThat(id(MAIL.replace("\n", end))).isEqualTo(id(MAIL));
    }

    @Test
    void emptyLinesAtTheEndDoNotCount() {
        assertThat(id(MAIL.strip())).isEqualTo(id(MAIL));
        assertThat(id(MAIL + "\n\r\n")).isEqualTo(id(MAIL));
    }

    @Test
    void anotherTextUnderAStolenMessageIdIsAnotherMail() {
        assertThat(id(MAIL.replace("house", "home"))).isNotEqualTo(id(MAIL));
        assertThat(id(MAIL.replace("I moved house.\n", "I moved house.\n\n"))).isNotEqualTo(id(MAIL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@", "polling", "3 Mar", "<1@"})
    void eachHeaderThatNamesAMailCounts(String part) {
        assertThat(id(MAIL.replace(part, "x" + part))).isNotEqualTo(id(MAIL));
    }

    @Test
    void whatStandsInOneHeaderIsNotTakenForAnother() {
        assertThat(id("Subject: a\nFrom: b\n\ntext")).isNotEqualTo(id("Subject: b\nFrom: a\n\ntext"));
        assertThat(id("Subject: a\n\nb")).isNotEqualTo(id("Subject: a b\n\n"));
    }

    @Test
    void textsWithoutHeadersAreToldApart() {
        assertThat(id("just a text")).isNotEqualTo(id("just another text"));
        assertThat(id("Subject: hello\nplease ring me")).isNotEqualTo(id("Subject: hello\nplease write to me"));
        assertThat(id("Subject: hello\nFirst: one")).isNotEqualTo(id("Subject: hello\nFirst: two"));
        assertThat(id("")).isNotEqualTo(id("x"));
    }

    @Test
    void aMailOfHeadersOnlyIsKnownHoweverItCame() {
        var headers = "Message-ID: <2@example.org>\nSubject: nothing more\n";
        assertThat(id("Received: from c by d\n" + headers))
                .isEqualTo(id(headers))
                .isEqualTo(id(headers + "\n\n"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyBytesHaveAnIdOfTheirOwn(long seed) {
        var random = new Random(seed);
        var bytes = new byte[random.nextInt(3_000)];
        random.nextBytes(bytes);
        var changed = bytes.clone();
        changed[changed.length - 1] = 'a';
        bytes[bytes.length - 1] = 'b';

        assertThat(id(bytes)).isEqualTo(id(bytes.clone())).isNotEqualTo(id(changed));
    }

    @Test
    void aHugeHeaderBlockAndAHugeBodyEndWell() {
        var block = "X: y\n".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(id(block)).isEqualTo(id(block.clone()));
        assertThat(id(("Subject: s\n\n" + "z".repeat(20_000_000)).getBytes(StandardCharsets.US_ASCII)))
                .isNotEqualTo(id("Subject: s\n\n"));
    }

    @Test
    void mailsOfOneDayAreAllDifferent() {
        var ids = java.util.stream.IntStream.range(0, 500)
                .mapToObj(n -> id(SampleMails.mail(7, n, 20)))
                .distinct()
                .count();
        assertThat(ids).isEqualTo(500);
    }

    @Test
    void aFormIsKnownByItsKeyAndContent() {
        var form = Identity.form("public-form", "k1", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(key.receiptId(form))
                .isEqualTo(key.receiptId(Identity.form("another-route", "k1", form.content())))
                .isNotEqualTo(key.receiptId(Identity.form("public-form", "k2", form.content())))
                .isNotEqualTo(key.receiptId(Identity.form("public-form", "k1", new byte[] {1})));
    }

    @Test
    void otherContentUnderACallsIdIsACorrectionOfOneSeries() {
        var first = call("c-17", 0, "file", 1, new byte[] {1});
        var corrected = call("c-17", 0, "file of the next day", 3, new byte[] {2});

        assertThat(key.receiptId(corrected)).isNotEqualTo(key.receiptId(first));
        assertThat(corrected.series()).isEqualTo(first.series());
        assertThat(key.receiptId(call("c-17", 0, "file of the next day", 3, new byte[] {1})))
                .isEqualTo(key.receiptId(first));
        assertThat(key.receiptId(call("c-18", 0, "file", 1, new byte[] {1}))).isNotEqualTo(key.receiptId(first));
    }

    @Test
    void equalRowsWithoutAnIdAreToldApartByTheirPlaceAmongThem() {
        var one = call(null, 0, "file", 4, new byte[] {1});

        assertThat(key.receiptId(call(null, 0, "file under another name", 9, new byte[] {1})))
                .isEqualTo(key.receiptId(one));
        assertThat(key.receiptId(call(null, 1, "file", 5, new byte[] {1}))).isNotEqualTo(key.receiptId(one));
        assertThat(key.receiptId(call(null, 0, "file", 4, new byte[] {2}))).isNotEqualTo(key.receiptId(one));
        assertThat(one.series()).isNull();
    }

    @Test
    void theSameIdInAnotherChannelIsAnother() {
        var form = Identity.form("f", "k", new byte[0]);
        var letter = new Arrival(
                Channel.LETTER, Direction.INBOUND, "f", form.externalId(), null, null, null, null, new byte[0]);
        assertThat(key.receiptId(letter)).isNotEqualTo(key.receiptId(form));
    }

    @Test
    void anotherKeyGivesOtherIds() {
        var other = new byte[32];
        other[0] = 1;
        var mail = Identity.mail("r", Direction.INBOUND, MAIL.getBytes(StandardCharsets.UTF_8));
        assertThat(new IdentityKey(other).receiptId(mail)).isNotEqualTo(key.receiptId(mail));
    }

    private static Arrival call(@Nullable String callId, int place, String file, int row, byte[] content) {
        return Identity.row(Channel.TELEPHONE, "calls", Direction.INBOUND, callId, place, "centre", file, row, content);
    }

    private ReceiptId id(String mail) {
        return id(mail.getBytes(StandardCharsets.UTF_8));
    }

    private ReceiptId id(byte[] mail) {
        return key.receiptId(Identity.mail("enquiries-mailbox", Direction.INBOUND, mail));
    }
}
