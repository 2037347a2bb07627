package org.postbag.console;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of connectors or routes as it was read at start.
 *
 * @param name relative to the folder's parent, such as {@code routes/public-form.camel.yaml}
 * @param routeIds the routes that it holds
 * @param problem why it was not loaded, with the line where that is known, or null
 * @param connectors the connector of each route that is an instance of one
 */
public record RouteFile(
        String name, List<String> routeIds, @Nullable String problem, Map<String, String> connectors) {

    public RouteFile {
        routeIds = List.copyOf(routeIds);
        connectors = Map.copyOf(connectors);
    }

    RouteFile(String name, List<String> routeIds, @Nullable String problem) {
        this(name, routeIds, problem, Map.of());
    }
}
