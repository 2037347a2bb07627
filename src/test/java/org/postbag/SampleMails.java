package org.postbag;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Makes mails of mixed kinds and sizes from a seed: plain, HTML beside plain, quoted replies, attachments. */
public final class SampleMails {

    private static final String[] WORDS = """
            polling station ballot register council ward address postal vote proxy card photo identity deadline election local voter candidate
            party donation spending imprint leaflet campaign return office form question answer please thank moved house street letter told
            twice week morning neighbour wheelchair access language Welsh number telephone wait queue result count agent observer complaint""".split("\\s+");

    private SampleMails() {}

    /**
     * The mail of a number, always the same for the same seed.
     *
     * @param senders how many people write: number {@code n} is from person {@code n % senders}
     */
    public static byte[] mail(long seed, int number, int senders) {
        var random = new Random(seed * 1_000_003 + number);
        int person = number % senders;
        var body = text(random, 40 + random.nextInt(260)) + "\n\nmarker" + number + "x\n";
        if (random.nextInt(3) == 0) {
            body += "\nOn Tue, 3 Mar 2026 at 08:05, Postbag <enquiries@localhost> wrote:\n> "
                    + text(random, 60).replace("\n", "\n> ") + "\n";
        }
        var head = "Received: from mx" + random.nextInt(9)
                + ".example.org by localhost; Tue, 3 Mar 2026 09:00:00 +0000\r\n"
                + "From: Person " + person + " <person" + person + "@example.org>\r\nTo: enquiries@localhost\r\n"
                + "Subject: " + text(random, 5).replace("\n", " ") + "\r\nDate: Tue, 3 Mar 2026 09:00:00 +0000\r\n"
                + "Message-ID: <" + seed + "." + number + "@example.org>\r\nMIME-Version: 1.0\r\n";
        var mail = switch (random.nextInt(10)) {
            case 0, 1, 2 -> head + alternative(body);
            case 3 -> head + withAttachment(body, random);
            default -> head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body;
        };
        return mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String alternative(String body) {
        return "Content-Type: multipart/alternative; boundary=alt\r\n\r\n--alt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + body
                + "\r\n--alt\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>"
                + body.replace("\n\n", "</p><p>") + "</p></body></html>\r\n--alt--\r\n";
    }

    private static String withAttachment(String body, Random random) {
        var bytes = new byte[2_000 + random.nextInt(40_000)];
        random.nextBytes(bytes);
        return "Content-Type: multipart/mixed; boundary=mix\r\n\r\n--mix\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + body
                + "\r\n--mix\r\nContent-Type: application/octet-stream; name=scan.bin\r\n"
                + "Content-Disposition: attachment; filename=scan.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(bytes) + "\r\n--mix--\r\n";
    }

    private static String text(Random random, int words) {
        var text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : i % 12 == 0 ? "\n" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
