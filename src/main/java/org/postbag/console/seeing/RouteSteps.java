package org.postbag.console.seeing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Route;
import org.apache.camel.api.management.mbean.ManagedPerformanceCounterMBean;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.ToDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Reads the steps of a route from Camel's model, with what was counted at each. Values stay out: a constant may be a password. */
@Component
@Profile("!command")
class RouteSteps {

    private static final int DEPTH_MAX = 8;
    private static final Pattern USER = Pattern.compile("//[^/@]*@");

    private final CamelRoutes routes;

    RouteSteps(CamelRoutes routes) {
        this.routes = routes;
    }

    /** From its source on; empty for a route that isn't loaded. */
    List<Step> of(String route) {
        return routes.definition(route)
                .map(definition -> steps(route, definition))
                .orElse(List.of());
    }

    /** What the step of this id does, as the diagram says it; the id itself where there is no such step. */
    String words(String route, @Nullable String node) {
        if (node == null) {
            return "at the source";
        }
        return flat(of(route)).stream()
                .filter(step -> step.id().equals(node))
                .map(Step::words)
                .findFirst()
                .orElse(node);
    }

    static List<Step> flat(List<Step> steps) {
        var all = new ArrayList<Step>();
        for (var step : steps) {
            all.add(step);
            all.addAll(flat(step.inside()));
        }
        return all;
    }

    private List<Step> steps(String route, RouteDefinition definition) {
        var all = new ArrayList<Step>();
        all.add(new Step(
                Objects.requireNonNullElse(definition.getInput().getId(), "from"),
                "From " + routes.route(route).map(RouteSteps::source).orElse("its source"),
                routes.figures(route).map(RouteSteps::figures).orElse(null),
                List.of()));
        all.addAll(inside(definition.getOutputs(), 0));
        return all;
    }

    private List<Step> inside(List<ProcessorDefinition<?>> definitions, int depth) {
        var steps = new ArrayList<Step>();
        var handed = new ArrayList<Step>();
        for (var definition : definitions) {
            if (definition instanceof SetPropertyDefinition) {
                handed.add(step(definition, depth));
                continue;
            }
            addTogether(steps, handed);
            steps.add(step(definition, depth));
        }
        addTogether(steps, handed);
        return steps;
    }

    /** A connector hands its settings on one by one, which is one step to whoever looks. */
    private static void addTogether(List<Step> steps, List<Step> handed) {
        if (handed.size() == 1) {
            steps.add(handed.getFirst());
        } else if (!handed.isEmpty()) {
            steps.add(new Step(
                    handed.getFirst().id(),
                    "Hand on %d settings".formatted(handed.size()),
                    handed.stream()
                            .map(Step::figures)
                            .filter(Objects::nonNull)
                            .reduce(Step.Figures::plus)
                            .orElse(null),
                    List.of()));
        }
        handed.clear();
    }

    private Step step(ProcessorDefinition<?> definition, int depth) {
        var id = Objects.requireNonNullElse(definition.getId(), definition.getShortName());
        return new Step(
                id,
                words(definition),
                routes.figuresOfStep(id).map(RouteSteps::figures).orElse(null),
                depth == DEPTH_MAX ? List.of() : inside(definition.getOutputs(), depth + 1));
    }

    private static String words(ProcessorDefinition<?> definition) {
        return switch (definition) {
            case BeanDefinition bean ->
                "Bean " + Objects.requireNonNullElse(bean.getRef(), "without a name") + method(bean);
            case ProcessDefinition process -> "Step " + Objects.requireNonNullElse(process.getRef(), "without a name");
            case SetPropertyDefinition property -> "Hand on the setting " + property.getName();
            case ToDefinition to -> "To " + masked(Objects.requireNonNullElse(to.getEndpointUri(), to.getShortName()));
            default -> described(definition);
        };
    }

    private static String described(ProcessorDefinition<?> definition) {
        var text = definition.getDescriptionText();
        var kind = definition.getShortName();
        return text == null || text.isBlank()
                ? kind.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + kind.substring(1)
                : text;
    }

    /** Its name alone: what it is called with may be an expression with anything in it. */
    private static String method(BeanDefinition bean) {
        var method = Optional.ofNullable(bean.getMethod()).orElse("");
        int open = method.indexOf('(');
        var name = open < 0 ? method : method.substring(0, open);
        return name.isEmpty() ? "" : ", " + name;
    }

    private static String source(Route route) {
        return masked(route.getEndpoint().getEndpointBaseUri());
    }

    /** Without options, and without whoever signs in. */
    static String masked(String uri) {
        int options = uri.indexOf('?');
        return USER.matcher(options < 0 ? uri : uri.substring(0, options)).replaceAll("//");
    }

    private static Step.Figures figures(ManagedPerformanceCounterMBean counted) {
        return new Step.Figures(
                counted.getExchangesCompleted(),
                counted.getExchangesFailed(),
                counted.getExchangesInflight(),
                Math.max(0, counted.getMeanProcessingTime()));
    }
}
