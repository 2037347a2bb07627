package org.postbag.console.reaching;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.postbag.console.reaching.MadeRoutes.Made;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Which loaded routes use which secrets and settings, and with which machines. */
@Component
@Profile("!command")
class SecretUses {

    private static final Logger LOG = LoggerFactory.getLogger(SecretUses.class);

    private final CamelContext camel;
    private final MadeRoutes made;

    SecretUses(CamelContext camel, MadeRoutes made) {
        this.camel = camel;
        this.made = made;
    }

    /**
     * A route's.
     *
     * @param secrets names of secrets, and of settings that hold one
     * @param settings that hold none
     * @param hosts that it reaches
     */
    record Use(String route, Set<String> secrets, Set<String> settings, Set<String> hosts) {}

    List<Use> all() {
        var model = Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class));
        return model.getRouteDefinitions().stream()
                .map(route -> made.made(route).map(this::use).orElseGet(() -> plain(route)))
                .toList();
    }

    /** The routes that use one. */
    List<String> routes(String name) {
        return routes(all(), use -> use.secrets().contains(name));
    }

    static List<String> routes(List<Use> all, Predicate<Use> which) {
        return all.stream().filter(which).map(Use::route).sorted().toList();
    }

    private Use use(Made route) {
        var use = new Use(route.route(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (var setting : route.settings()) {
            var parameter = setting.parameter();
            var value = Objects.requireNonNullElse(setting.value(), "");
            use.secrets().addAll(Secrets.references(value));
            (parameter.secret() ? use.secrets() : use.settings()).addAll(Values.names(value));
            Values.host(parameter, made.resolved(value)).ifPresent(use.hosts()::add);
        }
        return use;
    }

    /** One that was made from no connector. */
    private Use plain(RouteDefinition route) {
        return new Use(route.getRouteId(), Set.copyOf(Secrets.references(dump(route))), Set.of(), Set.of());
    }

    private String dump(RouteDefinition route) {
        try {
            return PluginHelper.getModelToXMLDumper(camel).dumpModelAsXml(camel, route);
        } catch (Exception undumpable) { // Camel declares any.
            LOG.debug("Route {} can't be shown as XML", route.getRouteId(), undumpable);
            return "";
        }
    }
}
