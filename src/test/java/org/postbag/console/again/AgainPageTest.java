package org.postbag.console.again;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.Role;
import org.postbag.work.Batch.State;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A span of days is counted in the raw store, and what the record misses is sent again and filed; what it knows stays as it is. */
@BrowserTest
class AgainPageTest {

    private static final Duration WAIT = Duration.ofSeconds(60);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RawStore raw;

    @Autowired
    private AgainBatches batches;

    /** A mail in the raw store, so young that Postbag doesn't send its receipt by itself yet. */
    private Receipt stored(String route, int number) throws IOException {
        var id = new byte[32];
        new Random(System.nanoTime() + number).nextBytes(id);
        var receipt = new Receipt(
                new ReceiptId(HexFormat.of().formatHex(id)),
                Channel.EMAIL,
                Direction.INBOUND,
                route,
                Instant.ofEpochMilli(System.currentTimeMillis()),
                100,
                null,
                null,
                null,
                null);
        raw.putIfAbsent(
                receipt,
                "From: again%d@example.org\r\nSubject: Again %d\r\n\r\nHello\r\n"
                        .formatted(number, number)
                        .getBytes(StandardCharsets.UTF_8));
        return receipt;
    }

    private static LocalDate day(Receipt receipt) {
        return LocalDate.ofInstant(receipt.receivedAt(), ZoneOffset.UTC);
    }

    private String state(Receipt receipt) {
        return jdbc.sql("select state from receipt where id = ?")
                .param(receipt.id().hex())
                .query(String.class)
                .optional()
                .orElse("unknown");
    }

    private AgainBatch counted(long id) {
        await().atMost(WAIT).until(() -> !batches.find(id).orElseThrow().isMoving());
        return batches.find(id).orElseThrow();
    }

    @Test
    void whatIsMissingIsCountedSentAndFiledAndTheErasedStayErased(Browsing browsing) throws IOException {
        var route = "again-" + System.nanoTime();
        var missing = stored(route, 1);
        var other = stored(route, 2);
        var quarantined = stored(route, 3);
        var erased = stored(route, 4);
        var day = day(missing);
        var records = new Records(jdbc);
        records.quarantined(quarantined, "empty", "The mail is empty");
        records.stored(erased, "erased");
        var page = browsing.signIn(Role.ROUTE_OPERATOR);
        page.navigate("/routes/again");
        browsing.look(page, "routes-again");

        page.getByLabel("Route", new Page.GetByLabelOptions().setExact(true)).fill(route);
        page.getByLabel("First day").fill(day.toString());
        page.getByLabel("Last day").fill(day.minusDays(1).toString());
        Browsing.follow(page, () -> page.getByText("Count first").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("must not be before the first");
        page.getByLabel("Last day").fill(day(erased).toString());
        Browsing.follow(page, () -> page.getByText("Count first").click());
        page.locator("[data-state=counted]").waitFor(new Locator.WaitForOptions().setTimeout(WAIT.toMillis()));
        page.reload();
        assertThat(page.locator("main").textContent()).containsPattern("In the raw store\\s*4 items");
        assertThat(page.locator("main").textContent()).containsPattern("Missing in the record\\s*2");
        browsing.look(page, "routes-again-counted");
        assertThat(state(missing)).as("nothing is sent by counting").isEqualTo("unknown");

        Browsing.follow(page, () -> page.getByText("Send them again").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter why");
        page.getByLabel("Why are they read again?").fill("Kafka was lost");
        page.getByLabel("Every one but the erased").check();
        page.getByLabel("How many a minute?").fill("60000");
        Browsing.follow(page, () -> page.getByText("Send them again").click());
        page.locator("[data-state=done]").waitFor(new Locator.WaitForOptions().setTimeout(WAIT.toMillis()));
        browsing.look(page, "routes-again-sent");

        await().atMost(WAIT)
                .until(() -> state(missing).equals("filed") && state(other).equals("filed"));
        assertThat(state(quarantined)).isEqualTo("quarantined");
        assertThat(state(erased)).isEqualTo("erased");
        var again = counted(batches.count(Channel.EMAIL, route, day, day.plusDays(1), "staff:tom")
                .id());
        assertThat(again.counts().missing()).isZero();
        assertThat(again.counts().filed()).isEqualTo(2);
        var others = counted(batches.count(Channel.EMAIL, "another-mailbox", day, day, "staff:tom")
                .id());
        assertThat(others.counts()).isEqualTo(AgainBatch.Counts.NONE);
    }

    @Test
    void itGoesOnWhereItWasAndIsPausedAndCancelled() throws IOException {
        var route = "paused-" + System.nanoTime();
        var day = day(stored(route, 1));
        for (int number = 2; number <= 4; number++) {
            stored(route, number);
        }
        var batch = counted(batches.count(Channel.EMAIL, route, day.minusDays(1), day.plusDays(1), "staff:tom")
                .id());
        assertThat(batch.counts().missing()).isEqualTo(4);
        assertThat(batches.resume(batch.id(), "staff:tom"))
                .as("it is not paused")
                .isFalse();

        assertThat(batches.send(batch.id(), false, 60, "because", "staff:tom")).isTrue();
        assertThat(batches.send(batch.id(), false, 60, "because", "staff:tom"))
                .as("twice")
                .isFalse();
        assertThat(batches.pause(batch.id(), "staff:tom")).isTrue();
        await().atMost(WAIT)
                .during(Duration.ofMillis(1500))
                .until(() -> batches.find(batch.id()).orElseThrow().sent() <= 2);
        assertThat(batches.resume(batch.id(), "staff:tom")).isTrue();
        await().atMost(WAIT).until(() -> batches.find(batch.id()).orElseThrow().state() == State.DONE);

        assertThat(batches.find(batch.id()).orElseThrow().sent()).isEqualTo(4);
        assertThat(batches.cancel(batch.id(), "staff:tom")).isFalse();
        await().atMost(WAIT)
                .until(() -> jdbc.sql("select count(*) from receipt where route = ? and state = 'filed'")
                                .param(route)
                                .query(Long.class)
                                .single()
                        == 4);
    }

    @Test
    void aViewerHasNoButtonAndIsRefused(Browsing browsing) {
        var page = browsing.signIn(Role.ROUTE_VIEWER);
        page.navigate("/routes/again");

        assertThat(page.locator("main button").count()).isZero();
        assertThat(posted(page, "/routes/again")).isEqualTo(403);
        assertThat(posted(page, "/routes/again/1/send")).isEqualTo(403);
    }

    private static int posted(Page page, String path) {
        var csrf = page.locator("input[name=_csrf]").first().getAttribute("value");
        return page.context()
                .request()
                .post(path, RequestOptions.create().setHeader("X-CSRF-TOKEN", csrf))
                .status();
    }
}
