package org.postbag.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/** Stands before a real Elasticsearch, passes everything on, and may say that it is one of version 8. */
final class OlderElasticsearch implements AutoCloseable {

    private static final Set<String> PASSED_ON = Set.of("content-type", "accept");

    private final URI real;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean older;

    private OlderElasticsearch(URI real) throws IOException {
        this.real = real;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    static OlderElasticsearch before(URI real) throws IOException {
        return new OlderElasticsearch(real);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void isOlder(boolean says) {
        older = says;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = HttpRequest.newBuilder(
                            URI.create(real + exchange.getRequestURI().toString()))
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    request.header(name, values.getFirst());
                }
            });
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            var body = older && exchange.getRequestURI().getPath().equals("/")
                    ? new String(answer.body(), StandardCharsets.UTF_8)
                            .replaceFirst("\"number\"\\s*:\\s*\"9\\.", "\"number\":\"8.")
                            .getBytes(StandardCharsets.UTF_8)
                    : answer.body();
            for (var name : List.of("content-type", "x-elastic-product")) {
                answer.headers()
                        .firstValue(name)
                        .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
            }
            boolean empty = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }
}
