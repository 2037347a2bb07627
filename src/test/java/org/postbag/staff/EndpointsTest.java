package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedElement;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks every endpoint there is, as each role and as nobody, and finds it open to exactly those it says. */
@ApplicationTest
@TestInstance(Lifecycle.PER_CLASS)
class EndpointsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private List<RequestMappingHandlerMapping> mappings;

    @Autowired
    private JdbcClient jdbc;

    private final List<Person> staff = new ArrayList<>();

    /** The sample person of a role, signed in, with the token of their session against forgery. */
    private record Person(Role role, Visitor visitor, String csrf) {}

    @BeforeAll
    void signIn() {
        for (var role : Role.values()) {
            var visitor = Visitor.signedIn(port, role);
            // Any page of staff's has a sign-out button, here the one that says that nothing is there.
            staff.add(new Person(role, visitor, visitor.csrf("/nothing-is-here")));
        }
    }

    /** One method at one path. */
    private record Endpoint(RequestMethod method, String path, RequestMappingInfo mapping, HandlerMethod handler) {

        @Override
        public String toString() {
            return method + " " + path + " (" + handler.getShortLogMessage() + ")";
        }

        /** The path with each variable as something that it may be and that nothing has. */
        String example() {
            return path.replaceAll("\\{\\w+:(\\w+)[|][^}]*}", "$1")
                    .replaceAll("\\{\\w+:[^}]*\\{64}}", "0".repeat(64))
                    .replaceAll("\\{(?:[^{}]|\\{[^}]*})*}", "0");
        }

        boolean isOfApi() {
            return path.startsWith("/api/");
        }

        boolean isOpen() {
            return annotated(OpenToPublic.class).findAny().isPresent();
        }

        /** Who may call it: what stands at the method, else at the class. */
        Set<Role> roles() {
            var roles = EnumSet.noneOf(Role.class);
            annotated(AllowedTo.class)
                    .findFirst()
                    .map(element -> AnnotatedElementUtils.findMergedAnnotation(element, AllowedTo.class))
                    .ifPresent(allowed -> roles.addAll(Arrays.asList(allowed.value())));
            return roles;
        }

        private Stream<AnnotatedElement> annotated(Class<? extends java.lang.annotation.Annotation> annotation) {
            return Stream.<AnnotatedElement>of(handler.getMethod(), handler.getBeanType())
                    .filter(element -> AnnotatedElementUtils.hasAnnotation(element, annotation));
        }
    }

    private List<Endpoint> endpoints() {
        var endpoints = new ArrayList<Endpoint>();
        for (var mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                var methods = info.getMethodsCondition().getMethods();
                for (var method : methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods) {
                    for (var path : info.getPatternValues()) {
                        endpoints.add(new Endpoint(method, path, info, handler));
                    }
                }
            });
        }
        endpoints.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
        return endpoints;
    }

    private static HttpResponse<String> call(Visitor visitor, Endpoint endpoint, Optional<String> csrf) {
        var consumes = endpoint.mapping().getConsumesCondition().getConsumableMediaTypes().stream()
                .findFirst()
                .orElse(endpoint.isOfApi() ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_FORM_URLENCODED);
        endpoint.mapping().getProducesCondition().getProducibleMediaTypes().stream()
                .findFirst()
                .ifPresentOrElse(
                        type -> visitor.with("Accept", type.toString()),
                        () -> visitor.with("Accept", endpoint.isOfApi() ? "application/json" : "text/html"));
        csrf.ifPresentOrElse(token -> visitor.with("X-CSRF-TOKEN", token), () -> visitor.without("X-CSRF-TOKEN"));
        var withBody = endpoint.method() != RequestMethod.GET && endpoint.method() != RequestMethod.HEAD;
        return visitor.send(
                endpoint.method().name(),
                endpoint.example(),
                withBody
                        ? BodyPublishers.ofString(consumes.isCompatibleWith(MediaType.APPLICATION_JSON) ? "{}" : "")
                        : BodyPublishers.noBody(),
                withBody ? Optional.of(consumes.toString()) : Optional.empty());
    }

    @Test
    void everyEndpointSaysWhoMayCallIt() {
        assertThat(endpoints())
                .isNotEmpty()
                .allSatisfy(endpoint -> assertThat(endpoint.isOpen())
                        .as("%s says either that it is open or to whom", endpoint)
                        .isNotEqualTo(!endpoint.roles().isEmpty()));
    }

    @Test
    void nobodyGetsOnlyWhatIsOpen() {
        assertThat(endpoints()).allSatisfy(endpoint -> {
            var visitor = new Visitor(port);
            // The form's token stands in a cookie of its own, all others in a session.
            var form = endpoint.path().equals("/contact") ? "/contact" : "/sign-in";
            var csrf = endpoint.isOpen() ? Optional.of(visitor.csrf(form)) : Optional.<String>empty();
            var answer = call(visitor, endpoint, csrf);
            if (endpoint.isOpen()) {
                assertThat(answer.statusCode())
                        .as("%s", endpoint)
                        .isNotIn(401, 403)
                        .isLessThan(500);
            } else if (endpoint.isOfApi()) {
                assertThat(answer.statusCode()).as("%s", endpoint).isEqualTo(401);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            } else {
                assertThat(Visitor.asksToSignIn(answer))
                        .as("%s asks to sign in: %s", endpoint, answer)
                        .isTrue();
            }
        });
    }

    @Test
    void eachRoleGetsExactlyWhatItMay() {
        for (var person : staff) {
            var role = person.role();
            assertThat(endpoints()).allSatisfy(endpoint -> {
                if (endpoint.isOpen()) {
                    return;
                }
                var answer = call(person.visitor(), endpoint, Optional.of(person.csrf()));
                if (endpoint.roles().contains(role)) {
                    assertThat(answer.statusCode())
                            .as("%s as %s: allowed, and ends well", endpoint, role)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                    assertThat(Visitor.asksToSignIn(answer)).isFalse();
                } else {
                    assertThat(answer.statusCode())
                            .as("%s as %s: refused", endpoint, role)
                            .isEqualTo(403);
                }
            });
        }
    }

    @Test
    void aTokenOfEachRoleGetsExactlyWhatItMayOfTheApiAndNoPage() {
        for (var role : Role.values()) {
            var visitor = bearing(role);
            assertThat(endpoints()).filteredOn(endpoint -> !endpoint.isOpen()).allSatisfy(endpoint -> {
                var answer = call(visitor, endpoint, Optional.empty());
                if (!endpoint.isOfApi()) {
                    assertThat(Visitor.asksToSignIn(answer))
                            .as("%s with a token of %s: no page", endpoint, role)
                            .isTrue();
                } else if (endpoint.roles().contains(role)) {
                    assertThat(answer.statusCode())
                            .as("%s with a token of %s: allowed, and ends well", endpoint, role)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    assertThat(answer.statusCode())
                            .as("%s with a token of %s: refused", endpoint, role)
                            .isEqualTo(403);
                }
            });
        }
    }

    /** Someone who has a token of a job with the role. */
    private Visitor bearing(Role role) {
        var token = "walks-as-" + role + UUID.randomUUID();
        jdbc.sql("insert into api_token (token_hash, job, roles) values (sha256(?::bytea), 'test', ?::text[])")
                .params(token, new String[] {role.name()})
                .update();
        return new Visitor(port).with("Authorization", "Bearer " + token);
    }

    @Test
    void whatIsNotMappedIsNotThereForAnyone() {
        var unknown = List.of(
                "/nothing",
                "/enquiries/1/nothing",
                "/contacts/nothing",
                "/settings",
                "/settings/staff/new/x",
                "/enquiries;x=1/7");
        for (var path : unknown) {
            assertThat(Visitor.asksToSignIn(new Visitor(port).get(path))
                            || new Visitor(port).get(path).statusCode() >= 400)
                    .as("%s as nobody", path)
                    .isTrue();
            for (var person : staff) {
                assertThat(person.visitor()
                                .with("Accept", "text/html")
                                .get(path)
                                .statusCode())
                        .as("%s as %s", path, person.role())
                        .isBetween(400, 499);
            }
        }
        assertThat(new Visitor(port).get("/api/nothing").statusCode()).isIn(401, 404);
        assertThat(bearing(Role.OFFICER).get("/api/nothing").statusCode()).isIn(403, 404);
    }

    @Test
    void noMethodButThoseThatAreMappedDoesAnything() {
        var mapped = endpoints().stream()
                .collect(Collectors.groupingBy(
                        Endpoint::example, Collectors.mapping(Endpoint::method, Collectors.toSet())));
        var methods = List.of(
                RequestMethod.GET, RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);
        for (var role : List.of(Role.OFFICER, Role.ADMINISTRATOR)) {
            var person =
                    staff.stream().filter(one -> one.role() == role).findFirst().orElseThrow();
            person.visitor().with("X-CSRF-TOKEN", person.csrf()).with("Accept", "text/html, application/json");
            mapped.forEach((path, known) -> methods.stream()
                    .filter(method -> !known.contains(method) && !path.equals("/error"))
                    .forEach(method -> assertThat(person.visitor()
                                    .send(method.name(), path, BodyPublishers.noBody(), Optional.empty())
                                    .statusCode())
                            .as("%s %s as %s", method, path, role)
                            .isBetween(400, 499)));
        }
    }

    @Test
    void aHandlerThatNobodyMarkedIsRefusedToEveryone() throws NoSuchMethodException {
        var mapping = mappings.getFirst();
        var info = RequestMappingInfo.paths("/unmarked", "/api/unmarked")
                .methods(RequestMethod.GET)
                .options(mapping.getBuilderConfiguration())
                .build();
        mapping.registerMapping(info, new Unmarked(), Unmarked.class.getDeclaredMethod("answer"));
        try {
            for (var person : staff) {
                assertThat(person.visitor().get("/unmarked").statusCode()).isEqualTo(403);
                assertThat(person.visitor().get("/api/unmarked").statusCode()).isEqualTo(403);
            }
            assertThat(Visitor.asksToSignIn(new Visitor(port).get("/unmarked"))).isTrue();
            assertThat(new Visitor(port).get("/api/unmarked").statusCode()).isEqualTo(401);
        } finally {
            mapping.unregisterMapping(info);
        }
    }

    /** What a careless change could bring. */
    static class Unmarked {
        String answer() {
            return "redirect:/secret";
        }
    }

    @Test
    void healthIsForThisMachineAndAdministrators() {
        assertThat(new Visitor(port).get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(new Visitor(port)
                        .with("X-Forwarded-For", "203.0.113.9")
                        .get("/actuator/health")
                        .statusCode())
                .isEqualTo(404);
    }
}
