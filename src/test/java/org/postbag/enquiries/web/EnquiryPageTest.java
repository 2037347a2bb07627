package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.enquiries.Filer;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receiver;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BrowserTest
class EnquiryPageTest {

    /** A mail as a stranger might send it to break the page: script in every place, a file name that ends backwards, HTML that calls home. */
    private static final String HOSTILE_MAIL = """
            From: "<script>alert('name')</script>" <hostile-%1$s@example.org>\r
            To: enquiries@localhost\r
            Subject: <script>alert('subject')</script> %2$s\r
            Date: Tue, 03 Mar 2026 16:05:00 +0000\r
            Message-ID: <hostile-%1$s@example.org>\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary=outer\r
            \r
            --outer\r
            Content-Type: multipart/alternative; boundary=inner\r
            \r
            --inner\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            <img src=x onerror=alert('text')> My poll card is wrong.\r
            --inner\r
            Content-Type: text/html; charset=utf-8\r
            \r
            <p onclick="alert(1)">My <b>poll card</b> is wrong.</p><script>alert('html')</script>\r
            <img src="https://tracker.example/pixel.gif"><img src="https://tracker.example/other.gif">\r
            <a href="javascript:alert(2)">click</a>\r
            --inner--\r
            --outer\r
            Content-Type: text/html; name*=UTF-8''%%3Cb%%3E%%E2%%80%%AEfdp.exe\r
            Content-Disposition: attachment; filename*=UTF-8''%%3Cb%%3E%%E2%%80%%AEfdp.exe\r
            \r
            <script>alert('file')</script>\r
            --outer--\r
            """;

    private static final String RIGHT_TO_LEFT = "\u202ebackwards " + "long".repeat(60);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Receiver receiver;

    @Autowired
    private Filer filer;

    private Records records;

    @BeforeEach
    void records() {
        records = new Records(jdbc);
    }

    @Test
    void aThreadIsShownWithWhatIsQuotedFoldedAndEachLookRecorded(Browsing browsing) {
        long id = thread();
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/enquiries/" + id);
        browsing.look(page, "enquiry-thread");

        assertThat(page.locator("h1").textContent()).isEqualTo("Polling card sent to my old address");
        assertThat(page.locator(".pb-msg"))
                .satisfies(messages -> assertThat(messages.count()).isEqualTo(3));
        assertThat(page.locator("details.pb-quoted summary").textContent())
                .isEqualTo("Show what was quoted or signed (3 lines)");
        assertThat(page.getByText("Poll cards go out from 16 March").isVisible())
                .isFalse();
        page.locator("details.pb-quoted summary").press("Enter");
        assertThat(page.getByText("> Poll cards go out from 16 March").isVisible())
                .isTrue();
        assertThat(page.locator("aside").textContent())
                .contains("Kept until", "Same email address.", "English", "Priya Nair looked");
        assertThat(page.locator(".pb-files").textContent())
                .contains("council-letter.pdf", "212 KB", "not virus-checked", "tŷ fdp.exe");
        assertThat(page.locator(".pb-damage").textContent()).contains("The last part was cut off");
    }

