package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.console.RouteDesk;
import org.postbag.console.Stopping;
import org.postbag.receiving.Reference;
import org.springframework.beans.factory.annotation.Autowired;

/** The contact form as people use it: with mistakes, with files, with a telephone, without JavaScript. */
@BrowserTest
class ContactBrowserTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int STOPS_MAX = 20;
    private static final FilePayload LETTER =
            new FilePayload("Letter from the council.pdf", "application/pdf", "a letter".getBytes(UTF_8));
    private static final FilePayload PHOTO = new FilePayload(
            "IMG_20260303_160500-the-queue-outside-the-polling-station-at-the-library.jpg",
            "image/jpeg",
            "a picture".getBytes(UTF_8));

    @Autowired
    private RouteDesk desk;

    @Test
    void mistakesAreNamedAndNothingThatWasTypedIsLost(Browsing browsing) {
        var page = browsing.open("/contact");
        send(page);
        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.evaluate("document.activeElement.className").toString()).contains("govuk-error-summary");
        page.locator("#email").fill("margaret@");
        page.locator("#telephone").fill("call me");
        page.getByLabel("Your name").fill("Margaret Llewellyn");
        send(page);
        browsing.look(page, "contact-errors");

        page.locator(".govuk-error-summary a").first().click();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("message");
        assertThat(page.locator("#email").inputValue()).isEqualTo("margaret@");
        page.locator("#message").fill("My poll card shows my old address.");
        page.locator("#email").fill("margaret.llewellyn@example.org");
        page.locator("#telephone").fill("");
        page.locator("#files").setInputFiles(new FilePayload[] {LETTER, PHOTO});
        page.getByLabel("Your postcode").fill("SA1 1AA but I am moving soon");
        send(page);
        browsing.look(page, "contact-files-kept");

        assertThat(page.locator(".pb-files bdi").allTextContents()).containsExactly(LETTER.name, PHOTO.name);
        page.getByLabel("Your postcode").fill("SA1 1AA");
        page.getByText("Remove " + PHOTO.name).click();
        assertThat(page.locator(".pb-files bdi").allTextContents()).containsExactly(LETTER.name);
        assertThat(page.getByLabel("Your name").inputValue()).isEqualTo("Margaret Llewellyn");

        // The Enter key sends the message; it doesn't remove the file whose button comes first.
        page.getByLabel("Your name").press("Enter");
        page.waitForURL("**/contact/sent");
        browsing.look(page, "contact-sent");
        var reference = page.locator(".govuk-panel strong").textContent();
        assertThat(Reference.parse(reference)).isPresent();
        page.reload();
        assertThat(page.locator(".govuk-panel strong").textContent()).isEqualTo(reference);

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        browsing.look(page, "contact-sent-printed");
        assertThat(page.locator("footer").isVisible()).isFalse();
        assertThat(page.getByText("Send another message").isVisible()).isFalse();
        assertThat(page.locator(".pb-header__name").evaluate("e => getComputedStyle(e).color"))
                .as("paper is white")
                .isEqualTo("rgb(11, 12, 12)");
    }

    @Test
    void whoGoesBackAndSendsAgainHasTheSameReference(Browsing browsing) {
        var page = browsing.open("/contact");
        page.locator("#message").fill("Did this reach you?");
        page.locator("#email").fill("margaret.llewellyn@example.org");
        var key = page.locator("[name=key]").inputValue();
        send(page);
        page.waitForURL("**/contact/sent");
        var reference = page.locator(".govuk-panel strong").textContent();

        page.goBack();

        assertThat(page.locator("#message").inputValue()).isEqualTo("Did this reach you?");
        assertThat(page.locator("[name=key]").inputValue()).isEqualTo(key);
        send(page);
        page.waitForURL("**/contact/sent");
        assertThat(page.locator(".govuk-panel strong").textContent()).isEqualTo(reference);
        page.getByText("Send another message").click();
        page.waitForURL("**/contact");
        assertThat(page.locator("#message").inputValue()).isEmpty();
        assertThat(page.locator("[name=key]").inputValue()).isNotEqualTo(key);
    }

    @Test
    void theKeyboardAloneIsEnough(Browsing browsing) {
        var page = browsing.open("/contact");
        tabTo(page, "topic");
        page.keyboard().press("ArrowDown");
        tabTo(page, "answer-moved-on");
        tabTo(page, "message");
        page.keyboard().type("The steps have no rail.");
        tabTo(page, "noReply");
        page.keyboard().press("Space");
        tabTo(page, "postcode");
        page.keyboard().type("far too long for any postcode");
        page.keyboard().press("Enter");
        page.waitForSelector(".govuk-error-summary");
        // The error summary has the focus: its first link is the next stop, and leads to the field.
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(focused(page)).isEqualTo("postcode");
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("SA1 1AA");
        tabTo(page, "send");
        page.keyboard().press("Enter");

        page.waitForURL("**/contact/sent");
        assertThat(page.locator("main").textContent()).contains("You told us that you do not need a reply");
    }

    private static void tabTo(Page page, String id) {
        for (int stop = 0; stop < STOPS_MAX && !focused(page).equals(id); stop++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused(page)).isEqualTo(id);
    }

    private static String focused(Page page) {
        return page.evaluate("document.activeElement.id").toString();
    }

    @Test
    void whileNothingCanBeTakenInThePageSaysSoAndKeepsEverything(Browsing browsing) throws Exception {
        var page = browsing.open("/contact");
        page.locator("#message").fill("My polling station is shut.");
        page.locator("#email").fill("margaret.llewellyn@example.org");
        page.locator("#files").setInputFiles(LETTER);
        Stopping.stop(desk, "public-form");
        try {
            send(page);
        } finally {
            Stopping.start(desk, "public-form");
        }
        browsing.look(page, "contact-not-sent-yet");

        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.evaluate("document.activeElement.className").toString()).contains("govuk-error-summary");
        assertThat(page.locator(".pb-files bdi").allTextContents()).containsExactly(LETTER.name);
        send(page);

        page.waitForURL("**/contact/sent");
    }

    @Test
    void itWorksWithoutScriptsOnATelephone(Browsing browsing) {
        try (var plain = browsing.withoutScripts()) {
            var page = plain.open("/contact");
            plain.screenshot(page, "contact-without-scripts", Browsing.WIDTHS.getLast());
            page.locator("#message").fill("The ramp at the polling station was locked.");
            page.locator("#files").setInputFiles(PHOTO);
            send(page);
            assertThat(page.locator(".govuk-error-summary").textContent())
                    .contains("select that you do not need a reply");
            assertThat(page.locator(".pb-files bdi").allTextContents()).containsExactly(PHOTO.name);
            plain.screenshot(page, "contact-without-scripts-errors", Browsing.WIDTHS.getLast());

            page.getByLabel("I do not need a reply").check();
            send(page);

            page.waitForURL("**/contact/sent");
            assertThat(page.locator("main").textContent()).contains("You told us that you do not need a reply");
            plain.screenshot(page, "contact-without-scripts-sent", Browsing.WIDTHS.getLast());
        }
    }

    @Test
    void aPageThatLostItsCookieIsSentOnceMore(Browsing browsing) {
        var page = browsing.open("/contact");
        page.locator("#message").fill("This took me all morning to write.");
        page.getByLabel("I do not need a reply").check();
        page.locator("#files").setInputFiles(LETTER);
        page.context().clearCookies();
        send(page);
        browsing.look(page, "contact-without-cookie");

        assertThat(page.locator("#message").inputValue()).isEqualTo("This took me all morning to write.");
        assertThat(page.locator(".pb-files bdi").allTextContents()).containsExactly(LETTER.name);
        send(page);

        page.waitForURL("**/contact/sent");
    }

    @Test
    void aFileThatIsTooLargeIsNamedAndTheRestIsKept(Browsing browsing) {
        var page = browsing.open("/contact");
        page.locator("#message").fill("Please look at this film.");
        page.locator("#email").fill("margaret.llewellyn@example.org");
        page.locator("#files").setInputFiles(new FilePayload[] {
            LETTER, new FilePayload("film.mov", "video/quicktime", new byte[21 * MEGABYTE])
        });
        send(page);
        browsing.look(page, "contact-too-large");

        assertThat(page.locator("#files-error").textContent()).contains("‘film.mov’", "20MB in total");
        assertThat(page.locator(".pb-files bdi").allTextContents()).containsExactly(LETTER.name);
        assertThat(page.locator("#message").inputValue()).isEqualTo("Please look at this film.");
    }

    private static void send(Page page) {
        page.locator("form button:visible").last().click();
    }
}
