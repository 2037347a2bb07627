package org.postbag.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Reads the connectors and then the routes at start, each file on its own: a wrong one stops its own routes only, and says line and reason. A running
 * system is never changed by a file.
 */
@Component
@Profile("!command")
class RouteFiles implements CamelContextConfiguration {

    static final String ENDING = ".camel.yaml";
    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    /** What all routes share comes before them. */
    private static final String SHARED = "errors" + ENDING;

    private static final int FILE_BYTES_MAX = 1_000_000;

    private static final String NOT_SET = "It needs a setting that is not given: ";
    /** How Camel says it. */
    private static final Pattern WITHOUT_SETTING = Pattern.compile("Property with key \\[([^\\]]+)\\] not found.*");

    private final Path connectors;
    private final Path routes;
    private final List<RouteFile> read = new CopyOnWriteArrayList<>();
    private final Set<String> taken = new HashSet<>();

    RouteFiles(
            @Value("${postbag.connectors:connectors}") Path connectors,
            @Value("${postbag.routes:routes}") Path routes) {
        this.connectors = connectors;
        this.routes = routes;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        // Files are loaded once the context runs: there a failure stays the file's own.
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        for (Path folder : List.of(connectors, routes)) {
            for (Path file : files(folder)) {
                var loaded = load(context, folder.getFileName() + "/" + file.getFileName(), file);
                if (loaded.problem() != null && loaded.problem().startsWith(NOT_SET)) {
                    // A way in that this body doesn't use.
                    LOG.warn("{} doesn't run. {}", loaded.name(), loaded.problem());
                } else if (loaded.problem() != null) {
                    LOG.error("{} is not loaded: {}", loaded.name(), loaded.problem());
                }
                read.add(loaded);
            }
        }
    }

    /** What was read at start, in order. */
    List<RouteFile> all() {
        return List.copyOf(read);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            LOG.warn("There is no folder {}: nothing is taken in by what would be in it", folder);
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(ENDING))
                    .sorted(Comparator.comparing(
                                    (Path f) -> !f.getFileName().toString().equals(SHARED))
                            .thenComparing(Path::getFileName))
                    .toList();
        } catch (IOException unreadable) {
            LOG.error("The folder {} cannot be read", folder);
            return List.of();
        }
    }

    private RouteFile load(CamelContext context, String name, Path file) {
        List<String> ids = List.of();
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return new RouteFile(name, ids, "The file is larger than " + FILE_BYTES_MAX + " bytes");
            }
            var text = Files.readString(file);
            var tree = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
            if (!(tree instanceof List<?> entries) || entries.isEmpty()) {
                return new RouteFile(name, ids, "The file is not a YAML list of routes");
            }
            ids = routeIds(entries);
            for (String id : ids) {
                if (!taken.add(id)) {
                    return new RouteFile(name, ids, "There is already a route " + id + " in another file");
                }
            }
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, text));
            return new RouteFile(name, ids, null, connectors(entries));
        } catch (Exception wrong) { // The loader throws whatever the file makes it throw.
            remove(context, ids);
            return new RouteFile(name, ids, reason(wrong));
        }
    }

    /** A route that failed leaves its definition behind. */
    private static void remove(CamelContext context, List<String> ids) {
        for (String id : ids) {
            try {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
            } catch (Exception stays) {
                LOG.warn(
                        "Route {} could not be removed: {}",
                        id,
                        stays.getClass().getSimpleName());
            }
        }
    }

    private static List<String> routeIds(List<?> entries) {
        var ids = new ArrayList<String>();
        for (Object entry : entries) {
            if (entry instanceof Map<?, ?> map) {
                addId(ids, map.get("route"), "id");
                addId(ids, map.get("templatedRoute"), "routeId");
            }
        }
        return ids;
    }

    /** The connector of each route that is an instance of one. */
    static Map<String, String> connectors(List<?> entries) {
        var connectors = new HashMap<String, String>();
        for (Object entry : entries) {
            if (entry instanceof Map<?, ?> map
                    && map.get("templatedRoute") instanceof Map<?, ?> route
                    && route.get("routeId") instanceof String id
                    && route.get("routeTemplateRef") instanceof String connector) {
                connectors.put(id, connector);
            }
        }
        return connectors;
    }

    private static void addId(List<String> ids, @Nullable Object definition, String key) {
        if (definition instanceof Map<?, ?> map && map.get(key) instanceof String id) {
            ids.add(id);
        }
    }

    static String reason(Throwable wrong) {
        Throwable deepest = wrong;
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked
                    && marked.getProblemMark().isPresent()) {
                var mark = marked.getProblemMark().get();
                return "Line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": "
                        + marked.getProblem();
            }
            deepest = cause;
        }
        var message = deepest.getMessage();
        var setting = WITHOUT_SETTING.matcher(String.valueOf(message));
        if (setting.lookingAt()) {
            return NOT_SET + setting.group(1);
        }
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
