package org.postbag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-03T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Clock clock = NOON;

    private ExitStatus run(String... arguments) {
        return CommandLine.run(List.of(new Normalise(clock)), new Terminal(out, err), arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "--spring.profiles.active=try, false",
        "--server.port=8081, false",
        "--debug, false",
        "normalise, true",
        "--help, true",
        "help, true",
        "--nonsense, true",
        "wibble, true"
    })
    void aWordAsksForACommandAndSettingsAloneServe(String argument, boolean command) {
        var arguments = argument.isEmpty() ? new String[0] : new String[] {argument};

        assertThat(CommandLine.asksForCommand(arguments)).isEqualTo(command);
    }

    @Test
    void aSettingBeforeTheWordDoesNotHideIt() {
        assertThat(run("--postbag.data=elsewhere", "help")).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void helpListsTheCommands() {
        assertThat(run("--help")).isEqualTo(ExitStatus.DONE);
        assertThat(printed()).contains("normalise").contains("Usage");
    }

    @ParameterizedTest
    @CsvSource({"help normalise", "normalise --help"})
    void helpOnACommandSaysAllAboutIt(String typed) {
        assertThat(run(typed.split(" "))).isEqualTo(ExitStatus.DONE);
        assertThat(printed())
                .contains("--channel CHANNEL [--profile PROFILE] FILE-OR-FOLDER...")
                .contains("web-form");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normalize|Did you mean \"normalise\"?",
                "xyzzy|no command \"xyzzy\"",
                "--channel email|unknown option",
                "normalise x|needs --channel",
                "normalise --channel|needs a value",
                "normalise --channel pigeon x|no channel \"pigeon\"",
                "normalise --channel email|at least one file",
                "normalise --channel email /no/such/file|no file or folder",
                "normalise --channel email --fast|no option \"--fast\"",
                "normalise --channel telephone --profile|needs a value",
                "normalise --channel telephone --profile none-such pom.xml|There is no profile profiles/none-such.yaml",
                "normalise --channel telephone --postbag.profiles=src pom.xml|\"src\" holds no profile of the channel telephone",
                "normalise --channel telephone --postbag.profiles=/none pom.xml|name it by --postbag.profiles=FOLDER",
                "help pigeon|no command"
            })
    void wrongInputIsAnsweredWithOneLineAndStatus2(String typed, String answer) {
        assertThat(run(typed.split(" "))).isEqualTo(ExitStatus.WRONG_INPUT);
        assertThat(told()).contains(answer).hasLineCount(1);
        assertThat(printed()).isEmpty();
    }

    @Test
    void foldersAreReadInOrderOfNameAndEachFileHasALine() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/2.eml"), "Subject: two\n\ntwo\n");
        Files.writeString(folder.resolve("a.eml"), "Subject: one\n\none\n");
        Files.writeString(folder.resolve("c.eml"), "");

        assertThat(run("normalise", "--channel", "email", folder.toString())).isEqualTo(ExitStatus.DONE);

        var lines = printed().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("{\"file\":\"" + folder + "/a.eml\"");
        assertThat(lines.get(1)).startsWith("{\"file\":\"" + folder + "/b/2.eml\"");
        assertThat(lines.get(2)).contains("\"outcome\":\"quarantine\",\"reason\":");
    }

    @Test
    void whatFilesSayIsPrintedOfEachKindThatIsRead() throws IOException {
        var docx = new java.io.ByteArrayOutputStream();
        try (var document = new org.apache.poi.xwpf.usermodel.XWPFDocument()) {
            document.createParagraph().createRun().setText("The imprint must name the promoter");
            document.write(docx);
        }
        var mail =
                new StringBuilder("Subject: files\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n");
        Map.of(
                        "a.docx",
                        docx.toByteArray(),
                        "b.txt",
                        "caf\u00e9".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                        "c.mp3",
                        new byte[] {1, 2, 3})
                .forEach((name, content) -> mail.append("--x\nContent-Type: application/octet-stream\n")
                        .append("Content-Disposition: attachment; filename=\"" + name
                                + "\"\nContent-Transfer-Encoding: base64\n\n")
                        .append(java.util.Base64.getMimeEncoder().encodeToString(content))
                        .append('\n'));
        Files.writeString(folder.resolve("files.eml"), mail + "--x--\n");

        run("normalise", "--channel", "email", folder.toString());

        assertThat(printed())
                .containsPattern("\"name\":\"a.docx\"[^}]*\"text\":\"The imprint must name the promoter\"")
                .containsPattern("\"name\":\"b.txt\"[^}]*\"text\":\"caf\u00e9\"")
                .doesNotContainPattern("\"name\":\"c.mp3\"[^}]*\"text\"");
    }

    @Test
    void eachRowOfAnExportHasALineAndAFileThatDoesNotFitHasOneThatSaysWhy() throws IOException {
        Files.writeString(folder.resolve("a.csv"), """
                Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome
                C-1,03/03/2026,09:15:20,0292 018 0899,Ann,Registration,Hello,Answered
                C-2,31/02/2026,09:16:20,0292 018 0899,Bob,Registration,Hello,Answered
                """);
        Files.writeString(folder.resolve("b.csv"), "Call ID,Call date,Call time\nC-1,03/03/2026,09:15\n");
        Files.setLastModifiedTime(
                folder.resolve("a.csv"), FileTime.from(NOON.instant().plus(Duration.ofDays(1))));

        assertThat(run("normalise", "--channel", "telephone", folder.toString()))
                .isEqualTo(ExitStatus.DONE);

        var lines = printed().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .contains("/a.csv\",\"row\":1,\"outcome\":\"message\"")
                .contains("\"name\":\"Ann\"");
        assertThat(lines.get(1)).contains("\"row\":2,\"outcome\":\"quarantine\",\"reason\":\"date-unreadable: ");
        assertThat(lines.get(2))
                .contains("/b.csv\",\"outcome\":\"quarantine\",\"reason\":\"held: ")
                .contains("Outcome");
    }

    @Test
    void whatSomeProgramsTakeForTheEndOfALineIsEscaped() throws IOException {
        Files.writeString(
                folder.resolve("a.eml"), "Content-Type: text/plain; charset=utf-8\n\none\u2028two\u0085three\n");

        run("normalise", "--channel", "email", folder.toString());

        assertThat(printed()).contains("one\\u2028two").doesNotContain("\u2028").doesNotContain("\u0085");
    }

    @Test
    void longWorkTellsHowFarItIs() throws IOException {
        for (int i = 0; i < 10; i++) {
            Files.writeString(folder.resolve(i + ".eml"), "Subject: one\n\none\n");
        }
        var now = new AtomicReference<>(NOON.instant());
        clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.updateAndGet(time -> time.plusSeconds(1));
            }
        };

        run("normalise", "--channel", "email", folder.toString());

        assertThat(told().lines())
                .containsExactly(
                        "3 items; 3 of 10 files read", "6 items; 6 of 10 files read", "9 items; 9 of 10 files read");
        assertThat(printed()).hasLineCount(10);
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, DONE, ''", "No space left on device, FAILED, is the disk full?"})
    void anOutputThatEndsEndsTheCommand(String fault, ExitStatus expected, String answer) throws IOException {
        Files.writeString(folder.resolve("a.eml"), "Subject: one\n\none\n");
        var ended = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(fault);
            }
        };

        var status = CommandLine.run(
                List.of(new Normalise(clock)),
                new Terminal(ended, err),
                "normalise",
                "--channel",
                "email",
                folder.toString());

        assertThat(status).isEqualTo(expected);
        assertThat(told()).contains(answer).hasLineCount(answer.isEmpty() ? 0 : 1);
    }
}
