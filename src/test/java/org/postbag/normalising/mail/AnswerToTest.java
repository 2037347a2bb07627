package org.postbag.normalising.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Message;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

/** Whom a program may answer by itself: a person who wrote, and nobody else. */
class AnswerToTest {

    private static final String FROM_JANE = "From: Jane Doe <jane@example.org>\r\n";

    private static Message read(String headers) {
        var mail =
                (headers + "To: enquiries@body.example\r\nSubject: Poll card\r\n\r\nWhere is it?\r\n").getBytes(UTF_8);
        var receipt = new Receipt(
                new ReceiptId("0".repeat(64)),
                Channel.EMAIL,
                Direction.INBOUND,
                "test",
                Instant.parse("2026-03-03T09:00:00Z"),
                mail.length,
                null,
                null,
                null,
                null);
        return (Message) MailReader.read(receipt, mail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Return-Path: <jane@example.org>\r\n",
                "Return-Path: <bounces+12@mail.example.org>\r\n",
                "Auto-Submitted: no\r\n",
                "X-Auto-Response-Suppress: RN, NRN\r\n",
                "Authentication-Results: mx.body.example; dmarc=pass header.from=example.org\r\n",
                // Written by the sender: the first is ours.
                "Authentication-Results: mx.body.example; dmarc=pass\r\nAuthentication-Results: x; dmarc=fail\r\n"
            })
    void aPersonWhoWroteIsAnswered(String more) {
        assertThat(read(more + FROM_JANE).answerTo())
                .isEqualTo(EmailAddress.parse("jane@example.org").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Return-Path: <>\r\n",
                "Return-Path: <other@elsewhere.example>\r\n",
                "Return-Path: <jane@notexample.org>\r\n",
                "X-Auto-Response-Suppress: DR, OOF, AutoReply\r\n",
                "X-Auto-Response-Suppress: All\r\n",
                "X-Spam-Flag: YES\r\n",
                "Authentication-Results: mx.body.example; spf=pass; dmarc=fail (p=none) header.from=example.org\r\n",
                "Auto-Submitted: auto-generated\r\n",
                "Precedence: bulk\r\n",
                "List-Id: <news.example.org>\r\n"
            })
    void nobodyIsAnsweredWhereSomethingSpeaksAgainstIt(String more) {
        assertThat(read(more + FROM_JANE).answerTo()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-reply@example.org",
                "noreply@example.org",
                "do_not_reply@example.org",
                "news-noreply@example.org",
                "NoReply+31@example.org",
                "MAILER-DAEMON@example.org",
                "postmaster@example.org",
                "bounces+jane=example.org@example.org",
                "owner-news@example.org",
                "news-request@example.org",
                "jane@",
                "nobody knows"
            })
    void aMailboxWithNobodyBehindItIsNot(String address) {
        assertThat(read("From: " + address + "\r\n").answerTo()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"noreen@example.org", "bounce.houses@example.org", "norman.replyon@example.org"})
    void aPersonWhoseNameBeginsLikeThatIs(String address) {
        assertThat(read("From: " + address + "\r\n").answerTo()).isNotNull();
    }

    @Test
    void nobodyIsWhereSeveralWroteOrNoOne() {
        assertThat(read("From: jane@example.org, joe@example.org\r\nSender: jane@example.org\r\n")
                        .answerTo())
                .isNull();
        assertThat(read("").answerTo()).isNull();
    }
}
