package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;

@BrowserTest
class SignInPageTest {

    @Test
    void aWrongPasswordIsRefusedWithTheUsernameKept(Browsing browsing) {
        var page = browsing.open("/sign-in");

        page.getByLabel("Username").fill("priya");
        page.getByLabel("Password").fill("not this");
        Browsing.follow(page, () -> page.locator("main button[type=submit]").click());

        assertThat(page.title()).startsWith("Error: Sign in");
        assertThat(page.locator(".govuk-error-summary").textContent())
                .contains("The username or password is wrong. Check both and try again.");
        assertThat(page.getByLabel("Username").inputValue()).isEqualTo("priya");
        assertThat(page.getByLabel("Password").inputValue()).isEmpty();
    }

    /** GOV.UK's font belongs to gov.uk. A script, or axe, may ask how a page lies before all of its style is there. */
    @Test
    void noFontIsAskedForWhileOurOwnStyleIsOnItsWay(Browsing browsing) {
        var page = browsing.open("/contact");
        var asked = new ArrayList<String>();
        page.onRequest(request -> asked.add(request.url()));
        var held = new ArrayList<Route>();
        page.route("**/postbag*.css", held::add);

        page.navigate("/sign-in", new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.waitForFunction(
                "document.querySelector('main button') && document.querySelector('main button').offsetHeight > 0");
        page.waitForTimeout(300);
        page.evaluate("document.body.offsetHeight");
        held.forEach(Route::resume);
        page.waitForLoadState();

        assertThat(held).isNotEmpty();
        assertThat(asked).noneMatch(address -> address.contains("/fonts/"));
        assertThat(page.evaluate("getComputedStyle(document.querySelector('main button')).fontFamily")
                        .toString())
                .startsWith("system-ui");
    }
}
