package org.postbag.console.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Visitor;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Profiles and topics as pages: who may do what, samples that are uploaded, and what is in force at once. */
@BrowserTest
class ProfilePagesTest {

    private static final String BOUNDARY = "----a-boundary";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Profiles profiles;

    @Autowired
    private FormTopics topics;

    @Value("${postbag.data}")
    private Path data;

    private Visitor editor;

    @BeforeEach
    void signIn() {
        editor = Visitor.signedIn(port, Role.ROUTE_EDITOR);
        await().until(() -> jdbc.sql("select count(*) from version where kind in ('profile', 'questions')")
                        .query(Long.class)
                        .single()
                >= 10);
    }

    /** The program is shared with other tests. */
    @AfterEach
    void everythingIsAsItWas() {
        jdbc.sql("update version set state = 'superseded' where kind in ('profile', 'questions') and number > 1")
                .update();
        jdbc.sql(
                        "update version set state = 'in-force' where kind in ('profile', 'questions') and number = 1 and origin = 'file'")
                .update();
        topics.refresh();
    }

    /** As the second person does. */
    private void approve(String kind, String name) {
        jdbc.sql("update version set state = 'superseded' where kind = ? and name = ? and state = 'in-force'")
                .params(kind, name)
                .update();
        int approved = jdbc.sql(
                        "update version set state = 'in-force', approver = 'staff:alan', decided_at = now() where kind = ? and name = ? and state = 'draft'")
                .params(kind, name)
                .update();
        assertThat(approved).isOne();
    }

