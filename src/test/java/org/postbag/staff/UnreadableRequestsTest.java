package org.postbag.staff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.ApplicationTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that the server refuses by itself, since they are no HTTP, are answered in our words. */
@ApplicationTest
class UnreadableRequestsTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /api/enquiries/%zz   | Host: localhost                         | application/problem+json",
                "GET /api/enquiries/%00   | Host: localhost                         | application/problem+json",
                "POST /api/contact-form   | Host: localhost\\r\\nContent-Length: -5 | application/problem+json",
                "GET /contact/%zz         | Host: localhost                         | text/html",
                "GET /contact?x=<script>  | Host: localhost                         | text/html",
            })
    void whatIsNoHttpIsRefusedInWords(String target, String headers, String type) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            var request =
                    target + " HTTP/1.1\r\n" + headers.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));

            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("Content-Type: " + type, "Nothing was changed")
                    .doesNotContain("HTTP Status", "Tomcat", "<script>");
        }
    }
}
