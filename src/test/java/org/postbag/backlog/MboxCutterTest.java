package org.postbag.backlog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.Receiver;

class MboxCutterTest {

    private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
    private static final Instant FILE = Instant.parse("2026-02-01T00:00:00Z");
    private static final String SEPARATOR = "From nia@example.org Tue Feb 10 09:30:00 2026\n";
    private static final String NEXT = "From owen@example.org Wed Feb 11 10:00:00 2026\n";

    private boolean ends;

    private List<Found> cut(byte[] mbox, boolean seekable) {
        var found = new ArrayList<Found>();
        MboxCutter.Ahead ahead = (position, bytesMax) -> new String(
                mbox,
                (int) Math.min(position, mbox.length),
                (int) Math.clamp(mbox.length - position, 0, bytesMax),
                ISO_8859_1);
        try {
            ends = new MboxCutter("box", new ByteArrayInputStream(mbox), seekable ? ahead : null, FILE, NOW, found::add)
                    .cut();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    private List<Found> cut(String mbox) {
        return cut(mbox.getBytes(ISO_8859_1), true);
    }

    private List<String> mails(String mbox) {
        return cut(mbox).stream()
                .filter(Found.Mail.class::isInstance)
                .map(found -> new String(((Found.Mail) found).content(), ISO_8859_1))
                .toList();
    }

    private @Nullable Instant reachedAt(String mail) {
        return ((Found.Mail) cut(SEPARATOR + mail).getFirst()).reachedAt();
    }

    @Test
    void mailsBeginAfterAnEmptyLineAndAreGivenWithoutIt() {
        assertThat(mails(SEPARATOR + "Subject: a\n\none\n\n" + NEXT + "Subject: b\n\ntwo\n\nmore\n\n"))
                .containsExactly("Subject: a\n\none\n", "Subject: b\n\ntwo\n\nmore\n");
        assertThat(ends).isTrue();
    }

    @Test
    void endsOfLinesStayAsTheyAre() {
        assertThat(mails((SEPARATOR + "Subject: a\n\none\n\n" + NEXT + "Subject: b\n\ntwo\n").replace("\n", "\r\n")))
                .containsExactly("Subject: a\r\n\r\none\r\n", "Subject: b\r\n\r\ntwo\r\n");
        assertThat(mails((SEPARATOR + "Subject: a\n\none\n\n" + NEXT + "Subject: b\n\ntwo\n").replace("\n", "\r")))
                .containsExactly("Subject: a\r\rone\r", "Subject: b\r\rtwo\r");
        assertThat(mails(SEPARATOR + "Subject: a\r\n\r\none\r\n\n" + NEXT + "Subject: b\n\ntwo\r\n"))
                .containsExactly("Subject: a\r\n\r\none\r\n", "Subject: b\n\ntwo\r\n");
    }

    @Test
    void quotingIsTakenAwayOnce() {
        assertThat(mails(SEPARATOR + "Subject: a\n\n>From here on\n\n>>From there\n> From her\n>from him\n>Fromage\n"))
                .containsExactly("Subject: a\n\nFrom here on\n\n>From there\n> From her\n>from him\n>Fromage\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From Monday on the office is closed.",
                "From now until Tue 10 Feb at 9:30 we are closed.",
                "From: nia@example.org",
                "From nia@example.org",
                "From ",
                "from nia@example.org Tue Feb 10 09:30:00 2026",
                " From nia@example.org Tue Feb 10 09:30:00 2026",
                "From the 10th of February 2026 at 9:30"
            })
    void aSentenceIsNoMail(String line) {
        assertThat(mails(SEPARATOR + "Subject: a\n\none\n\n" + line + "\nand more\n"))
                .containsExactly("Subject: a\n\none\n\n" + line + "\nand more\n");
    }

    @Test
    void aSeparatorCountsOnlyAfterAnEmptyLine() {
        assertThat(mails(SEPARATOR + "Subject: a\n\none\n" + NEXT + "two\n"))
                .containsExactly("Subject: a\n\none\n" + NEXT + "two\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From nia@example.org Tue Feb 10 09:30:00 2026",
                "From nia@example.org  Tue Feb  3 09:30:00 2026",
                "From nia@example.org Tue Feb 10 09:30 GMT 2026",
                "From nia@example.org Tue Feb 10 09:30:00 2026 +0100",
                "From nia@example.org Tue Feb 10 09:30:00 +0000 2026",
                "From nia@example.org Tue, 10 Feb 2026 09:30:00 +0000",
                "From \"Nia Ex\"@example.org Tue Feb 10 09:30:00 2026 remote from here",
                "From MAILER-DAEMON Tue Feb 10 09:30:00 2026",
                "From 1234567890123456789@xxx Tue Feb 10 09:30:00 +0000 2026",
                "From - Tue Feb 10 09:30:00 2026",
                "From -",
                "From "
            })
    void separatorsOfManyPrograms(String line) {
        assertThat(mails(line + "\nSubject: a\n\none\n\n" + line + "\nSubject: b\n\ntwo\n"))
                .containsExactly("Subject: a\n\none\n", "Subject: b\n\ntwo\n");
    }

    @Test
    void aLengthIsFollowedWhereItEndsAtAMail() {
        var inner = SEPARATOR + "Subject: within\n\n>From me\n";
        var body = "See this:\n\n" + inner + "\nthat was it\n";

        assertThat(mails(SEPARATOR + "Subject: a\nContent-Length: " + body.length() + "\n\n" + body + "\n" + NEXT
                        + "Subject: b\nContent-Length: 4\n\ntwo\n\n"))
                .containsExactly(
                        "Subject: a\nContent-Length: " + body.length() + "\n\n" + body,
                        "Subject: b\nContent-Length: 4\n\ntwo\n");
    }

    @Test
    void aFalseLengthIsNot() {
        assertThat(mails(SEPARATOR + "Subject: a\nContent-Length: 7\n\n>From one\n\n" + NEXT
                        + "Subject: b\nContent-Length: 999999999999\n\ntwo\n"))
                .containsExactly(
                        "Subject: a\nContent-Length: 7\n\nFrom one\n",
                        "Subject: b\nContent-Length: 999999999999\n\ntwo\n");
    }

    /** A sender may write the header too, to be given what others wrote. */
    @Test
    void aSendersLengthDoesNotReachIntoAnothersMail() {
        var others = NEXT + "Subject: private\n\nof somebody else\n";
        var text = "mine\n\n";

        assertThat(mails(SEPARATOR + "Subject: first\n\none\n\n" + SEPARATOR + "Subject: greedy\nContent-Length: "
                        + (text + others).length() + "\n\n" + text + others + "\n" + SEPARATOR
                        + "Subject: last\n\nz\n"))
                .hasSize(4)
                .filteredOn(mail -> mail.contains("private"))
                .containsExactly("Subject: private\n\nof somebody else\n");
    }

    @Test
    void anMboxWithinAMailIsQuotedThereAndStaysOneMail() {
        var inner = ">" + SEPARATOR + "Subject: within\n\ntext\n\n>" + NEXT + "Subject: also\n\ntext\n";

        assertThat(mails(SEPARATOR + "Subject: a\n\n" + inner + "\n" + NEXT + "Subject: b\n\ntwo\n"))
                .containsExactly("Subject: a\n\n" + inner.replace(">From", "From"), "Subject: b\n\ntwo\n");
    }

    @Test
    void theLastMailMayBeCutShort() {
        assertThat(mails(SEPARATOR + "Subject: a\n\none\n\n" + NEXT + "Subject: b\n\ntw"))
                .containsExactly("Subject: a\n\none\n", "Subject: b\n\ntw");
        assertThat(ends).isFalse();
        assertThat(mails(SEPARATOR + "Subject: a\n\none\n\n" + NEXT + "Subj"))
                .containsExactly("Subject: a\n\none\n", "Subj");
    }

    @Test
    void whereNothingIsThereIsNoMail() {
        assertThat(cut("")).isEmpty();
        assertThat(cut("\n\n\n")).isEmpty();
        assertThat(cut(SEPARATOR)).singleElement().isInstanceOf(Found.Nothing.class);
        assertThat(cut(SEPARATOR + "\n" + NEXT + "\n\n" + SEPARATOR + "Subject: c\n\nthree\n"))
                .hasSize(3)
                .last()
                .isInstanceOf(Found.Mail.class);
    }

    @Test
    void anyBytesComeThrough() {
        var bytes = new byte[100_000];
        RandomGenerator.getDefault().nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '>' ? 0 : bytes[i];
        }
        var body = new String(bytes, ISO_8859_1);

        assertThat(mails(SEPARATOR + "Subject: a\n\n" + body + "\n\n" + NEXT + "Subject: b\n\n\0\0\0\n"))
                .containsExactly("Subject: a\n\n" + body + "\n", "Subject: b\n\n\0\0\0\n");
    }

    @Test
    void otherCharsetsAndAMarkAtTheBeginningDoNoHarm() {
        var utf16 = new String("Grüße ".getBytes(java.nio.charset.StandardCharsets.UTF_16LE), ISO_8859_1);
        var mark = new String("\uFEFF".getBytes(UTF_8), ISO_8859_1);

        assertThat(mails(mark + SEPARATOR + "Subject: a\n\n" + utf16 + "\n\n" + NEXT + "Subject: b\n\ntwo\n"))
                .containsExactly("Subject: a\n\n" + utf16 + "\n", "Subject: b\n\ntwo\n");
    }

    @Test
    void aMailWithoutAnEmptyLineEndsAtTheNextSeparator() {
        assertThat(mails(SEPARATOR + "Subject: only a header\n" + NEXT + "Subject: b\n\ntwo\n"))
                .containsExactly("Subject: only a header\n", "Subject: b\n\ntwo\n");
    }

    @Test
    void longLinesAndLongMailsNeedNoMoreThanTheirSize() {
        var line = "x".repeat(3_000_000);

        assertThat(mails(SEPARATOR + "Subject: a\n\n" + line + "\n\n" + NEXT + line))
                .containsExactly("Subject: a\n\n" + line + "\n", line);
    }

    @Test
    void aMailThatIsTooLargeIsNamedByItsPlaceAndTheNextIsTaken() throws IOException {
        var found = new ArrayList<Found>();
        var small = (SEPARATOR + "Subject: a\n\none\n\n").getBytes(UTF_8);
        var large = new java.io.SequenceInputStream(
                new ByteArrayInputStream((NEXT + "Subject: secret\n\n").getBytes(UTF_8)),
                new Repeated("0123456789abcde\n".getBytes(UTF_8), Receiver.CONTENT_BYTES_MAX / 16 + 1));
        var last = new ByteArrayInputStream(("\n" + SEPARATOR + "Subject: c\n\nthree\n").getBytes(UTF_8));
        try (var in = new java.io.SequenceInputStream(
                java.util.Collections.enumeration(List.of(new ByteArrayInputStream(small), large, last)))) {
            new MboxCutter("box", in, null, FILE, NOW, found::add).cut();
        }

        assertThat(found).hasSize(3);
        assertThat(found.get(1))
                .isInstanceOfSatisfying(
                        Found.Unfit.class,
                        unfit -> assertThat(unfit.place() + unfit.why())
                                .contains("box, mail 2 (from byte " + small.length + ")")
                                .contains("bytes")
                                .doesNotContain("secret"));
        assertThat(found.get(2)).isInstanceOf(Found.Mail.class);
    }

    @Test
    void reachedWhenTheTopmostServerSaysSo() {
        assertThat(reachedAt("""
                Received: from a by b
                \tfor <x@example.org>; Mon, 2 Feb 2026 08:00:01 +0100 (CET)
                Received: from c by a; Sun, 1 Feb 2026 08:00:00 +0000
                Date: Sat, 31 Jan 2026 08:00:00 +0000
                Subject: a

                Received: from d by e; Fri, 30 Jan 2026 08:00:00 +0000
                """)).isEqualTo("2026-02-02T07:00:01Z");
    }

    @Test
    void elseWhenTheFileSaysElseWhenTheSenderSays() {
        assertThat(reachedAt("Date: Sat, 31 Jan 2026 08:00:00 +0000\nSubject: a\n\nx\n"))
                .isEqualTo("2026-02-10T09:30:00Z");
        assertThat(reachedAt("Received: from a by b; sometime\nSubject: a\n\nx\n"))
                .isEqualTo("2026-02-10T09:30:00Z");
        assertThat(reachedAt("Received: from a by b; Mon, 2 Mar 2099 08:00:00 +0000\nSubject: a\n\nx\n"))
                .as("a clock that goes wrong")
                .isEqualTo("2026-02-10T09:30:00Z");
        assertThat(reachedAt("Received: from a by b; Thu, 1 Jan 1970 00:00:00 +0000\nSubject: a\n\nx\n"))
                .isEqualTo("2026-02-10T09:30:00Z");
        assertThat(((Found.Mail) cut("From -\nDate: Sat, 31 Jan 2026 08:00:00 +0000\nSubject: a\n\nx\n")
                                .getFirst())
                        .reachedAt())
                .isEqualTo("2026-01-31T08:00:00Z");
        assertThat(((Found.Mail) cut("From -\nSubject: a\n\nx\n").getFirst()).reachedAt())
                .isEqualTo(FILE);
    }

    /** Whatever is in a file, every byte of a text comes out once, in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostOrDoubled(long seed) {
        var random = new java.util.Random(seed);
        var parts = List.of(
                "From ",
                ">From ",
                "\n" + SEPARATOR,
                "\n",
                "\r\n",
                "\r",
                "Subject: a\n",
                "Content-Length: 5\n",
                "\0",
                "é",
                "text ");
        for (int round = 0; round < 300; round++) {
            var mbox = new StringBuilder(SEPARATOR);
            for (int i = random.nextInt(40); i > 0; i--) {
                mbox.append(parts.get(random.nextInt(parts.size())));
            }
            for (boolean seekable : new boolean[] {true, false}) {
                var out = new ByteArrayOutputStream();
                for (var found : cut(mbox.toString().getBytes(ISO_8859_1), seekable)) {
                    if (found instanceof Found.Mail mail) {
                        out.writeBytes(mail.content());
                    }
                }
                assertThat(words(out.toString(ISO_8859_1)))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(words(mbox.toString()));
            }
        }
    }

    /** What a file holds without separators, quoting and ends of lines. */
    private static String words(String text) {
        return text.replace("nia@example.org Tue Feb 10 09:30:00 2026", "")
                .replaceAll("[>\r\n]", "")
                .replace("From ", "");
    }

    /** The same bytes again and again. */
    private static final class Repeated extends InputStream {

        private final byte[] bytes;
        private long left;

        Repeated(byte[] bytes, long times) {
            this.bytes = bytes;
            this.left = bytes.length * times;
        }

        @Override
        public int read() {
            return left <= 0 ? -1 : bytes[(int) ((bytes.length - left-- % bytes.length) % bytes.length)];
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(Math.min(length, bytes.length), left);
            System.arraycopy(bytes, 0, into, from, some);
            left -= some;
            return some;
        }
    }
}