    private static Document page(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private HttpResponse<String> upload(Map<String, String> fields, String fileName, byte[] content) {
        var body = new ByteArrayOutputStream();
        var all = new HashMap<>(fields);
        all.put("_csrf", editor.csrf("/routes/profiles/new"));
        all.forEach((name, value) -> body.writeBytes(
                ("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, name, value))
                        .getBytes(UTF_8)));
        body.writeBytes(
                ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n"
                                .formatted(BOUNDARY, fileName))
                        .getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return editor.send(
                "POST",
                "/routes/profiles/samples",
                BodyPublishers.ofByteArray(body.toByteArray()),
                Optional.of("multipart/form-data; boundary=" + BOUNDARY));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    /** What a browser would send of the page's form. */
    private static Map<String, String> form(Document page) {
        var fields = new HashMap<String, String>();
        var form = page.expectFirst("form:has(input[name=mapped]), form:has(textarea[name=text])");
        form.select("input[name]:not([type=checkbox]):not([type=radio]), input[checked], textarea")
                .forEach(one -> fields.put(
                        one.attr("name"), one.normalName().equals("textarea") ? one.wholeText() : one.val()));
        form.select("select")
                .forEach(one -> fields.put(
                        one.attr("name"), one.select("option[selected]").val()));
        return fields;
    }

    @Test
    void profilesAreListedWithTheirRoutesAndWhatTheirColumnsMean() {
        var list = page(editor.get("/routes/profiles"));

        assertThat(list.select("tbody tr").eachText())
                .anyMatch(row -> row.startsWith("contact-centre Telephone contact-centre-calls Version 1"))
                .anyMatch(row -> row.startsWith("queue-report Telephone no route"));
        var one = page(editor.get("/routes/profiles/contact-centre"));
        assertThat(one.select("tbody tr").eachText())
                .contains(
                        "Date and time Call date and Call time the file is held",
                        "Postcode Postcode the file is taken");
        assertThat(one.text()).contains("Outcome: answered Answered, Resolved, Passed on");
        assertThat(editor.get("/routes/profiles/nowhere").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ROUTE_VIEWER", "ROUTE_OPERATOR"})
    void whoMayNotChangeHasNoButtonAndIsRefused(Role role) {
        var visitor = Visitor.signedIn(port, role);

        assertThat(page(visitor.get("/routes/profiles")).text()).doesNotContain("New profile");
        assertThat(page(visitor.get("/routes/profiles/contact-centre")).text()).doesNotContain("Change by a sample");
        assertThat(page(visitor.get("/routes/questions")).select("a[href$=/change]"))
                .isEmpty();
        for (var path : java.util.List.of(
                "/routes/profiles/contact-centre/yaml",
                "/routes/questions/yaml",
                "/routes/questions/change",
                "/routes/profiles/samples")) {
            assertThat(visitor.postForm(path, Map.of("text", "x"), "/routes/profiles")
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(Visitor.signedIn(port, Role.OFFICER).get("/routes/profiles").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aSampleIsMappedByChoosingAndBecomesAProfileThatHoldsAtOnce() throws IOException {
        var name = "line-" + UUID.randomUUID().toString().substring(0, 8);
        var sample =
                "Ref;Day;Clock;Phone;Who;Result\nA1;3.3.2026;09.15;01792 496000;Ann Example;Missed\nA2;4.3.2026;10.05;withheld;Bob;Resolved\nA3;soon;10.05;withheld;Bob;Resolved\n";

        var map = location(upload(
                Map.of("name", name, "fresh", "yes", "channel", "telephone"), "calls.csv", sample.getBytes(UTF_8)));

        var shown = page(editor.get(map));
        // An editor doesn't see what people said.
        assertThat(shown.text()).contains("Map columns: " + name, "Aaa Aaaaaaa").doesNotContain("Ann Example");
        assertThat(Files.list(data.resolve("exports/samples")).map(file -> {
                    try {
                        return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                    } catch (IOException gone) {
                        return "";
                    }
                }))
                .isNotEmpty()
                .noneMatch(text -> text.contains("Ann Example"));
        assertThat(data.resolve("exports/looks")).isEmptyDirectory();
        var fields = form(shown);
        assertThat(fields)
                .containsEntry("f0", "callId")
                .containsEntry("f1", "when")
                .containsEntry("f5", "outcome");
        fields.put("f1", "when");
        fields.put("f2", "when");
        fields.put("f3", "number");
        fields.put("f4", "name");
        fields.put("s-dates", "");
        var path = map.replaceFirst("\\?.*", "");
        var again = page(editor.postForm(path, fields, map));
        assertThat(again.text()).contains("3 rows", "The times in this file");
        fields = form(again);
        fields.put("s-dates", "d.M.yyyy HH.mm");
        var right = page(editor.postForm(path, fields, map));
        assertThat(right.text())
                .contains("3 rows: 2 would be filed, 1 would not.", "The time of the call is not written in a way");

        fields = form(right);
        fields.put("save", "yes");
        var unsaid = editor.postForm(path, fields, map);
        assertThat(unsaid.statusCode()).isEqualTo(422);
        assertThat(unsaid.body()).contains("Enter why you change it");
        fields.put("reason", "A new line");
        assertThat(location(editor.postForm(path, fields, map))).isEqualTo("/routes/changes/profile/" + name + "/1");

        assertThat(profiles.refresh(name)).isNotInstanceOf(Profile.class);
        approve("profile", name);
        assertThat(profiles.refresh(name)).isInstanceOf(Profile.class);
        assertThat(page(editor.get("/routes/profiles/" + name)).text()).contains("approved by Alan Whitlock");
        assertThat(location(editor.postForm(path + "/delete", Map.of(), map))).isEqualTo("/routes/profiles");
        assertThat(editor.get(map).statusCode()).isEqualTo(404);
        jdbc.sql("update version set state = 'retired' where kind = 'profile' and name = ?")
                .param(name)
                .update();
    }

    @Test
    void whatIsWrongWithAnUploadIsSaidAndNothingTypedIsLost() {
        var taken = upload(
                Map.of("name", "contact-centre", "fresh", "yes", "channel", "telephone"),
                "a.csv",
                "a,b\n".getBytes(UTF_8));
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("There is a profile of this name already", "value=\"contact-centre\"");
        var empty = upload(Map.of("name", "../x", "fresh", "yes"), "a.csv", new byte[0]);
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("Enter a name of small letters", "The file is empty");
        assertThat(upload(Map.of("name", "huge", "fresh", "yes"), "a.csv", new byte[50 * 1024 * 1024])
                        .body())
                .contains("larger than 20 MB");
        var binary = location(upload(Map.of("name", "contact-centre"), "a\0b.xlsx", "PK\3\4 broken".getBytes(UTF_8)));
        assertThat(page(editor.get(binary)).text()).contains("can’t be looked into", "The spreadsheet is broken");
        assertThat(editor.postForm("/routes/profiles/samples", Map.of("name", "contact-centre"), "/routes/profiles/new")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void twoWhoChangeAProfileAtOnceAreToldOfEachOther() {
        var yaml = "/routes/profiles/bilingual-line/yaml";
        var mine = form(page(editor.get(yaml)));
        var text = String.valueOf(mine.get("text"));
        mine.put("text", text + "# mine\n");
        mine.put("reason", "Mine");
        mine.put("save", "yes");
        var approver = Visitor.signedIn(port, Role.ROUTE_APPROVER);
        var theirs = new HashMap<>(mine);
        theirs.put("text", text + "# theirs\n");
        assertThat(location(approver.postForm(yaml, theirs, yaml))).contains("/routes/changes/profile/bilingual-line/");

        var refused = editor.postForm(yaml, mine, yaml);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("# mine", "# theirs", "was saved meanwhile");
        var again = form(Jsoup.parse(refused.body()));
        again.put("save", "yes");
        assertThat(location(editor.postForm(yaml, again, yaml))).contains("/routes/changes/profile/bilingual-line/");
    }

    @Test
    void theTextIsCheckedWithTheLine() {
        var yaml = "/routes/profiles/queue-report/yaml";
        var fields = form(page(editor.get(yaml)));
        fields.put("text", "timeZone: UTC\ncolumns:\n  wen: W\n");

        assertThat(page(editor.postForm(yaml, fields, yaml)).text())
                .contains("Wrong, line 3: columns.wen is not a field");

        fields.put("text", "timeZone: UTC\ncolumns:\n  when: Start (UTC)\n");
        assertThat(page(editor.postForm(yaml, fields, yaml)).text()).contains("No longer read:", "Telephone number");
        fields.put("text", "a\0b");
        assertThat(editor.postForm(yaml, fields, yaml).statusCode()).isIn(400, 422);
    }

    @Test
    void questionsAreChangedStepByStepAndAskedAtOnceWhileOpenFormsAreTaken() {
        var change = "/routes/questions/change";
        var fields = form(page(editor.get(change)));
        var open = Jsoup.parse(new Visitor(port).get("/contact").body())
                .select("input[name=asked]")
                .val();

        fields.put("do", "topic");
        fields = form(page(editor.postForm(change, fields, change)));
        fields.putAll(Map.of("name", "Observing", "welshName", "Arsylwi", "do", "question:-"));
        fields = form(page(editor.postForm(change, fields, change)));
        fields.putAll(
                Map.of("question", "At which count?", "kind", "CHOICE", "options", "North", "do", "question-save:6"));
        fields.put("welshQuestion", "Ym mha gyfrif?");
        var half = editor.postForm(change, fields, change);
        assertThat(half.statusCode()).isEqualTo(422);
        assertThat(half.body()).contains("as many welsh-options as options", "At which count?");
        fields = form(Jsoup.parse(half.body()));
        fields.putAll(Map.of("kind", "CHOICE", "welshOptions", "Gogledd", "do", "question-save:6"));
        fields = form(page(editor.postForm(change, fields, change)));
        fields.put("do", "topic-save:6");
        fields = form(page(editor.postForm(change, fields, change)));
        fields.put("do", "topic-up:6");
        fields = form(page(editor.postForm(change, fields, change)));
        fields.put("do", "topic-remove:0");
        fields = form(page(editor.postForm(change, fields, change)));
        var preview = new HashMap<>(fields);
        preview.putAll(Map.of("do", "cy", "lang", "cy"));
        assertThat(page(editor.postForm(change, preview, change)).text())
                .contains("Arsylwi", "Ym mha gyfrif?", "Gogledd", "(dewisol)");
        fields.putAll(Map.of("do", "save", "reason", "Observers asked"));
        assertThat(location(editor.postForm(change, fields, change))).contains("/routes/changes/questions/contact/");
        assertThat(new Visitor(port).get("/contact").body()).doesNotContain("At which count?");

        approve("questions", "contact");

        await().untilAsserted(() -> assertThat(new Visitor(port).get("/contact").body())
                .contains("At which count?")
                .doesNotContain("Registering to vote"));
        assertThat(new Visitor(port).get("/contact?lang=cy").body()).contains("Ym mha gyfrif?");
        assertThat(topics.shown(open).names()).contains("Registering to vote");
    }
}
