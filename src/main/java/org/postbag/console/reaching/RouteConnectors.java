package org.postbag.console.reaching;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Which connector each route was made from: Camel forgets it once the route is made, so it is noted as routes are read. Camel finds this by its type. */
@Component
@Profile("!command")
public class RouteConnectors implements RouteBuilderLifecycleStrategy {

    private final Map<String, String> ofRoute = new ConcurrentHashMap<>();

    @Override
    public void afterConfigure(RouteBuilder builder) {
        for (var route : builder.getTemplatedRouteCollection().getTemplatedRoutes()) {
            if (route.getRouteId() != null && route.getRouteTemplateRef() != null) {
                ofRoute.put(route.getRouteId(), route.getRouteTemplateRef());
            }
        }
    }

    /** Null for a route that was made from none. */
    @Nullable
    public String of(String route) {
        return ofRoute.get(route);
    }
}
