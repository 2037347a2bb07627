package org.postbag.staff.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.OpenToPublic;
import org.postbag.staff.Role;
import org.postbag.staff.SampleStaff;
import org.postbag.staff.Scope;
import org.postbag.staff.StaffMember;
import org.postbag.staff.access.TokenDesk.Asked;
import org.postbag.staff.access.TokenDesk.Made;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tokens of limited scope: made, used, ended; and the table of scopes against every call that there is. */
@ApplicationTest
class ApiScopesTest {

    private static final StaffMember ADMINISTRATOR =
            new StaffMember("staff:ada", "Ada Fairbairn", Set.of(Role.ADMINISTRATOR));
    private static final Pattern TOKEN = Pattern.compile("<code class=\"pb-ref\"[^>]*>([A-Za-z0-9_-]{43})</code>");

    @LocalServerPort
    private int port;

    @Autowired
    private List<RequestMappingHandlerMapping> mappings;

    @Autowired
    private TokenDesk desk;

    @Autowired
    private StaffDirectory directory;

    @Autowired
    private JdbcClient jdbc;

    private StaffDirectory.Person person(String username) {
        return directory.all().stream()
                .filter(one -> one.username().equals(username))
                .findFirst()
                .orElseThrow();
    }

    private StaffDirectory.Person colleague(Role... roles) {
        var username = "t" + Long.toString(System.nanoTime(), 36);
        return switch (directory.add(username, "Test Colleague", Set.of(roles), "staff:ada")) {
            case StaffDirectory.Outcome.NewPassword made -> made.person();
            default -> throw new IllegalStateException();
        };
    }

    private static StaffMember as(StaffDirectory.Person person) {
        return new StaffMember("staff:" + person.username(), person.name(), person.roles());
    }

    private String made(Asked asked, StaffMember by) {
        return switch (desk.make(asked, by)) {
            case Made.Done done -> done.token();
            case Made.Refused refused -> throw new IllegalStateException(refused.why());
        };
    }

    private String refusal(Asked asked, StaffMember by) {
        return desk.make(asked, by) instanceof Made.Refused refused ? refused.field() + ": " + refused.why() : "made";
    }

    private static Asked job(Scope... scopes) {
        return new Asked("A test", "test-job", null, Set.of(scopes), 7);
    }

    private static Asked member(StaffDirectory.Person person, Scope... scopes) {
        return new Asked("A test", null, person, Set.of(scopes), 7);
    }

    private int status(String token, String method, String path) {
        var visitor = new Visitor(port).with("Authorization", "Bearer " + token).with("Accept", "application/json");
        return (method.equals("GET") ? visitor.get(path) : visitor.postJson(path, "{}")).statusCode();
    }

    @Test
    void everyCallOfTheApiHasAScopeWhoseRolesMayDoIt() {
        var without = new TreeSet<String>();
        var wrong = new TreeMap<String, Scope>();
        for (var mapping : mappings) {
            for (var entry : mapping.getHandlerMethods().entrySet()) {
                for (var path : entry.getKey().getPatternValues()) {
                    if (!path.startsWith("/api/") || isOpen(entry.getValue())) {
                        continue;
                    }
                    for (var method : entry.getKey().getMethodsCondition().getMethods()) {
                        var scope = ApiScopes.of(method.name(), path);
                        if (scope.isEmpty()) {
                            without.add(method + " " + path);
                        } else if (scope.get().isForJobs()
                                && !roles(entry.getValue()).contains(scope.get().jobRole())) {
                            wrong.put(method + " " + path, scope.get());
                        }
                    }
                }
            }
        }

        assertThat(without)
                .as("calls that no scope opens: add them to the table")
                .isEmpty();
        assertThat(wrong).as("calls that the scope's own role may not do").isEmpty();
    }

