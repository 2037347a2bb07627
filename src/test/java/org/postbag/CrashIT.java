package org.postbag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.embedded.MailServer;

/**
 * The program is killed again and again while items come in through all three channels; the senders and the mailbox live in this process. Afterwards
 * every acknowledged item is filed or in quarantine exactly once, every other once or not at all. Few kills here; {@code CrashBench} does fifty. The
 * seed is printed, and can be given as {@code postbag.crash.seed}.
 */
class CrashIT {

    private static final Duration MOMENT_WAIT = Duration.ofSeconds(30);
    private static final Duration RUNNING_MAX = Duration.ofSeconds(4);
    private static final Duration FIRST_START_MAX = Duration.ofSeconds(6);
    private static final Duration COMMIT_MAX = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final int TAKEN_EXPORT_SHARES = 4;

    /** When a kill comes, at random within it. */
    private enum Moment {
        FIRST_START,
        TAKING_AN_EXPORT,
        STARTING,
        WRITING_THE_INDEX,
        RUNNING
    }

    private final long seed = Long.getLong("postbag.crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Duration lastStart = FIRST_START_MAX;
    private Duration longestStart = Duration.ZERO;

    /** At least one for each moment. */
    int kills() {
        return Moment.values().length;
    }

    int items() {
        return 300;
    }

    @Test
    void everyAcknowledgedItemIsFiledExactlyOnce(@TempDir Path folder) throws Exception {
        System.out.printf("%s: seed %d, %d kills, %d items%n", getClass().getSimpleName(), seed, kills(), items());
        var data = Files.createDirectories(folder.resolve("data"));
        var watched = data.resolve("in/telephone");
        try (var mailbox = MailServer.start(folder.resolve("mailbox"), 0, 0);
                var postbag = new PostbagProcess(data, settings(mailbox));
                var senders = new CrashSenders(seed, postbag, mailbox, watched, items() / 3, items() / 3)) {
            killAgainAndAgain(data, postbag, senders);
            senders.allow(items(), items());
            senders.awaitEnd();
            new CrashOutcome(postbag, mailbox, data, senders).check();
            System.out.printf(
                    "%s: of %d sent, %d acknowledged are filed once and %d are in quarantine once; the longest start after a kill took %s%n",
                    getClass().getSimpleName(),
                    senders.sent().size(),
                    senders.acknowledged().size(),
                    senders.bad().size(),
                    longestStart);
        } catch (Throwable failed) {
            Files.copy(folder.resolve("data.log"), Path.of("target/crash.log"), StandardCopyOption.REPLACE_EXISTING);
            throw failed;
        }
    }

    private static List<String> settings(MailServer mailbox) {
        return List.of(
                "--postbag.try.feed=false",
                "--postbag.mail.host=127.0.0.1",
                "--postbag.mail.port=" + mailbox.imapPort(),
                "--postbag.mail.password=" + mailbox.password());
    }

    /** The first kills come at one moment of each kind, the others at random. */
    private void killAgainAndAgain(Path data, PostbagProcess postbag, CrashSenders senders) throws IOException {
        var moments = moments();
        int callShares = moments.stream().mapToInt(CrashIT::callShares).sum();
        int callsLeft = items() / 3;
        postbag.start();
        for (int kill = 0; kill < kills(); kill++) {
            var moment = moments.get(kill);
            if (moment != Moment.FIRST_START && moment != Moment.STARTING) {
                awaitStarted(postbag, kill);
            }
            var indexFiles = files(data.resolve("index"));
            var rawCalls = files(data.resolve("raw/telephone")).size();
            int rows = kill == kills() - 1 ? callsLeft : items() / 3 * callShares(moment) / callShares;
            callsLeft -= rows;
            senders.allow(items() / 3 / kills(), items() / 3 / kills());
            senders.dropExport(rows);
            switch (moment) {
                case FIRST_START -> pause(FIRST_START_MAX);
                case STARTING -> pause(lastStart);
                case RUNNING -> pause(RUNNING_MAX);
                case TAKING_AN_EXPORT -> {
                    int durable = rawCalls + 1 + random.nextInt(Math.max(1, rows));
                    awaitMoment(() -> files(data.resolve("raw/telephone")).size() >= durable);
                }
                case WRITING_THE_INDEX -> {
                    awaitMoment(() -> !indexFiles.containsAll(files(data.resolve("index"))));
                    pause(COMMIT_MAX);
                }
            }
            postbag.kill();
            postbag.start();
        }
        awaitStarted(postbag, kills());
    }

    private List<Moment> moments() {
        var moments = new ArrayList<>(List.of(Moment.values()));
        while (moments.size() < kills()) {
            moments.add(Moment.values()[1 + random.nextInt(Moment.values().length - 1)]);
        }
        return moments;
    }

    /** A larger export, where the kill is to come while it is taken. */
    private static int callShares(Moment moment) {
        return moment == Moment.TAKING_AN_EXPORT ? TAKEN_EXPORT_SHARES : 1;
    }

    private void awaitStarted(PostbagProcess postbag, int kill) {
        lastStart = postbag.awaitUp();
        if (kill > 0) {
            longestStart = longestStart.compareTo(lastStart) > 0 ? longestStart : lastStart;
            System.out.printf("after kill %d up in %s%n", kill, lastStart);
        }
    }

    private void pause(Duration atMost) {
        LockSupport.parkNanos(random.nextLong(atMost.toNanos()));
    }

    /** A moment that doesn't come is no fault: the kill comes then, at another one. */
    private static void awaitMoment(BooleanSupplier moment) {
        long end = System.nanoTime() + MOMENT_WAIT.toNanos();
        while (!moment.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static Set<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (var files = Files.walk(folder)) {
            return files.collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException changing) {
            return Set.of();
        }
    }
}
