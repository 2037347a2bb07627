package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.changing.CarriedOut;
import org.postbag.console.changing.Drafted;
import org.postbag.console.changing.RunningRoutes;
import org.postbag.console.changing.Versions;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.MailServer;
import org.postbag.receiving.MasterKey;
import org.postbag.receiving.PolledSource;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Secrets of routes: where they come from, that they work, and that they are nowhere to be seen. */
@ApplicationTest
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private CamelContext camel;

    @Autowired
    private RunningRoutes routes;

    @Autowired
    private Versions versions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private MasterKey key;

    @Autowired
    private Clock clock;

    @LocalServerPort
    private int port;

    @TempDir
    Path folder;

    @Test
    void theEnvironmentComesFirstThenAFileThenTheConsole() throws Exception {
        Files.writeString(folder.resolve("secret.FROM-FILE"), "of the file\n");
        Files.writeString(folder.resolve("secret.BOTH"), "of the file");
        var environment = new EnvironmentSecrets(Map.of("POSTBAG_SECRET_BOTH", "of the environment"));
        var secrets = new Secrets(List.of(environment, new MountedSecrets(folder)));

        assertThat(secrets.secret("BOTH")).isEqualTo("of the environment");
        assertThat(secrets.reveal("postbag-secret:FROM-FILE")).isEqualTo("of the file");
        assertThat(secrets.reveal("of itself")).isEqualTo("of itself");
        assertThat(secrets.isKnown("../FROM-FILE")).isFalse();
        assertThat(secrets.isKnown("ABSENT")).isFalse();
        assertThat(secrets.names()).containsExactly("BOTH", "FROM-FILE");
        // The program's own keys lie in the same folder.
        Files.writeString(folder.resolve("postbag.master-key"), "0".repeat(64));
        assertThat(secrets.isKnown("postbag.master-key")).isFalse();
        Files.writeString(folder.resolve("secret.FROM-FILE"), "handed out anew");
        assertThat(secrets.secret("FROM-FILE")).isEqualTo("handed out anew");
    }

    /** A route signs in by a secret that is given in the console, says so while it is wrong, and goes on by itself when it is changed. */
    @Test
    void aRouteSignsInByASecretThatIsNowhereToBeSeen(CapturedOutput log) throws Exception {
        var editor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
        try (var server = MailServer.start(folder.resolve("mailbox"), LoopbackPorts.any(), LoopbackPorts.any())) {
            var wrong = "wrong-Value-4711";
            give(editor, "SECOND-MAILBOX", wrong, 302);
            load(server.imapPort());
            await().atMost(PATIENCE).until(() -> problem().contains("check user and password"));

            give(editor, "SECOND-MAILBOX", server.password(), 302);

            await().atMost(PATIENCE).until(() -> problem().isEmpty());
            for (var secret : List.of(wrong, server.password())) {
                nowhere(secret, editor, log);
            }
            assertThat(editor.get("/routes/secrets").body())
                    .contains("SECOND-MAILBOX", "second-mailbox", "Esme Carrick");
            assertThat(audit.history(new Subject("secret", "SECOND-MAILBOX"), 5))
                    .extracting(AuditTrail.Entry::detail)
                    .containsExactly(
                            "gave a secret of routes a new value: It was changed",
                            "gave a secret to routes: It was changed");

            // As another node would, which knows nothing of this one.
            var other = new VaultSecrets(jdbc, key, clock);
            other.put("SECOND-MAILBOX", wrong, "staff:esme");
            await().atMost(PATIENCE).until(() -> problem().contains("check user and password"));
            other.put("SECOND-MAILBOX", server.password(), "staff:esme");
            await().atMost(PATIENCE).until(() -> problem().isEmpty());
        } finally {
            routes.remove("second-mailbox");
        }
    }

    private void load(int imapPort) {
        var loaded = routes.put("second-mailbox", text("second-mailbox", "{{secret:SECOND-MAILBOX}}", imapPort));
        assertThat(loaded).isInstanceOf(CarriedOut.InForce.class);
    }

    private static String text(String route, String secret, int imapPort) {
        return """
                - templatedRoute:
                    routeTemplateRef: email
                    routeId: %s
                    parameters:
                      - {name: protocol, value: imap}
                      - {name: host, value: 127.0.0.1}
                      - {name: port, value: "%d"}
                      - {name: username, value: "%s"}
                      - {name: password, value: "%s"}
                      - {name: pollMilliseconds, value: "300"}
                """.formatted(route, imapPort, MailServer.ADDRESS, secret);
    }

    private String problem() {
        var route = camel.getRoute("second-mailbox");
        var problem = route != null && route.getConsumer() instanceof PolledSource polled ? polled.problem() : null;
        return problem == null ? "" : problem;
    }

    private static void give(Visitor editor, String name, String value, int status) {
        var form = Map.of(
                "name",
                name,
                "secret",
                value,
                "reason",
                "It was changed",
                "_csrf",
                editor.csrf("/routes/secrets/change"));
        assertThat(editor.postForm("/routes/secrets/change", form).statusCode()).isEqualTo(status);
    }

    private void nowhere(String secret, Visitor editor, CapturedOutput log) throws Exception {
        assertThat(log.getAll()).doesNotContain(secret);
        for (var page : List.of(
                "/routes/secrets", "/routes/secrets/change?name=SECOND-MAILBOX", "/api/routes", "/api/connectors")) {
            assertThat(editor.get(page).body()).as(page).doesNotContain(secret);
        }
        for (var endpoint : camel.getEndpoints()) {
            assertThat(endpoint.getEndpointUri()).doesNotContain(secret);
        }
        var model = Objects.requireNonNull(
                camel.getCamelContextExtension().getContextPlugin(org.apache.camel.model.Model.class));
        for (var route : model.getRouteDefinitions()) {
            assertThat(PluginHelper.getModelToXMLDumper(camel).dumpModelAsXml(camel, route, true, true, true))
                    .doesNotContain(secret);
            assertThat(String.valueOf(route.getTemplateParameters())).doesNotContain(secret);
        }
        assertThat(jdbc.sql("select coalesce(string_agg(to_jsonb(a)::text, ''), '') from audit_event a")
                        .query(String.class)
                        .single())
                .doesNotContain(secret);
        assertThat(jdbc.sql("select coalesce(string_agg(encode(sealed, 'escape'), ''), '') from secret")
                        .query(String.class)
                        .single())
                .doesNotContain(secret);
        inNoBean(secret);
    }

    private static void inNoBean(String secret) throws Exception {
        var beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            assertThat(name.toString()).doesNotContain(secret);
            for (var attribute : beans.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable() && attribute.getType().equals("java.lang.String")) {
                    try {
                        assertThat(String.valueOf(beans.getAttribute(name, attribute.getName())))
                                .doesNotContain(secret);
                    } catch (javax.management.JMException notNow) {
                        // A bean that has nothing to say has nothing to hide.
                    }
                }
            }
        }
    }

    @Test
    void oneThatNothingUsesIsDeleted() {
        var editor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
        give(editor, "NOT-NEEDED", "a-Value-that-is-gone", 302);
        assertThat(editor.get("/routes/secrets").body()).contains("/routes/secrets/delete?name=NOT-NEEDED");

        assertThat(delete(editor, "NOT-NEEDED", " ").statusCode()).isEqualTo(422);
        assertThat(delete(editor, "NOT-NEEDED", "The mailbox was closed").statusCode())
                .isEqualTo(302);

        assertThat(editor.get("/routes/secrets").body())
                .contains("Its value is gone")
                .doesNotContain("name=NOT-NEEDED");
        assertThat(editor.get("/routes/secrets/delete?name=NOT-NEEDED").statusCode())
                .isEqualTo(404);
        assertThat(delete(editor, "NOT-NEEDED", "Again").statusCode()).isEqualTo(302);
        assertThat(editor.get("/routes/secrets").body()).contains("there is no secret of this name any more");
        var entry = audit.history(new Subject("secret", "NOT-NEEDED"), 1).getFirst();
        assertThat(entry.detail()).isEqualTo("deleted a secret of routes: The mailbox was closed");
        assertThat(entry.before()).startsWith("given ");
    }

    @Test
    void oneThatIsUsedIsKeptAndThePageSaysByWhat() {
        var editor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
        give(editor, "IN-USE", "a-Value-in-use", 302);
        var text = text("uses-a-secret", "{{secret:IN-USE}}", 1);
        var draft = versions.draft("route", "uses-a-secret", text, 0, "staff:esme", "A second mailbox");
        assertThat(draft).isInstanceOf(Drafted.Saved.class);
        assertThat(editor.get("/routes/secrets/delete?name=IN-USE").body())
                .contains("This secret is in use", "Version 1 of the route uses-a-secret (Draft)")
                .doesNotContain("Delete the secret");

        var refused = delete(editor, "IN-USE", "Not needed");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("/routes/changes/route/uses-a-secret/1");

        // The draft that takes its place names another one.
        var other = text("uses-a-secret", "{{secret:ANOTHER}}", 1);
        versions.draft("route", "uses-a-secret", other, 1, "staff:esme", "Another secret");
        try {
            assertThat(routes.put("uses-a-secret", text)).isInstanceOf(CarriedOut.InForce.class);
            assertThat(delete(editor, "IN-USE", "Not needed").body())
                    .contains("The route uses-a-secret")
                    .doesNotContain("Version 1");
        } finally {
            routes.remove("uses-a-secret");
        }
        assertThat(delete(editor, "IN-USE", "Not needed").statusCode()).isEqualTo(302);
    }

    private static HttpResponse<String> delete(Visitor editor, String name, String reason) {
        return editor.postForm(
                "/routes/secrets/delete",
                Map.of("name", name, "reason", reason, "_csrf", editor.csrf("/routes/secrets/change")));
    }

    @Test
    void onlyEditorsAndApproversComeHere() {
        for (var role : List.of(Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.OFFICER, Role.ADMINISTRATOR)) {
            var other = Visitor.signedIn(port, role);
            assertThat(other.get("/routes/secrets").statusCode()).as("%s", role).isEqualTo(403);
            var form = Map.of("name", "X", "secret", "y", "reason", "z", "_csrf", other.csrf("/password"));
            assertThat(other.postForm("/routes/secrets/change", form).statusCode())
                    .as("%s", role)
                    .isEqualTo(403);
        }
        assertThat(Visitor.signedIn(port, Role.ROUTE_APPROVER)
                        .get("/routes/secrets")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsWrongIsSaidAndTheSecretNotGivenBack() {
        var editor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
        var csrf = editor.csrf("/routes/secrets/change");
        var form =
                Map.of("name", "9 lives", "secret", "typed-Value-815", "reason", "New", "fresh", "true", "_csrf", csrf);

        var answer = editor.postForm("/routes/secrets/change", form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("Enter a name of letters", "9 lives", "New")
                .doesNotContain("typed-Value-815");
    }

    @Test
    void theApiSaysTheSame() {
        var editor = Visitor.signedIn(port, Role.ROUTE_EDITOR).with("Content-Type", "application/json");
        editor.with("X-CSRF-TOKEN", editor.csrf("/routes/secrets/change"));
        var given = editor.send(
                "PUT",
                "/api/secrets/BY-API",
                BodyPublishers.ofString("{\"value\":\"api-Value-99\",\"reason\":\"New\"}"),
                Optional.of("application/json"));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(given.body()).contains("BY-API").doesNotContain("api-Value-99");
        assertThat(editor.postJson("/api/secrets/BY-API/delete", "{}").statusCode())
                .isEqualTo(400);
        assertThat(editor.postJson("/api/secrets/BY-API/delete", "{\"reason\":\"Not needed\"}")
                        .body())
                .isEqualTo("{\"name\":\"BY-API\"}");
        assertThat(editor.postJson("/api/secrets/BY-API/delete", "{\"reason\":\"Not needed\"}")
                        .statusCode())
                .isEqualTo(404);

        var tested = editor.postJson(
                "/api/connectors/email/test", "{\"values\":{\"host\":\"x y\",\"password\":\"{{secret:NONE}}\"}}");
        assertThat(tested.statusCode()).as(tested.body()).isEqualTo(200);
        assertThat(tested.body())
                .contains("\"outcome\":\"mistaken\"", "\"host\"", "\"username\"", "There is no secret NONE");
        assertThat(editor.postJson("/api/connectors/none/test", "{}").statusCode())
                .isEqualTo(404);
    }
}
