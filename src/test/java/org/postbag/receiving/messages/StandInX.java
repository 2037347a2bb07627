package org.postbag.receiving.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers as X does: direct messages in pages, the latest first, within a limit of questions; and pictures. */
public final class StandInX implements AutoCloseable {

    public static final String ACCOUNT = "3805104374";
    private static final long ID_FIRST = 1_399_066_074_671_370_000L;

    private final HttpServer server;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final int pageMessages;
    volatile int questionsLeft = Integer.MAX_VALUE;
    volatile long resetAtSecond = 1_900_000_000L;
    volatile int fault;
    /** What is answered in place of messages; null: these. */
    volatile @Nullable String instead;

    private final AtomicInteger pictures = new AtomicInteger();

    public static StandInX start(int pageMessages) {
        try {
            return new StandInX(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0), pageMessages);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private StandInX(HttpServer server, int pageMessages) {
        this.server = server;
        this.pageMessages = pageMessages;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/1.1/direct_messages/events/list.json", this::list);
        server.createContext("/picture", exchange -> {
            pictures.incrementAndGet();
            answer(exchange, 200, "image/png", new byte[300]);
        });
        server.createContext("/dm/picture.png", exchange -> {
            boolean signed = exchange.getRequestHeaders().containsKey("Authorization");
            var picture = Arrays.copyOf(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 200);
            answer(exchange, signed ? 200 : 401, "image/png", picture);
        });
        server.createContext("/dm/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "/picture");
            answer(exchange, 302, "text/plain", new byte[0]);
        });
        server.createContext("/huge", exchange -> answer(exchange, 200, "image/png", new byte[11 << 20]));
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://localhost:" + port() + "/picture");
            answer(exchange, 302, "text/plain", new byte[0]);
        });
        server.createContext("/here", exchange -> {
            exchange.getResponseHeaders().add("Location", "/picture");
            answer(exchange, 302, "text/plain", new byte[0]);
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    public String origin() {
        return "http://127.0.0.1:" + port();
    }

    /** Someone wrote. @param link of a picture, or null */
    public void say(String sender, String text, @Nullable String link) {
        var id = Long.toString(ID_FIRST + events.size());
        var attachment = link == null ? "" : """
                        ,"attachment":{"type":"media","media":{"id":5,"id_str":"5","indices":[0,9],"media_url":"%1$s","media_url_https":"%1$s",
                        "url":"https://t.co/p","display_url":"pic.example/p","expanded_url":"https://x.example/p","type":"photo",
                        "sizes":{"small":{"w":1,"h":1,"resize":"fit"}}}}""".formatted(link);
        events.addFirst("{\"type\":\"message_create\",\"id\":\"" + id + "\",\"created_timestamp\":\"1772539200123\","
                + "\"message_create\":{\"target\":{\"recipient_id\":\"" + (sender.equals(ACCOUNT) ? "7" : ACCOUNT)
                + "\"},\"sender_id\":\"" + sender + "\",\"message_data\":{\"text\":\"" + text
                + "\",\"entities\":{\"hashtags\":[],\"symbols\":[],\"user_mentions\":[],\"urls\":[]}" + attachment
                + "}}}");
    }

    /** The pages that were asked for: the number of the message that each begins with, counted from the latest. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** How often a picture was fetched. */
    int pictures() {
        return pictures.get();
    }

    private void list(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getQuery();
        var cursor = query.contains("cursor=") ? query.replaceAll(".*cursor=(\\d+).*", "$1") : "0";
        asked.add(cursor);
        if (fault != 0) {
            answer(
                    exchange,
                    fault,
                    "application/json",
                    "{\"errors\":[{\"code\":32,\"message\":\"No\"}]}".getBytes(UTF_8));
            return;
        }
        var other = instead;
        if (other != null) {
            answer(exchange, 200, "text/html", other.getBytes(UTF_8));
            return;
        }
        int left = --questionsLeft;
        exchange.getResponseHeaders().add("x-rate-limit-limit", "15");
        exchange.getResponseHeaders().add("x-rate-limit-remaining", Integer.toString(Math.max(0, left)));
        exchange.getResponseHeaders().add("x-rate-limit-reset", Long.toString(resetAtSecond));
        if (left < 0) {
            answer(
                    exchange,
                    429,
                    "application/json",
                    "{\"errors\":[{\"code\":88,\"message\":\"Limit\"}]}".getBytes(UTF_8));
            return;
        }
        int from = Integer.parseInt(cursor);
        int to = Math.min(events.size(), from + pageMessages);
        var next = to < events.size() ? ",\"next_cursor\":\"" + to + "\"" : "";
        var body = "{\"events\":[" + String.join(",", events.subList(from, to)) + "]" + next + "}";
        answer(exchange, 200, "application/json", body.getBytes(UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
