package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.receiving.Profiles;
import org.postbag.staff.Role;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An approver allows a machine, and from then on a form may name it. */
@ApplicationTest
class MachinesTest {

    @LocalServerPort
    private int port;

    @Autowired
    private AllowedMachines allowed;

    @Autowired
    private ObjectProvider<MachinesOfFiles> files;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Secrets secrets;

    @Autowired
    private Folders folders;

    @Autowired
    private AuditTrail trail;

    @Value("${postbag.mail.host}")
    private String mailHost;

    private final String machine = "mail-" + UUID.randomUUID().toString().substring(0, 8) + ".example.org";
    private Hosts hosts;
    private Visitor approver;

    @BeforeEach
    void aBodyWhoseSettingNamesNone() {
        hosts = new Hosts(List.of(), allowed, files);
        approver = Visitor.signedIn(port, Role.ROUTE_APPROVER);
    }

    private Map<String, String> problems(String host) {
        var connectors = new Connectors(Path.of("connectors"), Path.of("profiles"), profiles, secrets, hosts, folders);
        return connectors.problems(connectors.named("email").orElseThrow(), Map.of("host", host));
    }

    private int post(Visitor who, String step, String name, String reason) {
        return who.postForm(
                        "/routes/machines/" + step,
                        Map.of("name", name, "reason", reason),
                        step.equals("allow") ? "/routes/machines/allow" : "/routes/machines/take-away?name=" + name)
                .statusCode();
    }

    @Test
    void anApproverAllowsAMachineAndTakesItAway() {
        assertThat(problems(machine)).containsKey("host");
        assertThat(problems(machine).get("host")).contains("page Machines");

        assertThat(post(approver, "allow", " " + machine.toUpperCase(java.util.Locale.ROOT), "The press office"))
                .isEqualTo(302);

        assertThat(problems(machine)).doesNotContainKey("host");
        assertThat(problems("other-" + machine)).containsKey("host");
        assertThat(hosts.ofSetting().isNamed(machine))
                .as("for other routes' secrets")
                .isFalse();
        assertThat(approver.get("/routes/machines").body()).contains(machine, "The press office", "Take away");
        assertThat(trail.history(new Subject("machine", machine), 5))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.detail()).contains("The press office");
                    assertThat(one.after()).isEqualTo("allowed");
                });

        assertThat(post(approver, "take-away", machine, "They moved")).isEqualTo(302);

        assertThat(problems(machine)).containsKey("host");
        assertThat(trail.history(new Subject("machine", machine), 5)).hasSize(2);
    }

    @Test
    void machinesOfFilesAndConnectorsMayBeReachedWithoutAnybody() {
        assertThat(hosts.now().refusal(mailHost))
                .as("postbag.mail.host of routes/enquiries-mailbox.camel.yaml")
                .isEmpty();
        assertThat(hosts.now().refusal("mail.elsewhere.example")).isPresent();
        assertThat(approver.get("/routes/machines").body()).contains("A route’s file or a connector names it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.example.org",
                "localhost",
                "127.0.0.1",
                "169.254.169.254",
                "metadata",
                "metadata.google.internal",
                "224.0.0.1",
                "0.0.0.0",
                "100.100.100.200",
                "a b",
                "http://mail.example.org",
                "mail.example.org:993",
                "mail.example.org/x",
                "<script>",
                "user@mail"
            })
    void whatIsNoMachineOrMustNotBeIsRefused(String name) {
        var answer = approver.postForm(
                "/routes/machines/allow", Map.of("name", name, "reason", "Because"), "/routes/machines/allow");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("There is a problem", "Because").doesNotContain("<script>");
        assertThat(allowed.all()).noneMatch(one -> one.name().equals(name));
    }

    @Test
    void itNeedsAReasonAndIsAllowedOnce() {
        assertThat(post(approver, "allow", machine, " ")).isEqualTo(422);
        assertThat(post(approver, "allow", machine, "x".repeat(501))).isEqualTo(422);
        assertThat(post(approver, "allow", machine, "Because")).isEqualTo(302);
        assertThat(post(approver, "allow", machine, "Because")).isEqualTo(422);
        assertThat(post(approver, "take-away", machine, "It is over")).isEqualTo(302);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ROUTE_VIEWER", "ROUTE_OPERATOR", "ROUTE_EDITOR"})
    void othersSeeThemAndAllowNone(Role role) {
        var who = Visitor.signedIn(port, role);

        assertThat(who.get("/routes/machines").statusCode()).isEqualTo(200);
        assertThat(who.get("/routes/machines").body()).doesNotContain("Allow a machine");
        assertThat(who.get("/routes/machines/allow").statusCode()).isEqualTo(403);
        assertThat(who.postForm("/routes/machines/allow", Map.of("name", machine, "reason", "x"), "/routes/machines")
                        .statusCode())
                .isEqualTo(403);
        assertThat(allowed.named(machine)).isEmpty();
    }
}
