package org.postbag.embedded;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * A day of made-up items, fed in through the real channels: mails by SMTP, forms by HTTP, exports by the watched folder. A mark in the data folder
 * says that it was done. Should the program be killed half-way, the whole day is fed again: every item is then known and changes nothing.
 */
final class SampleDay {

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);

    private final Path samples;
    private final Path data;

    SampleDay(Path samples, Path data) {
        this.samples = samples;
        this.data = data;
    }

    /** Where try mode takes items in. */
    record Doors(String smtpHost, int smtpPort, String recipient, URI form, Path telephone) {}

    /** @return how many mails, forms and exports were fed in; zero where the day was fed before or there are no samples */
    int feedOnce(Doors doors) throws IOException {
        var mark = data.resolve("sample-day-fed");
        if (Files.exists(mark) || !Files.isDirectory(samples)) {
            return 0;
        }
        int fed = sendMails(doors) + submitForms(doors) + dropExports(doors);
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
        var files = filesOf("email", ".eml");
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            var recipient = new InternetAddress[] {new InternetAddress(doors.recipient())};
            for (Path file : files) {
                transport.sendMessage(
                        new MimeMessage(session, new ByteArrayInputStream(Files.readAllBytes(file))), recipient);
            }
        } catch (MessagingException refused) {
            throw new IOException("A sample mail was not taken", refused);
        }
        return files.size();
    }

    private int submitForms(Doors doors) throws IOException {
        var files = filesOf("web-form", ".json");
        try (var client = HttpClient.newHttpClient()) {
            for (Path file : files) {
                var answer = client.send(
                        HttpRequest.newBuilder(doors.form())
                                .timeout(ANSWER_WAIT)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofFile(file))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 202) {
                    throw new IOException(
                            "The sample form " + file.getFileName() + " was answered " + answer.statusCode());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while feeding the sample day", interrupted);
        }
        return files.size();
    }

    /** Copied under a name that the route leaves alone, then renamed: a half-written export is never seen. */
    private int dropExports(Doors doors) throws IOException {
        var files = filesOf("telephone", "");
        Files.createDirectories(doors.telephone());
        for (Path file : files) {
            var part = doors.telephone().resolve("." + file.getFileName() + ".part");
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, doors.telephone().resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
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
