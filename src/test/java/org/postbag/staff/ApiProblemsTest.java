package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Whatever goes wrong under {@code /api} is answered as a problem (RFC 9457) that says what to do, and tells nothing of the program's inside. */
@ApplicationTest
class ApiProblemsTest {

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /api/nothing-here         | application/json         | */*              | 404",
                "GET    | /api/                     | application/json         | */*              | 404",
                "DELETE | /api/contact-form         | application/json         | */*              | 405",
                "PUT    | /api/enquiries/search     | application/json         | */*              | 405",
                "POST   | /api/contact-form         | text/plain               | */*              | 415",
                "POST   | /api/contact-form         | application/json;charset=none-such | */*    | 415",
                "POST   | /api/enquiries/search     | application/xml          | text/html        | 415",
                "GET    | /api/routes               | application/json         | application/pdf  | 406",
                "POST   | /api/routes/public-form/stop | application/json    | application/pdf  | 406",
                "POST   | /api/contact-form         | application/json         | application/pdf  | 406",
                "POST   | /api/contact-form         | application/json         | no type at all   | 422",
                "GET    | /api/contacts/0           | application/json         | no type at all   | 404",
                "GET    | /api//routes              | application/json         | */*              | 400",
                "GET    | /api/contacts/%3Cscript%3E | application/json        | text/html        | 400",
            })
    void aCallThatIsWrongIsAProblem(String method, String path, String type, String accept, int status)
            throws IOException {
        var answer = new Visitor(port)
                .with(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("api-token")).strip())
                .with("Accept", accept)
                .send(
                        method,
                        path,
                        method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"),
                        Optional.of(type));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").stringValue()).isNotBlank();
        assertThat(problem.path("detail").stringValue()).isNotBlank();
        assertThat(problem.path("instance").stringValue()).startsWith("/api/");
        assertThat(answer.body()).doesNotContain("Exception", "org.spring", "\\tat ");
    }
}
