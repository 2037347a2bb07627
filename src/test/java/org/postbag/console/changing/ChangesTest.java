package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.changing.Version.State;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A channel is added, changed, broken, rolled back and retired, by those who may. */
@ApplicationTest
class ChangesTest {

    private static final String KIND = "route";
    private static final Duration WAIT = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    @Autowired
    private Versions versions;

    @Autowired
    private Decisions decisions;

    @Autowired
    private RouteChanges routes;

    @Autowired
    private CamelContext camel;

    @Autowired
    private JdbcClient jdbc;

    @Value("${postbag.data}")
    private Path data;

    private final String name = "calls-" + UUID.randomUUID().toString().substring(0, 8);
    private Visitor editor;
    private Visitor approver;

    @BeforeEach
    void signIn() {
        editor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
        approver = Visitor.signedIn(port, Role.ROUTE_APPROVER);
    }

    @AfterEach
    void retire() {
        decisions.retire(KIND, name, new Decisions.By("staff:alan", "the test is over"));
        jdbc.sql("update version set urgent = false where name = ?").param(name).update();
    }

    private HttpResponse<String> add() {
        return editor.postForm(
                "/routes/new",
                Map.of(
                        "connector", "telephone",
                        "id", name,
                        "p.folder", "{{postbag.data}}/in/" + name,
                        "p.profile", "contact-centre",
                        "reason", "A second call centre"),
                "/routes/new?connector=telephone");
    }

    private String page(int number) {
        return Versions.page(KIND, name, number);
    }

    private void approved(int number) {
        assertThat(decisions.ask(KIND, name, number, "staff:esme")).isInstanceOf(Decided.Done.class);
        assertThat(take(approver, number, "approve").statusCode()).isEqualTo(302);
        assertThat(versions.inForce(KIND, name))
                .hasValueSatisfying(one -> assertThat(one.number()).isEqualTo(number));
    }

    private HttpResponse<String> take(Visitor who, int number, String step) {
        return who.postForm(page(number) + "/" + step, Map.of("reason", "It is right"), page(number) + "/" + step);
    }

    private HttpResponse<String> change(Visitor who, int base, String text) {
        return who.postForm(
                "/routes/" + name + "/change",
                Map.of("text", text, "base", Integer.toString(base), "reason", "Because"),
                "/routes/" + name + "/change?as=yaml");
    }

    private String text() {
        return versions.inForce(KIND, name).orElseThrow().text();
    }

    @Test
    void aChannelIsAddedCheckedApprovedAndTakesItemsIn() throws Exception {
        assertThat(add().headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith(page(1)));

        assertThat(versions.byNumber(KIND, name, 1).orElseThrow().state()).isEqualTo(State.CHECKED);
        assertThat(camel.getRoute(name)).as("a draft doesn't run").isNull();
        assertThat(editor.get(page(1)).body()).contains("Ask for approval").doesNotContain("Approve and put in force");
        assertThat(editor.postForm(page(1) + "/ask", Map.of(), page(1)).statusCode())
                .isEqualTo(302);
        assertThat(approver.get(page(1)).body()).contains("Approve and put in force");
        assertThat(take(approver, 1, "approve").statusCode()).isEqualTo(302);

        await().atMost(WAIT)
                .until(() -> camel.getRouteController().getRouteStatus(name).isStarted());
        var folder = Files.createDirectories(data.resolve("in").resolve(name));
        try (var samples = Files.list(Path.of("samples/telephone"))) {
            var sample =
                    samples.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
            Files.copy(sample, folder.resolve(sample.getFileName()));
        }
        await().atMost(WAIT)
                .until(() -> jdbc.sql("select count(*) from receipt where route = ?")
                                .param(name)
                                .query(Long.class)
                                .single()
                        > 0);
        assertThat(approver.get("/routes/" + name + "/versions").body())
                .contains("In force", "A second call centre", "Esme", "Alan");
    }

    @Test
    void anEditThatIsWrongIsRefusedAndWhatRunsStays() {
        add();
        approved(1);
        var before = text();
        for (var bad : new String[] {
            "- templatedRoute: [",
            before + "- beans:\n    - name: x\n      type: java.io.File\n",
            before.replace("telephone", "no-such-connector"),
            before.replace("{{postbag.data}}", "{{env:HOME}}"),
            before.replace("contact-centre", "no-such-profile-" + name) + "      - name: everyMs\n        value: soon\n"
        }) {
            int base = versions.latest(KIND, name).orElseThrow().number();
            assertThat(change(editor, base, bad).statusCode()).isEqualTo(302);
            var draft = versions.latest(KIND, name).orElseThrow();
            assertThat(draft.state()).as(bad).isEqualTo(State.DRAFT);
            assertThat(editor.get(page(draft.number())).body())
                    .contains("finding")
                    .doesNotContain("Ask for approval");
            assertThat(decisions.ask(KIND, name, draft.number(), "staff:esme")).isInstanceOf(Decided.Refused.class);
        }
        assertThat(text()).isEqualTo(before);
        assertThat(camel.getRoute(name)).isNotNull();
    }

