package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.receiving.web.ContactSite.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The public pages in Welsh, and how somebody comes to them. */
@ApplicationTest
class WelshFormTest {

    private static final String VOTING = "Voting and polling stations";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private ContactSite site;

    @BeforeEach
    void visit() {
        site = new ContactSite(port);
    }

    private static String language(Answer answer) {
        return answer.page().select("html").attr("lang");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cy                     | /contact          | cy
            cy-GB,cy;q=0.9,en;q=0.8| /privacy          | cy
            en-GB,en;q=0.9,cy;q=0.8| /contact          | en
            fr,cy;q=0.5,en;q=0.4   | /contact          | cy
            fr,de                  | /contact          | en
            ,;q=x,x y              | /contact          | en
            en                     | /contact?lang=cy  | cy
            cy                     | /contact?lang=en  | en
            cy                     | /contact?lang=xx  | cy
            cy                     | /webjars/nothing  | cy
            en                     | /webjars/nothing?lang=cy | cy
            """)
    void theAddressChoosesTheLanguageAndElseTheBrowser(String asked, String path, String shown) throws Exception {
        assertThat(language(site.with("Accept-Language", asked).get(path))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contact", "/privacy", "/accessibility", "/cookies", "/webjars/nothing"})
    void eachPageLinksToItselfInTheOtherLanguage(String path) throws Exception {
        var english = site.get(path).page();
        var welsh = site.get(path + "?lang=cy").page();

        var toWelsh = english.expectFirst("nav.pb-language a");
        assertThat(toWelsh.text()).isEqualTo("Cymraeg");
        assertThat(toWelsh.attr("href")).isEqualTo("?lang=cy");
        assertThat(toWelsh.attr("lang")).isEqualTo("cy");
        assertThat(toWelsh.attr("hreflang")).isEqualTo("cy");
        assertThat(welsh.expectFirst("nav.pb-language a").attr("href")).isEqualTo("?lang=en");
        assertThat(welsh.expectFirst("nav.pb-language [aria-current]").text()).isEqualTo("Cymraeg");
        assertThat(welsh.select("footer a").eachText())
                .containsExactly("Cysylltu â ni", "Preifatrwydd", "Hygyrchedd", "Cwcis");
        assertThat(welsh.select("footer a").eachAttr("href")).allMatch(href -> href.endsWith("?lang=cy"));
        assertThat(english.select("footer a").eachAttr("href")).noneMatch(href -> href.contains("lang"));
        assertThat(welsh.text()).doesNotContain("??", "Office for Elections", "Monday");
    }

    @Test
    void whoseBrowserAsksForWelshNeedsNothingInTheAddress() throws Exception {
        var page = site.with("Accept-Language", "cy").get("/contact").page();

        assertThat(page.select("footer a").eachAttr("href")).noneMatch(href -> href.contains("lang"));
        var english = site.get("/contact?lang=en").page();
        assertThat(english.select("footer a").eachAttr("href")).allMatch(href -> href.endsWith("?lang=en"));
    }

    @Test
    void anAddressThatIsAnotherSitesIsNotLinkedTo() throws Exception {
        var refused = new Visitor(port).get("//elsewhere.example/x?lang=cy");

        var page = Jsoup.parse(refused.body());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(page.expectFirst("nav.pb-language a").attr("href")).isEqualTo("?lang=en");
        assertThat(page.html()).doesNotContain("elsewhere");
    }

    @Test
    void mistakesAreToldInWelshAndWhatWasTypedStays() throws Exception {
        var wrong = site.send(ContactSite.of(site.get("/contact?lang=cy").page())
                .type("topic", VOTING)
                .type("message", "m".repeat(10_001))
                .type("email", "enw@")
                .type("name", "Siân Ŵyn")
                .type("answer-poll-day", "cyn bo hir")
                .file("llythyr.pdf", "a letter".getBytes(UTF_8))
                .file("gwag.pdf", new byte[0]));

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(language(wrong)).isEqualTo("cy");
        assertThat(wrong.page().title()).isEqualTo("Gwall: Anfon neges atom - Swyddfa Etholiadau");
        assertThat(wrong.page().select(".govuk-error-summary h2").text()).isEqualTo("Mae problem wedi codi");
        assertThat(wrong.error("message"))
                .isEqualTo("Rhaid i’ch neges fod yn 10,000 o nodau neu lai. Mae 10,001 ynddi.");
        assertThat(wrong.error("email")).startsWith("Rhowch gyfeiriad e-bost yn y fformat cywir");
        assertThat(wrong.error("answer-poll-day")).isEqualTo("Rhowch ddyddiad fel 27/3/2026");
        assertThat(wrong.error("files")).isEqualTo("Mae’r ffeil ‘gwag.pdf’ yn wag");
        assertThat(wrong.value("name")).isEqualTo("Siân Ŵyn");
        assertThat(wrong.value("topic")).isEqualTo(VOTING);
        assertThat(wrong.keptFiles()).containsExactly("llythyr.pdf");
        assertThat(wrong.page().select("#topic option[selected]").text())
                .isEqualTo("Pleidleisio a gorsafoedd pleidleisio");
        assertThat(wrong.page().select("#questions legend").text()).contains("Sut rydych chi’n pleidleisio?");
        assertThat(wrong.page().select("nav.pb-language a")).isEmpty();
    }

    @Test
    void aFormThatWasBegunChangesItsLanguageByAButtonWithEverythingInIt() throws Exception {
        var wrong = site.send(site.blank()
                .type("message", "Begun in English")
                .type("topic", VOTING)
                .type("answer-how-voting", "By post")
                .file("letter.pdf", new byte[] {1}));
        var button = wrong.page().expectFirst("nav.pb-language button[name=change-language]");
        assertThat(button.val()).isEqualTo("cy");
        assertThat(button.attr("lang")).isEqualTo("cy");

        var welsh = site.send(ContactSite.of(wrong.page())
                .type("topic", VOTING)
                .type("answer-how-voting", "By post")
                .type("change-language", "cy"));

        assertThat(welsh.status()).isEqualTo(200);
        assertThat(language(welsh)).isEqualTo("cy");
        assertThat(welsh.page().select(".govuk-error-summary")).isEmpty();
        assertThat(welsh.value("message")).isEqualTo("Begun in English");
        assertThat(welsh.keptFiles()).containsExactly("letter.pdf");
        assertThat(welsh.page().select("#questions input[checked]").val()).isEqualTo("By post");
        assertThat(welsh.value("lang")).isEqualTo("cy");
        assertThat(language(site.send(ContactSite.of(welsh.page())))).isEqualTo("cy");
    }

    @Test
    void aWelshMessageIsFiledInWelshUnderTheTopicsThatStaffKnow() throws Exception {
        var message = "Ble mae fy ngorsaf bleidleisio? " + UUID.randomUUID();
        var sent = site.send(ContactSite.of(site.get("/contact?lang=cy").page())
                .type("topic", VOTING)
                .type("message", message)
                .type("noReply", "true")
                .type("answer-how-voting", "By post")
                .type("answer-poll-day", "7 Mai 2026"));

        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.raw().headers().firstValue("location").orElseThrow()).endsWith("/contact/sent?lang=cy");
        var end = site.get("/contact/sent?lang=cy");
        assertThat(end.page().select("h1").text()).isEqualTo("Neges wedi’i hanfon");
        assertThat(end.page().select("main").text())
                .contains("Byddwn wedi’i darllen erbyn")
                .containsPattern("dydd (Llun|Mawrth|Mercher|Iau|Gwener) \\d+ \\p{L}+ \\d{4}")
                .contains("am 1 flwyddyn ar ôl");
        assertThat(site.get("/contact/sent").page().select("h1").text()).isEqualTo("Message sent");
        await().until(() -> count(message) == 1);
        var filed = jdbc.sql("select language, topic, text from enquiry where text like ?")
                .param(message + "%")
                .query()
                .singleRow();
        assertThat(filed.get("language")).isEqualTo("cy");
        assertThat(filed.get("topic")).isEqualTo(VOTING);
        assertThat(String.valueOf(filed.get("text")))
                .contains("How do you vote? By post", "On which day is the vote? 7 Mai 2026");
    }

    private long count(String message) {
        return jdbc.sql("select count(*) from enquiry where text like ?")
                .param(message + "%")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contact?lang=%zz", "/privacy?%zz=1", "/webjars/nothing?lang=%", "/contact?lang=%00cy"})
    void anAddressThatCannotBeDecodedStillEndsInAPage(String path) throws Exception {
        assertThat(raw(path)).contains("<html lang=\"cy\"");
    }

    /** What Java's own client would not send. */
    private String raw(String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: cy\r\n"
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void theLanguageNeedsNoCookieAndNoSession() throws Exception {
        var looked = site.get("/privacy?lang=cy");

        assertThat(looked.raw().headers().allValues("set-cookie")).isEmpty();
    }

    @Test
    void aPageWithoutItsCookieComesBackInItsLanguage() throws Exception {
        var page = ContactSite.of(site.get("/contact?lang=cy").page())
                .type("message", "Wedi’i deipio am oriau")
                .file("a.pdf", new byte[] {1});

        var answer = new ContactSite(port).send(page);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(language(answer)).isEqualTo("cy");
        assertThat(answer.page().text()).contains("Nid yw eich neges wedi’i hanfon eto");
        assertThat(answer.value("message")).isEqualTo("Wedi’i deipio am oriau");
        assertThat(answer.keptFiles()).containsExactly("a.pdf");
    }

    @Test
    void whatIsNoFormIsRefusedInWelsh() throws Exception {
        var answer = site.with("Accept-Language", "cy").sendBytes("garbage".getBytes(UTF_8), "text/plain");

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(language(answer)).isEqualTo("cy");
        assertThat(answer.page().select("h1").text())
                .doesNotContain("You", "We")
                .isNotBlank();
    }

    @Test
    void programsAreAnsweredInEnglish() throws Exception {
        var answer = site.with("Accept-Language", "cy").api("{\"message\":\"\"}");

        assertThat(answer.body()).contains("Enter your message");
    }

    @Test
    void theNoticeSaysInWelshWhatTheRulesSayAndMarksWhatIsEnglish() throws Exception {
        var page = site.get("/privacy?lang=cy").page();

        assertThat(page.select("tbody tr").text()).contains("Aelodau o’r cyhoedd 1 flwyddyn Blwyddyn ers y cysylltiad");
        assertThat(page.select("main [lang=en]")).isEmpty();
        assertThat(page.select("main li").eachText())
                .contains("Mailchimp, sy’n anfon ein cylchlythyrau ac yn dweud wrthym faint o bobl sy’n eu darllen");
        assertThat(page.text()).contains("Diweddarwyd ddiwethaf: 3 Mawrth 2026");
    }
}
