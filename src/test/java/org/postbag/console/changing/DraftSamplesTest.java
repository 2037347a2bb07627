package org.postbag.console.changing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.console.changing.Finding.Stage;
import org.postbag.console.changing.Version.State;
import org.postbag.console.reaching.Samples;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An editor uploads items of their own for a draft, and sees which enquiries they would make. */
@ApplicationTest
class DraftSamplesTest {

    private static final String KIND = RouteChanges.KIND;
    private static final byte[] MAIL =
            "From: Ann Other <ann@public.example>\r\nSubject: A postal vote\r\nDate: Tue, 3 Mar 2026 16:05:00 +0000\r\n\r\nMay I?"
                    .getBytes(UTF_8);

    @LocalServerPort
    private int port;

    @Autowired
    private Versions versions;

    @Autowired
    private Decisions decisions;

    @Autowired
    private Samples samples;

    @Autowired
    private JdbcClient jdbc;

    @Value("${postbag.data}")
    private Path data;

    private final String name = "sampled-" + UUID.randomUUID().toString().substring(0, 8);
    private Visitor editor;

    @BeforeEach
    void signIn() {
        editor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
    }

    @AfterEach
    void withdraw() throws IOException {
        versions.latest(KIND, name).ifPresent(one -> decisions.withdraw(KIND, name, one.number(), "staff:esme"));
        for (var sample : samples.of(name)) {
            samples.delete(sample.id());
        }
    }

    private int draft(String text) {
        int base = versions.latest(KIND, name).map(Version::number).orElse(0);
        var saved = versions.draft(KIND, name, text, base, "staff:esme", "To try samples");
        int number = ((Drafted.Saved) saved).version().number();
        decisions.check(KIND, name, number, "staff:esme");
        return number;
    }

    private String mailbox() {
        return """
                - templatedRoute:
                    routeTemplateRef: email
                    routeId: %s
                    parameters:
                      - name: host
                        value: "127.0.0.1"
                      - name: username
                        value: "press"
                      - name: password
                        value: "{{secret:%s}}"
                """.formatted(name, name);
    }

    private String page(int number) {
        return Versions.page(KIND, name, number);
    }

    private HttpResponse<String> upload(int number, String fileName, byte[] content) {
        return editor.postFile(page(number) + "/samples", fileName, content, page(number));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    private List<Path> kept() throws IOException {
        var folder = data.resolve("exports/samples");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(one -> one.getFileName().toString().startsWith(name + "."))
                    .toList();
        }
    }

    @Test
    void aMailIsTriedKeptSealedAndDeleted() throws IOException {
        int number = draft(mailbox());
        assertThat(versions.byNumber(KIND, name, number).orElseThrow().state()).isEqualTo(State.CHECKED);
        long receipts = receipts();

        var to = location(upload(number, "Ann Other.eml", MAIL));

        var page = editor.get(to);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "Uploaded sample 1", "It would be filed as inbound: Email", "a subject, a sender, a time, text")
                .doesNotContain("Ann Other", "ann@public.example", "A postal vote");
        assertThat(kept())
                .singleElement()
                .satisfies(file -> assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .doesNotContain("Ann Other", "postal vote"));
        assertThat(receipts()).isEqualTo(receipts);
        assertThat(editor.get(page(number)).body())
                .contains("Uploaded sample 1", "uploaded a sample")
                .doesNotContain("Ann Other");

        assertThat(editor.postForm(to + "/delete", Map.of(), to).statusCode()).isEqualTo(302);

