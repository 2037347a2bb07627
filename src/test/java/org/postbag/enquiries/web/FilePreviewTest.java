package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.enquiries.Filer;
import org.postbag.extracting.LetterFiles;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receiver;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files that came with an enquiry, looked at in a browser: ordinary ones, and those that are made to harm who opens them. */
@BrowserTest
class FilePreviewTest {

    private static final Path LETTERS = Path.of("src/test/resources/items/letter");

    private static final String SVG =
            "<svg xmlns='http://www.w3.org/2000/svg' onload=\"alert('svg')\"><script>alert('svg')</script></svg>";
    private static final String HTML =
            "<html><body onload=\"alert('html')\"><script>alert('html')</script></body></html>";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Receiver receiver;

    @Autowired
    private Filer filer;

    private record Sent(String name, String type, byte[] content) {

        Sent(String name, String type, String content) {
            this(name, type, content.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void thePagesOfAPdfAreLookedAtOneByOneAndEachLookIsRecorded(Browsing browsing) {
        long id = received(new Sent("council letter.pdf", "application/pdf", council()));
        allRead(id);
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);

        Browsing.follow(page, () -> link(page, "council letter.pdf").click());

        assertThat(page.locator("h1").textContent()).isEqualTo("council letter.pdf");
        assertThat(page.locator(".pb-sheet__at").textContent()).isEqualTo("Page 1 of 3 · Next page");
        assertThat(isDrawn(page.locator(".pb-sheet img"))).isTrue();
        assertThat(page.locator(".pb-sheet img").getAttribute("alt")).isEqualTo("Page 1 of council letter.pdf");
        browsing.look(page, "file");
        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator(".pb-sheet__at").textContent()).isEqualTo("Page 3 of 3 · Previous page");
        assertThat(page.locator("a[rel=next]").count()).isZero();
        page.getByText("Show its text").click();
        assertThat(page.locator(".pb-text").textContent()).contains("Dear Mrs Llewellyn", "Yours sincerely");

        assertThat(page.navigate("/enquiries/" + id + "/files/0/pages/4").status())
                .isEqualTo(404);
        assertThat(page.locator("main").textContent()).contains("Not shown: it has no such page.");
        page.navigate("/enquiries/" + id);
        assertThat(page.locator(".pb-history").textContent())
                .contains("Priya Nair looked: file 1", "looked: file 1, page 3");
    }

    @Test
    void filesThatWouldRunInABrowserAreNeverGivenToOne(Browsing browsing) throws IOException {
        long id = received(
                new Sent("drawing.svg", "image/svg+xml", SVG),
                new Sent("holiday.png", "image/png", HTML),
                new Sent("page.html", "text/html", HTML),
                new Sent("locked.pdf", "application/pdf", Files.readAllBytes(LETTERS.resolve("encrypted.pdf"))),
                new Sent("half.pdf", "application/pdf", Arrays.copyOf(council(), 60)));
        allRead(id);
        var page = browsing.signIn(Role.OFFICER);
        var dialogs = new ArrayList<String>();
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });

