package org.postbag.console.reaching;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.postbag.receiving.SecretValues;
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
    private final Connectors connectors;

    SecretUses(CamelContext camel, Connectors connectors) {
        this.camel = camel;
        this.connectors = connectors;
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
        var types = new HashMap<String, Parameter.Type>();
        for (var connector : connectors.all()) {
            connector.parameters().forEach(one -> types.merge(one.name(), one.type(), SecretUses::stricter));
        }
        var model = Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class));
        return model.getRouteDefinitions().stream()
                .map(route -> use(route, types))
                .toList();
    }

    /** A route doesn't tell from which connector it was made: a name that is a secret's in one is taken for one in all. */
    private static Parameter.Type stricter(Parameter.Type one, Parameter.Type other) {
        return other == Parameter.Type.SECRET ? other : one;
    }

    /** The routes that use one. */
    List<String> routes(String name) {
        return all().stream()
                .filter(use -> use.secrets().contains(name))
                .map(Use::route)
                .sorted()
                .toList();
    }

    private Use use(RouteDefinition route, Map<String, Parameter.Type> types) {
        var secrets = new LinkedHashSet<String>();
        var settings = new HashSet<String>();
        var hosts = new HashSet<String>();
        var parameters = parameters(route);
        if (parameters.isEmpty()) {
            secrets.addAll(Secrets.references(dump(route)));
        }
        parameters.forEach((name, value) -> {
            var type = types.getOrDefault(name, Parameter.Type.TEXT);
            secrets.addAll(Secrets.references(value));
            (type == Parameter.Type.SECRET ? secrets : settings).addAll(Values.names(value));
            if (type == Parameter.Type.HOST) {
                hosts.add(resolve(value).toLowerCase(Locale.ROOT));
            } else if (type == Parameter.Type.URL) {
                hosts.add(Values.host(resolve(value)));
            }
        });
        return new Use(route.getRouteId(), secrets, settings, hosts);
    }

    /** As they were written, those that weren't given by their defaults. */
    private static Map<String, String> parameters(RouteDefinition route) {
        var parameters = new HashMap<String, String>();
        if (route.getTemplateDefaultParameters() != null) {
            route.getTemplateDefaultParameters().forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        }
        if (route.getTemplateParameters() != null) {
            route.getTemplateParameters().forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        }
        return parameters;
    }

    /** What a setting is; what isn't given stays as it was written. */
    String resolve(String written) {
        try {
            return camel.resolvePropertyPlaceholders(
                    Secrets.REFERENCE.matcher(written).replaceAll(SecretValues.HANDLE + "$1"));
        } catch (RuntimeException notGiven) {
            return written;
        }
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