    @Test
    void theSecondOfTwoEditorsIsRefusedWithBothTexts() {
        add();
        approved(1);
        var mine = text().replace("A second call centre", "Mine <b>");
        var theirs = text().replace("A second call centre", "Theirs");

        assertThat(change(editor, 1, theirs).statusCode()).isEqualTo(302);
        var refused = change(approver, 1, mine);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Somebody else saved this first", "# Theirs", "# Mine &lt;b&gt;", "name=\"base\" value=\"2\"")
                .doesNotContain("Mine <b>");
        assertThat(versions.latest(KIND, name).orElseThrow().number()).isEqualTo(2);
        assertThat(change(approver, 2, mine).statusCode()).isEqualTo(302);
        assertThat(versions.byNumber(KIND, name, 2).orElseThrow().state()).isEqualTo(State.SUPERSEDED);
    }

    @Test
    void theFormChangesValuesAndKeepsTheRest() {
        add();
        approved(1);
        var form = editor.get("/routes/" + name + "/change");
        assertThat(form.body()).contains("p.folder", "{{postbag.data}}/in/" + name, "Test connection");

        var answer = editor.postForm(
                "/routes/" + name + "/change",
                new HashMap<>(Map.of(
                        "p.folder", "{{postbag.data}}/in/" + name,
                        "p.profile", "contact-centre",
                        "p.everyMs", "2500",
                        "base", "1",
                        "reason", "Less often")),
                "/routes/" + name + "/change");

        assertThat(answer.statusCode()).isEqualTo(302);
        var draft = versions.latest(KIND, name).orElseThrow();
        assertThat(RouteForm.read(draft.text()).orElseThrow().values())
                .containsEntry("everyMs", "2500")
                .hasSize(3);
        assertThat(draft.state()).isEqualTo(State.CHECKED);
        assertThat(draft.text()).startsWith("# A second call centre");
    }

    @Test
    void aBrokenDraftIsLeftForWhatIsInForce() {
        add();
        approved(1);
        change(editor, 1, "- route: [\n");
        var path = "/routes/" + name + "/change";
        assertThat(editor.get(path).body())
                .contains("Start from what is in force instead", "- route: [")
                .doesNotContain("p.folder");
        var anew = path + "?from=in-force";
        assertThat(editor.get(anew).body()).contains("p.folder", "Start from that draft");

        var answer = editor.postForm(
                path,
                new HashMap<>(Map.of(
                        "p.folder", "{{postbag.data}}/in/" + name,
                        "p.profile", "contact-centre",
                        "p.everyMs", "2500",
                        "base", "2",
                        "from", "in-force",
                        "reason", "Less often")),
                anew);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(versions.latest(KIND, name).orElseThrow().state()).isEqualTo(State.CHECKED);
        assertThat(versions.byNumber(KIND, name, 2).orElseThrow().state()).isEqualTo(State.SUPERSEDED);
    }

