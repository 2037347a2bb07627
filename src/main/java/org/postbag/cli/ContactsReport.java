package org.postbag.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /**
     * Of the list that each file is, or is a part of.
     *
     * @param taken how many rows of each are new
     */
    void print(List<ImportSource> sources, Map<Path, Integer> taken) {
        try {
            for (var source : sources) {
                if (source.kind() instanceof Batch.Kind.Rows(var profile, var file)) {
                    print(whole(profile.name() + "?file=" + file, taken.getOrDefault(source.path(), 0)));
                }
            }
        } catch (RunningProgram.NoAnswer none) {
            terminal.tell("postbag: no report: %s. It is under Contacts, Public lists".formatted(none.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(JsonNode report) {
        if (report.path("day").isNull()) {
            terminal.print("Nothing of it is filed yet. It will be under Contacts, Public lists");
            return;
        }
        terminal.print(words(report));
        for (var row : report.path("refusedRows")) {
            terminal.print("  in quarantine, row %,d: %s"
                    .formatted(row.path("row").asInt(0), row.path("reason").asString("")));
        }
    }

    /** @param rows that are to be filed or refused before it is */
    private JsonNode whole(String list, int rows) throws RunningProgram.NoAnswer, InterruptedException {
        var report = running.get(PATH + list);
        for (int look = 0; isToCome(report, rows) && look < LOOKS_MAX; look++) {
            if (look == 0) {
                terminal.tell("They are being filed and compared.");
            }
            var _ = new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            report = running.get(PATH + list);
        }
        return report;
    }

    private static boolean isToCome(JsonNode report, int rows) {
        return report.path("waiting").asLong(0) > 0 || report.path("rows").asLong(0) < rows;
    }

    private static String words(JsonNode report) {
        long waiting = report.path("waiting").asLong(0);
        long tied = report.path("tied").asLong(0);
        boolean partial = report.path("partial").asBoolean(false);
        return "%s, list of %s: new %,d%s, known %,d, changed %,d, in quarantine %,d; %s %,d%s; pairs for review %,d%s"
                .formatted(
                        report.path("source").asString(""),
                        report.path("day").asString(""),
                        report.path("fresh").asLong(0),
                        tied == 0 ? "" : " (%,d of a contact that was known)".formatted(tied),
                        report.path("known").asLong(0),
                        report.path("changed").asLong(0),
                        report.path("refused").asLong(0),
                        partial ? "missing" : "no longer listed",
                        report.path("gone").asLong(0),
                        partial ? " (probably incomplete, so nobody counts as no longer listed)" : "",
                        report.path("forReview").asLong(0),
                        waiting == 0 ? "" : "; %,d still wait, so that these may change".formatted(waiting));
    }
}
