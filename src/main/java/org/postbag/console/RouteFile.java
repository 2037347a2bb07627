package org.postbag.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of connectors or routes as it was read at start.
 *
 * @param name relative to the folder's parent, such as {@code routes/public-form.camel.yaml}
 * @param routeIds the routes that it holds
 * @param problem why it was not loaded, with the line where that is known, or null
 */
public record RouteFile(
        String name, List<String> routeIds, @Nullable String problem) {

    public RouteFile {
        routeIds = List.copyOf(routeIds);
    }
}
