package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.console.changing.Version.State;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A walk through the pages: a channel is added, edited well and badly by two people, approved urgently and rolled back. */
@BrowserTest
class ChangesBrowserTest {

    @Autowired
    private Versions versions;

    @Autowired
    private Decisions decisions;

    @Autowired
    private JdbcClient jdbc;

    private final String name = "press-calls-" + UUID.randomUUID().toString().substring(0, 4);

    @AfterEach
    void retire() {
        decisions.retire("route", name, new Decisions.By("staff:alan", "the test is over"));
        jdbc.sql("update version set urgent = false where name = ?").param(name).update();
    }

    private static void press(Page page, String words) {
        Browsing.follow(
                page,
                () -> page.locator("main button, main a.govuk-button")
                        .getByText(words)
                        .first()
                        .click());
    }

    @Test
    void aChannelFromTheFormToItsVersions(Browsing browsing) {
        var page = browsing.signIn(Role.ROUTE_EDITOR);
        page.navigate("/routes/new");
        browsing.look(page, "new-channel");
        Browsing.follow(
                page, () -> page.locator("a[href$='connector=telephone']").click());
        press(page, "Save as a draft");
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter a name for the route");
        browsing.look(page, "new-route-errors");

        page.locator("#id").fill(name);
        page.locator("#p-folder").fill("{{postbag.data}}/in/" + name);
        page.locator("#p-profile").fill("contact-centre");
        page.locator("#reason").fill("The press office has a line of its own");
        press(page, "Test connection");
        assertThat(page.locator("#id").inputValue()).isEqualTo(name);
        browsing.look(page, "new-route");
        press(page, "Save as a draft");
        press(page, "Ask for approval");
        browsing.look(page, "version");
        sample(browsing, page);

        approve(browsing);
        conflict(browsing, page);
        page.navigate("/routes/" + name + "/versions");
        browsing.look(page, "versions");
        page.navigate("/routes/" + name + "/change");
        browsing.look(page, "change");
        page.navigate("/routes/changes");
        browsing.look(page, "changes");
    }

    private static void sample(Browsing browsing, Page page) {
        press(page, "Try it");
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Choose a file");
        browsing.look(page, "version-no-sample");
        page.locator("#file")
                .setInputFiles(new FilePayload(
                        "calls.csv",
                        "text/csv",
                        "Call ID,Started\n1,03/03/2026 16:05\n".getBytes(StandardCharsets.UTF_8)));
        press(page, "Try it");
        assertThat(page.locator("main").textContent()).contains("Uploaded sample 1", "The file would be held whole");
        browsing.look(page, "draft-sample-held");
        page.navigate(page.url().replaceFirst("/samples/.*", ""));
        page.locator("#file").setInputFiles(Path.of("samples/telephone/calls-2026-03-03.csv"));
        press(page, "Try it");
        browsing.look(page, "draft-sample");
        press(page, "Delete the sample now");
        assertThat(page.locator(".pb-notice").textContent()).contains("deleted");
    }

    private void machine(Browsing browsing, Page page) {
        var machine = name + ".example.org";
        page.navigate("/routes/machines");
        press(page, "Allow a machine");
        press(page, "Allow it");
        browsing.look(page, "machine-allow");
        page.locator("#name").fill(machine);
        page.locator("#reason").fill("The press office has a mail server of its own");
        press(page, "Allow it");
        assertThat(page.locator(".pb-notice").textContent()).contains(machine);
        browsing.look(page, "machines");
        page.navigate("/routes/machines/take-away?name=" + machine);
        page.locator("#reason").fill("The test is over");
        press(page, "Take it away");
        assertThat(page.locator("main table").textContent()).doesNotContain(machine);
    }

    private void approve(Browsing browsing) {
        try (var other = browsing.asking("en-GB")) {
            var page = other.signIn(Role.ROUTE_APPROVER);
            page.navigate("/routes/changes");
            Browsing.follow(
                    page,
                    () -> page.locator("main table a").getByText(name).first().click());
            press(page, "Approve and put in force");
            browsing.look(page, "approve");
            page.locator("#reason").fill("The press office asked for it");
            press(page, "Approve and put in force");
            assertThat(page.locator(".pb-notice").textContent()).contains("in force");
            machine(browsing, page);
        }
        assertThat(versions.inForce("route", name)).isPresent();
    }

    /** The editor begins; an approver saves something else meanwhile, urgently. */
    private void conflict(Browsing browsing, Page page) {
        page.navigate("/routes/" + name + "/change?as=yaml");
        var text = page.locator("#text").inputValue();
        browsing.look(page, "change-yaml");
        versions.draft("route", name, text + "# Theirs\n", 1, "staff:alan", "Said what it is", Version.Origin.YAML);
        decisions.check("route", name, 2, "staff:alan");
        decisions.approveUrgently("route", name, 2, new Decisions.By("staff:alan", "It could not wait"));

        page.locator("#text").fill(text.replace("contact-centre", "{{env:HOME}}"));
        page.locator("#reason").fill("Another profile");
        press(page, "Save as a draft");
        assertThat(page.locator("main").textContent()).contains("Somebody else saved this first", "# Theirs");
        browsing.look(page, "change-conflict");
        press(page, "Save as a draft");
        assertThat(page.locator("main").textContent()).contains("finding stops it", "line");
        browsing.look(page, "version-refused");
        assertThat(versions.latest("route", name).orElseThrow().state()).isEqualTo(State.DRAFT);
    }
}
