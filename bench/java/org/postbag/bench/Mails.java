package org.postbag.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Made-up mails of mixed kinds and sizes, from about 2 KB to 200 KB: plain, HTML beside plain, quoted replies, attachments, in several encodings. The
 * mail of a number is always the same.
 */
public final class Mails {

    private static final int SENDERS_SHARE = 4;
    private static final int TEXT_WORDS_MIN = 60;
    private static final int TEXT_WORDS_MAX = 1_200;
    private static final int FILE_BYTES_MIN = 4_000;
    private static final int FILE_BYTES_MAX = 140_000;

    private Mails() {}

    /** Those of the numbers from one (inclusive) to another: every fourth is the first of its sender. */
    public static List<byte[]> mails(int from, int to) {
        var mails = new ArrayList<byte[]>(to - from);
        for (int number = from; number < to; number++) {
            mails.add(mail(number, number / SENDERS_SHARE));
        }
        return mails;
    }

    public static byte[] mail(int number, int sender) {
        return mail(number, "person" + sender + "@example.org");
    }

    public static byte[] mail(int number, String address) {
        var random = new Random(1_000_003L * number + 11);
        var text = Vocabulary.text(random, Vocabulary.size(random, TEXT_WORDS_MIN, TEXT_WORDS_MAX)) + "\n"
                + Vocabulary.marker(number) + "\n";
        if (random.nextInt(3) == 0) {
            text += "\nOn Tue, 3 Mar 2026 at 08:05, Enquiries <enquiries@localhost> wrote:\n> "
                    + Vocabulary.text(random, 80).replace("\n", "\n> ") + "\n";
        }
        var mail = head(random, number, address)
                + switch (random.nextInt(10)) {
                    case 0, 1, 2 -> alternative(text);
                    case 3, 4 -> withFiles(text, random);
                    case 5 -> quotedPrintable(text);
                    default -> "Content-Type: text/plain; charset=utf-8\n\n" + text;
                };
        return mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String head(Random random, int number, String address) {
        var signature = new byte[256];
        random.nextBytes(signature);
        return """
                Return-Path: <%1$s>
                Received: from mx1.example.org (mx1.example.org [192.0.2.7])
                \tby mail.localhost with ESMTPS id %2$d; Tue, 3 Mar 2026 09:00:01 +0000
                Received: from [192.0.2.44] by mx1.example.org with ESMTPSA;
                \tTue, 3 Mar 2026 09:00:00 +0000
                DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=key1;
                \th=from:to:subject:date:message-id; b=%3$s
                From: =?utf-8?q?P=C3=A9rson?= %4$s <%1$s>
                To: Enquiries <enquiries@localhost>
                Subject: %5$s
                Date: Tue, 3 Mar 2026 09:00:00 +0000
                Message-ID: <bench.%2$d@example.org>
                User-Agent: Mail of the benchmark
                MIME-Version: 1.0
                """.formatted(
                        address,
                        number,
                        Base64.getEncoder().encodeToString(signature).replaceAll("(.{70})", "$1\n\t"),
                        Vocabulary.word(random),
                        Vocabulary.text(random, 6));
    }

    private static String alternative(String text) {
        return """
                Content-Type: multipart/alternative; boundary="alt"

                --alt
                Content-Type: text/plain; charset=utf-8

                %s
                --alt
                Content-Type: text/html; charset=utf-8

                <html><head><style>p { margin: 0 0 1em; font-family: sans-serif } blockquote { border-left: 1px solid #ccc }</style></head>
                <body><div class="message"><p style="color: #222">%s</p></div><p>&nbsp;</p></body></html>
                --alt--
                """.formatted(text, text.replace(">", "&gt;").replace("\n", "<br>\n"));
    }

    private static String withFiles(String text, Random random) {
        var mail = new StringBuilder(
                "Content-Type: multipart/mixed; boundary=\"mix\"\n\n--mix\nContent-Type: text/plain; charset=utf-8\n\n"
                        + text);
        for (int files = 1 + random.nextInt(2); files > 0; files--) {
            var bytes = new byte[Vocabulary.size(random, FILE_BYTES_MIN, FILE_BYTES_MAX) / files];
            random.nextBytes(bytes);
            mail.append("\n--mix\nContent-Type: application/pdf; name=\"scan%1$d.pdf\"\n".formatted(files))
                    .append("Content-Disposition: attachment; filename=\"scan%1$d.pdf\"\n".formatted(files))
                    .append("Content-Transfer-Encoding: base64\n\n")
                    .append(Base64.getMimeEncoder().encodeToString(bytes));
        }
        return mail.append("\n--mix--\n").toString();
    }

    private static String quotedPrintable(String text) {
        return "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
                + text.replace("a ", "=E9=\n ");
    }
}
