package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class QuarantinePageTest {

    private static final String HOSTILE = "<script>alert('row')</script>;\u202e" + "x".repeat(400);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RawStore raw;

    private Records records;

    /** Other tests of the same program may have left items here. */
    @BeforeEach
    void emptyQuarantine() {
        records = new Records(jdbc);
        jdbc.sql("delete from quarantine").update();
        jdbc.sql("update receipt set state = 'erased' where state in ('quarantined', 'discarded')")
                .update();
    }

    @Test
    void anEmptyQuarantineSaysSo(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/quarantine");
        browsing.look(page, "quarantine-empty");
        assertThat(page.locator("main").textContent()).contains("Nothing waits here");

        page.navigate("/quarantine/discarded");
        assertThat(page.locator("main").textContent()).contains("Nothing was discarded in the last 30 days");
        browsing.axe(page);
    }

    @Test
    void itemsAreListedByReasonAndPaged(Browsing browsing) {
        for (int row = 1; row <= 30; row++) {
            records.quarantined(
                    records.receipt(Channel.TELEPHONE, Duration.ofMinutes(row), row),
                    "bad-date",
                    "The date of the call can’t be read");
        }
        records.quarantined(records.receipt(Channel.EMAIL, Duration.ofHours(1), null), "empty", "The mail is empty");
        var page = browsing.signIn(Role.DATA_PROTECTION_OFFICER);

        page.navigate("/quarantine");
        browsing.look(page, "quarantine-many");
        assertThat(page.locator("tbody tr").count()).isEqualTo(25);
        assertThat(page.locator("main").textContent()).contains("31 items", "test-telephone", "Tries", "Kept until");

        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator("tbody tr").count()).isEqualTo(6);

        Browsing.follow(
                page, () -> page.locator(".pb-facets").getByText("Empty").click());
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        assertThat(page.locator("tbody tr").textContent()).contains("The mail is empty");
    }

    @Test
    void theSourceIsShownEscapedAndTheLookRecorded(Browsing browsing) throws IOException {
        var receipt = stored(HOSTILE.getBytes(StandardCharsets.UTF_8));
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/quarantine/" + receipt.id());
        Browsing.follow(page, () -> page.getByText("Look at the source").click());

        assertThat(page.locator("pre").textContent()).isEqualTo(HOSTILE);
        browsing.axe(page);
        Browsing.follow(
                page,
                () -> page.getByText("Back", new Page.GetByTextOptions().setExact(true))
                        .click());
        assertThat(page.locator(".pb-history").textContent()).contains("Priya Nair looked", "Raw item");
    }

    @Test
    void whatIsNotTextIsShownInHex(Browsing browsing) throws IOException {
        var receipt = stored(new byte[] {0, 1, 2, (byte) 0xff, 'a'});
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/quarantine/" + receipt.id() + "/raw");

        assertThat(page.locator("pre").textContent()).startsWith("00000000  00 01 02 ff 61");
        browsing.axe(page);
    }

    @Test
    void anItemIsDiscardedForAReasonAndBroughtBack(Browsing browsing) throws IOException {
        var receipt = stored("x".getBytes(StandardCharsets.UTF_8));
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/quarantine/" + receipt.id());

        Browsing.follow(page, () -> page.getByText("Discard…").click());
        Browsing.follow(page, () -> page.getByText("Discard the item").click());
        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter why it is discarded");

        page.getByLabel("Why is it discarded?").fill("Advertising <b>");
        Browsing.follow(page, () -> page.getByText("Discard the item").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("discarded. It can be brought back for 30 days.");
        assertThat(page.locator("main").textContent()).contains("Nothing waits here");
        page.navigate("/quarantine/discarded");
        assertThat(page.locator("tbody tr").textContent()).contains("Advertising <b>");
        browsing.axe(page);

        Browsing.follow(page, () -> page.locator("tbody a").click());
        Browsing.follow(
                page, () -> page.getByText("Bring it back to quarantine").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("Back in quarantine.");
        assertThat(state(receipt)).isEqualTo("quarantined");
    }

    @Test
    void aReplayThatFailsAgainSaysWhy(Browsing browsing) throws IOException {
        var receipt = stored(new byte[0]);
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/quarantine/" + receipt.id());

        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Replay"))
                        .click());

        assertThat(page.locator(".pb-notice").textContent()).contains("it still can’t be filed");
        assertThat(page.locator("main").textContent()).contains("2 times");
    }

    @Test
    void aReplayOfWhatCanBeReadNowIsFiled(Browsing browsing) throws IOException {
        var receipt = stored(
                "From: a@example.org\r\nSubject: Now it is read\r\n\r\nHello\r\n".getBytes(StandardCharsets.UTF_8));
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/quarantine/" + receipt.id());

        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Replay"))
                        .click());

        assertThat(page.locator("h1").textContent()).isEqualTo("Now it is read");
        assertThat(page.locator(".pb-notice").textContent()).contains("Filed");
        assertThat(state(receipt)).isEqualTo("filed");
    }

    @Test
    void theApiListsAndReplaysWithProblemDetails(Browsing browsing) throws IOException {
        var receipt = stored(new byte[0]);
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/quarantine");
        var csrf = page.locator("input[name=_csrf]").first().getAttribute("value");
        var api = page.context().request();

        var list = api.get("/api/quarantine");
        assertThat(list.text()).contains(receipt.id().hex(), "\"total\":1", "\"reasonCode\":\"empty\"");

        var replayed = api.post(
                "/api/quarantine/" + receipt.id() + "/replay",
                RequestOptions.create().setHeader("X-CSRF-TOKEN", csrf));
        assertThat(replayed.status()).isEqualTo(200);
        assertThat(replayed.text()).contains("\"outcome\":\"quarantined\"");

        var unknown = api.post(
                "/api/quarantine/" + "0".repeat(64) + "/replay",
                RequestOptions.create().setHeader("X-CSRF-TOKEN", csrf));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.headers().get("content-type")).startsWith("application/problem+json");
        assertThat(unknown.text()).contains("\"title\":\"Not in quarantine\"");

        assertThat(api.get("/api/quarantine?size=1000").status()).isEqualTo(400);
    }

    @Test
    void anItemThatIsNotThereSaysWhatMayHaveHappened(Browsing browsing) {
        var page = browsing.signIn(Role.OFFICER);

        var response = page.navigate("/quarantine/" + "0".repeat(64));

        assertThat(response.status()).isEqualTo(404);
        assertThat(page.locator("h1").textContent()).isEqualTo("This item is not in quarantine");
    }

    @Test
    void manyAreFoundTriedReplayedAndDiscardedTogether(Browsing browsing) throws IOException {
        for (int n = 0; n < 3; n++) {
            var receipt = records.receipt(Channel.EMAIL, Duration.ofMinutes(5 + n), null);
            var mail = "From: a%d@example.org\r\nSubject: Many %d\r\n\r\nHello\r\n".formatted(n, n);
            raw.putIfAbsent(receipt, mail.getBytes(StandardCharsets.UTF_8));
            records.quarantined(receipt, "reader-failed", "Postbag failed in reading this item");
        }
        records.quarantined(
                records.receipt(Channel.TELEPHONE, Duration.ofHours(1), 3), "bad-date", "The date can’t be read");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/quarantine");

        Browsing.follow(
                page,
                () -> page.locator(".pb-facets").getByText("Reader failed").click());
        assertThat(page.locator("main").textContent()).contains("3 items");
        browsing.look(page, "quarantine-filtered");
        page.getByLabel("all 3 found").check();
        Browsing.follow(page, () -> page.getByText("Replay…").click());
        assertThat(page.locator("main").textContent()).contains("3 items", "Reader failed");
        browsing.look(page, "quarantine-many-replay");
        Browsing.follow(page, () -> page.getByText("Replay them").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter why they are replayed");
        Browsing.follow(page, () -> page.getByText("Try first, change nothing").click());
        waitForItsEnd(page);
        assertThat(page.locator("main").textContent()).contains("Would be filed", "3 of 3 items");
        browsing.look(page, "quarantine-batch-tried");

        Browsing.follow(page, () -> page.getByText("Replay them…").click());
        page.getByLabel("Why are they replayed?").fill("The reader was mended");
        page.getByLabel("Items a minute").fill("6000");
        Browsing.follow(page, () -> page.getByText("Replay them").click());
        waitForItsEnd(page);
        assertThat(page.locator("#now").textContent()).containsPattern("Filed\\s*3");
        browsing.look(page, "quarantine-batch-replayed");

        page.navigate("/quarantine");
        assertThat(page.locator("main").textContent()).contains("1 item");
        Browsing.follow(page, () -> page.getByText("Tick these 1").click());
        Browsing.follow(page, () -> page.getByText("Discard…").click());
        browsing.look(page, "quarantine-many-discard");
        page.getByLabel("Why are they discarded?").fill("Made up");
        Browsing.follow(page, () -> page.getByText("Discard them").click());
        waitForItsEnd(page);
        Browsing.follow(page, () -> page.getByText("Bring them all back").click());
        waitForItsEnd(page);
        page.navigate("/quarantine/batches");
        browsing.look(page, "quarantine-batches");
        page.navigate("/quarantine");
        assertThat(page.locator("main").textContent()).contains("The date can’t be read");
    }

    private static void waitForItsEnd(Page page) {
        page.locator("[data-state=done]").waitFor(new Locator.WaitForOptions().setTimeout(60_000));
    }

    @Test
    void anItemIsMendedSeenAndFiled(Browsing browsing) throws IOException {
        var receipt = stored("Subject: Who wrote this?\r\n\r\nHello\r\n".getBytes(StandardCharsets.UTF_8));
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/quarantine/" + receipt.id());

        Browsing.follow(page, () -> page.getByText("Mend…").click());
        page.getByLabel("Email address").fill("no address");
        Browsing.follow(page, () -> page.getByText("Save").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter an email address");
        browsing.look(page, "quarantine-mend");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Nia Rees");
        page.getByLabel("Email address").fill("nia.rees.%s@example.org".formatted(System.nanoTime()));
        Browsing.follow(page, () -> page.getByText("Save").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("Mended.");
        assertThat(page.locator("main").textContent()).contains("Nia Rees");

        Browsing.follow(page, () -> page.getByText("See what it would make now").click());
        assertThat(page.locator("main").textContent())
                .contains("an enquiry", "Who wrote this?", "Nia Rees", "set by staff");
        browsing.look(page, "quarantine-preview");
        assertThat(state(receipt)).isEqualTo("quarantined");
        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Replay"))
                        .click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Who wrote this?");
        assertThat(page.locator("main").textContent()).contains("Nia Rees");
    }

    @Test
    void aRouteViewerSeesWhyButNotWhatAndHasNoButton(Browsing browsing) throws IOException {
        var receipt = stored("Subject: Secret\r\n\r\nHello\r\n".getBytes(StandardCharsets.UTF_8));
        var page = browsing.signIn(Role.ROUTE_VIEWER);
        page.navigate("/quarantine");
        assertThat(page.locator("main button[name=act]").count()).isZero();

        page.navigate("/quarantine/" + receipt.id());
        browsing.look(page, "quarantined-route-viewer");
        assertThat(page.locator("main").textContent())
                .contains("The mail is empty")
                .doesNotContain("Secret", "Look at the source");
        assertThat(page.locator("main button").count()).isZero();
        var csrf = page.locator("input[name=_csrf]").first().getAttribute("value");
        var api = page.context().request();
        for (var act : new String[] {
            "/" + receipt.id() + "/replay",
            "/" + receipt.id() + "/mend",
            "/" + receipt.id() + "/discard",
            "/many",
            "/batches"
        }) {
            assertThat(api.post("/quarantine" + act, RequestOptions.create().setHeader("X-CSRF-TOKEN", csrf))
                            .status())
                    .as(act)
                    .isEqualTo(403);
        }
        for (var look : new String[] {"/raw", "/preview"}) {
            assertThat(api.get("/quarantine/" + receipt.id() + look).status())
                    .as(look)
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"READER", "CALL_HANDLER", "ADMINISTRATOR"})
    void otherRolesAreRefused(Role role, Browsing browsing) {
        var receipt = records.receipt(Channel.EMAIL, Duration.ofHours(1), null);
        records.quarantined(receipt, "empty", "The mail is empty");
        var page = browsing.signIn(role);

        assertThat(page.context().request().get("/quarantine").status()).isEqualTo(403);
        assertThat(page.context()
                        .request()
                        .get("/quarantine/" + receipt.id() + "/raw")
                        .status())
                .isEqualTo(403);
        assertThat(page.context().request().get("/api/quarantine").status()).isEqualTo(403);
    }

    private Receipt stored(byte[] content) throws IOException {
        var receipt = records.receipt(Channel.EMAIL, Duration.ofMinutes(5), null);
        raw.putIfAbsent(receipt, content);
        records.quarantined(receipt, "empty", "The mail is empty");
        return receipt;
    }

    private String state(Receipt receipt) {
        return jdbc.sql("select state from receipt where id = ?")
                .param(receipt.id().hex())
                .query(String.class)
                .single();
    }
}
