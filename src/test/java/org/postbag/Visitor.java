package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postbag.staff.Role;
import org.postbag.staff.SampleStaff;

/** Someone who talks HTTP to the program under test, with cookies, following no redirects. */
public final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String BOUNDARY = "----a-boundary";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final String address;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final Map<String, String> headers = new HashMap<>();

    public Visitor(int port) {
        this.address = "http://localhost:" + port;
    }

    /** A visitor signed in as the sample person of a role. */
    public static Visitor signedIn(int port, Role role) {
        var visitor = new Visitor(port);
        var answer = visitor.signIn(SampleStaff.of(role).username(), SampleStaff.PASSWORD);
        assertThat(answer.statusCode()).as("sign-in as %s", role).isEqualTo(302);
        return visitor;
    }

    /** Sends this header with each request from now on. */
    public Visitor with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Visitor without(String name) {
        headers.remove(name);
        return this;
    }

    public HttpResponse<String> signIn(String username, String password) {
        return postForm("/sign-in", Map.of("username", username, "password", password, "_csrf", csrf("/sign-in")));
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Optional.empty());
    }

    /** Sends a form with just these fields. */
    public HttpResponse<String> postForm(String path, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send("POST", path, BodyPublishers.ofString(body), Optional.of("application/x-www-form-urlencoded"));
    }

    /** Sends a form with these fields and the token that stands in the form of a page. */
    public HttpResponse<String> postForm(String path, Map<String, String> fields, String page) {
        var all = new HashMap<>(fields);
        all.put("_csrf", csrf(page));
        return postForm(path, all);
    }

    /** Sends a form with one file, under {@code file}, and the token that stands in the form of a page. */
    public HttpResponse<String> postFile(String path, String fileName, byte[] content, String page) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, csrf(page))
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        .formatted(BOUNDARY, fileName)
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                path,
                BodyPublishers.ofByteArray(body.toByteArray()),
                Optional.of("multipart/form-data; boundary=" + BOUNDARY));
    }

    public HttpResponse<String> postJson(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json), Optional.of("application/json"));
    }

    public HttpResponse<String> send(String method, String path, BodyPublisher body, Optional<String> type) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(ANSWER_MAX)
                .method(method, body);
        headers.forEach(request::setHeader);
        type.ifPresent(value -> request.setHeader("Content-Type", value));
        try {
            return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The token against forgery in the first form of a page. */
    public String csrf(String page) {
        var matcher = CSRF.matcher(get(page).body());
        assertThat(matcher.find()).as("a form on %s", page).isTrue();
        return matcher.group(1);
    }

    /** The session's cookie, if there is a session. */
    public Optional<HttpCookie> session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("JSESSIONID"))
                .findFirst();
    }

    public void forgetCookies() {
        cookies.getCookieStore().removeAll();
    }

    /** Whether an answer sends to the sign-in page. */
    public static boolean asksToSignIn(HttpResponse<?> answer) {
        return List.of(302, 303).contains(answer.statusCode())
                && answer.headers().firstValue("Location").orElse("").contains("/sign-in");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
