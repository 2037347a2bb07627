package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Staff pages answer to the networks of staff alone (D5, D21), also behind a proxy, over real HTTP. */
@ApplicationTest
@TestPropertySource(
        properties = {"postbag.staff.networks=198.51.100.0/24,2001:db8:7::/48", "postbag.proxies=127\\\\.0\\\\.0\\\\.1"
        })
class NetworksTest {

    @LocalServerPort
    private int port;

    private Visitor from(String address) {
        return new Visitor(port).with("X-Forwarded-For", address);
    }

    @Test
    void staffInTheirNetworksReachTheDoor() {
        assertThat(from("198.51.100.7").get("/sign-in").statusCode()).isEqualTo(200);
        assertThat(from("2001:db8:7::1").get("/sign-in").statusCode()).isEqualTo(200);
        assertThat(Visitor.asksToSignIn(from("198.51.100.7").get("/settings/staff")))
                .isTrue();
    }

    @Test
    void elsewhereThereAreOnlyThePublicPages() {
        for (var address : new String[] {"203.0.113.9", "198.51.101.7", "2001:db8:8::1"}) {
            var visitor = from(address);
            assertThat(visitor.get("/contact").statusCode()).as(address).isEqualTo(200);
            assertThat(visitor.get("/privacy").statusCode()).as(address).isEqualTo(200);
            for (var path : new String[] {"/sign-in", "/sign-in/continue", "/settings/staff", "/actuator/health"}) {
                assertThat(visitor.get(path).statusCode())
                        .as("%s from %s", path, address)
                        .isEqualTo(404);
            }
            assertThat(visitor.postForm("/sign-in", java.util.Map.of("username", "ada"))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void anAddressThatTheAskerMadeUpInFrontOfTheProxysIsNotBelieved() {
        assertThat(from("198.51.100.7, 203.0.113.9").get("/sign-in").statusCode())
                .isEqualTo(404);
    }

    @Test
    void behindAProxyThatSpeaksHttpsTheSessionStaysOnHttps() {
        var answer = from("198.51.100.7").with("X-Forwarded-Proto", "https").get("/sign-in");

        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }
}