    private static boolean isOpen(HandlerMethod handler) {
        return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), OpenToPublic.class)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), OpenToPublic.class);
    }

    private static Set<Role> roles(HandlerMethod handler) {
        var roles = new ArrayList<Role>();
        for (var element : List.of(handler.getMethod(), handler.getBeanType())) {
            var allowed = AnnotatedElementUtils.findMergedAnnotation(element, AllowedTo.class);
            if (allowed != null && roles.isEmpty()) {
                roles.addAll(Arrays.asList(allowed.value()));
            }
        }
        return Set.copyOf(roles);
    }

    @Test
    void aJobsTokenReachesWhatItsScopesNameAndNothingElse() {
        var token = made(job(Scope.ROUTES_READ), ADMINISTRATOR);

        assertThat(status(token, "GET", "/api/routes")).isEqualTo(200);
        assertThat(status(token, "POST", "/api/routes/public-form/start")).isEqualTo(403);
        assertThat(status(token, "GET", "/api/quarantine"))
                .as("its role may, its scope doesn't")
                .isEqualTo(403);
        assertThat(status(token, "GET", "/api/contacts/1")).isEqualTo(403);
        assertThat(status(token, "GET", "/api/nothing")).isIn(403, 404);
        assertThat(jdbc.sql("select last_used_at is not null from api_token where token_hash = ?")
                        .param(ApiTokens.hash(token))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aMembersTokenNeverDoesMoreThanTheyMayAtThatMoment() {
        var colleague = colleague(Role.ROUTE_OPERATOR);
        var token = made(member(colleague, Scope.ROUTES_OPERATE, Scope.ROUTES_READ), ADMINISTRATOR);
        assertThat(status(token, "POST", "/api/routes/public-form/start")).isEqualTo(200);

        directory.changeRoles(colleague, Set.of(Role.ROUTE_VIEWER), "staff:ada");
        assertThat(status(token, "POST", "/api/routes/public-form/start")).isEqualTo(403);
        assertThat(status(token, "GET", "/api/routes")).isEqualTo(200);

        directory.changeRoles(colleague, Set.of(), "staff:ada");
        assertThat(status(token, "GET", "/api/routes")).isEqualTo(403);
        directory.setActive(colleague, false, "staff:ada");
        assertThat(status(token, "GET", "/api/routes")).isEqualTo(401);
    }

    @Test
    void whatShowsContentIsPutIntoATokenByItsOwnerAlone() {
        var colleague = colleague(Role.OFFICER);

        assertThat(refusal(member(colleague, Scope.ENQUIRIES_READ), ADMINISTRATOR))
                .startsWith("scopes: enquiries:read");
        assertThat(refusal(job(Scope.ENQUIRIES_SEARCH), ADMINISTRATOR)).startsWith("scopes: enquiries:search");
        assertThat(refusal(job(Scope.ROUTES_APPROVE), ADMINISTRATOR))
                .as("a second person is no job")
                .startsWith("scopes: routes:approve");
        assertThat(refusal(member(colleague, Scope.ROUTES_OPERATE), ADMINISTRATOR))
                .as("more than they may")
                .startsWith("scopes: No role");
        var own = made(member(colleague, Scope.CONTACTS_READ), as(colleague));
        assertThat(status(own, "GET", "/api/contacts/999999999")).isEqualTo(404);
        assertThat(status(own, "GET", "/api/enquiries/0000-0000-0000")).isEqualTo(403);
    }

    @Test
    void whatWasTypedWronglyIsSaid() {
        assertThat(refusal(new Asked(" ", "x-job", null, Set.of(Scope.ROUTES_READ), 7), ADMINISTRATOR))
                .startsWith("name");
        assertThat(refusal(new Asked("x", "Not a job", null, Set.of(Scope.ROUTES_READ), 7), ADMINISTRATOR))
                .startsWith("job");
        assertThat(refusal(new Asked("x", "x-job", null, Set.of(), 7), ADMINISTRATOR))
                .startsWith("scopes");
        assertThat(refusal(new Asked("x", "x-job", null, Set.of(Scope.ROUTES_READ), 100_000), ADMINISTRATOR))
                .startsWith("days");
    }

    @Test
    void aTokenThatIsOverOpensNothingAndNoneIsKept() {
        var ended = made(job(Scope.ROUTES_READ), ADMINISTRATOR);
        var expired = made(job(Scope.ROUTES_READ), ADMINISTRATOR);
        long id = jdbc.sql("select id from api_token where token_hash = ?")
                .param(ApiTokens.hash(ended))
                .query(Long.class)
                .single();
        jdbc.sql("update api_token set expires_at = now() - interval '1 second' where token_hash = ?")
                .param(ApiTokens.hash(expired))
                .update();

        assertThat(desk.end(id, "staff:ada")).isTrue();
        assertThat(desk.end(id, "staff:ada")).isFalse();

        assertThat(status(ended, "GET", "/api/routes")).isEqualTo(401);
        assertThat(status(expired, "GET", "/api/routes")).isEqualTo(401);
        assertThat(jdbc.sql("select count(*) from api_token t where t::text like '%' || ? || '%'")
                        .param(ended)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from audit_event where detail like 'API token ' || ? || ' %'")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void anAdministratorMakesOneOnThePageAndItIsShownOnce() {
        var ada = Visitor.signedIn(port, Role.ADMINISTRATOR);
        var fields =
                Map.of("name", "Counts", "owner", "job", "job", "counts", "scope", "reconciliation:read", "days", "30");
        var refused = ada.postForm("/settings/tokens/new", Map.of("owner", "job"), "/settings/tokens/new");
        assertThat(refused.statusCode()).isEqualTo(422);

        var answer = ada.postForm("/settings/tokens/new", fields, "/settings/tokens/new");
        assertThat(answer.statusCode()).isEqualTo(302);
        var shown = TOKEN.matcher(ada.get("/settings/tokens").body());
        assertThat(shown.find()).isTrue();

        assertThat(status(shown.group(1), "GET", "/api/reconciliation")).isEqualTo(200);
        assertThat(TOKEN.matcher(ada.get("/settings/tokens").body()).find()).isFalse();
    }

    @Test
    void everybodyMakesTheirOwnWithTheirPasswordAndEndsNobodyElses() {
        var priya = Visitor.signedIn(port, Role.OFFICER);
        var form = new TreeMap<>(Map.of("name", "Mine", "scope", "quarantine:read", "days", "7", "password", "wrong"));
        assertThat(priya.postForm("/tokens/new", form, "/tokens/new").statusCode())
                .isEqualTo(422);
        form.put("password", SampleStaff.PASSWORD);
        assertThat(priya.postForm("/tokens/new", form, "/tokens/new").statusCode())
                .isEqualTo(302);
        assertThat(TOKEN.matcher(priya.get("/tokens").body()).find()).isTrue();
        long id = desk.ofMember(person("priya").id()).getFirst().id();

        var owen = Visitor.signedIn(port, Role.REVIEWER);
        assertThat(owen.get("/tokens/" + id + "/end").statusCode()).isEqualTo(404);
        assertThat(owen.postForm("/tokens/" + id + "/end", Map.of(), "/tokens/new")
                        .statusCode())
                .isEqualTo(404);
        assertThat(owen.get("/settings/tokens").statusCode()).isEqualTo(403);
        assertThat(priya.postForm("/tokens/" + id + "/end", Map.of(), "/tokens/" + id + "/end")
                        .statusCode())
                .isEqualTo(302);
        assertThat(desk.find(id).orElseThrow().state()).isEqualTo("ended");
    }
}
