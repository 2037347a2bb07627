package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an administrator does with staff, and what it means for them. */
@BrowserTest
class StaffPagesTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AuditTrail trail;

    private static void press(Page page, String button) {
        Browsing.follow(
                page,
                () -> page.locator("main")
                        .getByRole(
                                AriaRole.BUTTON,
                                new com.microsoft.playwright.Locator.GetByRoleOptions().setName(button))
                        .click());
    }

    private static void follow(Page page, String link) {
        Browsing.follow(
                page,
                () -> page.locator("main")
                        .getByRole(AriaRole.LINK, new com.microsoft.playwright.Locator.GetByRoleOptions().setName(link))
                        .click());
    }

    private static String notice(Page page) {
        return page.locator(".pb-notice .govuk-notification-banner__heading").textContent();
    }

    private static boolean mayIn(Browsing browsing, String username, String password) {
        var page = browsing.open("/sign-in");
        // Whoever is signed in in this browser is signed out first: it has one session.
        if (!page.url().contains("/sign-in")) {
            Browsing.follow(page, () -> page.getByText("Sign out").click());
        }
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password").fill(password);
        press(page, "Sign in");
        return !page.url().contains("/sign-in");
    }

    @Test
    void anAdministratorAddsSomeoneGivesRolesAndLetsThemGo(Browsing browsing) {
        var username = "t" + UUID.randomUUID().toString().substring(0, 8);
        var page = browsing.signIn(Role.ADMINISTRATOR);
        Browsing.follow(page, () -> page.locator(".pb-nav").getByText("Staff").click());
        follow(page, "Add a member of staff");

        press(page, "Add");
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter the person’s name");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Nia Test");
        page.getByLabel("Username").fill(username);
        page.locator("#role-READER").check();
        press(page, "Add");
        var password = notice(page).replaceAll("(?s).*password (\\S+) until.*", "$1");
        assertThat(mayIn(browsing, username, password)).isTrue();
        assertThat(mayIn(browsing, SampleStaff.of(Role.ADMINISTRATOR).username(), SampleStaff.PASSWORD))
                .isTrue();

        page.navigate("/settings/staff");
        Browsing.follow(
                page,
                () -> page.locator("tr", new Page.LocatorOptions().setHasText(username))
                        .getByRole(AriaRole.LINK)
                        .click());
        page.locator("#role-OFFICER").check();
        press(page, "Save roles");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText(username))
                        .textContent())
                .contains("Reader, Officer");

        Browsing.follow(
                page,
                () -> page.locator("tr", new Page.LocatorOptions().setHasText(username))
                        .getByRole(AriaRole.LINK)
                        .click());
        follow(page, "Deactivate");
        press(page, "Deactivate");
        assertThat(notice(page)).isEqualTo("Nia Test is deactivated and can’t sign in.");
        browsing.look(page, "staff-notice");
        Browsing.follow(page, () -> page.locator(".pb-notice").getByText("Undo").click());
        assertThat(notice(page)).isEqualTo("Nia Test can sign in again.");

        var id = jdbc.sql("select id from staff_member where username = ?")
                .param(username)
                .query(String.class)
                .single();
        assertThat(trail.history(Subject.staff(id), 20))
                .filteredOn(entry -> entry.actor().equals("staff:ada"))
                .extracting(AuditTrail.Entry::detail)
                .containsExactly("activated", "deactivated", "roles: Reader → Reader, Officer", "added as Reader");
    }

    @Test
    void theLastAdministratorStays(Browsing browsing) {
        var page = browsing.signIn(Role.ADMINISTRATOR);
        page.navigate("/settings/staff");
        follow(page, SampleStaff.of(Role.ADMINISTRATOR).name());
        page.locator("#role-ADMINISTRATOR").uncheck();
        press(page, "Save roles");

        assertThat(page.locator(".govuk-error-summary").textContent()).contains("This is the last administrator.");
        assertThat(jdbc.sql("select roles[1] from staff_member where username = 'ada'")
                        .query(String.class)
                        .single())
                .isEqualTo("ADMINISTRATOR");
    }

    @Test
    void everyoneChangesTheirOwnPasswordAndWhoeverElseWasInIsOut(Browsing browsing) {
        var administrator = browsing.signIn(Role.ADMINISTRATOR);
        administrator.navigate("/settings/staff");
        var username = "p" + UUID.randomUUID().toString().substring(0, 8);
        follow(administrator, "Add a member of staff");
        administrator
                .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .fill("Password Test");
        administrator.getByLabel("Username").fill(username);
        administrator.locator("#role-READER").check();
        press(administrator, "Add");
        var first = notice(administrator).replaceAll("(?s).*password (\\S+) until.*", "$1");
        assertThat(mayIn(browsing, username, first)).isTrue();

        var page = browsing.open("/password");
        page.getByLabel("Password now").fill("not this");
        page.getByLabel("New password").fill("short");
        press(page, "Change password");
        assertThat(page.locator(".govuk-error-message").allTextContents())
                .anyMatch(text -> text.contains("This is not your password now"))
                .anyMatch(text -> text.contains("must have 12 to 64 characters"));
        page.getByLabel("Password now").fill(first);
        page.getByLabel("New password").fill("three random words");
        press(page, "Change password");

        assertThat(page.url()).contains("/sign-in");
        assertThat(mayIn(browsing, username, first)).isFalse();
        assertThat(mayIn(browsing, username, "three random words")).isTrue();
    }

    @Test
    void aPageThatIsNotForTheRoleSaysWhatToDo(Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        page.navigate("/nothing-is-here");
        assertThat(page.locator("h1").textContent()).isEqualTo("Page not found");
        page.navigate("/settings/staff");
        assertThat(page.locator("h1").textContent()).isEqualTo("You can’t open this page");
        assertThat(page.locator("main").textContent()).contains("ask an administrator to change your role");
    }
}
