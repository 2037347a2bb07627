package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.audit.Action;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Signing in and out, and what a session is worth afterwards, over real HTTP. */
@ApplicationTest
class SessionTest {

    private static final String PASSWORD = "a long enough password";
    /** A page of staff's that any role may open, or be told that it isn't there. */
    private static final String ANY_PAGE = "/sign-in/continue";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PasswordEncoder encoder;

    @Autowired
    private AuditTrail trail;

    private record Person(long id, String username) {}

    /** A member of staff of this test's own, since it takes roles and passwords away. */
    private Person hire(Role role) {
        var username = "test-" + UUID.randomUUID();
        var id = jdbc.sql(
                        "insert into staff_member (username, name, password_hash, roles) values (?, ?, ?, ?::text[]) returning id")
                .params(username, "Test Person", encoder.encode(PASSWORD), new String[] {role.name()})
                .query(Long.class)
                .single();
        return new Person(id, username);
    }

    private Visitor signedIn(Person person) {
        var visitor = new Visitor(port);
        assertThat(visitor.signIn(person.username(), PASSWORD).statusCode()).isEqualTo(302);
        return visitor;
    }

    private List<Action> history(Person person) {
        return trail.history(Subject.staff(Long.toString(person.id())), 20).stream()
                .map(AuditTrail.Entry::action)
                .toList();
    }

