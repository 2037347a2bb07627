package org.postbag.cli;

import java.util.List;

/** One thing that the program does and then ends. To add one, implement this and name it in {@link CommandLine#COMMANDS}. */
interface Command {

    /** The first word on the command line. */
    String name();

    /** What may follow the name, as shown in help. */
    String synopsis();

    /** One line for the list of commands. */
    String summary();

    /** What {@code help NAME} says below the synopsis. */
    String details();

    /**
     * @param arguments what followed the name, without settings of the form {@code --postbag.data=...}
     * @param settings those settings, for a command that starts the application's services
     * @throws UsageProblem where the arguments are wrong: the program ends with status 2
     */
    ExitStatus run(List<String> arguments, List<String> settings, Terminal terminal) throws UsageProblem;
}
