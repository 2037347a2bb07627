package org.postbag.cli;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postbag.backlog.Batch;
import tools.jackson.databind.JsonNode;

/** Waits until the contacts of a list are filed and compared by the running program, and prints what became of them. */
final class ContactsReport {

    private static final int LOOKS_MAX = 600;
    private static final String PATH = "/api/contact-lists/";

    private final RunningProgram running;
    private final Terminal terminal;

    ContactsReport(RunningProgram running, Terminal terminal) {
        this.running = running;
        this.terminal = terminal;
    }

    /** Of the latest list of each profile that the sources were read by. */
    void print(List<ImportSource> sources) {
        var profiles = new TreeSet<String>();
        for (var source : sources) {
            if (source.kind() instanceof Batch.Kind.Rows(var profile)) {
                profiles.add(profile.name());
            }
        }
        try {
            for (var profile : profiles) {
                terminal.print(words(whole(profile)));
            }
        } catch (RunningProgram.NoAnswer none) {
            terminal.tell("postbag: no report: %s. It is under Contacts, Public lists".formatted(none.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode whole(String profile) throws RunningProgram.NoAnswer, InterruptedException {
        var report = running.get(PATH + profile);
        for (int look = 0; report.path("waiting").asLong(0) > 0 && look < LOOKS_MAX; look++) {
            if (look == 0) {
                terminal.tell("They are being filed and compared.");
            }
            var _ = new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            report = running.get(PATH + profile);
        }
        return report;
    }

    private static String words(JsonNode report) {
        long waiting = report.path("waiting").asLong(0);
        return "%s, list of %s: new %,d, known %,d, changed %,d, no longer listed %,d, pairs for review %,d%s"
                .formatted(
                        report.path("source").asString(""),
                        report.path("day").asString(""),
                        report.path("fresh").asLong(0),
                        report.path("known").asLong(0),
                        report.path("changed").asLong(0),
                        report.path("gone").asLong(0),
                        report.path("forReview").asLong(0),
                        waiting == 0 ? "" : "; %,d still wait, so that these may change".formatted(waiting));
    }
}
