package org.postbag.console.seeing;

import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedProcessorMBean;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.RouteConnectors;
import org.postbag.receiving.Channel;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What Camel's own Java API says of the routes that run on this node. */
@Component
@Profile("!command")
class CamelRoutes {

    private final CamelContext camel;
    private final RouteConnectors connectors;

    CamelRoutes(CamelContext camel, RouteConnectors connectors) {
        this.camel = camel;
        this.connectors = connectors;
    }

    Optional<Route> route(String id) {
        return Optional.ofNullable(camel.getRoute(id));
    }

    Optional<RouteDefinition> definition(String id) {
        return Optional.ofNullable(model().getRouteDefinition(id));
    }

    Optional<ManagedRouteMBean> figures(String id) {
        return managed().map(managed -> managed.getManagedRoute(id));
    }

    Optional<ManagedProcessorMBean> figuresOfStep(String node) {
        return managed().map(managed -> managed.getManagedProcessor(node));
    }

    CamelContext context() {
        return camel;
    }

    /** The channel that a route's connector reaches. Empty for a route without one. */
    Optional<Channel> channel(String route) {
        return Optional.ofNullable(connector(route)).flatMap(Channel::ofConnector);
    }

    /** The connector that a route was made from; null where it was made from none. */
    @Nullable
    String connector(String route) {
        return connectors.of(route);
    }

    private Model model() {
        return Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class), "Camel's model");
    }

    private Optional<ManagedCamelContext> managed() {
        return Optional.ofNullable(camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class));
    }
}
