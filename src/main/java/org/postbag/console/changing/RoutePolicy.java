package org.postbag.console.changing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Finding.Stage;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Parameter;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a route's YAML may say, asked of the raw tree before Camel sees it: Camel makes an object of a {@code beans:} entry while it parses. What isn't named
 * here or in {@link Allowed} is refused. Text in, findings out: pure.
 */
final class RoutePolicy {

    private static final int FINDINGS_MAX = 50;

    private final String name;
    private final Allowed allowed;
    private final List<Finding> findings = new ArrayList<>();

    private RoutePolicy(String name, Allowed allowed) {
        this.name = name;
        this.allowed = allowed;
    }

    /** @param name the id that the route must have */
    static List<Finding> check(String name, String text, Allowed allowed) {
        var read = YamlText.read(text);
        if (read.root() == null) {
            return first(read.findings());
        }
        var policy = new RoutePolicy(name, allowed);
        policy.file(read.root());
        return first(policy.findings);
    }

    private static List<Finding> first(List<Finding> findings) {
        return List.copyOf(findings.subList(0, Math.min(findings.size(), FINDINGS_MAX)));
    }

    private void file(Node root) {
        if (!(root instanceof SequenceNode list) || list.getValue().size() != 1) {
            reading(
                    root,
                    "It must be a YAML list with one route: a line that begins with “- templatedRoute:” or “- route:”.");
            return;
        }
        var entry = entries(list.getValue().getFirst(), "The entry", Set.of("templatedRoute", "route"));
        var templated = entry.get("templatedRoute");
        var route = entry.get("route");
        if (templated != null) {
            templated(templated);
        } else if (route != null) {
            new FullRoute(this).route(route);
        } else if (findings.isEmpty()) {
            reading(root, "It holds no route.");
        }
    }

    private void templated(Node node) {
        var route = entries(node, "templatedRoute", Set.of("routeTemplateRef", "routeId", "parameters"));
        named(route.get("routeId"), node, "routeId");
        var template = route.get("routeTemplateRef");
        if (template == null) {
            reading(node, "routeTemplateRef is missing: which connector is it?");
            return;
        }
        var connector = scalar(template, "routeTemplateRef").flatMap(allowed::connector);
        if (connector.isEmpty()) {
            reading(template, "There is no connector of this name. Choose one of those in connectors/.");
            return;
        }
        parameters(connector.get(), route.get("parameters"), node);
    }

    /** The id is that under which it is changed: nobody takes another's place by it. */
    void named(@Nullable Node id, Node where, String key) {
        if (id == null) {
            reading(where, key + " is missing. It must be " + name + ".");
            return;
        }
        scalar(id, key)
                .filter(one -> !one.equals(name))
                .ifPresent(other -> reading(
                        id,
                        "This is the route " + name
                                + ": it can’t be given another id here. To add a route, choose Add a channel."));
    }

    private void parameters(Connector connector, @Nullable Node list, Node where) {
        var given = new LinkedHashMap<String, Node>();
        if (list instanceof SequenceNode all) {
            all.getValue().forEach(one -> parameter(connector, one, given));
        } else if (list != null) {
            reading(list, "parameters must be a list of name and value.");
        }
        for (var parameter : connector.parameters()) {
            if (parameter.required() && !given.containsKey(parameter.name())) {
                reading(where, "The parameter " + parameter.name() + " is missing: " + parameter.description());
            }
        }
    }

    private void parameter(Connector connector, Node node, Map<String, Node> given) {
        var pair = entries(node, "A parameter", Set.of("name", "value"));
        var key = pair.get("name");
        var value = pair.get("value");
        if (key == null || value == null) {
            reading(node, "A parameter needs name and value.");
            return;
        }
        var name = scalar(key, "name");
        if (name.isEmpty()) {
            return;
        }
        if (given.put(name.get(), value) != null) {
            reading(key, "The parameter " + name.get() + " stands there twice.");
        }
        connector
                .parameter(name.get())
                .ifPresentOrElse(
                        known -> value(connector.id(), known, value),
                        () -> reading(
                                key,
                                "The connector " + connector.id() + " has no parameter of this name. Take it out."));
    }

    void value(String connector, Parameter parameter, Node node) {
        scalar(node, parameter.name()).ifPresent(value -> value(connector, parameter, value, node));
    }

    void value(String connector, Parameter parameter, String value, Node node) {
        if (parameter.type() == Parameter.Type.ROUTE) {
            if (!value.equals(name)) {
                refuse(node, parameter.name() + " must be the route’s own id, " + name + ".");
            }
            return;
        }
        AllowedValue.problem(connector, parameter, value, allowed)
                .ifPresent(words -> refuse(node, parameter.name() + " " + words + "."));
    }

    /** What a mapping says under keys that are known; of all others it is said that they aren't. */
    Map<String, Node> entries(Node node, String what, Set<String> known) {
        var entries = new LinkedHashMap<String, Node>();
        if (!(node instanceof MappingNode mapping)) {
            reading(node, what + " must have entries of the form “name: value”.");
            return entries;
        }
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            var key = scalar(tuple.getKeyNode(), "A name").orElse("");
            if (!seen.add(key)) {
                refuse(tuple.getKeyNode(), "The same name stands there twice.");
            } else if (known.contains(key)) {
                entries.put(key, tuple.getValueNode());
            } else {
                refuse(
                        tuple.getKeyNode(),
                        "“" + shown(key) + "” is not allowed here. Allowed: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return entries;
    }

    Optional<String> scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        reading(node, what + " must be a single value.");
        return Optional.empty();
    }

    private static String shown(String key) {
        return key.length() > 40 ? key.substring(0, 40) + "…" : key;
    }

    Allowed allowed() {
        return allowed;
    }

    String name() {
        return name;
    }

    void refuse(Node node, String message) {
        findings.add(YamlText.at(Stage.POLICY, message, node.getStartMark()));
    }

    void reading(Node node, String message) {
        findings.add(YamlText.at(Stage.READING, message, node.getStartMark()));
    }
}
