package org.postbag.cli;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * The application's services for a command that needs them: wired as in the running program, with the same settings and profiles, but without a port.
 *
 * <p>The profile {@value #PROFILE} is on meanwhile. What takes in items, files them or runs by the clock (routes, try mode's mailbox, consumers, nightly
 * jobs) carries {@code @Profile("!command")}, so that a command does its one thing and nothing else.
 */
final class Services {

    static final String PROFILE = "command";

    private final Class<?> application;

    Services(Class<?> application) {
        this.application = application;
    }

    /** What a command does with the services. */
    interface Work {
        ExitStatus with(ApplicationContext services);
    }

    /** Starts the services, does the work and stops them again. What keeps them from starting is told in one line, and the status is 1. */
    ExitStatus use(List<String> settings, Terminal terminal, Work work) {
        var arguments = new ArrayList<>(settings);
        arguments.add("--server.port=-1");
        arguments.add("--postbag.try.feed=false");
        // What keeps the services from starting is told below, in one line.
        arguments.add("--logging.level.org.springframework.boot=off");
        arguments.add("--logging.level.org.springframework.context=off");
        arguments.add("--logging.level.org.postbag.start=off");
        var builder = new SpringApplicationBuilder(application).profiles(PROFILE);
        try (var services = builder.run(arguments.toArray(String[]::new))) {
            return work.with(services);
        } catch (Terminal.ClosedOutput nobodyReads) {
            throw nobodyReads;
        } catch (RuntimeException failed) {
            terminal.tell("postbag: " + reason(failed));
            return ExitStatus.FAILED;
        }
    }

    private static String reason(Throwable failed) {
        // Some analyzers can only be made with the services, which aren't there: they are passed over.
        var passedOver = SpringFactoriesLoader.FailureHandler.handleMessage((_, _) -> {});
        var environment = SpringFactoriesLoader.ArgumentResolver.of(Environment.class, new StandardEnvironment());
        for (var analyzer : SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, environment, passedOver)) {
            FailureAnalysis analysis = analyzer.analyze(failed);
            if (analysis != null) {
                var action = analysis.getAction();
                return oneLine(analysis.getDescription() + (action == null ? "" : " " + action));
            }
        }
        var cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        return oneLine(message == null ? cause.getClass().getSimpleName() : message);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
