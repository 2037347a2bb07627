package org.postbag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ExitStatus run(String... arguments) {
        return CommandLine.run(List.of(new Normalise()), new Terminal(out, err), arguments);
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
        assertThat(printed()).contains("--channel CHANNEL FILE-OR-FOLDER...").contains("web-form");
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
    void aReaderThatGoesAwayEndsTheCommandQuietly() throws IOException {
        Files.writeString(folder.resolve("a.eml"), "Subject: one\n\none\n");
        var closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        var status = CommandLine.run(
                List.of(new Normalise()),
                new Terminal(closed, err),
                "normalise",
                "--channel",
                "email",
                folder.toString());

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(told()).isEmpty();
    }
}
