package org.postbag.console.again;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.audit.AuditTrail;
import org.postbag.enquiries.ItemWays;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.Role;
import org.postbag.work.Batch.State;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What lies in a mailbox and the record misses is counted and taken in again, while the route goes on; what is known stays as it is. */
@BrowserTest
class RereadingTest {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String ROUTE = "enquiries-mailbox";

    @Autowired
    private AgainBatches batches;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private ItemWays ways;

    @Autowired
    private JdbcClient jdbc;

    @Value("${postbag.mail.port}")
    private int port;

    @Value("${postbag.mail.username}")
    private String username;

    @Value("${postbag.mail.password}")
    private String password;

    /** Puts mails where those lie that were taken, as if their receipts had been lost together with the raw store. */
    private void lie(String in, String name, int number) throws Exception {
        var properties = new Properties();
        properties.put("mail.store.protocol", "imap");
        try (var store = Session.getInstance(properties).getStore("imap")) {
            store.connect("127.0.0.1", port, username, password);
            var folder = store.getFolder(in);
            if (!folder.exists()) {
                folder.create(Folder.HOLDS_MESSAGES);
            }
            var mails = new Message[number];
            for (int i = 0; i < number; i++) {
                var text =
                        "Message-ID: <%s-%d@public.example>\r\nFrom: %s%d@public.example\r\nTo: enquiries@localhost\r\nSubject: %s %d\r\n\r\nHello\r\n"
                                .formatted(name, i, name, i, name, i);
                mails[i] = new MimeMessage(null, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            }
            folder.appendMessages(mails);
        }
    }

    private long filed(String name) {
        return jdbc.sql("select count(*) from enquiry where subject like ? || ' %'")
                .param(name)
                .query(Long.class)
                .single();
    }

    private @Nullable Instant indexed(String item) {
        var index = ways.of(new ReceiptId(item)).orElseThrow().index();
        return index == null || index.since() != null ? null : index.at();
    }

    private AgainBatch over(long id, State state) {
        await().atMost(WAIT).until(() -> batches.find(id).orElseThrow().state() == state);
        return batches.find(id).orElseThrow();
    }

    private AgainBatch counted() {
        var today = LocalDate.now(ZoneOffset.UTC);
        return over(
                batches.countSource(ROUTE, today.minusDays(1), today.plusDays(1), "staff:tom")
                        .id(),
                State.COUNTED);
    }

    @Test
    void whatTheRecordMissesIsReadFromTheMailboxByThePage(Browsing browsing) throws Exception {
        var name = "lost" + System.nanoTime();
        lie("Filed", name, 5);
        var page = browsing.signIn(Role.ROUTE_OPERATOR);
        page.navigate("/routes/again");
        assertThat(page.locator("#sources-title ~ table").textContent())
                .contains("Mails that lie in INBOX and Filed", "there is no source to ask", "no copy of them is kept");

        page.getByLabel("The route’s source").check();
        Browsing.follow(page, () -> page.getByText("Count first").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter the route");
        page.getByLabel("Route", new Page.GetByLabelOptions().setExact(true)).fill("public-form");
        Browsing.follow(page, () -> page.getByText("Count first").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("no source to ask");
        page.getByLabel("Route", new Page.GetByLabelOptions().setExact(true)).fill(ROUTE);
        page.getByLabel("First day")
                .fill(LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());
        page.getByLabel("Last day")
                .fill(LocalDate.now(ZoneOffset.UTC).plusDays(1).toString());
        browsing.look(page, "routes-again-source");
        Browsing.follow(page, () -> page.getByText("Count first").click());
        page.locator("[data-state=counted]").waitFor(new Locator.WaitForOptions().setTimeout(WAIT.toMillis()));
        page.reload();
        var id = Long.parseLong(page.url().replaceAll(".*/", ""));
        assertThat(batches.find(id).orElseThrow().counts().missing()).isEqualTo(5);
        assertThat(filed(name)).as("nothing is taken in by counting").isZero();
        browsing.look(page, "routes-again-source-counted");

        page.getByLabel("Why are they read again?").fill("A backup was restored");
        Browsing.follow(page, () -> page.getByText("Read them again").click());
        page.locator("[data-state=done]").waitFor(new Locator.WaitForOptions().setTimeout(WAIT.toMillis()));

        await().atMost(WAIT).until(() -> filed(name) == 5);
        assertThat(batches.find(id).orElseThrow().sent()).isEqualTo(5);
        assertThat(jdbc.sql("""
                        select count(*) from receipt r join enquiry e on e.receipt_id = r.id
                        where e.subject like ? || ' %' and r.sent_at between r.received_at - interval '1 second' and r.state_at
                        """).param(name).query(Long.class).single())
                .as("when each was sent to Kafka is kept")
                .isEqualTo(5);
        var item = jdbc.sql("select receipt_id from enquiry where subject = ?")
                .param(name + " 1")
                .query(String.class)
                .single();
        await().atMost(WAIT).until(() -> indexed(item) != null);
        page.navigate("/routes/item/" + item);
        assertThat(page.locator("main").textContent()).containsPattern("Sent to Kafka\\s*\\d+ ");
        assertThat(page.locator("main").textContent()).containsPattern("In the search index\\s*\\d+ ");
        browsing.look(page, "routes-item-times");
        assertThat(audit.history(AgainBatches.subject(id), 10))
                .extracting("detail")
                .anyMatch(detail -> String.valueOf(detail).contains("5 items of " + ROUTE));
    }

    @Test
    void whatIsKnownChangesNothingAndTheErasedIsNeverHandedOver() throws Exception {
        var name = "again" + System.nanoTime();
        lie("Filed", name, 3);
        var first = counted();
        batches.send(first.id(), false, 60_000, "because", "staff:tom");
        over(first.id(), State.DONE);
        await().atMost(WAIT).until(() -> filed(name) == 3);
        jdbc.sql("update receipt set state = 'erased' where id = (select receipt_id from enquiry where subject = ?)")
                .param(name + " 0")
                .update();
        long receipts =
                jdbc.sql("select count(*) from receipt").query(Long.class).single();

        var again = counted();
        assertThat(again.counts().missing()).isZero();
        assertThat(again.counts().erased()).isPositive();
        batches.send(again.id(), true, 60_000, "because", "staff:tom");
        var done = over(again.id(), State.DONE);

        assertThat(done.sent()).isEqualTo(again.counts().raw() - again.counts().erased());
        assertThat(jdbc.sql("select count(*) from receipt").query(Long.class).single())
                .isEqualTo(receipts);
        assertThat(filed(name)).isEqualTo(3);
        assertThat(jdbc.sql(
                                "select count(*) from receipt r join enquiry e on e.receipt_id = r.id where e.subject = ? and r.state = 'erased'")
                        .param(name + " 0")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        jdbc.sql("update receipt set state = 'filed' where id = (select receipt_id from enquiry where subject = ?)")
                .param(name + " 0")
                .update();
    }

    @Test
    void killedHalfWayItIsReadAgainAndEachItemIsThereOnce() throws Exception {
        var name = "killed" + System.nanoTime();
        lie("Filed", name, 4);
        var batch = counted();
        batches.send(batch.id(), false, 60, "because", "staff:tom");
        await().atMost(WAIT).until(() -> batches.find(batch.id()).orElseThrow().sent() >= 1);
        // As a crash leaves it: items were handed over, and neither counted nor passed.
        jdbc.sql("update batch set place = '', rate = 60000, held_until = null where id = ?")
                .param(batch.id())
                .update();

        over(batch.id(), State.DONE);

        await().atMost(WAIT).until(() -> filed(name) == 4);
    }

    @Test
    void aRouteWithoutASourceIsRefused() {
        var day = LocalDate.parse("2026-03-03");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches.countSource("public-form", day, day, "staff:tom"))
                .withMessageContaining("no source to ask");
        assertThatIllegalArgumentException().isThrownBy(() -> batches.countSource("nobody’s", day, day, "staff:tom"));
    }
}