    @Test
    void aClaimIsConfirmedAndThatIsUndone(Browsing browsing) {
        long id = thread();
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);

        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Confirm postcode"))
                        .click());
        assertThat(page.locator(".pb-notice").textContent()).contains("Claim confirmed.");
        assertThat(page.locator(".pb-bar__claims").textContent()).contains("SA1 4PE confirmed");
        browsing.axe(page);

        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("The claim is open again.");
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Dismiss postcode"))
                        .isVisible())
                .isTrue();
    }

    @Test
    void aLocationIsSetChangedAndEachIsUndone(Browsing browsing) {
        jdbc.sql("""
                        insert into local_authority (code, name) values ('W06999991', 'Aberteifi'), ('W06999992', 'Llanelli')
                        on conflict do nothing
                        """).update();
        long id = thread();
        var page = browsing.signIn(Role.OFFICER);

        setLocation(page, id, "W06999991");
        setLocation(page, id, "W06999992");
        assertThat(page.locator("main").textContent()).contains("Llanelli");
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("Location changed.");
        assertThat(page.locator("main").textContent()).contains("Aberteifi");

        page.navigate("/enquiries/" + id + "/location");
        Browsing.follow(page, () -> page.getByText("Go by the postcode again").click());
        assertThat(page.locator(".pb-notice").textContent()).contains("follows from the postcode again");
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(page.locator("main").textContent()).contains("Aberteifi");
        browsing.axe(page);
    }

    private static void setLocation(Page page, long id, String authority) {
        page.navigate("/enquiries/" + id + "/location");
        page.locator("#authority").selectOption(authority);
        Browsing.follow(page, () -> page.getByText("Save location").click());
    }

    @Test
    void aReaderSeesClaimsButMayNotDecideThem(Browsing browsing) {
        long id = thread();
        var page = browsing.signIn(Role.READER);

        page.navigate("/enquiries/" + id);

        assertThat(page.locator(".pb-bar__claims").textContent()).contains("SA1 4PE");
        assertThat(page.getByText("Confirm", new Page.GetByTextOptions().setExact(true))
                        .count())
                .isZero();
    }

    @Test
    void hostileMailIsShownAndDownloadedWithoutRunning(Browsing browsing) {
        long id = received(HOSTILE_MAIL.formatted(System.nanoTime(), RIGHT_TO_LEFT));
        var page = browsing.signIn(Role.OFFICER);
        var dialogs = new ArrayList<String>();
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        var requested = new ArrayList<String>();
        page.onRequest(request -> requested.add(request.url()));

        page.navigate("/enquiries/" + id);
        browsing.look(page, "enquiry-hostile");
        assertThat(page.locator("h1").textContent()).startsWith("<script>alert('subject')</script>");
        assertThat(page.locator("main script, main img").count()).isZero();

        var file = page.context().request().get("/enquiries/" + id + "/files/0");
        assertThat(file.headers())
                .containsEntry("content-type", "application/octet-stream")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-security-policy", "default-src 'none'; sandbox");
        assertThat(file.headers().get("content-disposition"))
                .startsWith("attachment; filename=\"")
                .doesNotContain("%E2%80%AE");
        assertThat(file.text()).contains("<script>alert('file')</script>");

        Browsing.follow(page, () -> page.getByText("Show as formatted").click());
        assertThat(page.locator("main").textContent()).contains("2 things from elsewhere");
        var frame = page.frameLocator("iframe");
        assertThat(frame.locator("b").textContent()).isEqualTo("poll card");
        assertThat(frame.locator("script, img[src^=http], [onclick], a[href^=javascript]")
                        .count())
                .isZero();
        assertThat(page.locator("iframe").getAttribute("sandbox")).isEmpty();
        browsing.look(page, "enquiry-hostile-formatted");
        assertThat(requested).noneMatch(url -> url.contains("tracker.example"));

        page.navigate("/enquiries/" + id + "/raw");
        assertThat(page.locator("pre").textContent()).contains("Subject: <script>alert('subject')</script>");
        page.getByText("headers, decoded").click();
        assertThat(page.locator(".pb-headers dt").allTextContents())
                .containsExactly("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type");
        assertThat(page.locator(".pb-headers dd").allTextContents())
                .anySatisfy(value -> assertThat(value).startsWith("<script>alert('subject')</script>"));
        browsing.look(page, "enquiry-headers");
        browsing.axe(page);

        assertThat(dialogs).isEmpty();
        assertThat(requested).noneMatch(url -> url.contains("tracker.example"));
    }

    @Test
    void anOriginalThatIsNotInTheStoreIsSaidToBeMissingAndTheEnquiryIsThere(Browsing browsing) {
        received(HOSTILE_MAIL.formatted(System.nanoTime(), "x"));
        long never = enquiry(
                records.contact("Gwen Prosser", "public", true),
                "A message whose original was never stored",
                "Hello",
                1);
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/enquiries/" + never + "/raw");
        assertThat(page.locator("h1").textContent()).isEqualTo("The original is not where it should be");
        browsing.look(page, "enquiry-original-missing");
        Browsing.follow(page, "Back");
        assertThat(page.locator("h1").textContent()).isEqualTo("A message whose original was never stored");

        page.navigate("/enquiries/" + never + "0000/raw");
        assertThat(page.locator("h1").textContent()).isEqualTo("There is no enquiry here");
    }

    @Test
    void picturesFromElsewhereAreShownOnceForWhoAsksAndThatIsRecorded(Browsing browsing) {
        long id = received(HOSTILE_MAIL.formatted(System.nanoTime(), "x"));
        var page = browsing.signIn(Role.OFFICER);
        var requested = new ArrayList<String>();
        page.context().route("**/tracker.example/**", route -> {
            requested.add(route.request().url());
            route.abort();
        });
        page.navigate("/enquiries/" + id + "/formatted");
        assertThat(requested).isEmpty();

        Browsing.follow(page, () -> page.getByText("Show the 2 pictures once").click());
        assertThat(page.locator("main").textContent()).contains("You asked for the 2 pictures");
        assertThat(requested).hasSize(2);
        assertThat(page.frameLocator("iframe").locator("script, [onclick]").count())
                .isZero();

        page.navigate("/enquiries/" + id + "/formatted");
        assertThat(page.locator("iframe").count()).isEqualTo(1);
        assertThat(requested).hasSize(2);
        page.navigate("/enquiries/" + id);
        assertThat(page.locator(".pb-history").textContent()).contains("Priya Nair looked: pictures from elsewhere");
    }

    @Test
    void theFramesContentMayLoadAndRunNothing(Browsing browsing) {
        long id = received(HOSTILE_MAIL.formatted(System.nanoTime(), "x"));
        var page = browsing.signIn(Role.READER);

        var content = page.context().request().get("/enquiries/" + id + "/formatted/content");

        assertThat(content.headers().get("content-security-policy"))
                .contains("default-src 'none'", "img-src data:", "sandbox")
                .doesNotContain("script-src", "allow-scripts", "allow-same-origin");
        assertThat(content.text()).doesNotContain("<script", "tracker.example", "onclick", "javascript:");
    }

    @Test
    void whatElseTheContactSentIsLinkedTheSameTextFirstAndNothingOfWhatIsSensitive(Browsing browsing) {
        long contact = records.contact("Ann Abbott", "public", true);
        long shown = enquiry(contact, "Poll card", "My poll card has gone astray.", 1);
        long again = enquiry(contact, "Poll card, again", "My poll card has gone astray.", 200);
        long other = enquiry(contact, "Postal vote", "When will it come?", 2);
        long hidden = enquiry(contact, "About a colleague", "I accuse him.", 3);
        jdbc.sql("insert into enquiry_work (enquiry_id, sensitive, version) values (?, 'allegation', 1)")
                .param(hidden)
                .update();
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/enquiries/" + shown);

        var related = page.locator("[aria-labelledby=related-title]");
        assertThat(related.locator("li").allTextContents())
                .satisfiesExactly(
                        first -> assertThat(first).contains("The same text", "Poll card, again"),
                        second -> assertThat(second).contains("Postal vote").doesNotContain("The same text"),
                        third -> assertThat(third).contains("Sensitive"));
        assertThat(page.content()).doesNotContain("About a colleague");
        assertThat(related.locator("a").first().getAttribute("href")).isEqualTo("/enquiries/" + again);
        browsing.look(page, "enquiry-related");
        Browsing.follow(page, () -> page.getByText("Postal vote").click());
        assertThat(page.url()).endsWith("/enquiries/" + other);
    }

    private long enquiry(long contact, String subject, String text, int daysAgo) {
        return records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofDays(daysAgo), null),
                contact,
                records.thread(contact),
                subject,
                text));
    }

    @Test
    void aCorrectionIsLinkedWithWhatItCorrects(Browsing browsing) {
        long contact = records.contact("Jean Hargreaves", "public", true);
        long thread = records.thread(contact);
        var series = "5".repeat(60) + System.nanoTime() % 10_000;
        var first = records.receipt(Channel.TELEPHONE, Duration.ofDays(2), 4);
        var second = records.receipt(Channel.TELEPHONE, Duration.ofDays(1), 4);
        long firstId = records.enquiry(new Records.Draft(
                first,
                contact,
                thread,
                null,
                "No poll card",
                "No poll card",
                "Jean Hargreaves",
                null,
                false,
                false,
                null,
                List.of(),
                series));
        records.enquiry(new Records.Draft(
                second,
                contact,
                thread,
                null,
                "No poll card yet",
                "No poll card yet",
                "Jean Hargreaves",
                null,
                false,
                false,
                null,
                List.of(),
                series));
        var page = browsing.signIn(Role.READER);

        page.navigate("/enquiries/" + firstId);

        assertThat(page.locator(".pb-inset").textContent())
                .contains("This was corrected later", second.reference().value());
        browsing.look(page, "enquiry-corrected");
    }

    @Test
    void anEnquiryThatIsNotThereSaysWhatMayHaveHappened(Browsing browsing) {
        var page = browsing.signIn(Role.READER);

        var response = page.navigate("/enquiries/999999999");

        assertThat(response.status()).isEqualTo(404);
        assertThat(page.locator("h1").textContent()).isEqualTo("There is no enquiry here");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"CALL_HANDLER", "ROUTE_VIEWER", "ROUTE_OPERATOR", "ROUTE_EDITOR", "ROUTE_APPROVER", "ADMINISTRATOR"
            })
    void rolesWithoutContentAreRefused(Role role, Browsing browsing) {
        long id = thread();
        var page = browsing.signIn(role);

        for (var path : List.of(
                "",
                "/raw",
                "/raw/download",
                "/files",
                "/files/0",
                "/files/0/pages/1",
                "/files/0/thumbnail",
                "/pages/1",
                "/formatted",
                "/formatted/content")) {
            assertThat(page.context().request().get("/enquiries/" + id + path).status())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    /** A call, our answer and a mail with a quote, a file, damage and claims; the mail's id. */
    private long thread() {
        long contact = records.contact("Margaret Llewellyn", "public", true);
        long thread = records.thread(contact);
        records.enquiry(
                new Records.Draft(
                        records.receipt(Channel.TELEPHONE, Duration.ofDays(4), 12),
                        contact,
                        thread,
                        "Poll card not received",
                        "Caller says no poll card has come. Registered in January at new address in Swansea. Advised to contact the council."));
        records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofDays(2), null),
                contact,
                thread,
                "Your call",
                "Dear Mrs Llewellyn, thank you for calling us.",
                "Dear Mrs Llewellyn, thank you for calling us.",
                "Owen Pritchard",
                "enquiries@example.gov.uk",
                true,
                false,
                null,
                List.of(),
                null));
        var reply =
                "I moved to Swansea in January and my poll card has gone to the flat in Cardiff.\n\nCan I still vote in May, and where? I have attached the letter from the council.";
        long id = records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofHours(3), null),
                contact,
                thread,
                "Polling card sent to my old address",
                reply + "\n\nOn 2 March Owen Pritchard wrote:\n> Dear Mrs Llewellyn\n> Poll cards go out from 16 March",
                reply,
                "Margaret Llewellyn",
                "mllewellyn@example.org",
                false,
                false,
                null,
                List.of("The last part was cut off"),
                null));
        records.file(id, 0, "council-letter.pdf", 217_000);
        records.file(id, 1, "tŷ \u202efdp.exe", 2_000_000);
        records.claim(id, contact, "postcode", "SA1 4PE");
        records.claim(id, contact, "organisation", "<b>Friends of the Gower</b>");
        return id;
    }

    private long received(String mail) {
        var receipt = receiver.receive(List.of(new Arrival(
                        Channel.EMAIL,
                        Direction.INBOUND,
                        "test-mailbox",
                        mail.getBytes(StandardCharsets.UTF_8),
                        null,
                        null,
                        null,
                        null,
                        mail.getBytes(StandardCharsets.UTF_8))))
                .getFirst()
                .receipt();
        // Filing takes it from Kafka as well; whoever comes first, it is filed once.
        filer.file(List.of(receipt));
        return jdbc.sql("select id from enquiry where receipt_id = ?")
                .param(receipt.id().hex())
                .query(Long.class)
                .single();
    }
}
