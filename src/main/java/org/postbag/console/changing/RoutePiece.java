package org.postbag.console.changing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A part of a file that has versions of its own: one entry of its list, with the comment above it, as it is written.
 *
 * @param ids of the routes in it: none in a template or configuration, more than one only where the file can't be cut
 * @param line how many lines of the file come before
 */
public record RoutePiece(List<String> ids, String text, int line) {

    public RoutePiece {
        ids = List.copyOf(ids);
    }

    /** Whether it is one route, which can have versions. */
    public boolean isOne() {
        return ids.size() == 1 && Versions.NAME.matcher(ids.getFirst()).matches();
    }

    /** The ids of the connectors' templates in it. */
    public List<String> templates() {
        return new Load(LoadSettings.builder().build()).loadFromString(text) instanceof List<?> entries
                ? entries.stream()
                        .filter(Map.class::isInstance)
                        .map(entry -> id(((Map<?, ?>) entry).get("routeTemplate"), "id"))
                        .filter(id -> !id.isEmpty())
                        .toList()
                : List.of();
    }

    /** The connector of each route of a text that is an instance of one. */
    public static Map<String, String> connectors(String text) {
        var connectors = new HashMap<String, String>();
        if (new Load(LoadSettings.builder().build()).loadFromString(text) instanceof List<?> entries) {
            for (Object entry : entries) {
                var route = entry instanceof Map<?, ?> map ? map.get("templatedRoute") : null;
                var id = id(route, "routeId");
                var connector = id(route, "routeTemplateRef");
                if (!id.isEmpty() && !connector.isEmpty()) {
                    connectors.put(id, connector);
                }
            }
        }
        return connectors;
    }

    /**
     * Cuts a file.
     *
     * @return empty where it is not a list of entries
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException where it is not YAML
     */
    public static List<RoutePiece> of(String name, String text) {
        var settings = LoadSettings.builder().setLabel(name).build();
        if (!(new Load(settings).loadFromString(text) instanceof List<?> entries) || entries.isEmpty()) {
            return List.of();
        }
        var ids = entries.stream().map(RoutePiece::id).toList();
        var starts = starts(new Compose(settings).composeString(text).orElseThrow(), text);
        if (entries.size() == 1 || starts.size() != entries.size()) {
            return List.of(
                    new RoutePiece(ids.stream().filter(id -> !id.isEmpty()).toList(), text, 0));
        }
        var lines = text.lines().toList();
        var pieces = new ArrayList<RoutePiece>();
        for (int at = 0; at < starts.size(); at++) {
            int from = at == 0 ? 0 : starts.get(at);
            int until = at + 1 < starts.size() ? starts.get(at + 1) : lines.size();
            var id = ids.get(at);
            pieces.add(new RoutePiece(
                    id.isEmpty() ? List.of() : List.of(id),
                    String.join("\n", lines.subList(from, until)) + "\n",
                    from));
        }
        return pieces;
    }

    /** The line on which each entry begins, with the comments above it; empty where entries share lines. */
    private static List<Integer> starts(Node root, String text) {
        if (!(root instanceof SequenceNode list) || list.getFlowStyle() != FlowStyle.BLOCK) {
            return List.of();
        }
        var lines = text.lines().toList();
        var starts = new ArrayList<Integer>();
        for (var entry : list.getValue()) {
            int line = entry.getStartMark().map(Mark::getLine).orElse(0);
            while (line > 0 && isAside(lines.get(line - 1))) {
                line--;
            }
            starts.add(line);
        }
        return starts.stream().distinct().count() == starts.size() ? starts : List.of();
    }

    private static boolean isAside(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    private static String id(Object entry) {
        if (entry instanceof Map<?, ?> map) {
            var route = id(map.get("route"), "id");
            return route.isEmpty() ? id(map.get("templatedRoute"), "routeId") : route;
        }
        return "";
    }

    private static String id(@Nullable Object definition, String key) {
        return definition instanceof Map<?, ?> map && map.get(key) instanceof String id ? id : "";
    }
}
