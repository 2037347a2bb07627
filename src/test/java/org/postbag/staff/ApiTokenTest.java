package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What a token opens, over real HTTP, against calls of this test's own. */
@ApplicationTest
class ApiTokenTest {

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    private CurrentStaff staff;

    /** Calls that answer with who called. */
    @SuppressWarnings("UnusedMethod") // called through the mapping
    private record Probe(CurrentStaff staff) {

        @AllowedTo(Role.OFFICER)
        ResponseEntity<String> forOfficers() {
            return ResponseEntity.ok(staff.member().actor());
        }

        @AllowedTo(Role.ROUTE_EDITOR)
        ResponseEntity<String> forRouteEditors() {
            return ResponseEntity.ok(staff.member().actor());
        }
    }

    private static RequestMappingInfo at(String path, RequestMappingHandlerMapping mapping) {
        return RequestMappingInfo.paths(path)
                .methods(RequestMethod.GET, RequestMethod.POST)
                .options(mapping.getBuilderConfiguration())
                .build();
    }

    @BeforeEach
    void addProbes() throws NoSuchMethodException {
        var probe = new Probe(staff);
        Method officers = Probe.class.getDeclaredMethod("forOfficers");
        Method editors = Probe.class.getDeclaredMethod("forRouteEditors");
        var mapping = requestMappingHandlerMapping;
        mapping.registerMapping(at("/api/probe/officers", mapping), probe, officers);
        mapping.registerMapping(at("/probe/officers", mapping), probe, officers);
        mapping.registerMapping(at("/api/probe/editors", mapping), probe, editors);
    }

    @AfterEach
    void removeProbes() {
        for (var path : new String[] {"/api/probe/officers", "/probe/officers", "/api/probe/editors"}) {
            requestMappingHandlerMapping.unregisterMapping(at(path, requestMappingHandlerMapping));
        }
    }

    private Visitor bearing(String token) {
        return new Visitor(port).with("Authorization", "Bearer " + token);
    }

    private String tokenOfTryMode() throws IOException {
        return Files.readString(data.resolve("api-token")).strip();
    }

    @Test
    void tryModesTokenIsForItsOwnerAloneAndNotInTheDatabase() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("api-token"))))
                .isEqualTo("rw-------");
        assertThat(jdbc.sql("select count(*) from api_token where encode(token_hash, 'escape') like '%' || ? || '%'")
                        .param(tokenOfTryMode())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aTokenReadsAndChangesWithoutASession() throws IOException {
        var visitor = bearing(tokenOfTryMode());

        assertThat(visitor.get("/api/probe/officers").body()).isEqualTo("job:api");
        var posted = visitor.postJson("/api/probe/officers", "{}");

        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(posted.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aTokenWithoutTheRoleIsRefusedAsAProblem() throws IOException {
        var answer = bearing(tokenOfTryMode()).get("/api/probe/editors");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"status\":403");
    }

    @Test
    void aWrongTokenIsRefusedAlsoWhereASessionWouldDo() {
        var officer = Visitor.signedIn(port, Role.OFFICER);
        assertThat(officer.get("/api/probe/officers").body()).isEqualTo("staff:priya");

        var answer = officer.with("Authorization", "Bearer wrong").get("/api/probe/officers");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void aSessionChangesNothingThroughTheApiWithoutItsTokenAgainstForgery() {
        var officer = Visitor.signedIn(port, Role.OFFICER);

        assertThat(officer.postJson("/api/probe/officers", "{}").statusCode()).isEqualTo(403);
        var csrf = officer.csrf("/nothing-is-here");
        assertThat(officer.with("X-CSRF-TOKEN", csrf)
                        .postJson("/api/probe/officers", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTokenOpensNoPages() throws IOException {
        assertThat(Visitor.asksToSignIn(bearing(tokenOfTryMode()).get("/probe/officers")))
                .isTrue();
    }

    @Test
    void aTokenOfSomeoneHasNoMoreRolesThanTheyHaveNowAndNoneOnceTheyAreGone() {
        var token = "a-token-of-" + java.util.UUID.randomUUID();
        var id = jdbc.sql("""
                        insert into staff_member (username, name, password_hash, roles)
                        values (?, 'Test Person', 'none', '{OFFICER}') returning id
                        """).param(token).query(Long.class).single();
        jdbc.sql("""
                        insert into api_token (token_hash, staff_member_id, roles)
                        values (sha256(?::bytea), ?, '{OFFICER,ROUTE_EDITOR}')
                        """).params(token, id).update();

        assertThat(bearing(token).get("/api/probe/officers").body()).isEqualTo("staff:" + token);
        assertThat(bearing(token).get("/api/probe/editors").statusCode()).isEqualTo(403);
        jdbc.sql("update staff_member set active = false where id = ?")
                .param(id)
                .update();
        assertThat(bearing(token).get("/api/probe/officers").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenTakenBackIsUnknown() {
        var token = "a-token-taken-back-" + java.util.UUID.randomUUID();
        jdbc.sql(
                        "insert into api_token (token_hash, job, roles, revoked_at) values (sha256(?::bytea), 'test', '{OFFICER}', now())")
                .param(token)
                .update();

        assertThat(bearing(token).get("/api/probe/officers").statusCode()).isEqualTo(401);
    }
}
