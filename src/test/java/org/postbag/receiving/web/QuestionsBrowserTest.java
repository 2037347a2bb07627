package org.postbag.receiving.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the contact form asks about its topics, and the field that people don't see. */
@BrowserTest
class QuestionsBrowserTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private ContactSite site;

    @BeforeEach
    void visit() {
        site = new ContactSite(port);
    }

    private String column(String column, String message) {
        await().until(() -> jdbc.sql("select count(*) from enquiry where text like ?")
                        .param(message + "%")
                        .query(Long.class)
                        .single()
                == 1);
        return String.valueOf(jdbc.sql("select " + column + " from enquiry where text like ?")
                .param(message + "%")
                .query((row, _) -> row.getString(1))
                .single());
    }

    @Test
    void withoutScriptsAButtonShowsTheQuestionsOfATopicAndNothingTypedIsLost() throws Exception {
        var message = "Without scripts " + UUID.randomUUID();
        var shown = site.send(site.blank()
                .type("topic", "Voting and polling stations")
                .type("message", message)
                .type("show", "yes"));

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.page().select(".govuk-error-summary")).isEmpty();
        assertThat(shown.value("message")).isEqualTo(message);
        assertThat(shown.page().select("#questions > div")).hasSize(3);

        var wrong = site.send(ContactSite.of(shown.page())
                .type("topic", "Voting and polling stations")
                .type("noReply", "true")
                .type("answer-how-voting", "By post")
                .type("answer-poll-day", "soon"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.error("answer-poll-day")).isEqualTo("Enter a date like 27/3/2026");
        assertThat(wrong.page().select("#questions input[checked]").val()).isEqualTo("By post");

        var sent = site.send(ContactSite.of(wrong.page())
                .type("topic", "Voting and polling stations")
                .type("noReply", "true")
                .type("answer-how-voting", "By post")
                .type("answer-poll-day", "7/5/2026"));
        assertThat(sent.status()).isEqualTo(303);
        assertThat(column("text", message)).contains("How do you vote? By post\n\nOn which day is the vote? 7/5/2026");
    }

    @Test
    void whatWasAnsweredAboutOneTopicIsKeptWhenAnotherIsChosen() throws Exception {
        var shown = site.send(site.blank()
                .type("topic", "Standing for election")
                .type("message", "Changed my mind")
                .type("answer-poll-day", "7/5/2026")
                .type("show", "yes"));

        assertThat(shown.page()
                        .select("input[type=hidden][name=answer-poll-day]")
                        .val())
                .isEqualTo("7/5/2026");
    }

    @Test
    void programsAnswerByTheIdOfTheQuestion() throws Exception {
        var message = "From a program " + UUID.randomUUID();
        var taken = site.api("""
                {"message":"%s","noReply":true,"topic":"Registering to vote","answers":{"registered-postcode":"SA1 3SN","moved-on":null}}
                """.formatted(message));
        var unknown = site.api("{\"message\":\"x\",\"noReply\":true,\"answers\":{\"shoe-size\":\"43\"}}");
        var wrong = site.api(
                "{\"message\":\"x\",\"noReply\":true,\"topic\":\"Registering to vote\",\"answers\":{\"moved-on\":\"soon\"}}");

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(column("text", message)).endsWith("vote from? SA1 3SN");
        assertThat(column("(select value from claim c where c.enquiry_id = enquiry.id and kind = 'postcode')", message))
                .isEqualTo("SA1 3SN");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("#/answers/shoe-size", "There is no such question");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("#/answers/moved-on");
    }

    @Test
    void whatAProgramFillsInBesidesIsTakenInAndFiledAsProbablySpam() throws Exception {
        var message = "Casino " + UUID.randomUUID();
        var filled = site.blank()
                .type("message", message)
                .type("email", UUID.randomUUID() + "@casino.example")
                .type("website", "https://casino.example");

        var answer = site.send(filled);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(site.get("/contact/sent").page().select("h1").text()).isEqualTo("Message sent");
        assertThat(column("automatic", message)).isEqualTo("probably-spam");
        // In doubt it is somebody's only message, and counts.
        assertThat(column(
                        "(select last_contact_at is null from contact c where c.id = enquiry.contact_id)::text",
                        message))
                .isEqualTo("false");
    }

    @Test
    void aTopicShowsItsQuestionsAtOnceAndAnswersComeBackWithTheirQuestion(Browsing browsing) {
        var message = "With scripts " + UUID.randomUUID();
        var page = browsing.open("/contact");
        assertThat(page.locator("button.pb-show").isVisible()).isFalse();
        assertThat(page.locator(".pb-trap").boundingBox().x).isNegative();

        page.locator("#topic").selectOption("Voting and polling stations");
        page.getByLabel("By proxy").check();
        page.getByLabel("Which polling station is it about?").fill("Mill Lane library");
        browsing.look(page, "contact-questions");
        page.locator("#topic").selectOption("Something else");
        assertThat(page.locator("#questions > div").count()).isZero();
        page.locator("#topic").selectOption("Voting and polling stations");

        assertThat(page.getByLabel("By proxy").isChecked()).isTrue();
        assertThat(page.getByLabel("Which polling station is it about?").inputValue())
                .isEqualTo("Mill Lane library");
        assertThat(page.locator("#questions-said").textContent())
                .isEqualTo("There are 3 questions about this topic below");
        page.locator("#message").fill(message);
        page.locator("#noReply").check();
        page.getByLabel("On which day is the vote?").fill("soon");
        Browsing.follow(page, () -> page.locator("#send").click());
        browsing.look(page, "contact-questions-wrong");
        page.getByLabel("On which day is the vote?").fill("7/5/2026");
        Browsing.follow(page, () -> page.locator("#send").click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Message sent");
        assertThat(column("text", message)).contains("How do you vote? By proxy", "about? Mill Lane library");
    }
}
