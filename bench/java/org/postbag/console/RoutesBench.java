package org.postbag.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postbag.Visitor;
import org.postbag.bench.Program;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.staff.Role;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of routes with fifty of them and eight weeks of receipts behind them, and how soon an open page shows that a route's state changed. */
class RoutesBench {

    private static final int ROUTES = 50;
    private static final int RECEIPTS = 500_000;
    private static final int ASKED = 100;
    private static final int ASKED_NOT_COUNTED = 20;
    private static final int CHANGES = 20;
    private static final double PAGE_MILLIS_MAX = 300;
    private static final double SHOWN_MILLIS_MAX = 1_000;
    private static final long SHOWN_SECONDS_MAX = 30;
    private static final String CHANGED = "bench-1";

    private final Report report =
            new Report("routes: %d routes, %,d receipts of eight weeks".formatted(ROUTES, RECEIPTS));

    /** When an open page was told that the route is in a state. */
    private record Told(String state, long nanos) {}

    @Test
    void pagesAreQuickAndAChangeIsShownSoon() throws Exception {
        var routes = routes();
        try (var program = Program.start("--postbag.routes=" + routes)) {
            receive(program.bean(JdbcClient.class));
            var visitor = Visitor.signedIn(program.port(), Role.ROUTE_OPERATOR);
            ask(visitor, "/routes", "all routes");
            ask(visitor, "/routes/" + CHANGED, "one route");
            change(program, visitor);
        }
        report.print();
    }

    /** Half of them doors, half of them folders that are looked at each second. */
    private static Path routes() throws IOException {
        var folder = Files.createTempDirectory("postbag-bench-routes");
        Files.copy(Path.of("routes/errors.camel.yaml"), folder.resolve("errors.camel.yaml"));
        Files.copy(Path.of("routes/by-hand.camel.yaml"), folder.resolve("by-hand.camel.yaml"));
        Files.copy(Path.of("routes/public-form.camel.yaml"), folder.resolve("public-form.camel.yaml"));
        for (int i = 1; i <= ROUTES - 2; i++) {
            var id = "bench-" + i;
            Files.writeString(folder.resolve(id + ".camel.yaml"), i % 2 == 1 ? """
                            - templatedRoute:
                                routeTemplateRef: web-form
                                routeId: %1$s
                                parameters:
                                  - name: routeId
                                    value: %1$s
                                  - name: door
                                    value: %1$s
                            """.formatted(id) : """
                            - templatedRoute:
                                routeTemplateRef: letter
                                routeId: %1$s
                                parameters:
                                  - name: folder
                                    value: "{{postbag.data}}/in/%1$s"
                            """.formatted(id));
        }
        return folder;
    }

    private static void receive(JdbcClient jdbc) {
        jdbc.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                        select encode(sha256(i::text::bytea), 'hex'), 'none', case i % 2 when 1 then 'web-form' else 'letter' end,
                            'bench-' || (1 + i % :routes), 'inbound', now() - i * interval '56 days' / :receipts, 1, 'filed'
                        from generate_series(1, :receipts) i
                        """).param("routes", ROUTES - 2).param("receipts", RECEIPTS).update();
    }

    private void ask(Visitor visitor, String path, String name) {
        var counted = new Times();
        for (int i = -ASKED_NOT_COUNTED; i < ASKED; i++) {
            long start = System.nanoTime();
            var answer = visitor.get(path);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode());
            }
            if (i >= 0) {
                counted.add(System.nanoTime() - start);
            }
        }
        report.note(
                name,
                "p50 %.0f ms".formatted(counted.percentileMillis(50)),
                "most %.0f ms".formatted(counted.percentileMillis(100)));
        report.limit(name + ", p95", counted.percentileMillis(95), "ms", PAGE_MILLIS_MAX);
    }

    private void change(Program program, Visitor visitor) throws Exception {
        var told = new LinkedBlockingQueue<Told>();
        var http = HttpClient.newHttpClient();
        var stream = HttpRequest.newBuilder(URI.create("http://localhost:" + program.port() + "/routes/news?shown=0"))
                .header(
                        "Cookie",
                        "JSESSIONID=" + visitor.session().orElseThrow().getValue())
                .build();
        Thread.ofVirtual().start(() -> listen(http, stream, told));
        await(told, "Running");
        var api = new Visitor(program.port())
                .with(
                        "Authorization",
                        "Bearer "
                                + Files.readString(program.data().resolve("api-token"))
                                        .strip());
        var counted = new Times();
        for (int i = 0; i < CHANGES; i++) {
            var change = i % 2 == 0 ? "suspend" : "resume";
            long start = System.nanoTime();
            var answer = api.postJson("/api/routes/" + CHANGED + "/" + change, "{\"reason\": \"A benchmark\"}");
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(change + " answered " + answer.statusCode());
            }
            counted.add(await(told, i % 2 == 0 ? "Suspended" : "Running") - start);
        }
        report.note(
                "a change of state, asked for until shown",
                "p50 %.0f ms".formatted(counted.percentileMillis(50)),
                "what the change itself takes among it");
        report.limit(
                "a change of state, asked for until shown, most",
                counted.percentileMillis(100),
                "ms",
                SHOWN_MILLIS_MAX);
    }

    private static long await(LinkedBlockingQueue<Told> told, String state) throws InterruptedException {
        while (true) {
            var next = told.poll(SHOWN_SECONDS_MAX, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("It was not shown that the route is " + state);
            }
            if (next.state().startsWith(state)) {
                return next.nanos();
            }
        }
    }

    private static void listen(HttpClient http, HttpRequest stream, LinkedBlockingQueue<Told> told) {
        var state = Pattern.compile("\"id\":\"" + CHANGED + "\",\"sign\":\"[a-z]+\",\"state\":\"([^\"]+)\"");
        try {
            http.send(stream, BodyHandlers.ofLines()).body().forEach(line -> {
                var found = state.matcher(line);
                if (found.find()) {
                    told.add(new Told(found.group(1), System.nanoTime()));
                }
            });
        } catch (IOException | InterruptedException ended) {
            // The program has ended.
        }
    }
}
