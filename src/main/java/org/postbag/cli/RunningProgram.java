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
import java.util.function.Function;
import java.util.function.Predicate;
import org.postbag.search.Reindex;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program that runs on a data folder and so holds its servers or its index: a command asks it by its API. */
final class RunningProgram implements AutoCloseable {

    static final String TOKEN = "POSTBAG_API_TOKEN";

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    /** For what takes as long as a disk does. */
    private static final Duration WORK_MAX = Duration.ofMinutes(5);

    private final String port;
    private final String token;
    private static final long ASK_AGAIN_MILLIS = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();

    private RunningProgram(String port, String token) {
        this.port = port;
        this.token = token;
    }

    /**
     * The program that runs with these settings, or empty where none does.
     *
     * @throws UsageProblem if it cannot be asked: no token, or no port
     */
    static Optional<RunningProgram> with(List<String> settings, Map<String, String> environment, Terminal terminal)
            throws UsageProblem {
        var data = Path.of(
                setting(settings, environment, "postbag.data", "POSTBAG_DATA").orElse("data"));
        if (!Reindex.isHeldByAnother(data)) {
            return Optional.empty();
        }
        var token = token(data, environment)
                .orElseThrow(() -> new UsageProblem(
                        "Postbag is running on %s and must do it itself: set %s to an administrator's token"
                                .formatted(data, TOKEN)));
        var port = setting(settings, environment, "server.port", "SERVER_PORT").orElse("8080");
        if (!port.matches("\\d{1,5}")) {
            throw new UsageProblem("--server.port=%s is no port".formatted(port));
        }
        terminal.tell("Postbag is running on %s: it is asked to do it.".formatted(data));
        return Optional.of(new RunningProgram(port, token));
    }

    JsonNode get(String path) throws NoAnswer, InterruptedException {
        return answer(request(path).GET(), 200);
    }

    /** For what goes on after the answer. */
    JsonNode begin(String path) throws NoAnswer, InterruptedException {
        return answer(request(path).POST(HttpRequest.BodyPublishers.noBody()), 202);
    }

    /**
     * Begins work that goes on after the answer, and waits for its end. Where there is no answer the terminal is told why.
     *
     * @param begin the path that begins it, and {@code path} the one that tells how far it is
     * @param read what an answer tells; an {@code IllegalArgumentException} where it is no answer of Postbag's
     * @param goesOn whether the work isn't at its end yet; may show how far it is
     * @return how it ended
     */
    <P> Optional<P> follow(
            String begin, String path, Function<JsonNode, P> read, Predicate<P> goesOn, Terminal terminal) {
        try {
            var progress = read(begin(begin), read);
            while (goesOn.test(progress)) {
                var _ = new CountDownLatch(1).await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                progress = read(get(path), read);
            }
            return Optional.of(progress);
        } catch (NoAnswer none) {
            terminal.tell("postbag: " + none.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.tell("postbag: interrupted; the running program goes on with it");
        }
        return Optional.empty();
    }

    private static <P> P read(JsonNode answer, Function<JsonNode, P> read) throws NoAnswer {
        try {
            return read.apply(answer);
        } catch (IllegalArgumentException notOurs) {
            throw new NoAnswer("something else than Postbag answers on that port");
        }
    }

    /**
     * Sends a body that is made piece by piece, and gives the answer.
     *
     * @throws Away if the program or one of its servers is away for now, so that the same may be sent again
     * @throws NoAnswer if it won't be taken however often it is sent
     */
    JsonNode post(String path, Iterable<byte[]> body) throws NoAnswer, Away, InterruptedException {
        var request = request(path)
                .timeout(WORK_MAX)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(body))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return JsonMapper.shared().readTree(answer.body());
            }
            if (answer.statusCode() == 503) {
                throw new Away("the running program can't take anything in for now: a server of its own is away");
            }
            throw new NoAnswer(refusal(answer));
        } catch (IOException | JacksonException e) {
            throw new Away(
                    "the running program did not answer on port %s; name its port with --server.port".formatted(port));
        }
    }

    private static String refusal(HttpResponse<String> answer) {
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            return refused(answer.statusCode());
        }
        try {
            var detail =
                    JsonMapper.shared().readTree(answer.body()).path("detail").asString("");
            return "the running program answered %d: %s".formatted(answer.statusCode(), detail);
        } catch (JacksonException notOurs) {
            return "something else than Postbag answers on that port";
        }
    }

    private static String refused(int status) {
        return "the running program answered %d; is the token an administrator's?".formatted(status);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode answer(HttpRequest.Builder request, int expected) throws NoAnswer, InterruptedException {
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new NoAnswer(refused(answer.statusCode()));
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException | JacksonException e) {
            throw new NoAnswer(
                    "the running program did not answer on port %s; name its port with --server.port".formatted(port));
        }
    }

    /** Why there is no answer, in words for whoever typed the command. */
    static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }

    /** Why there is no answer now, though there may be one soon. */
    static final class Away extends Exception {

        private static final long serialVersionUID = 1L;

        Away(String message) {
            super(message);
        }
    }

    private static Optional<String> token(Path data, Map<String, String> environment) {
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

    private static Optional<String> setting(
            List<String> settings, Map<String, String> environment, String name, String variable) {
        return settings.stream()
                .filter(s -> s.startsWith("--" + name + "="))
                .map(s -> s.substring(name.length() + 3))
                .reduce((_, last) -> last)
                .or(() -> Optional.ofNullable(environment.get(variable)));
    }
}
