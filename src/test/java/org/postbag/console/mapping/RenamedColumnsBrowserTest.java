package org.postbag.console.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.postbag.Browsing.follow;
import static org.postbag.Browsing.press;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The contact centre renames two columns: it is noticed, mapped by choosing, approved by a second person, the held file taken again and its calls filed. Nobody
 * touches a file but the sender, who drops the export.
 */
@BrowserTest
class RenamedColumnsBrowserTest {

    @Autowired
    private JdbcClient jdbc;

    @Value("${postbag.data}")
    private Path data;

    /** The program is shared with other tests. */
    @AfterEach
    void theProfileIsAsItWas() {
        jdbc.sql("update version set state = 'superseded' where kind = 'profile' and number > 1 and state <> 'retired'")
                .update();
        jdbc.sql("update version set state = 'in-force' where kind = 'profile' and number = 1 and origin = 'file'")
                .update();
    }

    private void drop(String name, String content) throws IOException {
        var folder = Files.createDirectories(data.resolve("in/telephone"));
        var part = folder.resolve(name + ".part");
        Files.writeString(part, content);
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(600)));
        Files.move(part, folder.resolve(name));
    }

    private long filed(String mark) {
        return jdbc.sql("select count(*) from enquiry where text like ?")
                .param("%" + mark + "%")
                .query(Long.class)
                .single();
    }

    @Test
    void twoRenamedColumnsAreMappedAndTheHeldFileIsFiled(Browsing browsing) throws IOException {
        var mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        var rows = new StringBuilder("Call ID,Date of call,Call time,CLI,Caller name,Topic,Notes,Outcome\r\n");
        for (int i = 1; i <= 12; i++) {
            rows.append(
                    "%s-%d,03/03/2026,09:%02d:00,01792 4960%02d,Ann Example %d,Registration,Asked %s %d,Answered\r\n"
                            .formatted(mark, i, i, i, i, mark, i));
        }
        rows.append(mark).append("-13,soon,09:15:00,01792 496013,Ann Example,Registration,No date,Answered\r\n");
        await().until(() -> jdbc.sql("select count(*) from version where kind = 'profile' and state = 'in-force'")
                        .query(Long.class)
                        .single()
                >= 9);

        drop(mark + ".csv", rows.toString());

        var esme = browsing.signIn(Role.ROUTE_EDITOR);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            esme.navigate("/routes/profiles");
            assertThat(esme.locator(".pb-held").textContent())
                    .contains("missing: Call date, Caller number; unexpected: Date of call, CLI");
        });
        browsing.look(esme, "profiles-held");
        follow(esme, "Map its columns");

        assertThat(esme.locator("main").textContent())
                .contains("was “Call date”", "was “Caller number”", "13 rows", "12 would be filed, 1 would not.")
                .doesNotContain("Ann Example");
        assertThat(esme.locator("#f1").inputValue()).isEqualTo("when");
        assertThat(esme.locator("#f3").inputValue()).isEqualTo("number");
        browsing.look(esme, "profile-map");
        // A choice that can't be: it is said before anything is saved.
        esme.locator("#f1").selectOption("");
        esme.locator("#f2").selectOption("");
        press(esme, "Show what would be filed");
        assertThat(esme.locator("main").textContent()).contains("Choose the column that says when it was");
        esme.locator("#f1").selectOption("when");
        esme.locator("#f2").selectOption("when");
        esme.getByLabel("Why is it changed?").fill("The contact centre renamed two columns");
        press(esme, "Save as a draft");
        press(esme, "Check again");
        browsing.look(esme, "profile-draft");
        assertThat(esme.locator("main").textContent()).contains("Used by contact-centre-calls");
        press(esme, "Ask for approval");
        var version = esme.url();
        assertThat(filed(mark)).isZero();

        try (var other = browsing.asking("en-GB")) {
            var alan = other.signIn(Role.ROUTE_APPROVER);
            alan.navigate(version);
            follow(alan, "Approve");
            alan.locator("#reason").fill("Seen with the contact centre");
            press(alan, "Approve");
            alan.navigate("/routes/profiles/contact-centre");
            other.look(alan, "profile");
            assertThat(alan.locator("main").textContent()).contains("approved by Alan Whitlock");
            press(alan, "Take it again");
            assertThat(alan.locator(".pb-notice").textContent()).contains("Put back into its folder");
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(filed(mark)).isEqualTo(12));
        esme.navigate("/routes/profiles");
        assertThat(esme.locator("main").textContent()).doesNotContain("Date of call, CLI");
    }

    @Test
    void pagesOfProfilesAndQuestionsAreSound(Browsing browsing) {
        var page = browsing.signIn(Role.ROUTE_EDITOR);
        for (var one : java.util.Map.of(
                        "/routes/profiles", "profiles",
                        "/routes/profiles/new", "profile-new",
                        "/routes/profiles/parties-and-campaigners", "profile-list",
                        "/routes/profiles/contact-centre/change", "profile-sample",
                        "/routes/profiles/contact-centre/yaml", "profile-yaml",
                        "/routes/questions", "questions",
                        "/routes/questions/change", "questions-change",
                        "/routes/questions/preview", "questions-preview",
                        "/routes/questions/preview?lang=cy", "questions-preview-welsh")
                .entrySet()) {
            page.navigate(one.getKey());
            assertThat(page.locator("h1").textContent()).isNotEqualTo("Something went wrong");
            browsing.look(page, one.getValue());
        }
        page.navigate("/routes/questions/change");
        press(page, "Change Voting and polling stations");
        browsing.look(page, "questions-topic");
        press(page, "Change How do you vote?");
        browsing.look(page, "questions-question");
        assertThat(page.getByLabel("Answers to choose from").inputValue()).contains("By post\nBy proxy");
        press(page, "Done with this question");
        press(page, "Done with this topic");
        press(page, "Save as a draft");
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter why you change it");
        browsing.look(page, "questions-no-reason");
        page.navigate("/routes/profiles/samples/held-999999");
        assertThat(page.locator("h1").textContent()).isEqualTo("The sample is gone");
        browsing.axe(page);
    }
}
