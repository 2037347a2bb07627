package org.postbag.normalising.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Message;

class DeliveryReportTest {

    private static final EmailAddress GONE = new EmailAddress("gone@example.org");

    private static DeliveryReport recipient(String... fields) {
        return DeliveryReport.of("Reporting-MTA: dns; mx.example.org\n\n" + String.join("\n", fields) + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rfc822; gone@example.org
            RFC822;gone@example.org
            rfc822; <gone@example.org>
            gone@example.org
            rfc822; Gone@Example.ORG
            utf-8; gone@example.org
            utf-8; \\x{67}one@example.org
            """)
    void theAddressIsReadHoweverItIsWritten(String written) {
        assertThat(recipient("Final-Recipient: " + written, "Action: failed", "Status: 5.1.1")
                        .addresses())
                .containsExactly(GONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            failed    | 5.1.1 | true  | true
            Failed    | -     | true  | true
            -         | 5.1.1 | true  | true
            failed    | 4.4.7 | true  | false
            delayed   | 4.4.1 | false | false
            delivered | 2.0.0 | false | false
            relayed   | 2.0.0 | false | false
            expanded  | 2.0.0 | false | false
            -         | 4.4.1 | false | false
            """)
    void onlyAFailureForGoodIsHeldAgainstTheAddress(String action, String status, boolean failed, boolean named) {
        var report = recipient(
                "Final-Recipient: rfc822; gone@example.org",
                action == null ? "X-None: 1" : "Action: " + action,
                status == null ? "X-None: 2" : "Status: " + status);

        assertThat(report.failed()).isEqualTo(failed);
        assertThat(report.addresses()).isEqualTo(named ? List.of(GONE) : List.of());
    }

    @Test
    void theAddressThatWeWroteToIsTaken() {
        var report = recipient(
                "Original-Recipient: rfc822; gone@example.org",
                "Final-Recipient: rfc822; box-17@internal.example.net",
                "Action: failed");

        assertThat(report.addresses()).containsExactly(GONE);
    }

    @Test
    void anUnreadableOriginalAddressGivesWayToTheFinalOne() {
        var report =
                recipient("Original-Recipient: unknown", "Final-Recipient: rfc822; gone@example.org", "Action: failed");

        assertThat(report.addresses()).containsExactly(GONE);
    }

    @Test
    void noMoreAddressesAreTakenThanTheLimit() {
        var status = new StringBuilder("Reporting-MTA: dns; mx.example.org\n");
        for (int i = 0; i < 5_000; i++) {
            status.append("\nFinal-Recipient: rfc822; a")
                    .append(i)
                    .append("@example.org\nAction: failed\nStatus: 5.1.1\n");
        }

        assertThat(DeliveryReport.of(status.toString()).addresses()).hasSize(DeliveryReport.ADDRESSES_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "Action: failed",
                "Final-Recipient:\nAction: failed",
                ": x\n y",
                "Action\n\nfailed",
                " \n\t\n"
            })
    void whatSaysNoAddressNamesNone(String status) {
        assertThat(DeliveryReport.of(status).addresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<gone@example.org>:\nUser unknown",
                "  gone@example.org\n    550 5.1.1 unknown",
                "      'gone@example.org' on 03/03/2026 09:15",
                "Your message to gone@example.org couldn't be delivered.",
                "Your message wasn't delivered to gone@example.org because the address couldn't be found.",
                "Failed recipient: gone@example.org",
                "Gone Person (gone@example.org)<mailto:gone@example.org> address not found",
                "* gone@example.org",
                "    Recipient Address: gone@example.org",
                "mailbox gone@example.org does not exist."
            })
    void anAddressIsFoundInWhatServersWriteForPeople(String text) {
        assertThat(FailureText.addresses("Sorry.\n\n" + text, Set.of())).containsExactly(GONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<slow@example.org>:\nconnection timed out (#4.4.1)",
                "<slow@example.org>: deferred, will be retried",
                "For help write to postmaster@example.org",
                "<postmaster@example.org>:",
                "--- Below this line is a copy of the message.\n<gone@example.org>",
                "------ This is a copy of the message, including all the headers. ------\ngone@example.org",
                "Received: from mx\nTo: gone@example.org",
                "enquiries@example.gov.uk",
                "an @ alone",
                "a@",
                "@b"
            })
    void whatIsNoFailedAddressIsLeftAlone(String text) {
        var ours = Set.of(new EmailAddress("enquiries@example.gov.uk"));

        assertThat(FailureText.addresses("Sorry.\n\n" + text, ours)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@", "a@", "a@b ", "recipient ", "<", "user a@b.c ", "\\x{", "Action: failed\n\n", "a: b\n c\n"})
    void hostileReportsTakeNoLongerThanOthers(String piece) {
        var text = piece.repeat(1_000_000 / piece.length());
        var content = "Return-Path: <>\nFrom: MAILER-DAEMON@example.org\nSubject: failure notice\n\n" + text;
        var report =
                "Return-Path: <>\nFrom: MAILER-DAEMON@example.org\nContent-Type: message/delivery-status\n\n" + text;
        var clock = ManagementFactory.getThreadMXBean();
        long from = clock.getCurrentThreadCpuTime();

        assertThat(((Message) MailReaderTest.read(content.getBytes(UTF_8))).automatic())
                .isEqualTo(Automatic.BOUNCE);
        assertThat(((Message) MailReaderTest.read(report.getBytes(UTF_8))).automatic())
                .isNotNull();

        assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - from)).isLessThan(Duration.ofSeconds(2));
    }
}
