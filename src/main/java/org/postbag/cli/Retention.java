package org.postbag.cli;

import java.util.List;
import org.postbag.keeping.Keeping;

/** Shows what is past its retention date today. */
final class Retention implements Command {

    private final Services services;

    Retention(Services services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public String synopsis() {
        return "--dry-run";
    }

    @Override
    public String summary() {
        return "counts what is past its retention date today";
    }

    @Override
    public String details() {
        return """
                Counts what is past its retention date, by category and channel, with the oldest date, and erases nothing. No personal data is shown.
                """;
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        if (!arguments.equals(List.of("--dry-run"))) {
            throw new UsageProblem("retention needs --dry-run, and nothing else");
        }
        return services.use(settings, terminal, running -> {
            var due = running.getBean(Keeping.class).dryRun();
            terminal.print("%-12s %-26s %-14s %10s  %s".formatted("what", "category", "channel", "count", "oldest"));
            for (var line : due) {
                terminal.print("%-12s %-26s %-14s %10d  %s"
                        .formatted(line.what(), line.category(), line.channel(), line.count(), line.oldest()));
            }
            if (due.isEmpty()) {
                terminal.print("Nothing is due.");
            }
            return ExitStatus.DONE;
        });
    }
}
