package org.postbag.console.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;

/** Profiles are written as they are read, and the lines of people stay where they can. */
class ProfileTextTest {

    static Stream<Path> files() throws IOException {
        try (var files = Files.list(Path.of("profiles"))) {
            return files.toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsWrittenIsReadAsTheSame(Path file) throws IOException {
        var text = Files.readString(file);
        var read = WrittenProfile.of(text).orElseThrow();

        var written = ProfileText.write(read);

        assertThat(WrittenProfile.of(written)).contains(read);
        assertThat(Profiles.parse("x", "x", written)).isInstanceOf(Profile.class);
        assertThat(ProfileText.write(read, text)).isEqualTo(text);
        assertThat(ProfileText.write(read, written)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatDoesNotChangeStaysWithItsComments(Path file) throws IOException {
        var text = Files.readString(file);
        var read = WrittenProfile.of(text).orElseThrow();
        var columns = new LinkedHashMap<>(read.columns());
        var first = columns.keySet().iterator().next();
        columns.put(first, List.of("Another: name", "and one, more"));
        var changed = read.with(WrittenProfile.COLUMNS, columns).with(WrittenProfile.TIME_ZONE, "Europe/Dublin");

        var written = ProfileText.write(changed, text);

        assertThat(WrittenProfile.of(written)).contains(changed);
        var gone = text.lines().filter(line -> !written.contains(line)).toList();
        assertThat(gone).hasSize(2);
        assertThat(written.lines().filter(line -> line.strip().startsWith("#")))
                .containsExactlyElementsOf(text.lines()
                        .filter(line -> line.strip().startsWith("#"))
                        .toList());
    }

    @Test
    void settingsComeAndGoWithTheirComments() {
        var text = """
                # On top.
                timeZone: Europe/London
                # About dates.
                dates:
                  - dd/MM/yyyy HH:mm
                  # The other.
                  - d MMM yyyy
                columns:
                    when: [Day, Time]
                    # About names.
                    name: Name
                # The end.
                """;
        var read = WrittenProfile.of(text).orElseThrow();

        var written = ProfileText.write(
                read.with(WrittenProfile.DATES, List.of())
                        .with(WrittenProfile.COLUMNS, Map.of("when", List.of("Day", "Time"), "topic", List.of("Topic")))
                        .with(WrittenProfile.OPTIONAL, List.of("topic")),
                text);

        assertThat(written).isEqualTo("""
                # On top.
                timeZone: Europe/London
                columns:
                    when: [Day, Time]
                    topic: Topic
                # The end.
                optional: [topic]
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b",
                "#",
                "- x",
                "true",
                "007",
                "1.5",
                "null",
                "it's",
                "say \"so\"",
                "a, b",
                "[x]",
                "{x}",
                "&a",
                "*a",
                "=cmd|' /C calc'!A0",
                "back\\slash",
                "nul \u0000 byte",
                "\u202eturned",
                "tab\there",
                " blank ",
                "ŵyn",
                "😀",
                "two\nlines",
                "%x",
                "@x",
                "`x`",
                "!x",
                "?",
                "a #b",
                "\ufeffmark",
                "\u0085",
                "dd/MM/yyyy HH:mm",
                "x:",
                ":",
                ""
            })
    void anyHeadingIsWrittenSoThatItIsReadBack(String heading) {
        var profile = WrittenProfile.EMPTY
                .with(WrittenProfile.TIME_ZONE, "UTC")
                .with(WrittenProfile.COLUMNS, Map.of("when", List.of(heading), "name", List.of(heading, heading)))
                .with(WrittenProfile.WITHHELD, List.of(heading));

        assertThat(WrittenProfile.of(ProfileText.write(profile))).contains(profile);
    }

    @Test
    void whatCanNotBeChangedLineByLineIsWrittenAnew() {
        var text = "# Head\n{timeZone: UTC, columns: {when: W}}\n";
        var changed = WrittenProfile.of(text).orElseThrow().with(WrittenProfile.TIME_ZONE, "Europe/London");

        assertThat(ProfileText.write(changed, text))
                .isEqualTo("# Head\ntimeZone: Europe/London\ncolumns:\n  when: W\n");
    }
}
