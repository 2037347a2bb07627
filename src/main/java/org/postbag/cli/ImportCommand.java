package org.postbag.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postbag.backlog.Batch;
import org.postbag.backlog.Batch.Kind;
import org.postbag.backlog.BatchJson;
import org.postbag.backlog.Imports;
import org.postbag.backlog.MailSources;
import org.postbag.backlog.What;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ReceivingUnavailable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** Takes in what lay elsewhere before: in this process, or, where a program runs on the data folder and so holds its servers, by asking that. */
final class ImportCommand implements Command {

    private static final String JOB = "job:import";
    private static final String PATH = "/api/imports?what=";

    private final Services services;
    private final Map<String, String> environment;
    private final Clock clock;

    ImportCommand(Services services) {
        this(services, System.getenv(), Clock.systemUTC());
    }

    ImportCommand(Services services, Map<String, String> environment, Clock clock) {
        this.services = services;
        this.environment = environment;
        this.clock = clock;
    }

    /** What was typed. */
    private record Typed(
            What what,
            boolean sent,
            boolean junk,
            boolean dryRun,
            @Nullable String profile,
            List<Path> paths) {

        String query(Kind kind) {
            return PATH
                    + what.code()
                    + (sent ? "&sent=true" : "")
                    + (junk ? "&junk=true" : "")
                    + (kind instanceof Kind.Rows(var read, var file) ? "&profile=" + read.name() + "&file=" + file : "")
                    + (dryRun ? "&dryRun=true" : "");
        }
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String synopsis() {
        return "mail [--sent] [--junk] [--dry-run] FILE-OR-FOLDER...\n       postbag import calls|contacts [--profile PROFILE] [--dry-run] FILE...";
    }

    @Override
    public String summary() {
        return "takes in a backlog of mails, calls or contacts; what is there already is skipped";
    }

    @Override
    public String details() {
        return """
                Takes in what lay elsewhere before, as if it had come by its channel, and only looks at the files. Can be
                cut off and started again at any time: what is there already is skipped, also what came by the mailbox.

                mail      mbox files (mboxo, mboxrd, mboxcl2), Maildirs with the folders in them, mails as files of their
                          own (.eml) and folders with any of these; files may be compressed by gzip. Told apart by what is
                          in them. Links in folders are not followed.
                calls     exports of calls: CSV, xlsx or JSON. PROFILE says what the columns mean: the name of a file in
                          the folder profiles (or --postbag.profiles=FOLDER) without its ending. It may be left out
                          where one profile alone fits. Of files that don't fit, nothing is taken.
                contacts  likewise, lists of contacts of the channel public-register. Beside a running program it ends in
                          a report: how many are new, known and changed, and how many pairs are for review.

                --sent     the mails are what we wrote
                --junk     the mails lay in the folder for spam, and are filed as "probably spam"
                --dry-run  counts what is new, and takes nothing

                An item counts for retention from when it reached the body: a mail by its topmost Received header, else
                the line before it in an mbox, else its Date, else the file's time; a call by its time. What is past its
                date is erased by the next nightly job.

                Where Postbag is running on the same data folder (--postbag.data, default "data"), it takes the items in.
                That needs its port (--server.port, default 8080) and an administrator's token: try mode's own in
                DATA/api-token is found, another goes into %s. Else they go to the servers that the
                settings name, and are filed by the program that runs with these, or when it next starts.

                The status is 1 where not everything could be taken; what was not is named by its place.
                """.formatted(RunningProgram.TOKEN);
    }

    @Override
    public ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem {
        var typed = typed(arguments);
        var sources = sources(typed, settings, terminal);
        try (var running = RunningProgram.with(settings, environment, terminal).orElse(null)) {
            if (running != null) {
                return take(sources, typed, batch -> ask(running, typed, batch), terminal, "", _ -> {}, taken -> {
                    if (typed.what() == What.CONTACTS && !typed.dryRun()) {
                        new ContactsReport(running, terminal).print(sources, taken);
                    }
                });
            }
        }
        return services.use(settings, terminal, beans -> {
            var imports = beans.getBean(Imports.class);
            return take(
                    sources,
                    typed,
                    batch -> takeHere(imports, typed, batch),
                    terminal,
                    "They are filed by the program that runs with these servers, or when it next starts."
                            + (typed.what() == What.CONTACTS
                                    ? " The report is then under Contacts, Public lists."
                                    : ""),
                    interruption -> whenTheyClose(beans, interruption),
                    _ -> {});
        });
    }

    /** Ctrl-C closes the services too, at the same time. */
    private static void whenTheyClose(ApplicationContext services, Interruption interruption) {
        ApplicationListener<ContextClosedEvent> ask = _ -> interruption.ask();
        ((ConfigurableApplicationContext) services).addApplicationListener(ask);
    }

    private ExitStatus take(
            List<ImportSource> sources,
            Typed typed,
            ImportRun.Taker taker,
            Terminal terminal,
            String last,
            Consumer<Interruption> with,
            Consumer<Map<Path, Integer>> then) {
        try (var interruption = new Interruption()) {
            with.accept(interruption);
            var run = new ImportRun(taker, typed.dryRun(), interruption, terminal, clock);
            var status = run.take(sources, last);
            then.accept(run.taken());
            return status;
        }
    }

    private static Imports.Taken takeHere(Imports imports, Typed typed, Batch batch) throws RunningProgram.Away {
        try {
            return typed.dryRun() ? imports.look(batch) : imports.take(batch, JOB);
        } catch (ReceivingUnavailable away) {
            throw new RunningProgram.Away(String.valueOf(away.getMessage()));
        }
    }

    private static Imports.Taken ask(RunningProgram running, Typed typed, Batch batch)
            throws RunningProgram.Away, RunningProgram.NoAnswer, InterruptedException {
        var answer = running.post(typed.query(batch.kind()), BatchJson.pieces(batch));
        return new Imports.Taken(
                answer.path("taken").asInt(0),
                answer.path("known").asInt(0),
                answer.path("refused").asInt(0));
    }

    private static Typed typed(List<String> arguments) throws UsageProblem {
        var what = arguments.isEmpty() ? null : What.of(arguments.getFirst()).orElse(null);
        if (what == null) {
            throw new UsageProblem("import needs to know what: mail, calls or contacts; type \"help import\"");
        }
        boolean sent = false;
        boolean junk = false;
        boolean dryRun = false;
        String profile = null;
        var paths = new ArrayList<Path>();
        for (int i = 1; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            switch (argument) {
                case "--sent" -> sent = true;
                case "--junk" -> junk = true;
                case "--dry-run" -> dryRun = true;
                case "--profile" -> {
                    if (++i == arguments.size()) {
                        throw new UsageProblem("--profile needs a value: the name of a profile");
                    }
                    profile = arguments.get(i);
                }
                default -> {
                    if (argument.startsWith("-")) {
                        throw new UsageProblem("import has no option \"%s\"; write ./%s if it is a file"
                                .formatted(argument, argument));
                    }
                    paths.add(Paths.path(argument));
                }
            }
        }
        if (what == What.MAIL ? profile != null : sent || junk) {
            throw new UsageProblem("%s goes with %s only"
                    .formatted(
                            what == What.MAIL ? "--profile" : sent ? "--sent" : "--junk",
                            what == What.MAIL ? "calls and contacts" : "mail"));
        }
        if (paths.isEmpty()) {
            throw new UsageProblem("import %s needs at least one file%s"
                    .formatted(what.code(), what == What.MAIL ? " or folder" : ""));
        }
        return new Typed(what, sent, junk, dryRun, profile, List.copyOf(paths));
    }

    /** All are looked at before anything of any is taken. */
    private static List<ImportSource> sources(Typed typed, List<String> settings, Terminal terminal)
            throws UsageProblem {
        var sources = new ArrayList<ImportSource>();
        if (typed.what() != What.MAIL) {
            var profiles = ChosenProfiles.of(typed.what().channel(), ChosenProfiles.folder(settings), typed.profile());
            for (var path : typed.paths()) {
                sources.add(ExportSource.of(path, profiles, terminal));
            }
            return sources;
        }
        var kind = new Kind.Mails(typed.sent() ? Direction.OUTBOUND : Direction.INBOUND, typed.junk());
        for (var path : typed.paths()) {
            switch (MailSources.at(path)) {
                case MailSources.Sought.There(var source) -> sources.add(ImportSource.of(source, kind));
                case MailSources.Sought.Not(var why) -> throw new UsageProblem(why);
            }
        }
        return sources;
    }
}
