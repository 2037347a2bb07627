package org.postbag.console.reaching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.SecretValues;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What the loaded routes that were made from connectors are set to, as it was written. */
@Component
@Profile("!command")
public class MadeRoutes {

    private final CamelContext camel;
    private final RouteConnectors connectors;

    MadeRoutes(CamelContext camel, RouteConnectors connectors) {
        this.camel = camel;
        this.connectors = connectors;
    }

    /**
     * A route that was made from a connector.
     *
     * @param connector its id
     * @param settings those of the connector in its order; then whatever else was given, which can hold references all the same
     */
    public record Made(String route, String connector, List<Setting> settings) {}

    /**
     * A setting of a route.
     *
     * @param value as it was written, else the connector's default; null where there is neither
     * @param known whether the connector has a setting of this name
     */
    public record Setting(Parameter parameter, @Nullable String value, boolean known) {}

    public List<Made> all() {
        return model().getRouteDefinitions().stream()
                .map(this::made)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty for a route that isn't loaded, or was made from no connector. */
    public Optional<Made> of(String route) {
        return Optional.ofNullable(model().getRouteDefinition(route)).flatMap(this::made);
    }

    Optional<Made> made(RouteDefinition route) {
        return Optional.ofNullable(connectors.of(route.getRouteId()))
                .map(connector -> new Made(route.getRouteId(), connector, settings(connector, route)));
    }

    private List<Setting> settings(String connector, RouteDefinition route) {
        var given = Objects.requireNonNullElse(route.getTemplateParameters(), Map.<String, Object>of());
        var settings = new ArrayList<Setting>();
        for (var parameter : parameters(connector)) {
            var value = given.get(parameter.name());
            settings.add(new Setting(parameter, value == null ? parameter.defaultValue() : value.toString(), true));
        }
        var known = settings.stream().map(setting -> setting.parameter().name()).toList();
        given.forEach((name, value) -> {
            if (!known.contains(name)) {
                settings.add(new Setting(Parameter.written(name, "", null), String.valueOf(value), false));
            }
        });
        return List.copyOf(settings);
    }

    private List<Parameter> parameters(String connector) {
        return Optional.ofNullable(model().getRouteTemplateDefinition(connector))
                .map(RouteTemplateDefinition::getTemplateParameters)
                .map(written -> written.stream().map(MadeRoutes::parameter).toList())
                .orElse(List.of());
    }

    private static Parameter parameter(RouteTemplateParameterDefinition written) {
        return Parameter.written(
                written.getName(), Objects.requireNonNullElse(written.getDescription(), ""), written.getDefaultValue());
    }

    /** What a setting is, a reference to a secret as its handle; what isn't given stays as it was written. */
    public String resolved(String written) {
        try {
            return written.contains("{{")
                    ? camel.resolvePropertyPlaceholders(
                            Secrets.REFERENCE.matcher(written).replaceAll(SecretValues.HANDLE + "$1"))
                    : written;
        } catch (RuntimeException notGiven) {
            return written;
        }
    }

    private Model model() {
        return Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class), "Camel's model");
    }
}
