package org.postbag.console.seeing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.console.changing.RunningRoutes;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A mail server that takes the connection and says nothing: no page waits for it, and its route can be stopped. */
@ApplicationTest
class HangingSourceTest {

    private static final String ROUTE = "hanging-mailbox";
    /** A machine that does much else may be slow; the connection would hang for twenty seconds. */
    private static final Duration PAGE_MAX = Duration.ofSeconds(3);

    private static final int SERVER_WAIT_MS = 30_000;

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private RunningRoutes running;

    @Autowired
    private RoutesBoard board;

    private static String yaml(int port) {
        return """
                - templatedRoute:
                    routeTemplateRef: email
                    routeId: %s
                    parameters:
                      - {name: protocol, value: imap}
                      - {name: host, value: 127.0.0.1}
                      - {name: port, value: "%d"}
                      - {name: username, value: nobody}
                      - {name: password, value: nothing}
                """.formatted(ROUTE, port);
    }

    private void isQuick(Visitor visitor, String path) {
        long begun = System.nanoTime();
        assertThat(visitor.get(path).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(path).isLessThan(PAGE_MAX);
    }

    private String state() {
        return board.known(ROUTE).orElseThrow().shown().state();
    }

    @Test
    @Timeout(120)
    void noPageWaitsForIt() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(SERVER_WAIT_MS);
            running.put(ROUTE, yaml(silent.getLocalPort()));
            try (var connection = silent.accept()) {
                assertThat(connection.isConnected()).isTrue();
                await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("started"));
                var visitor = Visitor.signedIn(port, Role.ROUTE_OPERATOR);
                for (int i = 0; i < 2; i++) {
                    isQuick(visitor, "/routes");
                    isQuick(visitor, "/routes/" + ROUTE);
                    isQuick(visitor, "/routes/act?do=stop&route=" + ROUTE);
                    isQuick(visitor, "/api/routes");
                }

                long begun = System.nanoTime();
                assertThat(stop().statusCode()).isEqualTo(200);

                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PAGE_MAX);
                assertThat(state()).as("its poll is waited for").isEqualTo("stopping");
                isQuick(visitor, "/routes");
                assertThat(visitor.get("/routes/" + ROUTE).body()).contains("Stopping");
            }
            await().atMost(Duration.ofSeconds(40)).until(() -> state().equals("stopped"));
        } finally {
            running.remove(ROUTE);
        }
    }

    private java.net.http.HttpResponse<String> stop() throws IOException {
        var token = Files.readString(data.resolve("api-token")).strip();
        return new Visitor(port)
                .with("Authorization", "Bearer " + token)
                .postJson("/api/routes/" + ROUTE + "/stop", "{\"reason\": \"A test\"}");
    }
}