    @Test
    void nobodyApprovesWhatTheyWrote() {
        add();
        approved(1);
        change(approver, 1, text().replace("A second", "Their own"));
        decisions.ask(KIND, name, 2, "staff:alan");

        take(approver, 2, "approve");

        assertThat(versions.byNumber(KIND, name, 2).orElseThrow().state()).isEqualTo(State.WAITING);
        assertThat(editor.get(page(2) + "/approve").statusCode()).isEqualTo(403);
        assertThat(editor.postForm(page(2) + "/approve", Map.of("reason", "x"), page(2))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anUrgentChangeIsConfirmedOrTold() {
        add();
        approved(1);
        change(approver, 1, text().replace("A second", "An urgent"));

        assertThat(take(approver, 2, "urgent").statusCode()).isEqualTo(302);

        var urgent = versions.inForce(KIND, name).orElseThrow();
        assertThat(urgent.number()).isEqualTo(2);
        assertThat(urgent.urgent()).isTrue();
        assertThat(urgent.confirmBy()).isNotNull();
        var officer = Visitor.signedIn(port, Role.DATA_PROTECTION_OFFICER);
        assertThat(officer.get("/").body()).doesNotContain("Not confirmed in time");
        jdbc.sql("update version set confirm_by = date '2020-01-02' where name = ? and number = 2")
                .param(name)
                .update();
        assertThat(officer.get("/").body()).contains("Not confirmed in time");
        assertThat(officer.get("/routes/changes").body()).contains(name, "Late");
        assertThat(decisions.confirm(KIND, name, 2, "staff:alan")).isInstanceOf(Decided.Refused.class);
        assertThat(decisions.confirm(KIND, name, 2, "staff:another")).isInstanceOf(Decided.Done.class);
        assertThat(officer.get("/").body()).doesNotContain("Not confirmed in time");
    }

    @Test
    void rollingBackNeedsNoSecondPerson() {
        add();
        approved(1);
        var first = text();
        change(editor, 1, first.replace("A second", "Another"));
        approved(2);

        assertThat(approver.get("/routes/" + name + "/versions").body()).contains(page(1) + "/roll-back");
        assertThat(editor.get("/routes/" + name + "/versions").body()).doesNotContain("/roll-back");
        assertThat(approver.get(page(1) + "/roll-back").body())
                .as("what it would change in what is in force")
                .contains("1 line added, 1 removed", "# Another", "# A second");
        assertThat(take(approver, 1, "roll-back").statusCode()).isEqualTo(302);

        var now = versions.inForce(KIND, name).orElseThrow();
        assertThat(now.number()).isEqualTo(3);
        assertThat(now.origin()).isEqualTo(Origin.ROLLBACK);
        assertThat(now.text()).isEqualTo(first);
        assertThat(approver.get(page(1) + "/text").body()).isEqualTo(first);
        assertThat(approver.get(page(3)).body()).contains("rolled back to version 1", "Rolled back");
    }

    @Test
    void aViewerSeesAndChangesNothing() {
        add();
        var viewer = Visitor.signedIn(port, Role.ROUTE_VIEWER);

        assertThat(viewer.get("/routes/changes").body()).contains(name).doesNotContain("Add a channel");
        assertThat(viewer.get(page(1)).statusCode()).isEqualTo(200);
        assertThat(viewer.get(page(1)).body()).doesNotContain("Ask for approval", "Withdraw");
        for (var step : new String[] {
            "check", "ask", "withdraw", "confirm", "approve", "urgent", "refuse", "roll-back", "retire"
        }) {
            assertThat(viewer.postForm(page(1) + "/" + step, Map.of("reason", "x"), page(1))
                            .statusCode())
                    .as(step)
                    .isEqualTo(403);
        }
        assertThat(viewer.get("/routes/new").statusCode()).isEqualTo(403);
        assertThat(viewer.get("/routes/" + name + "/change").statusCode()).isEqualTo(403);
    }

    @Test
    void aFileThatWasChangedByHandIsAProposal() {
        var text = "# By hand\n- templatedRoute:\n    routeTemplateRef: telephone\n    routeId: " + name + "\n";
        assertThat(versions.reconcile(KIND, name, text)).isEmpty();
        assertThat(versions.inForce(KIND, name))
                .hasValueSatisfying(one -> assertThat(one.origin()).isEqualTo(Origin.FILE));
        assertThat(versions.reconcile(KIND, name, text)).isEmpty();

        assertThat(versions.reconcile(KIND, name, text + "# more\n")).hasValueSatisfying(draft -> {
            assertThat(draft.state()).isEqualTo(State.DRAFT);
            assertThat(draft.author()).isEqualTo("job:files");
        });

        assertThat(versions.inForce(KIND, name).orElseThrow().text()).isEqualTo(text);
        assertThat(versions.reconcile(KIND, name, text + "# more\n")).isEmpty();
        assertThat(editor.get("/routes/changes").body()).contains("File changed by hand");
        decisions.withdraw(KIND, name, 2, "staff:esme");
        assertThat(versions.reconcile(KIND, name, text + "# more\n"))
                .as("decided once is decided")
                .isEmpty();
    }

    @Test
    void everyRouteThatRunsHasItsFileAsFirstVersion() {
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(versions.inForce(KIND))
                        .extracting(Version::name)
                        .contains(
                                "contact-centre-calls",
                                "enquiries-mailbox",
                                "assembly-members",
                                "parties-and-campaigners"));
        for (var version : versions.inForce(KIND)) {
            if (!version.name().startsWith("calls-")) {
                assertThat(routes.check(version.name(), version.text()))
                        .as("%s passes the checks", version.name())
                        .noneMatch(Finding::stops);
            }
        }
        assertThat(editor.get("/routes/enquiries-mailbox/change").body()).contains("postbag.mail.host");
        assertThat(decisions.check(KIND, "enquiries-mailbox", 1, "staff:esme")).isInstanceOf(Decided.Refused.class);
    }
}
