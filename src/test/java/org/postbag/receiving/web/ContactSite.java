package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A visitor of the public pages who sends exactly the bytes that a test wants sent. */
public final class ContactSite {

    private static final String BOUNDARY = "----a-boundary-of-the-tests";

    private final URI address;
    private final Map<String, String> headers = new HashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    public ContactSite(int port) {
        this.address = URI.create("http://localhost:" + port);
    }

    /** Sends this header with each request from now on. */
    ContactSite with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public record Answer(int status, Document page, HttpResponse<String> raw) {

        public String error(String field) {
            return page.select("#" + field + "-error span:not(.govuk-visually-hidden)")
                    .text();
        }

        List<String> keptFiles() {
            return page.select(".pb-files bdi").eachText();
        }

        public String value(String field) {
            var element = page.selectFirst("[name=" + field + "]");
            if (element == null) {
                return "";
            }
            return switch (element.normalName()) {
                case "textarea" -> element.wholeText();
                case "select" -> element.select("option[selected]").val();
                default -> element.val();
            };
        }
    }

    public record Part(String name, String fileName, String type, byte[] content) {}

    /** What a browser would send of a page: its hidden fields, then what was typed. */
    public static final class Filled {

        final Map<String, String> fields = new LinkedHashMap<>();
        final List<Part> files = new ArrayList<>();

        public Filled type(String field, String value) {
            fields.put(field, value);
            return this;
        }

        Filled file(String name, byte[] content) {
            files.add(new Part("files", name, "application/pdf", content));
            return this;
        }
    }

    Answer get(String path) throws Exception {
        return answer(client.send(request(path).GET().build(), BodyHandlers.ofString()));
    }

    /** The form as it stands on a page, to be filled in further. */
    public static Filled of(Document page) {
        var filled = new Filled();
        page.select("form input[type=hidden]").forEach(input -> filled.type(input.attr("name"), input.val()));
        for (var field : List.of("topic", "message", "email", "telephone", "name", "postcode")) {
            var element = page.getElementById(field);
            if (element != null) {
                var value = element.normalName().equals("textarea") ? element.wholeText() : element.val();
                filled.type(field, value);
            }
        }
        return filled;
    }

    public Filled blank() throws Exception {
        return of(get("/contact").page());
    }

    public Answer send(Filled filled) throws Exception {
        return sendBytes(multipart(filled), "multipart/form-data; boundary=" + BOUNDARY);
    }

    public Answer sendBytes(byte[] body, String type) throws Exception {
        return answer(client.send(
                request("/contact")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString()));
    }

    public HttpResponse<String> api(String type, byte[] body) throws Exception {
        return client.send(
                request("/api/contact-form")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> api(String json) throws Exception {
        return api("application/json", json.getBytes(UTF_8));
    }

    public static byte[] multipart(Filled filled) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var field : filled.fields.entrySet()) {
            write(
                    bytes,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n");
            write(bytes, field.getValue() + "\r\n");
        }
        for (var file : filled.files) {
            write(
                    bytes,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + file.name() + "\"; filename=\""
                            + file.fileName() + "\"\r\nContent-Type: " + file.type() + "\r\n\r\n");
            bytes.write(file.content());
            write(bytes, "\r\n");
        }
        write(bytes, "--" + BOUNDARY + "--\r\n");
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address.resolve(path)).header("Accept", "text/html,application/json");
        headers.forEach(request::header);
        return request;
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), Jsoup.parse(response.body()), response);
    }
}