        for (int file = 0; file < 5; file++) {
            assertThat(page.navigate("/enquiries/" + id + "/files/" + file + "/pages/1")
                            .status())
                    .isEqualTo(200);
            assertThat(page.locator("main img, main svg, main iframe, main script")
                            .count())
                    .isZero();
            assertThat(page.getByText("Download it whole").isVisible()).isTrue();
            browsing.axe(page);
            assertThat(page.context()
                            .request()
                            .get("/enquiries/" + id + "/files/" + file + "/thumbnail")
                            .status())
                    .isEqualTo(204);
        }
        page.navigate("/enquiries/" + id + "/files/1/pages/1");
        assertThat(page.locator("main").textContent()).contains("There is nothing of this file to show here");
        page.navigate("/enquiries/" + id + "/files/3/pages/1");
        assertThat(page.locator("main").textContent()).contains("Not shown: it is protected by a password.");
        browsing.look(page, "file-not-shown");
        page.navigate("/enquiries/" + id + "/files/4/pages/1");
        assertThat(page.locator("main").textContent()).contains("Not shown: it is damaged");
        assertThat(dialogs).isEmpty();
    }

    @Test
    void allFilesOfAMessageAreSeenSmallAndOpenWithoutScripts(Browsing browsing) {
        long id = received(
                new Sent("poll card.jpg", "image/jpeg", photograph()),
                new Sent("council.pdf", "application/pdf", council()),
                new Sent("notes.txt", "text/plain", "What I told them on the telephone."));
        allRead(id);
        var page = browsing.signIn(Role.OFFICER);
        page.navigate("/enquiries/" + id);
        Browsing.follow(page, () -> page.getByText("See its files").click());
        await().until(() -> isDrawn(page.locator(".pb-sheets img").first()));
        assertThat(page.locator(".pb-sheets img").count()).isEqualTo(2);
        browsing.look(page, "files");
        var small = page.context().request().get("/enquiries/" + id + "/files/0/thumbnail");
        assertThat(small.headers())
                .containsEntry("content-type", "image/png")
                .containsEntry("content-disposition", "inline")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-security-policy", "default-src 'none'; sandbox");
        assertThat(small.body()).startsWith(0x89, 'P', 'N', 'G');

        try (var plain = browsing.withoutScripts()) {
            var other = plain.signIn(Role.OFFICER);
            other.navigate("/enquiries/" + id + "/files");
            Browsing.follow(other, () -> link(other, "poll card.jpg").click());
            assertThat(other.locator(".pb-sheet img").isVisible()).isTrue();
            other.navigate("/enquiries/" + id + "/files");
            Browsing.follow(other, () -> link(other, "notes.txt").click());
            assertThat(other.locator(".pb-text").textContent()).isEqualTo("What I told them on the telephone.");
        }
        page.navigate("/enquiries/" + id);
        assertThat(page.locator(".pb-history").textContent()).contains("looked: file 1, small");
    }

    @Test
    void aFileWithAbuseIsFolded(Browsing browsing) {
        long id = received(new Sent("letter.txt", "text/plain", "You bastards."));
        allRead(id);
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/enquiries/" + id + "/files/0/pages/1");

        assertThat(page.locator(".pb-text").isVisible()).isFalse();
        page.locator(".pb-abuse summary").press("Enter");
        assertThat(page.locator(".pb-text").isVisible()).isTrue();
        browsing.axe(page);
    }

    @Test
    void theScanOfALetterIsLookedAtPageByPage(Browsing browsing) throws IOException {
        long id = received(Channel.LETTER, Files.readAllBytes(LETTERS.resolve("two-pages.tif")));
        var page = browsing.signIn(Role.READER);
        page.navigate("/enquiries/" + id);

        Browsing.follow(page, () -> page.getByText("see the first page").click());
        Browsing.follow(page, () -> page.locator("a[rel=next]").click());

        assertThat(page.locator(".pb-sheet__at").textContent()).isEqualTo("Page 2 of 2 · Previous page");
        assertThat(isDrawn(page.locator(".pb-sheet img"))).isTrue();
        browsing.look(page, "file-scan");
        page.navigate("/enquiries/" + id);
        assertThat(page.locator(".pb-history").textContent()).contains("looked: scan, page 2");
    }

    private static Locator link(Page page, String name) {
        return page.locator("main a")
                .getByText(name, new Locator.GetByTextOptions().setExact(true))
                .first();
    }

    private static boolean isDrawn(Locator picture) {
        return (Boolean) picture.evaluate("image => image.complete && image.naturalWidth > 100");
    }

    private static byte[] council() {
        return LetterFiles.textPdf(List.of(
                List.of("Dear Mrs Llewellyn", "Thank you for your letter about the register of electors."),
                List.of("Poll cards for Swansea go out from 16 March, by second class post."),
                List.of("Yours sincerely", "Electoral services")));
    }

    private static byte[] photograph() {
        var image = new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setPaint(new java.awt.GradientPaint(0, 0, Color.ORANGE, 800, 600, Color.BLUE));
        canvas.fillRect(0, 0, 800, 600);
        canvas.dispose();
        return LetterFiles.jpeg(image);
    }

    private void allRead(long id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("select count(*) from attachment where enquiry_id = ? and text_state is null")
                        .param(id)
                        .query(Long.class)
                        .single()
                        .equals(0L));
    }

    private long received(Sent... files) {
        var mail = new StringBuilder("""
                From: Margaret Llewellyn <files-%1$s@example.org>\r
                To: enquiries@localhost\r
                Subject: What the council wrote\r
                Date: Tue, 03 Mar 2026 16:05:00 +0000\r
                Message-ID: <files-%1$s@example.org>\r
                MIME-Version: 1.0\r
                Content-Type: multipart/mixed; boundary=outer\r
                \r
                --outer\r
                Content-Type: text/plain; charset=utf-8\r
                \r
                I have attached what I have.\r
                """.formatted(System.nanoTime()));
        for (var file : files) {
            mail.append(
                            "--outer\r\nContent-Type: %s; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%2$s\"\r\n"
                                    .formatted(file.type(), file.name()))
                    .append("Content-Transfer-Encoding: base64\r\n\r\n")
                    .append(Base64.getMimeEncoder().encodeToString(file.content()))
                    .append("\r\n");
        }
        return received(Channel.EMAIL, mail.append("--outer--\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private long received(Channel channel, byte[] content) {
        var receipt = receiver.receive(List.of(
                        new Arrival(channel, Direction.INBOUND, "test", content, null, null, null, null, content)))
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
