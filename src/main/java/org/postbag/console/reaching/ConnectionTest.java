package org.postbag.console.reaching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postbag.console.reaching.Outcome.Step;
import org.postbag.receiving.SourceLook;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Tries whether a connector reaches its source with some values: signs in, lists, and reads one item without taking it. Changes nothing there, stores
 * nothing here, and ends within a time limit whatever the other side does.
 */
@Component
@Profile("!command")
public final class ConnectionTest {

    private static final int AT_ONCE_MAX = 4;

    private final Connectors connectors;
    private final MadeRoutes routes;
    private final SecretUses uses;
    private final SourceLooks looks;
    private final WouldBeReader reader;
    private final Hosts hosts;
    private final LookTrail trail;
    private final Bounded bounded;

    ConnectionTest(
            Connectors connectors,
            MadeRoutes routes,
            SecretUses uses,
            SourceLooks looks,
            WouldBeReader reader,
            Hosts hosts,
            LookTrail trail,
            @Value("${postbag.routes.test-time:15s}") Duration timeMax) {
        this.connectors = connectors;
        this.routes = routes;
        this.uses = uses;
        this.looks = looks;
        this.reader = reader;
        this.hosts = hosts;
        this.trail = trail;
        this.bounded = new Bounded(AT_ONCE_MAX, timeMax);
    }

    /**
     * For the member of staff who is signed in, whose look is recorded; content is among the outcome only where they may see it.
     *
     * @param connector its id
     * @param values by parameter; what isn't among them has its default. References to secrets and settings are resolved here
     */
    public Outcome test(String connector, Map<String, String> values) {
        var known = connectors.named(connector);
        if (known.isEmpty()) {
            return new Outcome.Mistaken(Map.of("connector", "There is no connector of this name"));
        }
        var problems = connectors.problems(known.get(), values);
        if (problems.isEmpty()) {
            problems = misused(known.get(), values);
        }
        if (!problems.isEmpty()) {
            return new Outcome.Mistaken(problems);
        }
        return look(known.get(), Values.of(known.get(), values, routes::resolved));
    }

    private Outcome look(Connector connector, Values values) {
        var look = new SourceLook();
        var wouldBe = Collections.synchronizedList(new ArrayList<WouldBe>());
        boolean begun = bounded.run(look, () -> {
            looks.look(connector, values, look);
            look.begin("See what it would become");
            for (var found : look.found()) {
                wouldBe.add(reader.read(found, name(connector)));
            }
        });
        if (!begun) {
            return new Outcome.Busy();
        }
        var steps = look.steps().stream()
                .map(step -> new Step(step.title(), step.ok(), step.words()))
                .toList();
        boolean good = steps.stream().allMatch(Step::ok);
        var shown = trail.recorded(connector, good, List.copyOf(wouldBe));
        if (!good) {
            return new Outcome.NotReached(steps);
        }
        return SourceLooks.reaches(connector) ? new Outcome.Reached(steps, shown) : new Outcome.NothingToReach(steps);
    }

    private static String name(Connector connector) {
        return switch (connector.channel()) {
            case EMAIL -> "The mail that has lain there longest";
            case X -> "The latest message";
            default -> "The file";
        };
    }

    /**
     * A secret that a route uses goes only to the machines that it uses it with, or that the setting names: else whoever may test could have it sent to a
     * machine of their own. So too settings, which stand for themselves only where a route has them.
     */
    private Map<String, String> misused(Connector connector, Map<String, String> values) {
        var all = uses.all();
        var reached = Values.of(connector, values, routes::resolved);
        for (var parameter : connector.asked()) {
            var written = values.getOrDefault(parameter.name(), "");
            for (var name : Values.names(written)) {
                var wrong = parameter.secret() ? sentElsewhere(name, reached.hosts(), all) : notForThis(name, all);
                if (wrong.isPresent()) {
                    return Map.of(parameter.name(), wrong.get());
                }
            }
        }
        return Map.of();
    }

    private Optional<String> sentElsewhere(String name, Set<String> reached, List<SecretUses.Use> all) {
        var with = new TreeSet<String>();
        boolean used = false;
        for (var use : all) {
            if (use.secrets().contains(name)) {
                used = true;
                with.addAll(use.hosts());
            }
        }
        if (!used && name.startsWith("postbag.")) {
            return Optional.of("No route uses the setting " + name + " as a secret");
        }
        for (var host : reached) {
            if (used && !with.contains(host) && !hosts.ofSetting().isNamed(host)) {
                return Optional.of("A route uses this secret with another machine, so a test doesn’t send it to " + host
                        + ". Give the new source a secret of its own");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> notForThis(String name, List<SecretUses.Use> all) {
        boolean plain = all.stream().anyMatch(use -> use.settings().contains(name))
                && all.stream().noneMatch(use -> use.secrets().contains(name));
        return plain || name.equals("postbag.data")
                ? Optional.empty()
                : Optional.of(
                        "No route uses the setting " + name + " here, so it can’t be tested. Write the value itself");
    }
}
