package org.postbag.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postbag.PostbagProcess;
import org.springframework.util.FileSystemUtils;

/** Try mode from the jar, to the first page: the first time, when the sample day is fed in, and again. */
class StartBench {

    private static final int AGAIN = 3;

    @Test
    void tryModeStarts() throws Exception {
        var folder = Files.createDirectories(Path.of("target", "bench")).toAbsolutePath();
        var data = Files.createTempDirectory(folder, "start-");
        var first = new Times();
        var again = new Times();
        try {
            start(data, first);
            for (int i = 0; i < AGAIN; i++) {
                start(data, again);
            }
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
        var report = new Report("start: try mode from the jar, to the first page");
        report.note("the first time", "%.1f s".formatted(first.percentileMillis(100) / 1_000), "");
        report.limit("later, the slowest of " + AGAIN, again.percentileMillis(100) / 1_000, "s", 15);
        report.print();
    }

    private static void start(Path data, Times times) throws Exception {
        try (var process = new PostbagProcess(data, List.of())) {
            times.time(() -> {
                process.start();
                process.awaitUp();
            });
        }
    }
}
