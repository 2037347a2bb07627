package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.mailbox.MailboxLook;
import org.postbag.receiving.messages.XLook;
import org.postbag.receiving.sftp.SftpLook;

/** A server that accepts and says nothing, or a byte now and then for ever, keeps nobody. */
class HangingTest {

    private static final Duration TIME_MAX = Duration.ofSeconds(1);

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    HangingTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.close();
        for (var one : accepted) {
            one.close();
        }
    }

    private int serve(boolean dripping) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    accepted.add(socket);
                    if (dripping) {
                        Thread.ofVirtual().start(() -> drip(socket));
                    }
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return server.getLocalPort();
    }

    private void drip(Socket socket) {
        try {
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write('*');
                socket.getOutputStream().flush();
            }
        } catch (IOException | InterruptedException gone) {
            // The look ended, which is what is tested.
        }
    }

    @ParameterizedTest
    @CsvSource({"imap,false", "imap,true", "imaps,false", "imaps,true", "sftp,false", "sftp,true", "x,false", "x,true"})
    @Timeout(20)
    void whatNeverAnswersIsGivenUp(String kind, boolean dripping) throws Exception {
        int port = serve(dripping);
        var look = new SourceLook();
        var bounded = new Bounded(1, TIME_MAX);

        long begun = System.nanoTime();
        assertThat(bounded.run(look, () -> look(kind, port, look))).isTrue();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

        assertThat(took).isLessThan(5_000);
        assertThat(look.steps()).last().satisfies(step -> {
            assertThat(step.ok()).isFalse();
            assertThat(step.words()).isNotBlank();
        });
        // The thread ends too, so that its place is free again.
        await().atMost(Duration.ofSeconds(12)).until(() -> bounded.run(new SourceLook(), () -> {}));
    }

    private static void look(String kind, int port, SourceLook look) {
        var values = new HashMap<>(Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.toString(port),
                "username",
                "u",
                "password",
                "p",
                "folder",
                "INBOX"));
        switch (kind) {
            case "sftp" -> new SftpLook(SecretValues.NONE).look(values, look, file -> {});
            case "x" -> {
                values.put("baseUrl", "http://127.0.0.1:" + port + "/1.1/");
                for (var name : List.of("consumerKey", "consumerSecret", "accessToken", "accessTokenSecret")) {
                    values.put(name, "1-t");
                }
                new XLook(SecretValues.NONE).look(values, "a-test", look);
            }
            default -> {
                values.put("protocol", kind);
                new MailboxLook(SecretValues.NONE, Clock.systemUTC()).look(values, false, "a-test", look);
            }
        }
    }

    @Test
    void asManyAsMayRunAtOnceDo() throws Exception {
        serve(false);
        var bounded = new Bounded(1, TIME_MAX);
        var begun = new CountDownLatch(1);
        var first = new SourceLook();
        Thread.ofVirtual()
                .start(() -> bounded.run(first, () -> {
                    begun.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException never) {
                        Thread.currentThread().interrupt();
                    }
                }));
        begun.await();

        assertThat(bounded.run(new SourceLook(), () -> {})).isFalse();
    }
}
