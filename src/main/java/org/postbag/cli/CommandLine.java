package org.postbag.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what was typed: a command to run, or nothing but settings, with which the program serves. */
public final class CommandLine {

    /** Every command there is; one that needs the application's services takes them, as in {@code ReindexCommand::new}. */
    private static final List<Function<Services, Command>> COMMANDS = List.of(
            _ -> new Normalise(Clock.systemUTC()),
            _ -> new MatchCommand(),
            Retention::new,
            ReindexCommand::new,
            SearchCommand::new,
            ImportCommand::new);

    private static final Pattern SETTING =
            Pattern.compile("--(debug|trace|[a-z][A-Za-z0-9\\[\\]-]*\\.[^=]+(=.*)?)", Pattern.DOTALL);
    private static final int MISTYPED_LETTERS_MAX = 3;

    private final List<Command> commands;
    private final Terminal terminal;

    private CommandLine(List<Command> commands, Terminal terminal) {
        this.commands = commands;
        this.terminal = terminal;
    }

    /** True if something other than settings was typed, so that {@link #run} is to be called instead of serving. */
    public static boolean asksForCommand(String[] arguments) {
        return Arrays.stream(arguments).anyMatch(a -> !isSetting(a));
    }

    /**
     * Does the one thing that was asked for.
     *
     * @param application the class that the services of a command are started from
     * @return the exit status: 0 done, 1 failed, 2 wrong input (with one line on standard error)
     */
    public static int run(Class<?> application, String[] arguments) {
        var out = new FileOutputStream(FileDescriptor.out);
        var err = new FileOutputStream(FileDescriptor.err);
        var services = new Services(application);
        var commands = COMMANDS.stream().map(command -> command.apply(services)).toList();
        return run(commands, new Terminal(out, err), arguments).code();
    }

    static ExitStatus run(List<Command> commands, Terminal terminal, String... arguments) {
        try (terminal) {
            return new CommandLine(commands, terminal).dispatch(List.of(arguments));
        } catch (UsageProblem problem) {
            terminal.tell("postbag: " + problem.getMessage());
            return ExitStatus.WRONG_INPUT;
        } catch (Terminal.ClosedOutput closed) {
            if (closed.isReaderGone()) {
                return ExitStatus.DONE;
            }
            terminal.tell("postbag: not all of the output could be written; is the disk full?");
            return ExitStatus.FAILED;
        }
    }

    private ExitStatus dispatch(List<String> typed) throws UsageProblem {
        var settings = typed.stream().filter(CommandLine::isSetting).toList();
        var words = new ArrayList<>(typed);
        words.removeIf(CommandLine::isSetting);
        var first = words.removeFirst();
        if (first.equals("help") || first.equals("--help") || first.equals("-h")) {
            return help(words);
        }
        if (first.startsWith("-")) {
            throw new UsageProblem(
                    "unknown option \"%s\"; settings look like --server.port=8080, and --help lists the commands"
                            .formatted(first));
        }
        var command = named(first);
        if (words.contains("--help") || words.contains("-h")) {
            return help(List.of(first));
        }
        return command.run(List.copyOf(words), settings, terminal);
    }

    private ExitStatus help(List<String> topic) throws UsageProblem {
        if (topic.isEmpty()) {
            general().forEach(terminal::print);
        } else {
            var command = named(topic.getFirst());
            terminal.print("Usage: postbag " + command.name() + " " + command.synopsis());
            terminal.print("");
            terminal.print(command.details().strip());
        }
        return ExitStatus.DONE;
    }

    private Stream<String> general() {
        var head = Stream.of(
                "Postbag: everything that the public sends, as one searchable, lawful record.",
                "",
                "Usage: java -jar postbag.jar [SETTING...]            serves",
                "       java -jar postbag.jar COMMAND [ARGUMENT...]   does one thing and ends",
                "",
                "Commands:");
        var tail = Stream.of(
                "  %-12s %s".formatted("help", "shows this, or with the name of a command all about it"),
                "",
                "Settings look like --spring.profiles.active=try, --postbag.data=FOLDER or --server.port=8080.");
        var middle = commands.stream().map(c -> "  %-12s %s".formatted(c.name(), c.summary()));
        return Stream.concat(head, Stream.concat(middle, tail));
    }

    private Command named(String word) throws UsageProblem {
        Optional<Command> found =
                commands.stream().filter(c -> c.name().equals(word)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        var nearest = commands.stream()
                .map(Command::name)
                .min(Comparator.comparingInt(name -> mistypedLetters(name, word)))
                .filter(name -> mistypedLetters(name, word) <= MISTYPED_LETTERS_MAX)
                .map(name -> " Did you mean \"" + name + "\"?")
                .orElse("");
        throw new UsageProblem("there is no command \"%s\".%s Type \"help\" for the list.".formatted(word, nearest));
    }

    private static boolean isSetting(String argument) {
        return SETTING.matcher(argument).matches();
    }

    /** Levenshtein's distance: how many letters must be put in, left out or changed. */
    static int mistypedLetters(String meant, String typed) {
        var row = new int[typed.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int m = 1; m <= meant.length(); m++) {
            int diagonal = row[0];
            row[0] = m;
            for (int t = 1; t <= typed.length(); t++) {
                int above = row[t];
                int change = meant.charAt(m - 1) == typed.charAt(t - 1) ? 0 : 1;
                row[t] = Math.min(Math.min(row[t] + 1, row[t - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[typed.length()];
    }
}
