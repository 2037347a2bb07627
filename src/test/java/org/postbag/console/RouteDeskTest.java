package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.ApplicationTest;
import org.postbag.TestServers;
import org.postbag.audit.AuditTrail;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.MailServer;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.SourcePositions;
import org.postbag.receiving.mailbox.MailArrivals;
import org.postbag.receiving.mailbox.MailboxComponent;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationTest
class RouteDeskTest {

    private static final DataSource database = TestServers.database().application();

    @Autowired
    private AuditTrail audit;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private SourcePositions positions;

    @Autowired
    private Receiver receiver;

    @TempDir
    Path folder;

    /** What {@code GET /api/routes} answers. */
    @Test
    void aMailboxThatGivesNothingSaysWhyUntilItDoes() throws Exception {
        copy("connectors/email.camel.yaml");
        copy("routes/enquiries-mailbox.camel.yaml");
        int port = LoopbackPorts.any();
        try (var context = new DefaultCamelContext()) {
            var files = new RouteFiles(folder.resolve("connectors"), folder.resolve("routes"));
            var changes = new WantedChanges(JdbcClient.create(database), audit, transaction);
            var watch = new RouteWatch(
                    context,
                    files,
                    new RouteTurns(),
                    changes,
                    database,
                    Clock.systemUTC(),
                    "desk",
                    new RouteRunner(context, Duration.ofSeconds(1), Duration.ofSeconds(10)));
            var desk = new RouteDesk(context, files, watch, changes);
            context.getRegistry().bind("mailArrivals", new MailArrivals(receiver));
            context.getRegistry().bind("mailbox", new MailboxComponent(Clock.systemUTC(), positions));
            Map.of(
                            "postbag.mail.protocol", "imap",
                            "postbag.mail.host", "127.0.0.1",
                            "postbag.mail.port", Integer.toString(port),
                            "postbag.mail.username", MailServer.ADDRESS,
                            "postbag.mail.password", "not this one",
                            "postbag.mail.poll-milliseconds", "100")
                    .forEach(context.getPropertiesComponent()::addInitialProperty);
            context.start();
            files.afterApplicationStart(context);
            watch.begin();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> problem(desk).contains("the mail server does not answer"));
            try (var mailbox = MailServer.start(folder.resolve("mailbox"), 0, port)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> problem(desk).contains("check user and password"));
                assertThat(mailbox.password()).isNotEqualTo("not this one");
            }
            watch.stop();
        }
    }

    private static String problem(RouteDesk desk) {
        var route = desk.all().stream()
                .filter(shown -> shown.id().equals("enquiries-mailbox"))
                .findFirst()
                .orElseThrow();
        assertThat(route.state()).isEqualTo("started");
        assertThat(route.channel()).isEqualTo("email");
        return String.valueOf(route.problem());
    }

    private void copy(String name) throws Exception {
        var to = folder.resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(Path.of(name), to);
    }
}
