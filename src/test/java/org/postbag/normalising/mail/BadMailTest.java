package org.postbag.normalising.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.normalising.Message;
import org.postbag.normalising.Unreadable;

/** Mail that is out of all proportion, or made to do harm, ends as a message or in quarantine, and quickly. */
class BadMailTest {

    private static Message message(String content) {
        return (Message) MailReaderTest.read(content.getBytes(UTF_8));
    }

    @Test
    void aMailOf60MegabytesGoesToQuarantineWithAReason() {
        var content = new byte[60 * 1024 * 1024];
        Arrays.fill(content, (byte) 'a');

        var reading = MailReaderTest.read(content);

        assertThat(reading).isInstanceOfSatisfying(Unreadable.class, u -> {
            assertThat(u.code()).isEqualTo("too-large");
            assertThat(u.reason()).contains("50 MB").contains("kept whole");
        });
    }

    @Test
    void aMailOfNothingButNulsIsEmpty() {
        assertThat(MailReaderTest.read(new byte[1_000]))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.code()).isEqualTo("empty"));
    }

    @Test
    void aMailOf45MegabytesOfTextIsReadUpToTheLimitAndSaysSo() {
        var message = message("Subject: Long\n\n" + "all work and no play\n".repeat(45 * 1024 * 1024 / 21));

        assertThat(message.text())
                .hasSizeLessThanOrEqualTo(BodyDraft.TEXT_CHARS_MAX)
                .startsWith("all work");
        assertThat(message.damaged()).anyMatch(note -> note.contains("rest of it is in the raw message"));
    }

    @Test
    void tenThousandPartsAreReadAndNoTextIsLost() {
        var content = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 10_000; i++) {
            content.append("--b\nContent-Type: text/plain\n\nword").append(i).append('\n');
        }

        var message = message(content.append("--b--\n").toString());

        assertThat(message.text().split("\\s+")).hasSize(10_000).contains("word0", "word4711", "word9999");
    }

    @Test
    void morePartsThanAnyProgramWritesGoToQuarantine() {
        var content = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(MimeTree.PARTS_MAX + 1);

        assertThat(MailReaderTest.read(content.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.code()).isEqualTo("too-many-parts"));
    }

    @Test
    void moreAttachmentsThanAreListedLeaveANote() {
        var content =
                "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: image/gif\n\nGIF\n".repeat(1_500);

        var message = message(content);

        assertThat(message.attachments()).hasSize(BodyDraft.ATTACHMENTS_MAX);
        assertThat(message.damaged()).anyMatch(note -> note.contains("more attachments than can be listed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 149, 200, 299, 1_000, 20_000})
    void nestedMultipartsAreReadOrTakenAsText(int levels) {
        var content = new StringBuilder("Subject: Deep\n");
        for (int i = 0; i < levels; i++) {
            content.append("Content-Type: multipart/mixed; boundary=n")
                    .append(i)
                    .append("\n\n--n")
                    .append(i)
                    .append('\n');
        }
        content.append("Content-Type: text/plain\n\nat the bottom\n");
        for (int i = levels - 1; i >= 0; i--) {
            content.append("--n").append(i).append("--\n");
        }

        var message = message(content.toString());

        assertThat(message.subject()).isEqualTo("Deep");
        assertThat(message.text()).contains("at the bottom");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 200, 20_000})
    void messagesWithinMessagesAreReadOrTakenAsText(int levels) {
        var content =
                "Subject: Doll\nContent-Type: message/rfc822\n\n".repeat(levels) + "Subject: Last\n\nsmallest doll\n";

        var message = message(content);

        assertThat(message.text()).contains("smallest doll");
        assertThat(message.attachments()).hasSize(1);
    }

    @Test
    void base64WithinBase64EndsAtALimitAndIsKept() {
        var content = "Subject: Core\n\ncore\n".getBytes(UTF_8);
        for (int i = 0; i < 20; i++) {
            var outer = new ByteArrayOutputStream();
            outer.writeBytes("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n".getBytes(UTF_8));
            outer.writeBytes(Base64.getMimeEncoder().encode(content));
            content = outer.toByteArray();
        }

        var message = (Message) MailReaderTest.read(content);

        assertThat(message.damaged()).anyMatch(note -> note.contains("could not be opened"));
        assertThat(message.attachments()).hasSizeGreaterThanOrEqualTo(2);
    }

    /** Some can only be read, others only by a decoder of their own kind: whatever a mail names, it is read. */
    @Test
    void everyCharsetThereIsCanBeNamed() {
        for (var charset : Charset.availableCharsets().keySet()) {
            var random = new Random(charset.hashCode());
            for (int i = 0; i < 20; i++) {
                var bytes = new byte[100];
                random.nextBytes(bytes);
                bytes[random.nextInt(bytes.length)] = 0x1b;
                var content = "Subject: =?%1$s?Q?=1B=E9=FF?=\nContent-Type: text/plain; charset=%1$s\n\n%2$s"
                        .formatted(charset, new String(bytes, ISO_8859_1))
                        .getBytes(ISO_8859_1);

                assertThat(MailReaderTest.read(content)).as(charset).isInstanceOf(Message.class);
            }
        }
    }

    @Test
    void anAddressThatGrowsByBeingNormalisedIsOnlyKeptAsWritten() {
        var message = message("From: Ann <" + "\u0130".repeat(64) + "@example.org>\n\nHello\n");

        assertThat(message.sender().email()).isNull();
        assertThat(message.text()).contains("Hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--",
                "--b",
                "From: a",
                "Content-Type: multipart/mixed; boundary=\"",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
                "Subject: =?utf-8?B?",
                "Subject: =?=?=?=?=?=?",
                "From: <<<<<((((\"\"\",,,;:@",
                "To: (((((((((((((",
                "Content-Type: text/html\n\n<",
                "Content-Type: text/html\n\n<!--",
                "Content-Type: text/html\n\n<style",
                "Content-Transfer-Encoding: quoted-printable\n\n=",
                "Content-Transfer-Encoding: base64\n\n=",
                "Content-Transfer-Encoding: x-uuencode\n\nbegin 644",
                "Content-Type: text/plain; charset=utf-7\n\n+",
                "Content-Type: text/plain; charset=utf-7\n\n+AGE",
                "Content-Type: text/plain; charset=\"utf-8''*\"\n\n\u00e9",
                "Content-Type: text/plain; name*=utf-8''%; name*1*=%C",
                "Date: 99999999999999999999",
                ": : :\n:"
            })
    void brokenBeginningsAreReadAllTheSame(String content) {
        assertThat(message(content)).isNotNull();
    }

    /** Each of these makes some parser slow: ten times as much of it may take about ten times as long, not a hundred times. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?",
                "=?a?Q?",
                "<",
                "(",
                "\"",
                ",",
                "a@b,",
                "<a@b>,",
                "\\",
                "<!--",
                "<b>",
                "<div><table>",
                "&",
                "--b\n",
                "--\n",
                "\n",
                "\n ",
                "begin 644 a\n",
                "> ",
                "On 3 March 2026 a@b wrote:\n",
                ":\n",
                "From:\n",
                "garbage\n",
                "a=\"",
                "*0*=",
                "=\n",
                "+",
                "-- \n",
                "<style>",
                "</",
                "a<a:"
            })
    void repetitionDoesNotMakeReadingSlow(String piece) {
        for (var head : new String[] {
            "Subject: ",
            "From: ",
            "Content-Type: text/plain; ",
            "Content-Type: text/html\n\n",
            "Content-Type: multipart/mixed; boundary=b\n\n",
            "X: y\n\n"
        }) {
            var small = head + piece.repeat(20_000 / piece.length());
            var large = head + piece.repeat(400_000 / piece.length());
            long before = work(small);
            long after = work(large);
            assertThat(after)
                    .as(
                            "%s then %s: %d ms for 20 KB, %d ms for 400 KB",
                            head, piece, before / 1_000_000, after / 1_000_000)
                    // Twenty times the size; far from the four hundred times of a quadratic step, and above what
                    // start-up and collection cost.
                    .isLessThan(Math.max(before * 130, 2_000_000_000L));
        }
    }

    /** Time on the processor of this thread, which other work on the machine does not lengthen. */
    private static long work(String content) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        assertThat(MailReaderTest.read(content.getBytes(UTF_8))).isNotNull();
        return threads.getCurrentThreadCpuTime() - before;
    }
}
