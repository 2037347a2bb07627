package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteFormTest {

    private static final String TEXT = """
            # The mailbox that the public writes to.
            - templatedRoute:
                routeTemplateRef: email # by IMAP
                routeId: enquiries-mailbox
                parameters:
                  - name: host
                    value: "{{postbag.mail.host}}"  # set by the operator
                  # what is read
                  - name: folder
                    value: '\\Junk'
                  - name: port
                    value: 993
            """;

    private static RouteForm form(Map<String, String> changes, String... without) {
        var values = new LinkedHashMap<>(RouteForm.read(TEXT).orElseThrow().values());
        values.putAll(changes);
        for (var name : without) {
            values.remove(name);
        }
        return new RouteForm("email", "enquiries-mailbox", values);
    }

    @Test
    void itIsReadAsWritten() {
        assertThat(RouteForm.read(TEXT)).hasValueSatisfying(form -> {
            assertThat(form.connector()).isEqualTo("email");
            assertThat(form.id()).isEqualTo("enquiries-mailbox");
            assertThat(form.values())
                    .containsExactly(
                            Map.entry("host", "{{postbag.mail.host}}"),
                            Map.entry("folder", "\\Junk"),
                            Map.entry("port", "993"));
        });
    }

    @Test
    void nothingChangedLeavesEveryCharacter() {
        assertThat(form(Map.of()).writeInto(TEXT)).isEqualTo(TEXT);
    }

    @Test
    void aValueIsWrittenOverAndTheRestStays() {
        var written = form(Map.of("folder", "In \"quotes\"\\", "host", "imap.example.org"))
                .writeInto(TEXT);

        assertThat(written)
                .contains("# by IMAP", "value: \"imap.example.org\"  # set by the operator", "# what is read");
        assertThat(RouteForm.read(written).orElseThrow().values()).containsEntry("folder", "In \"quotes\"\\");
    }

    @Test
    void valuesComeAndGo() {
        var written = form(Map.of("movedTo", "Done"), "folder").writeInto(TEXT);

        assertThat(RouteForm.read(written).orElseThrow().values())
                .containsExactly(
                        Map.entry("host", "{{postbag.mail.host}}"),
                        Map.entry("port", "993"),
                        Map.entry("movedTo", "Done"));
        assertThat(written).contains("# by IMAP").doesNotContain("Junk");
    }

    @Test
    void aNewOneCanBeReadAgain() {
        var form = new RouteForm("email", "second", Map.of("username", "a: b # c"));

        assertThat(RouteForm.read(form.write("Two\nlines"))).contains(form);
    }

    @Test
    void whatHasNoConnectorHasNoForm() {
        assertThat(RouteForm.read("- route:\n    id: x\n    from: {uri: 'timer:x', steps: []}\n"))
                .isEmpty();
        assertThat(RouteForm.read("[")).isEmpty();
    }
}
