package org.postbag.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the jar starts. On the Java that Postbag is built for it goes on at once; on an older one it hands over to a newer one on this machine, or says
 * that it needs one. Compiled by itself for Java 17, so that an older Java can read it: it uses nothing else of Postbag's.
 */
public final class Start {

    private static final int JAVA = 25;
    private static final int WRONG_INPUT = 2;
    private static final String PARENT = "postbag.parent";
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");
    private static final List<String> OPTIONS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private Start() {}

    public static void main(String[] args) throws Exception {
        if (Runtime.version().feature() >= JAVA) {
            endWithParent();
            Class.forName("org.postbag.Postbag")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
            return;
        }
        var java = newer(places());
        if (java.isEmpty()) {
            System.err.printf(
                    "Postbag needs Java %d; this is Java %d, and no newer one was found. Install one, or name it: PATH-TO-JAVA-%d/bin/java -jar postbag.jar%n",
                    JAVA, Runtime.version().feature(), JAVA);
            System.exit(WRONG_INPUT);
        }
        System.exit(handOver(java.get(), args));
    }

    /**
     * The oldest Java that is new enough, among the folders in some places.
     *
     * @param places folders that hold installed Javas, each with its file {@code release}
     * @return its {@code bin/java}
     */
    static Optional<Path> newer(List<Path> places) {
        return places.stream()
                .flatMap(Start::within)
                .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                .filter(home -> version(home) >= JAVA && Files.isExecutable(home.resolve("bin/java")))
                .min(Comparator.comparingInt(Start::version).thenComparing(Comparator.naturalOrder()))
                .map(home -> home.resolve("bin/java"));
    }

    private static List<Path> places() {
        var user = Path.of(System.getProperty("user.home", "."));
        var own = Path.of(System.getProperty("java.home", ".")).getParent();
        return Stream.of(
                        own,
                        Path.of("/usr/lib/jvm"),
                        Path.of("/usr/java"),
                        Path.of("/opt"),
                        Path.of("/opt/java"),
                        Path.of("/Library/Java/JavaVirtualMachines"),
                        Path.of("C:\\Program Files\\Java"),
                        user.resolve(".sdkman/candidates/java"),
                        user.resolve(".jdks"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Stream<Path> within(Path place) {
        try (var folders = Files.list(place)) {
            return folders.toList().stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    private static int version(Path home) {
        try {
            var version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }

    private static int handOver(Path java, String[] args) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(OPTIONS);
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        command.add("-jar");
        command.add(System.getProperty("java.class.path"));
        command.addAll(Arrays.asList(args));
        var newer = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWell(newer)));
        return newer.waitFor();
    }

    private static void endWell(Process newer) {
        newer.destroy();
        try {
            newer.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever kills the Java that was started means this one. */
    private static void endWithParent() {
        var parent = Long.getLong(PARENT);
        if (parent != null) {
            ProcessHandle.of(parent)
                    .ifPresent(process ->
                            process.onExit().thenRun(() -> Runtime.getRuntime().exit(0)));
        }
    }
}
