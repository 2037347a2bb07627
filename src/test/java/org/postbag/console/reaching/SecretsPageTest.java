package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.console.changing.Versions;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** The page of secrets, and the parts that other pages are made of, as a browser shows them. */
@BrowserTest
class SecretsPageTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private ThymeleafViewResolver views;

    @Autowired
    private Connectors connectors;

    @Autowired
    private Versions versions;

    @Test
    void aSecretIsGivenAndChanged(Browsing browsing) {
        var page = browsing.signIn(Role.ROUTE_EDITOR);
        page.navigate("/routes/secrets");
        Browsing.follow(page, () -> page.getByText("Give a secret").click());
        Browsing.follow(page, () -> page.locator("main button[type=submit]").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter a name");
        page.locator("#name").fill("COUNCIL-MAILBOX");
        page.locator("#secret").fill("a-Value-that-is-shown-nowhere");
        page.locator("#reason").fill("A second mailbox");
        Browsing.follow(page, () -> page.locator("main button[type=submit]").click());

        browsing.look(page, "route-secrets");
        assertThat(page.content()).contains("COUNCIL-MAILBOX", "Esme Carrick").doesNotContain("a-Value-that");
        Browsing.follow(
                page,
                () -> page.locator("a", new Page.LocatorOptions().setHasText("Change COUNCIL-MAILBOX"))
                        .click());
        browsing.look(page, "route-secret-change");
        page.locator("#secret").fill("another-Value-that-is-shown-nowhere");
        Browsing.follow(page, () -> page.locator("main button[type=submit]").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("Enter why");
        assertThat(page.content()).doesNotContain("another-Value");

        page.navigate("/routes/secrets/delete?name=COUNCIL-MAILBOX");
        browsing.look(page, "route-secret-delete");
        var text =
                "- templatedRoute: {routeTemplateRef: email, routeId: council, parameters: [{name: password, value: '{{secret:COUNCIL-MAILBOX}}'}]}";
        versions.draft("route", "council", text, 0, "staff:esme", "A second mailbox");
        page.locator("#reason").fill("The mailbox was closed");
        Browsing.follow(page, () -> page.locator("main button[type=submit]").click());
        browsing.look(page, "route-secret-in-use");
        Browsing.follow(
                page, () -> page.getByText("Version 1 of the route council").click());
        assertThat(page.locator("h1").textContent()).contains("council");
    }

    @Test
    void theFieldsOfAConnectorFitAForm(Browsing browsing) throws Exception {
        var page = browsing.signIn(Role.ROUTE_EDITOR);
        page.navigate("/routes/secrets");
        var html = new StringBuilder("<h1 class='govuk-heading-l'>Mailbox</h1>");
        for (var parameter : connectors.named("email").orElseThrow().asked()) {
            var model = new HashMap<String, Object>(Map.of("parameter", parameter));
            model.put("error", parameter.name().equals("host") ? "Enter host" : null);
            model.put("value", parameter.name().equals("password") ? "{{secret:COUNCIL-MAILBOX}}" : null);
            html.append(
                    render("console/reaching :: field(parameter=${parameter}, value=${value}, error=${error})", model));
        }
        show(page, html.toString());
        browsing.look(page, "connector-fields");
        assertThat(page.locator("[name='p.password']").inputValue()).isEqualTo("{{secret:COUNCIL-MAILBOX}}");
        assertThat(page.locator("[name='p.port']").inputValue()).isEqualTo("993");
        assertThat(page.locator("[name='p.junk']:checked").inputValue()).isEqualTo("false");
    }

    @Test
    void outcomesSayWhatToDoNext(Browsing browsing) throws Exception {
        var page = browsing.signIn(Role.ROUTE_EDITOR);
        page.navigate("/routes/secrets");
        var content = new WouldBe.Content(
                "Postal vote <script>alert(1)</script>",
                "Margaret Llewellyn · margaret@public.example",
                "When must my form be with you?",
                List.of("form.pdf"),
                Instant.parse("2026-03-03T16:05:00Z"),
                List.of());
        var enquiry = new WouldBe.Enquiry("The mail", 12_300, Channel.EMAIL, Direction.INBOUND, false, content);
        var steps = List.of(
                new Outcome.Step("Sign in", true, "The mail server let us in as enquiries@example.org."),
                new Outcome.Step("Open the folder", true, "INBOX holds 14 mails."));
        var reached = new Outcome.Reached(
                steps,
                List.of(
                        enquiry,
                        enquiry.masked(),
                        new WouldBe.Quarantined(
                                "calls.csv, row 3", 90, "no-date", "The row doesn't say when the call was"),
                        new WouldBe.Held("calls.csv", 4_000, "The column Caller is missing")));
        show(page, render("console/reaching :: outcome(outcome=${outcome})", Map.of("outcome", reached)));
        browsing.look(page, "connection-reached");
        assertThat(page.locator("main").textContent()).contains("It can be reached", "<script>", "sees no content");

        var failed = new Outcome.NotReached(List.of(
                new Outcome.Step("Find the machine mail.example.org", true, "Its name is known."),
                new Outcome.Step(
                        "Sign in",
                        false,
                        "The mail server does not take the sign-in; check user and password in the settings.")));
        show(page, render("console/reaching :: outcome(outcome=${outcome})", Map.of("outcome", failed)));
        browsing.look(page, "connection-not-reached");
        assertThat(page.locator("main").textContent()).contains("It was not reached", "Failed");
        for (var other : List.of(
                new Outcome.Busy(),
                new Outcome.Mistaken(Map.of("host", "Enter host")),
                new Outcome.NothingToReach(steps))) {
            assertThat(render("console/reaching :: outcome(outcome=${outcome})", Map.of("outcome", other)))
                    .contains("Nothing");
        }
    }

    private static void show(Page page, String html) {
        page.evaluate("html => { document.querySelector('main').innerHTML = html }", html);
    }

    private String render(String name, Map<String, Object> model) throws Exception {
        var request = new MockHttpServletRequest(context.getServletContext());
        request.setAttribute("org.springframework.web.servlet.DispatcherServlet.CONTEXT", context);
        var response = new MockHttpServletResponse();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, response));
        try {
            var view = views.resolveViewName(name, Locale.UK);
            Objects.requireNonNull(view).render(model, request, response);
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
        return response.getContentAsString();
    }
}
