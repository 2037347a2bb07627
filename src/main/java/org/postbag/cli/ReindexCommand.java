package org.postbag.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postbag.search.Reindex;
import org.postbag.search.Reindex.Progress;
import org.postbag.search.Reindex.State;
import tools.jackson.databind.JsonNode;

/** Builds the search index anew: in this process, or, where a program runs on the data folder and so holds the index, by asking that. */
final class ReindexCommand implements Command {

    private static final String JOB = "job:reindex";
    private static final String PATH = "/api/reindex";

    private final Services services;
    private final Map<String, String> environment;

    ReindexCommand(Services services) {
        this(services, System.getenv());
    }

    ReindexCommand(Services services, Map<String, String> environment) {
        this.services = services;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "reindex";
    }

    @Override
    public String synopsis() {
        return "[SETTING...]";
    }

    @Override
    public String summary() {
        return "builds the search index anew from the record, while searching goes on";
    }

    @Override
    public String details() {
        return """
                Reads every enquiry from PostgreSQL into a new index beside the old one, compares it with the record, then puts
                it in the old one's place. What is cut off leaves the old index answering, and the next one goes on where
                it was. One at a time, on all nodes.

                Where Postbag is running on the same data folder (--postbag.data, default "data"), it is asked to do this,
                and searching and filing go on meanwhile. That needs its port (--server.port, default 8080) and an
                administrator's token: try mode's own in DATA/api-token is found, another goes into %s.
                """.formatted(RunningProgram.TOKEN);
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        if (!arguments.isEmpty()) {
            throw new UsageProblem("reindex takes no \"%s\"; type \"help reindex\"".formatted(arguments.getFirst()));
        }
        try (var running = RunningProgram.with(settings, environment, terminal).orElse(null)) {
            if (running != null) {
                return running.follow(
                                PATH, PATH, ReindexCommand::progress, progress -> show(progress, terminal), terminal)
                        .map(end -> ended(end, terminal))
                        .orElse(ExitStatus.FAILED);
            }
        }
        return services.use(settings, terminal, beans -> {
            var end = beans.getBean(Reindex.class).run(JOB, progress -> show(progress, terminal));
            return ended(end, terminal);
        });
    }

    private static Progress progress(JsonNode body) {
        return new Progress(
                State.valueOf(body.path("state").asString("").toUpperCase(Locale.ROOT)),
                body.path("done").asLong(0),
                body.path("total").asLong(0),
                body.path("fault").asString(null));
    }

    /** Whether it goes on. */
    private static boolean show(Progress progress, Terminal terminal) {
        boolean goesOn = progress.state() == State.RUNNING;
        if (goesOn) {
            terminal.tell("%,d of %,d".formatted(progress.done(), progress.total()));
        }
        return goesOn;
    }

    private static ExitStatus ended(Progress progress, Terminal terminal) {
        return switch (progress.state()) {
            case DONE -> {
                terminal.print("The search index was built anew: %,d enquiries.".formatted(progress.done()));
                yield ExitStatus.DONE;
            }
            case ELSEWHERE -> {
                terminal.tell("postbag: another node or process is building the index; this one left it alone.");
                yield ExitStatus.FAILED;
            }
            case RUNNING, NEVER, FAILED, STOPPED -> {
                var fault = progress.fault();
                terminal.tell("postbag: the index was not built; the old one is as it was. "
                        + (fault == null ? "The log says why." : fault + "."));
                yield ExitStatus.FAILED;
            }
        };
    }
}
