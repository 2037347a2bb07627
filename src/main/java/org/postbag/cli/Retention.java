package org.postbag.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postbag.keeping.Keeping;
import org.postbag.keeping.Keeping.Due;
import tools.jackson.databind.JsonNode;

/** Shows what the nightly job would erase today: asked of the record, or, where a program runs on the data folder and so holds it, of that. */
final class Retention implements Command {

    private static final String LINE = "%-12s %-26s %-14s %10s  %s";

    private final Services services;
    private final Map<String, String> environment;

    Retention(Services services) {
        this(services, System.getenv());
    }

    Retention(Services services, Map<String, String> environment) {
        this.services = services;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public String synopsis() {
        return "--dry-run [SETTING...]";
    }

    @Override
    public String summary() {
        return "counts what the nightly job would erase today";
    }

    @Override
    public String details() {
        return """
                Counts what is past its retention date, by category and channel, with the day from which the oldest counts,
                and erases nothing: that is the nightly job's, at two in the morning (UK). No personal data is shown.

                Where Postbag is running on the same data folder (--postbag.data, default "data"), it is asked. That needs
                its port (--server.port, default 8080) and an administrator's token: try mode's own in DATA/api-token is
                found, another goes into %s.
                """.formatted(RunningProgram.TOKEN);
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        if (!arguments.equals(List.of("--dry-run"))) {
            throw new UsageProblem(
                    "retention takes --dry-run, and nothing else: erasing is the nightly job's; type \"help retention\"");
        }
        try (var running = RunningProgram.with(settings, environment, terminal).orElse(null)) {
            if (running != null) {
                return ask(running, terminal);
            }
        }
        return services.use(
                settings, terminal, beans -> show(beans.getBean(Keeping.class).dryRun(), terminal));
    }

    private static ExitStatus ask(RunningProgram running, Terminal terminal) {
        try {
            return show(due(running.get("/api/retention")), terminal);
        } catch (RunningProgram.NoAnswer none) {
            terminal.tell("postbag: " + none.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.tell("postbag: interrupted");
        }
        return ExitStatus.FAILED;
    }

    private static List<Due> due(JsonNode answer) throws RunningProgram.NoAnswer {
        var due = new ArrayList<Due>();
        try {
            for (var line : answer.path("due")) {
                due.add(new Due(
                        line.path("what").asString(),
                        line.path("category").asString(),
                        line.path("channel").asString(),
                        line.path("count").asLong(),
                        LocalDate.parse(line.path("oldest").asString())));
            }
        } catch (DateTimeParseException e) {
            throw new RunningProgram.NoAnswer("something else than Postbag answers on that port");
        }
        return due;
    }

    private static ExitStatus show(List<Due> due, Terminal terminal) {
        if (due.isEmpty()) {
            terminal.print("Nothing is due.");
            return ExitStatus.DONE;
        }
        terminal.print(LINE.formatted("what", "category", "channel", "count", "oldest"));
        for (var line : due) {
            terminal.print(LINE.formatted(line.what(), line.category(), line.channel(), line.count(), line.oldest()));
        }
        return ExitStatus.DONE;
    }
}
