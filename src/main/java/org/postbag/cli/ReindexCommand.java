package org.postbag.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postbag.search.Reindex;
import org.postbag.search.Reindex.Progress;
import org.postbag.search.Reindex.State;
import tools.jackson.databind.JsonNode;

/** Builds the search index anew: in this process, or, where a program runs on the data folder and so holds the index, by asking that. */
final class ReindexCommand implements Command {

    private static final String PATH = "/api/reindex";
    private static final long ASK_AGAIN_MILLIS = 500;

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
                return ask(running, terminal);
            }
        }
        return services.use(settings, terminal, beans -> {
            var end = beans.getBean(Reindex.class).run(progress -> show(progress, terminal));
            return ended(end, terminal);
        });
    }

    private static ExitStatus ask(RunningProgram running, Terminal terminal) {
        try {
            var progress = progress(running.begin(PATH));
            while (progress.state() == State.RUNNING) {
                show(progress, terminal);
                pause();
                progress = progress(running.get(PATH));
            }
            return ended(progress, terminal);
        } catch (RunningProgram.NoAnswer none) {
            terminal.tell("postbag: " + none.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.tell("postbag: interrupted; the running program goes on with it");
        }
        return ExitStatus.FAILED;
    }

    private static Progress progress(JsonNode body) throws RunningProgram.NoAnswer {
        try {
            return new Progress(
                    State.valueOf(body.path("state").asString("").toUpperCase(Locale.ROOT)),
                    body.path("done").asLong(0),
                    body.path("total").asLong(0),
                    body.path("fault").asString(null));
        } catch (IllegalArgumentException e) {
            throw new RunningProgram.NoAnswer("something else than Postbag answers on that port");
        }
    }

    private static void show(Progress progress, Terminal terminal) {
        if (progress.state() == State.RUNNING) {
            terminal.tell("%,d of %,d".formatted(progress.done(), progress.total()));
        }
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

    private static void pause() throws InterruptedException {
        var _ = new CountDownLatch(1).await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
}
