package org.postbag.extracting;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that opens files, with its ends. Used by one thread at a time; killed from any. */
final class ReadingProcess implements AutoCloseable {

    /** Java's own memory; pictures for Tesseract lie beside it. */
    private static final int HEAP_MEGABYTES_MAX = 512;

    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;
    private int asked;

    private ReadingProcess(Process process) {
        this.process = process;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** @throws IOException if there is no more room for a process */
    static ReadingProcess start() throws IOException {
        var builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD);
        // The process of a file from outside sees no key and no password.
        var environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR", "SystemRoot"));
        environment.put("OMP_THREAD_LIMIT", "1");
        return new ReadingProcess(builder.start());
    }

    interface Question<T> {
        T ask(DataOutputStream out, DataInputStream in) throws IOException;
    }

    /** @throws IOException if the process ended over it */
    <T> T ask(Question<T> question) throws IOException {
        asked++;
        return question.ask(out, in);
    }

    int asked() {
        return asked;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has in memory now, in bytes; 0 where this machine doesn't tell. */
    long memory() {
        try {
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException gone) {
            // It ended, or there is no /proc.
        }
        return 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + HEAP_MEGABYTES_MAX + "m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:-UsePerfData");
        command.add("-Djava.awt.headless=true");
        command.add("--enable-native-access=ALL-UNNAMED");
        var jar = runningJar();
        if (jar != null) {
            command.addAll(List.of(
                    "-Dloader.main=" + ReadingMain.class.getName(),
                    "-cp",
                    jar,
                    "org.springframework.boot.loader.launch.PropertiesLauncher"));
        } else {
            command.addAll(List.of("-cp", classPath(), ReadingMain.class.getName()));
        }
        return command;
    }

    /** The jar of the program, where it runs from one that holds its libraries; else null. */
    private static @Nullable String runningJar() {
        var own = String.valueOf(ReadingMain.class.getResource("ReadingMain.class"));
        return own.startsWith("jar:nested:") ? System.getProperty("java.class.path") : null;
    }

    /** A test's class path may be one jar that names the others, relative to itself: Java follows that by itself. */
    private static String classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(entry -> new File(entry).getAbsolutePath())
                .reduce((first, second) -> first + File.pathSeparator + second)
                .orElse("");
    }
}
