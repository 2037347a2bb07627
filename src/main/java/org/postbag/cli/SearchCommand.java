package org.postbag.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postbag.search.Compared;
import org.postbag.search.Compared.Fault;
import org.postbag.search.Compared.Wrong;
import org.postbag.search.Reindex.State;
import org.postbag.search.Verification;
import org.postbag.search.Verification.Asked;
import org.postbag.search.Verification.Progress;
import tools.jackson.databind.JsonNode;

/** Compares the search index with the record: in this process, or, where a program runs on the data folder and so holds the index, by asking that. */
final class SearchCommand implements Command {

    private static final String JOB = "job:search-verify";
    private static final String PATH = "/api/search/verify";
    private static final String USAGE = "type \"search verify\", with --mend or --sample NUMBER after it";

    private final Services services;
    private final Map<String, String> environment;

    SearchCommand(Services services) {
        this(services, System.getenv());
    }

    SearchCommand(Services services, Map<String, String> environment) {
        this.services = services;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String synopsis() {
        return "verify [--mend] [--sample NUMBER] [SETTING...]";
    }

    @Override
    public String summary() {
        return "compares the search index with the record, and may mend it";
    }

    @Override
    public String details() {
        return """
                Walks all enquiries in PostgreSQL and all documents in the index, compares what a sample of them says, and
                prints counts and then the enquiries that are missing, old or left over, by id and reference. What only waits
                to be indexed is no fault. The status is 0 only where all is right.

                --mend            adds index work for what is wrong; the running program does it
                --sample NUMBER   how many documents are compared by what they say (default %,d)

                Where Postbag is running on the same data folder (--postbag.data, default "data"), it is asked. That needs
                its port (--server.port, default 8080) and an administrator's token: try mode's own in DATA/api-token is
                found, another goes into %s.
                """.formatted(Verification.SAMPLE_USUAL, RunningProgram.TOKEN);
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        var asked = asked(arguments);
        try (var running = RunningProgram.with(settings, environment, terminal).orElse(null)) {
            if (running != null) {
                return running.follow(
                                PATH + "?mend=" + asked.mend() + "&sample=" + asked.sample(),
                                PATH,
                                SearchCommand::progress,
                                progress -> show(progress, terminal),
                                terminal)
                        .map(end -> ended(end, terminal))
                        .orElse(ExitStatus.FAILED);
            }
        }
        return services.use(
                settings,
                terminal,
                beans -> ended(
                        beans.getBean(Verification.class).run(asked, JOB, progress -> show(progress, terminal)),
                        terminal));
    }

    private static Asked asked(List<String> arguments) throws UsageProblem {
        if (arguments.isEmpty() || !arguments.getFirst().equals("verify")) {
            throw new UsageProblem(USAGE);
        }
        int sample = Verification.SAMPLE_USUAL;
        boolean mend = false;
        var words = arguments.listIterator(1);
        try {
            while (words.hasNext()) {
                switch (words.next()) {
                    case "--mend" -> mend = true;
                    case "--sample" -> sample = Integer.parseInt(words.hasNext() ? words.next() : "");
                    default -> throw new UsageProblem(USAGE);
                }
            }
            return new Asked(sample, mend);
        } catch (IllegalArgumentException notANumber) {
            throw new UsageProblem("--sample takes a number from 0 to " + Verification.SAMPLE_MAX);
        }
    }

    private static Progress progress(JsonNode body) {
        var found = body.path("found");
        return new Progress(
                State.valueOf(word(body.path("state"))),
                body.path("done").asLong(0),
                body.path("total").asLong(0),
                found.isObject() ? compared(found) : null);
    }

    private static Compared compared(JsonNode found) {
        return new Compared(
                found.path("inRecord").asLong(0),
                found.path("inIndex").asLong(0),
                found.path("contents").asLong(0),
                found.path("waiting").asLong(0),
                Map.of(
                        Fault.MISSING, found.path("missing").asLong(0),
                        Fault.OLD, found.path("old").asLong(0),
                        Fault.LEFT_OVER, found.path("leftOver").asLong(0),
                        Fault.REFUSED, found.path("refused").asLong(0)),
                found.path("wrong")
                        .valueStream()
                        .map(wrong -> new Wrong(
                                Fault.valueOf(word(wrong.path("fault"))),
                                wrong.path("enquiryId").asLong(0),
                                wrong.path("reference").asString(null)))
                        .toList());
    }

    private static String word(JsonNode node) {
        return node.asString("").toUpperCase(Locale.ROOT).replace('-', '_');
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
        var found = progress.found();
        if (found == null) {
            terminal.tell("postbag: the index could not be compared with the record. The log says why.");
            return ExitStatus.FAILED;
        }
        terminal.print("In the record: %,d. In the index: %,d. Waiting to be indexed: %,d. Contents compared: %,d."
                .formatted(found.inRecord(), found.inIndex(), found.waiting(), found.contents()));
        terminal.print("Missing: %,d. Old: %,d. Left over: %,d. Refused by the engine: %,d."
                .formatted(
                        found.count(Fault.MISSING),
                        found.count(Fault.OLD),
                        found.count(Fault.LEFT_OVER),
                        found.count(Fault.REFUSED)));
        for (var wrong : found.wrong()) {
            terminal.print("%-9s  %d  %s"
                    .formatted(
                            wrong.fault().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            wrong.enquiryId(),
                            wrong.reference() == null ? "" : wrong.reference()));
        }
        if (found.counts().values().stream().mapToLong(Long::longValue).sum()
                > found.wrong().size()) {
            terminal.print("... and more.");
        }
        return found.isRight() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
