package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

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
}
