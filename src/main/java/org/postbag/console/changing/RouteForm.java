package org.postbag.console.changing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A route that has a connector, as a form shows it. Read from YAML and written back into it: what somebody wrote by hand stays as it is, comments too, but for
 * the values that the form changed. Pure.
 *
 * @param values by parameter, in the order of the text
 */
record RouteForm(String connector, String id, Map<String, String> values) {

    RouteForm {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Empty where it isn't one route with a connector. */
    static Optional<RouteForm> read(String text) {
        return definition(text).flatMap(route -> {
            var connector = scalar(route.get("routeTemplateRef"));
            var id = scalar(route.get("routeId"));
            var values = new LinkedHashMap<String, String>();
            for (var parameter : parameters(route)) {
                var name = scalar(parameter.get("name"));
                var value = scalar(parameter.get("value"));
                if (name == null || value == null) {
                    return Optional.empty();
                }
                values.put(name, value);
            }
            return connector == null || id == null
                    ? Optional.empty()
                    : Optional.of(new RouteForm(connector, id, values));
        });
    }

    /** A text of its own. */
    String write(String comment) {
        var text = new StringBuilder("# ")
                .append(comment.replaceAll("\\s+", " ").strip())
                .append('\n');
        text.append("- templatedRoute:\n    routeTemplateRef: ")
                .append(connector)
                .append("\n    routeId: ")
                .append(id);
        if (!values.isEmpty()) {
            text.append("\n    parameters:");
        }
        values.forEach((name, value) -> text.append("\n      - name: ")
                .append(name)
                .append("\n        value: ")
                .append(quoted(value)));
        return text.append('\n').toString();
    }

    /** The text with these values in place of its own; another connector's text is written anew. */
    String writeInto(String text) {
        var before = read(text);
        if (before.isEmpty()
                || !before.get().connector.equals(connector)
                || !before.get().id.equals(id)) {
            return write("Changed in the console.");
        }
        var wanted = values;
        var lost = before.get().values().keySet().stream().anyMatch(name -> !wanted.containsKey(name));
        var added =
                wanted.keySet().stream().anyMatch(name -> !before.get().values().containsKey(name));
        var kept = replaced(text);
        if (!lost && !added) {
            return kept;
        }
        return withLines(kept);
    }

    /** Values that differ are written over where they stand. */
    private String replaced(String text) {
        var route = definition(text).orElseThrow();
        var result = new StringBuilder(text);
        for (var parameter : parameters(route).reversed()) {
            var node = (ScalarNode) parameter.get("value");
            var wanted = values.get(scalar(parameter.get("name")));
            if (node != null && wanted != null && !wanted.equals(node.getValue())) {
                result.replace(index(text, node.getStartMark()), index(text, node.getEndMark()), quoted(wanted));
            }
        }
        return result.toString();
    }

    /** Takes lines of parameters away that are no longer given, and adds those that are new after the last. */
    private String withLines(String text) {
        var route = definition(text).orElseThrow();
        var all = parameters(route);
        var lines = new java.util.ArrayList<>(text.lines().toList());
        if (all.isEmpty()) {
            return write("Changed in the console.");
        }
        int indent = column(all.getFirst());
        var prefix = " ".repeat(Math.max(0, indent - 2)) + "- ";
        var given = read(text).orElseThrow().values();
        int end = line(all.getLast().values());
        for (var entry : values.entrySet()) {
            if (!given.containsKey(entry.getKey())) {
                lines.add(end + 1, prefix + "name: " + entry.getKey());
                lines.add(end + 2, " ".repeat(indent) + "value: " + quoted(entry.getValue()));
                end += 2;
            }
        }
        for (var parameter : all.reversed()) {
            if (!values.containsKey(String.valueOf(scalar(parameter.get("name"))))) {
                int from = parameter.values().stream()
                        .flatMap(node -> node.getStartMark().stream())
                        .mapToInt(Mark::getLine)
                        .min()
                        .orElse(0);
                lines.subList(from, line(parameter.values()) + 1).clear();
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static int column(Map<String, Node> parameter) {
        // The keys stand where the mapping does; a value stands behind its key.
        return parameter.values().stream()
                        .flatMap(node -> node.getStartMark().stream())
                        .mapToInt(Mark::getColumn)
                        .min()
                        .orElse(8)
                - "name: ".length();
    }

    private static int line(java.util.Collection<Node> nodes) {
        return nodes.stream()
                .flatMap(node -> node.getEndMark().stream())
                .mapToInt(Mark::getLine)
                .max()
                .orElse(0);
    }

    private static int index(String text, Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Optional<Map<String, Node>> definition(String text) {
        if (YamlText.read(text).root() == null) {
            return Optional.empty();
        }
        return new Compose(LoadSettings.builder().setAllowDuplicateKeys(true).build())
                .composeString(text)
                .filter(root ->
                        root instanceof SequenceNode list && list.getValue().size() == 1)
                .map(root -> map(((SequenceNode) root).getValue().getFirst()).get("templatedRoute"))
                .filter(MappingNode.class::isInstance)
                .map(RouteForm::map);
    }

    private static List<Map<String, Node>> parameters(Map<String, Node> route) {
        return route.get("parameters") instanceof SequenceNode list
                ? list.getValue().stream().map(RouteForm::map).toList()
                : List.of();
    }

    private static Map<String, Node> map(Node node) {
        var map = new LinkedHashMap<String, Node>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(one -> map.put(String.valueOf(scalar(one.getKeyNode())), one.getValueNode()));
        }
        return map;
    }

    private static @Nullable String scalar(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }
}
