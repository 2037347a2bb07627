package org.postbag.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postbag.search.Reindex;
import org.postbag.search.Reindex.Progress;
import org.postbag.search.Reindex.State;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Builds the search index anew: in this process, or, where a program runs on the data folder and so holds the index, by asking that. */
final class ReindexCommand implements Command {

    private static final String TOKEN = "POSTBAG_API_TOKEN";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final long ASK_AGAIN_MILLIS = 500;

    private final Services services;
    private final Map<String, String> environment;

    ReindexCommand(Services services) {
        this(services, System.getenv());
    }

    ReindexCommand(Services services, Map<String, String> environment) {
        this.services = services;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "reindex";
    }

    @Override
    public String synopsis() {
        return "[SETTING...]";
    }

    @Override
    public String summary() {
        return "builds the search index anew from the record, while searching goes on";
    }

    @Override
    public String details() {
        return """
                Reads every enquiry from PostgreSQL into a new index beside the old one, then puts it in the old one's
                place. What is cut off leaves the old index as it was.

                Where Postbag is running on the same data folder (--postbag.data, default "data"), it is asked to do this,
                and searching and filing go on meanwhile. That needs its port (--server.port, default 8080) and an
                administrator's token: try mode's own in DATA/api-token is found, another goes into %s.
                """.formatted(TOKEN);
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        if (!arguments.isEmpty()) {
            throw new UsageProblem("reindex takes no \"%s\"; type \"help reindex\"".formatted(arguments.getFirst()));
        }
        var data = Path.of(setting(settings, "postbag.data", "POSTBAG_DATA").orElse("data"));
        if (Reindex.isHeldByAnother(data)) {
            return askRunning(data, settings, terminal);
        }
        return services.use(settings, terminal, beans -> {
            var end = beans.getBean(Reindex.class).run(progress -> show(progress, terminal));
            return ended(end, terminal);
        });
    }

    private ExitStatus askRunning(Path data, List<String> settings, Terminal terminal) throws UsageProblem {
        var token = token(data)
                .orElseThrow(() -> new UsageProblem(
                        "Postbag is running on %s and must do it itself: set %s to an administrator's token"
                                .formatted(data, TOKEN)));
        var port = setting(settings, "server.port", "SERVER_PORT").orElse("8080");
        if (!port.matches("\\d{1,5}")) {
            throw new UsageProblem("--server.port=%s is no port".formatted(port));
        }
        var uri = URI.create("http://localhost:" + port + "/api/reindex");
        terminal.tell("Postbag is running on %s: it is asked to do it.".formatted(data));
        try (var http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
            var progress = answer(http, request(uri, token).POST(HttpRequest.BodyPublishers.noBody()), 202);
            while (progress.state() == State.RUNNING) {
                show(progress, terminal);
                pause();
                progress = answer(http, request(uri, token).GET(), 200);
            }
            return ended(progress, terminal);
        } catch (IOException e) {
            terminal.tell("postbag: the running program did not answer on port %s; name its port with --server.port"
                    .formatted(port));
        } catch (Refused refused) {
            terminal.tell("postbag: the running program answered %d; is the token an administrator's?"
                    .formatted(refused.status));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.tell("postbag: interrupted; the running program goes on with it");
        }
        return ExitStatus.FAILED;
    }

    private static HttpRequest.Builder request(URI uri, String token) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).header("Authorization", "Bearer " + token);
    }

    private static Progress answer(HttpClient http, HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException, Refused {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new Refused(answer.statusCode());
        }
        try {
            var body = JsonMapper.shared().readTree(answer.body());
            return new Progress(
                    State.valueOf(body.path("state").asString("").toUpperCase(java.util.Locale.ROOT)),
                    body.path("done").asLong(0),
                    body.path("total").asLong(0));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("Something else than Postbag answers there", e);
        }
    }

    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status) {
            super("Answered " + status);
            this.status = status;
        }
    }

    private Optional<String> token(Path data) {
        var given = environment.get(TOKEN);
        if (given != null && !given.isBlank()) {
            return Optional.of(given.strip());
        }
        try {
            return Optional.of(Files.readString(data.resolve("api-token")).strip());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private Optional<String> setting(List<String> settings, String name, String variable) {
        return settings.stream()
                .filter(s -> s.startsWith("--" + name + "="))
                .map(s -> s.substring(name.length() + 3))
                .reduce((_, last) -> last)
                .or(() -> Optional.ofNullable(environment.get(variable)));
    }

    private static void show(Progress progress, Terminal terminal) {
        if (progress.state() == State.RUNNING) {
            terminal.tell("%,d of %,d".formatted(progress.done(), progress.total()));
        }
    }

    private static ExitStatus ended(Progress progress, Terminal terminal) {
        return switch (progress.state()) {
            case DONE -> {
                terminal.print("The search index was built anew: %,d enquiries.".formatted(progress.done()));
                yield ExitStatus.DONE;
            }
            case RUNNING, NEVER, FAILED, STOPPED -> {
                terminal.tell("postbag: the index was not built; the old one is as it was. The log says why.");
                yield ExitStatus.FAILED;
            }
        };
    }

    private static void pause() throws InterruptedException {
        var _ = new CountDownLatch(1).await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
}