    @Test
    void signingInLeadsBackToThePageThatAskedForIt() {
        var person = hire(Role.OFFICER);
        var visitor = new Visitor(port);
        assertThat(Visitor.asksToSignIn(visitor.get(ANY_PAGE))).isTrue();

        var answer = visitor.signIn(person.username(), PASSWORD);

        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains(ANY_PAGE);
        assertThat(visitor.get(ANY_PAGE).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/"));
        assertThat(history(person)).containsExactly(Action.SIGNED_IN);
    }

    @Test
    void aSessionThatSomeonePreparedIsNotTheOneThatIsSignedIn() {
        var visitor = new Visitor(port);
        visitor.get("/sign-in");
        var prepared = visitor.session().orElseThrow().getValue();

        visitor.signIn(hire(Role.OFFICER).username(), PASSWORD);

        assertThat(visitor.session().orElseThrow().getValue()).isNotEqualTo(prepared);
        var stranger = new Visitor(port).with("Cookie", "JSESSIONID=" + prepared);
        assertThat(Visitor.asksToSignIn(stranger.get(ANY_PAGE))).isTrue();
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        var cookie = new Visitor(port)
                .get("/sign-in")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
    }

    @Test
    void signingOutEndsTheSession() {
        var person = hire(Role.READER);
        var visitor = signedIn(person);
        var session = visitor.session().orElseThrow().getValue();

        assertThat(Visitor.asksToSignIn(visitor.postForm("/sign-out", Map.of(), "/nothing-is-here")))
                .isTrue();

        var same = new Visitor(port).with("Cookie", "JSESSIONID=" + session);
        assertThat(Visitor.asksToSignIn(same.get(ANY_PAGE))).isTrue();
        assertThat(history(person)).containsExactly(Action.SIGNED_OUT, Action.SIGNED_IN);
    }

    @Test
    void aWrongPasswordAndAnUnknownUsernameGetTheSameAnswer() {
        var person = hire(Role.READER);

        var wrong = new Visitor(port).signIn(person.username(), "not the password");
        var unknown = new Visitor(port).signIn("test-" + UUID.randomUUID(), "not the password");

        assertThat(wrong.statusCode()).isEqualTo(422).isEqualTo(unknown.statusCode());
        assertThat(withoutWhatWasTyped(wrong.body())).isEqualTo(withoutWhatWasTyped(unknown.body()));
        assertThat(history(person)).containsExactly(Action.SIGN_IN_FAILED);
    }

    private static String withoutWhatWasTyped(String page) {
        return page.replaceAll("test-[0-9a-f-]{36}", "").replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }

    @Test
    void aDeactivatedMemberOfStaffIsOutAtTheNextClick() {
        var person = hire(Role.READER);
        var visitor = signedIn(person);

        jdbc.sql("update staff_member set active = false where id = ?")
                .param(person.id())
                .update();

        assertThat(Visitor.asksToSignIn(visitor.get(ANY_PAGE))).isTrue();
        assertThat(new Visitor(port).signIn(person.username(), PASSWORD).statusCode())
                .isEqualTo(422);
    }

    @Test
    void aNewPasswordEndsTheSessionsOfTheOldOne() {
        var person = hire(Role.READER);
        var visitor = signedIn(person);

        jdbc.sql("update staff_member set password_hash = ? where id = ?")
                .params(encoder.encode("another long password"), person.id())
                .update();

        assertThat(Visitor.asksToSignIn(visitor.get(ANY_PAGE))).isTrue();
    }

    @Test
    void aRoleTakenAwayCountsAtOnceAndTheRefusalIsRecorded() {
        var person = hire(Role.READER);
        var visitor = signedIn(person);

        jdbc.sql("update staff_member set roles = '{}' where id = ?")
                .param(person.id())
                .update();

        assertThat(visitor.get(ANY_PAGE).statusCode()).isEqualTo(403);
        assertThat(visitor.get(ANY_PAGE).body()).contains("Your role does not include it");
        assertThat(history(person)).startsWith(Action.REFUSED);
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        var visitor = signedIn(hire(Role.READER));

        assertThat(visitor.postForm("/sign-out", Map.of()).statusCode()).isEqualTo(403);
        assertThat(Visitor.asksToSignIn(visitor.get(ANY_PAGE))).isFalse();
    }

    @Test
    void whatWasTypedBeforeTheSessionEndedIsShownAfterSigningInAgainAndSentOnlyThen() {
        var person = hire(Role.ADMINISTRATOR);
        var visitor = new Visitor(port).with("Sec-Fetch-Site", "same-origin");
        var username = "test-" + UUID.randomUUID();
        var typed = Map.of("name", "Typed & \"quoted\"", "username", username, "_csrf", "of a session that ended");

        var ended = visitor.postForm("/settings/staff/new", typed);
        assertThat(ended.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?ended=kept");
        var signedIn = visitor.signIn(person.username(), PASSWORD);

        assertThat(signedIn.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in/continue");
        var shown = visitor.get("/sign-in/continue").body();
        assertThat(shown).contains("Typed &amp; &quot;quoted&quot;", "action=\"/settings/staff/new\"");
        assertThat(count(username)).isZero();
        assertThat(visitor.get("/sign-in/continue").statusCode())
                .as("shown once")
                .isEqualTo(302);
    }

    @Test
    void whatAnotherSiteSentInNobodysNameIsNotKept() {
        var person = hire(Role.ADMINISTRATOR);
        var visitor = new Visitor(port).with("Sec-Fetch-Site", "cross-site");

        visitor.postForm("/settings/staff/new", Map.of("name", "Planted", "username", "planted"));
        visitor.signIn(person.username(), PASSWORD);

        assertThat(visitor.get("/sign-in/continue").body()).doesNotContain("Planted");
    }

    private long count(String username) {
        return jdbc.sql("select count(*) from staff_member where username = ?")
                .param(username)
                .query(Long.class)
                .single();
    }

    @Test
    void fiveWrongPasswordsShutTheDoorForAWhileEvenToTheRightOne() {
        var person = hire(Role.READER);
        for (int i = 0; i < 5; i++) {
            assertThat(new Visitor(port).signIn(person.username(), "wrong " + i).statusCode())
                    .isEqualTo(422);
        }

        var answer = new Visitor(port).signIn(person.username(), PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("Too many failed attempts to sign in. Wait 15 minutes");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepOthersOut() {
        var visitor = signedIn(hire(Role.READER));

        for (var path : List.of("/sign-in", "/nothing-is-here", "/contact")) {
            var headers = visitor.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .as(path)
                    .contains("default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
            // The empty form holds nothing of anybody's, and browsers keep it for their back button.
            assertThat(headers.firstValue("Cache-Control").orElseThrow())
                    .contains(path.equals("/contact") ? "private, max-age=0" : "no-store");
        }
        assertThat(visitor.get("/postbag.css")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElseThrow())
                .contains("max-age")
                .doesNotContain("no-store");
    }
}
