package org.postbag;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postbag.embedded.MailServer;

/**
 * Those who send while the program is killed: mails to a mailbox, forms, and call exports. Each item carries a marker of its own. They go on as far as
 * {@link #allow} lets them, so that something is always on its way, however fast the machine is.
 */
final class CrashSenders implements AutoCloseable {

    static final int SENDERS = 97;

    private static final int CUT_OFF_MAX = 2;
    private static final Duration DOWN_WAIT = Duration.ofMillis(200);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);
    private static final Duration END_WAIT = Duration.ofMinutes(5);
    private static final String CALL_HEADER =
            "Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome\n";

    private final long seed;
    private final PostbagProcess postbag;
    private final MailServer mailbox;
    private final Path watched;
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> bad = ConcurrentHashMap.newKeySet();
    private final Semaphore mailsAllowed = new Semaphore(0);
    private final Semaphore formsAllowed = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> sending;
    private int calls;
    private int exports;

    CrashSenders(long seed, PostbagProcess postbag, MailServer mailbox, Path watched, int mails, int forms) {
        this.seed = seed;
        this.postbag = postbag;
        this.mailbox = mailbox;
        this.watched = watched;
        this.sending = List.of(threads.submit(() -> sendMails(mails)), threads.submit(() -> submitForms(forms)));
    }

    /** Markers of all that may have arrived. */
    Set<String> sent() {
        return sent;
    }

    /** Markers of what must be filed: its mail was answered 250 by the mailbox, its form 202 by the program, its export lies in the folder. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Markers of rows that must be in quarantine. */
    Set<String> bad() {
        return bad;
    }

    int exports() {
        return exports;
    }

    void allow(int mails, int forms) {
        mailsAllowed.release(mails);
        formsAllowed.release(forms);
    }

    /** Waits until all mails and forms that were allowed are sent. */
    void awaitEnd() throws Exception {
        for (var one : sending) {
            one.get(END_WAIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    /** Some are delivered twice, as mail servers do. */
    private Void sendMails(int count) throws MessagingException, InterruptedException {
        var settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(mailbox.smtpPort()));
        var session = Session.getInstance(settings);
        var recipient = new InternetAddress[] {new InternetAddress(MailServer.ADDRESS)};
        for (int n = 0; n < count; n++) {
            mailsAllowed.acquire();
            var mail = SampleMails.mail(seed, n, SENDERS);
            sent.add(Integer.toString(n));
            try (var transport = session.getTransport("smtp")) {
                transport.connect();
                for (int copy = 0; copy < (n % 50 == 0 ? 2 : 1); copy++) {
                    transport.sendMessage(new MimeMessage(session, new ByteArrayInputStream(mail)), recipient);
                }
            }
            acknowledged.add(Integer.toString(n));
        }
        return null;
    }

    /** A form is sent again under its key until it is taken, as a browser's user would; who is cut off in the middle too often gives up. */
    private Void submitForms(int count) throws InterruptedException {
        for (int n = 0; n < count; n++) {
            formsAllowed.acquire();
            var marker = "f" + n;
            sent.add(marker);
            var request = form(marker, n % SENDERS);
            int cutOff = 0;
            while (cutOff < CUT_OFF_MAX && !acknowledged.contains(marker)) {
                try {
                    var answer = postbag.client().send(request, HttpResponse.BodyHandlers.discarding());
                    if (answer.statusCode() == 202) {
                        acknowledged.add(marker);
                    } else {
                        LockSupport.parkNanos(DOWN_WAIT.toNanos());
                    }
                } catch (ConnectException down) {
                    LockSupport.parkNanos(DOWN_WAIT.toNanos());
                } catch (IOException cutShort) {
                    cutOff++;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        return null;
    }

    private HttpRequest form(String marker, int person) {
        var body = """
                {"name": "Person %d", "email": "person%d@example.org", "message": "A form, marker%sx", "key": "crash-%d-%s"}""".formatted(person, person, marker, seed, marker);
        return HttpRequest.newBuilder(postbag.uri("/api/contact-form"))
                .timeout(ANSWER_WAIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Drops an export; some of its rows have no date that could be. */
    void dropExport(int rows) throws IOException {
        Files.createDirectories(watched);
        var text = new StringBuilder(CALL_HEADER);
        for (int row = 0; row < rows; row++) {
            int n = calls++;
            var marker = "c" + n;
            boolean isBad = n % 20 == 7;
            text.append("CC-%d,%s,09:%02d:%02d,%s,Person %d,Voting,Asked about voting marker%sx,Answered\n"
                    .formatted(
                            n,
                            isBad ? "31/31/2026" : "03/03/2026",
                            n / 60 % 60,
                            n % 60,
                            n % 3 == 0 ? "Withheld" : "07700 900%03d".formatted(n % SENDERS),
                            n % SENDERS,
                            marker));
            (isBad ? bad : acknowledged).add(marker);
            sent.add(marker);
        }
        var part = watched.resolve(".calls-" + exports + ".part");
        Files.writeString(part, text);
        Files.move(part, watched.resolve("calls-" + exports + ".csv"));
        exports++;
    }
}
