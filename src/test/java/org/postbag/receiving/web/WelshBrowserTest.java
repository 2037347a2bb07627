package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.receiving.Reference;

/** The public pages as somebody uses them who reads Welsh. */
@BrowserTest
class WelshBrowserTest {

    private static final FilePayload LETTER =
            new FilePayload("Llythyr gan y cyngor.pdf", "application/pdf", "a letter".getBytes(UTF_8));

    @Test
    void fromTheEnglishFormToAReferenceInWelsh(Browsing browsing) {
        var page = browsing.open("/contact");
        browsing.look(page, "contact-language");
        Browsing.follow(page, () -> page.getByText("Cymraeg").click());
        browsing.look(page, "contact-welsh");
        page.getByLabel("Am beth mae eich neges?").selectOption("Voting and polling stations");
        assertThat(page.locator("#questions-said").textContent()).isEqualTo("Nifer y cwestiynau am y pwnc hwn isod: 3");
        page.getByLabel("Drwy ddirprwy").check();
        page.getByLabel("Ar ba ddiwrnod mae’r bleidlais?").fill("cyn bo hir");
        page.locator("#message").fill("Nid yw fy ngherdyn pleidleisio wedi cyrraedd.");
        page.locator("#files").setInputFiles(LETTER);
        Browsing.follow(page, () -> page.locator("#send").click());
        browsing.look(page, "contact-welsh-errors");

        assertThat(page.title()).startsWith("Gwall: ");
        assertThat(page.evaluate("document.activeElement.className").toString()).contains("govuk-error-summary");
        assertThat(page.locator(".pb-files bdi").allTextContents()).containsExactly(LETTER.name);
        assertThat(page.getByLabel("Drwy ddirprwy").isChecked()).isTrue();
        page.getByLabel("Ar ba ddiwrnod mae’r bleidlais?").fill("7 Mai 2026");
        page.locator("#email").fill("sian@example.org");
        Browsing.follow(page, () -> page.locator("#send").click());

        browsing.look(page, "contact-welsh-sent");
        assertThat(page.url()).endsWith("/contact/sent?lang=cy");
        assertThat(Reference.parse(page.locator(".govuk-panel strong").textContent()))
                .isPresent();
        assertThat(page.locator("h1").textContent()).isEqualTo("Neges wedi’i hanfon");
        Browsing.follow(page, () -> page.getByText("Anfon neges arall").click());
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("cy");
    }

    @Test
    void whoChangesTheLanguageWhileTypingGoesOnWithWhatTheyTyped(Browsing browsing) {
        var page = browsing.open("/contact");
        page.locator("#message").fill("Half a sentence");
        page.locator("#topic").selectOption("Standing for election");
        page.locator("#answer-standing-where").fill("Abertawe");

        Browsing.follow(page, () -> page.getByText("Cymraeg").click());

        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("cy");
        assertThat(page.locator(".govuk-error-summary").count()).isZero();
        assertThat(page.locator("#message").inputValue()).isEqualTo("Half a sentence");
        assertThat(page.locator("#answer-standing-where").inputValue()).isEqualTo("Abertawe");
        Browsing.follow(page, () -> page.getByText("English").click());
        assertThat(page.locator("#message").inputValue()).isEqualTo("Half a sentence");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        browsing.look(page, "contact-language-changed");
    }

    @Test
    void withoutScriptsABrowserThatAsksForWelshGetsWelshToTheEnd(Browsing browsing) {
        try (var welsh = browsing.asking("cy-GB");
                var plain = welsh.withoutScripts()) {
            var page = plain.open("/contact");
            assertThat(page.locator("h1").textContent()).isEqualTo("Anfon neges atom");
            page.locator("#topic").selectOption("Registering to vote");
            Browsing.follow(
                    page,
                    () -> page.getByText("Dangos cwestiynau am y pwnc hwn").click());
            page.getByLabel("Os ydych chi wedi symud, pryd oedd hynny?").fill("1 Medi 2025");
            page.locator("#message").fill("Roedd y ramp dan glo.");
            Browsing.follow(page, () -> page.locator("#send").click());
            assertThat(page.locator(".govuk-error-summary").textContent())
                    .contains("dewiswch nad oes angen ateb arnoch");
            Browsing.follow(page, () -> page.getByText("English").click());
            assertThat(page.locator("#message").inputValue()).isEqualTo("Roedd y ramp dan glo.");
            Browsing.follow(page, () -> page.getByText("Cymraeg").click());
            page.getByLabel("Nid oes angen ateb arnaf").check();
            plain.screenshot(page, "contact-welsh-without-scripts", Browsing.WIDTHS.getLast());
            Browsing.follow(page, () -> page.locator("#send").click());

            assertThat(page.locator("main").textContent()).contains("Dywedoch wrthym nad oes angen ateb arnoch");
        }
    }

    @Test
    void theCharactersLeftAreCountedInWelsh(Browsing browsing) {
        var page = browsing.open("/contact?lang=cy");
        page.locator("#message").fill("x".repeat(9_997));
        page.locator("#message").press("End");

        assertThat(status(page)).isEqualTo("Mae gennych 3 o nodau yn weddill");
        page.locator("#message").fill("x".repeat(10_001));
        page.locator("#message").press("End");
        assertThat(status(page)).isEqualTo("Mae gennych 1 nod yn ormod");
    }

    private static String status(Page page) {
        return page.locator(".govuk-character-count__status").textContent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/privacy", "/accessibility", "/cookies", "/webjars/nothing"})
    void eachPageIsAccessibleInWelsh(String path, Browsing browsing) {
        var page = browsing.open(path + "?lang=cy");

        browsing.look(page, "public-welsh" + path.replace('/', '-'));

        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("cy");
        assertThat(page.locator("h1").count()).isEqualTo(1);
    }
}
