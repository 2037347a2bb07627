package org.postbag.embedded;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postbag.receiving.HandNote;

/**
 * A day of made-up items, fed in through the real channels: mails by SMTP, forms and signed messages by HTTP, notes of staff by their route, exports,
 * public lists and scans by the watched folders. A mark in the data folder says that it was done. Should the program be killed half-way, the whole day is fed again: every item is then known and changes nothing.
 */
final class SampleDay {

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);

    private final Path samples;
    private final Path data;

    SampleDay(Path samples, Path data) {
        this.samples = samples;
        this.data = data;
    }

    /**
     * Where try mode takes items in.
     *
     * @param web where it answers by HTTP
     * @param byHand takes a note of staff's, or answers false
     * @param folders the folder that the watched folders are in
     * @param secret what platforms sign their calls with
     */
    record Doors(
            String smtpHost,
            int smtpPort,
            String recipient,
            URI web,
            Predicate<HandNote> byHand,
            Path folders,
            String secret) {}

    /** @return how many mails, forms, messages, notes, exports, lists and scans were fed in; zero where the day was fed before or there are no samples */
    int feedOnce(Doors doors) throws IOException {
        var mark = data.resolve("sample-day-fed");
        if (Files.exists(mark) || !Files.isDirectory(samples)) {
            return 0;
        }
        int fed = sendMails(doors)
                + submitForms(doors)
                + callWebhooks(doors)
                + handInNotes(doors)
                + drop("telephone", doors)
                + drop("social", doors)
                + drop("letters", doors)
                + dropLists(doors);
        Files.writeString(mark, "The sample day was fed in; remove this file to feed it again.\n");
        return fed;
    }

    private int sendMails(Doors doors) throws IOException {
        var settings = new Properties();
        settings.put("mail.smtp.host", doors.smtpHost());
        settings.put("mail.smtp.port", Integer.toString(doors.smtpPort()));
        settings.put("mail.smtp.timeout", Long.toString(ANSWER_WAIT.toMillis()));
        settings.put("mail.smtp.connectiontimeout", Long.toString(ANSWER_WAIT.toMillis()));
        var session = Session.getInstance(settings);
        var mails = filesOf("email", ".eml");
        var answers = filesOf("sent", ".eml");
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            var body = new InternetAddress[] {new InternetAddress(doors.recipient())};
            for (Path file : mails) {
                transport.sendMessage(mail(session, file), body);
            }
            // As staff send them: to whom they answer.
            for (Path file : answers) {
                var answer = mail(session, file);
                transport.sendMessage(answer, answer.getRecipients(Message.RecipientType.TO));
            }
        } catch (MessagingException refused) {
            throw new IOException("A sample mail was not taken", refused);
        }
        return mails.size() + answers.size();
    }

    private static MimeMessage mail(Session session, Path file) throws IOException, MessagingException {
        return new MimeMessage(session, new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private int submitForms(Doors doors) throws IOException {
        return post("web-form", doors.web().resolve("/api/contact-form"), _ -> Map.of());
    }

    /** Signed as the platform itself would. */
    private int callWebhooks(Doors doors) throws IOException {
        int called = post("facebook", doors.web().resolve("/webhooks/facebook"), body -> {
            var signature = HexFormat.of().formatHex(hmac(body, doors.secret()));
            return Map.of("X-Hub-Signature-256", "sha256=" + signature);
        });
        return called
                + post("x", doors.web().resolve("/webhooks/x"), body -> {
                    var signature = Base64.getEncoder().encodeToString(hmac(body, doors.secret()));
                    return Map.of("x-twitter-webhooks-signature", "sha256=" + signature);
                });
    }

    private int post(String channel, URI door, Function<byte[], Map<String, String>> headers) throws IOException {
        var files = filesOf(channel, ".json");
        try (var client = HttpClient.newHttpClient()) {
            for (Path file : files) {
                var body = Files.readAllBytes(file);
                var request = HttpRequest.newBuilder(door)
                        .timeout(ANSWER_WAIT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
                headers.apply(body).forEach(request::header);
                int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status / 100 != 2) {
                    throw new IOException(
                            "The sample " + channel + "/" + file.getFileName() + " was answered " + status);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while feeding the sample day", interrupted);
        }
        return files.size();
    }

    private static byte[] hmac(byte[] body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private int handInNotes(Doors doors) throws IOException {
        var files = filesOf("by-hand", ".json");
        for (Path file : files) {
            boolean taken = HandNote.parse(Files.readAllBytes(file)) instanceof HandNote.Parsed.Note(var note, var _)
                    && doors.byHand().test(note);
            if (!taken) {
                throw new IOException("The sample note " + file.getFileName() + " was not taken");
            }
        }
        return files.size();
    }

    /** A folder for each public source. */
    private int dropLists(Doors doors) throws IOException {
        var folder = samples.resolve("public-register");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int dropped = 0;
        try (var sources = Files.list(folder)) {
            for (Path source : sources.filter(Files::isDirectory).sorted().toList()) {
                dropped += drop("public-register/" + source.getFileName(), doors);
            }
        }
        return dropped;
    }

    /** Copied under a name that the route leaves alone, then renamed: a half-written file is never seen. */
    private int drop(String channel, Doors doors) throws IOException {
        var files = filesOf(channel, "");
        var folder = doors.folders().resolve(channel);
        Files.createDirectories(folder);
        for (Path file : files) {
            var part = folder.resolve("." + file.getFileName() + ".part");
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return files.size();
    }

    private List<Path> filesOf(String channel, String ending) throws IOException {
        var folder = samples.resolve(channel);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> Files.isRegularFile(f) && f.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
