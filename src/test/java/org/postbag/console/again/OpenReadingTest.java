package org.postbag.console.again;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postbag.console.again.RouteSources.Asked;
import org.postbag.receiving.RereadSource.Away;
import org.postbag.receiving.RereadSource.Span;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.mailbox.MailboxLook;
import org.postbag.receiving.mailbox.MailboxReread;

/** A source that accepts and says nothing is given up in time, with a word of why; one that is away says so. */
class OpenReadingTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-03");

    private static Asked asked(int port) {
        var settings = Map.of(
                "protocol", "imap",
                "host", "127.0.0.1",
                "port", Integer.toString(port),
                "username", "u",
                "password", "p",
                "folder", "INBOX",
                "movedTo", "Filed");
        return new Asked(
                new MailboxReread(new MailboxLook(SecretValues.NONE, Clock.systemUTC())),
                new Span("a-route", "email", settings, DAY, DAY));
    }

    @Test
    @Timeout(20)
    void aServerThatHangsIsGivenUp() throws Exception {
        var open = new OpenReading(Duration.ofSeconds(1));
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> open.next(asked(server.getLocalPort()), 1, "", 10, (_, piece) -> piece))
                    .isInstanceOf(Away.class)
                    .hasMessageContaining("no answer in time");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
                    .isLessThan(5);
        } finally {
            open.close();
        }
    }

    @Test
    void aServerThatIsAwaySaysSo() throws Exception {
        int free;
        try (var taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        var open = new OpenReading(Duration.ofSeconds(10));
        assertThatThrownBy(() -> open.next(asked(free), 1, "", 10, (_, piece) -> piece))
                .isInstanceOf(Away.class)
                .hasMessageContaining("does not answer");
    }
}