        assertThat(kept()).isEmpty();
        assertThat(editor.get(to).statusCode()).isEqualTo(404);
        assertThat(editor.get(page(number)).body()).contains("deleted a sample");
    }

    @Test
    void aCheckTriesUploadedSamplesInPlaceOfMadeUpOnes() {
        int number = draft("""
                - templatedRoute:
                    routeTemplateRef: telephone
                    routeId: %s
                    parameters:
                      - name: folder
                        value: "{{postbag.data}}/in/%s"
                      - name: profile
                        value: "contact-centre"
                """.formatted(name, name));
        assertThat(words(number)).isNotEmpty().noneMatch(one -> one.contains("Uploaded"));

        location(upload(number, "no export.csv", "Who,What\r\nAnn Other,Postal votes\r\n".getBytes(UTF_8)));
        decisions.check(KIND, name, number, "staff:esme");

        assertThat(words(number))
                .isNotEmpty()
                .allMatch(one -> one.startsWith("Uploaded sample 1"))
                .noneMatch(one -> one.contains("no export"));
        assertThat(versions.byNumber(KIND, name, number).orElseThrow().state())
                .as("samples stop nothing")
                .isEqualTo(State.CHECKED);
    }

    private List<String> words(int number) {
        return decisions.findings(versions.byNumber(KIND, name, number).orElseThrow()).stream()
                .filter(one -> one.stage() == Stage.SAMPLES)
                .map(Finding::message)
                .toList();
    }

    @Test
    void aDraftThatWasRefusedTriesNone() {
        int number = draft(mailbox().replace("\"press\"", "\"{{env:HOME}}\""));

        var page = editor.get(location(upload(number, "a.eml", MAIL)));

        assertThat(page.body()).contains("It was not tried").doesNotContain("It would be filed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd",
                "..\\\\..\\\\boot.ini",
                "<script>alert(1)</script>.eml",
                "con",
                ".hidden",
                "%00.eml",
                "a very long name of a file",
                "\u202Elme.exe"
            })
    void hostileNamesAreNames(String fileName) throws IOException {
        int number = draft(mailbox());

        var page = editor.get(location(upload(number, fileName, MAIL)));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("It would be filed").doesNotContain("alert(1)", "passwd");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void whatIsNoSampleIsToldAndNotKept() throws IOException {
        int number = draft(mailbox());
        var none = upload(number, "", new byte[0]);
        var empty = upload(number, "empty.eml", new byte[0]);
        var large = upload(number, "large.eml", new byte[Samples.SAMPLE_BYTES_MAX + 1]);
        var cut = editor.send(
                "POST",
                page(number) + "/samples",
                BodyPublishers.ofString(
                        "------a-boundary\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
                                + editor.csrf(page(number))
                                + "\r\n------a-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.eml\"\r\n\r\nFrom"),
                Optional.of("multipart/form-data; boundary=----a-boundary"));

        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(none.body()).contains("There is a problem", "Choose a file");
        assertThat(empty.body()).contains("The file is empty");
        assertThat(large.body()).contains("larger than 20 MB");
        assertThat(cut.statusCode()).isEqualTo(422);
        assertThat(cut.body()).contains("did not come whole");
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatCanNotBeReadIsSaid() {
        int number = draft(mailbox());

        assertThat(editor.get(location(upload(number, "a.eml", "\0\1\2".getBytes(UTF_8))))
                        .body())
                .contains("Uploaded sample 1");
        for (int more = 0; more < 4; more++) {
            location(upload(number, "a.eml", MAIL));
        }
        var sixth = upload(number, "a.eml", MAIL);
        assertThat(sixth.statusCode()).isEqualTo(422);
        assertThat(sixth.body()).contains("There are 5 samples already");
    }

    @Test
    void aScriptTriesOneThatIsNotKept() throws IOException {
        int number = draft(mailbox());
        var token = Files.readString(data.resolve("api-token")).strip();
        var script = new Visitor(port).with("Authorization", "Bearer " + token).with("Accept", "application/json");
        var path = "/api/changes/route/" + name + "/" + number + "/samples";
        var content = java.util.Base64.getEncoder().encodeToString(MAIL);

        var answer = script.postJson(path, "{\"fileName\": \"a.eml\", \"content\": \"" + content + "\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"would\":\"enquiry\"", "The sample")
                .doesNotContain("a.eml");
        assertThat(kept()).isEmpty();
        assertThat(script.postJson(path, "{}").statusCode()).isEqualTo(422);
        assertThat(script.postJson(path, "{\"content\": \"?\"}").statusCode()).isEqualTo(400);
        assertThat(script.postJson(path.replace("/" + number + "/", "/99/"), "{\"content\": \"eA==\"}")
                        .statusCode())
                .isEqualTo(404);
        decisions.withdraw(KIND, name, number, "staff:esme");
        assertThat(script.postJson(path, "{\"content\": \"eA==\"}").statusCode())
                .isEqualTo(409);
    }

    @Test
    void onlyEditorsUpload() throws IOException {
        int number = draft(mailbox());
        var to = location(upload(number, "a.eml", MAIL));
        var viewer = Visitor.signedIn(port, Role.ROUTE_VIEWER);

        assertThat(viewer.get(page(number)).body()).doesNotContain("Samples of your own");
        assertThat(viewer.get(to).statusCode()).isEqualTo(403);
        assertThat(viewer.postFile(page(number) + "/samples", "a.eml", MAIL, page(number))
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.postForm(to + "/delete", Map.of(), page(number)).statusCode())
                .isEqualTo(403);
        var forged = editor.send(
                "POST",
                page(number) + "/samples",
                BodyPublishers.ofString(
                        "------a-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.eml\"\r\n\r\nx\r\n------a-boundary--\r\n"),
                Optional.of("multipart/form-data; boundary=----a-boundary"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(editor.get(page(number) + "/samples/" + "0".repeat(32)).statusCode())
                .isEqualTo(404);
        assertThat(editor.get(to.replace("/" + number + "/", "/99/")).statusCode())
                .isEqualTo(404);
        decisions.withdraw(KIND, name, number, "staff:esme");
        assertThat(location(upload(number, "a.eml", MAIL))).endsWith(page(number));
        assertThat(kept()).hasSize(1);
    }

    private long receipts() {
        return jdbc.sql("select count(*) from receipt where route = ?")
                .param(name)
                .query(Long.class)
                .single();
    }
}
