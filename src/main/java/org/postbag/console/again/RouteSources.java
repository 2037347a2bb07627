package org.postbag.console.again;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Connectors;
import org.postbag.console.seeing.RouteConnectors;
import org.postbag.receiving.Channel;
import org.postbag.receiving.RereadSource;
import org.postbag.receiving.RereadSource.Extent;
import org.postbag.receiving.RereadSource.Span;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The sources of routes, as far as they can be read again: whether or not their routes run, and on whichever node those are polled. */
@Component
@Profile("!command")
class RouteSources {

    private final CamelContext camel;
    private final Connectors connectors;
    private final RouteConnectors ofRoutes;
    private final List<RereadSource> sources;

    RouteSources(CamelContext camel, Connectors connectors, RouteConnectors ofRoutes, List<RereadSource> sources) {
        this.camel = camel;
        this.connectors = connectors;
        this.ofRoutes = ofRoutes;
        this.sources = List.copyOf(sources);
    }

    /** What of a route's source can be read again, in words. */
    record Offered(String route, Channel channel, Extent extent) {

        public boolean isReadable() {
            return extent instanceof Extent.Kept;
        }

        public String words() {
            return switch (extent) {
                case Extent.Kept kept -> kept.words();
                case Extent.Nothing nothing -> nothing.words();
            };
        }
    }

    /** A source that is to be read. */
    record Asked(RereadSource source, Span span) {}

    private record Known(Connector connector, Map<String, String> settings) {}

    /** Of all routes that were made from a connector, by channel and name. */
    List<Offered> all() {
        var byId = connectorsById();
        return model().getRouteDefinitions().stream()
                .flatMap(route -> known(route, byId)
                        .map(known -> new Offered(
                                route.getRouteId(), known.connector().channel(), extent(known)))
                        .stream())
                .sorted(Comparator.comparing(Offered::channel).thenComparing(Offered::route))
                .toList();
    }

    private Map<String, Connector> connectorsById() {
        return connectors.all().stream()
                .collect(Collectors.toMap(Connector::id, Function.identity(), (_, last) -> last));
    }

    private Extent extent(Known known) {
        return source(known.connector().id())
                .map(source -> source.extent(known.settings()))
                .orElseGet(() -> new Extent.Nothing(
                        switch (known.connector().channel()) {
                            case FACEBOOK, X ->
                                "The platform calls us, and gives nothing when it is asked. It repeats by itself for some hours what we did not acknowledge";
                            default ->
                                "It comes by a page of Postbag’s own, and its sender got an answer once it was kept: there is no source to ask";
                        }));
    }

    private Optional<RereadSource> source(String connector) {
        return sources.stream().filter(source -> source.isOf(connector)).findFirst();
    }

    /**
     * The channel of a route whose source can be read again up to a day.
     *
     * @throws IllegalArgumentException where it can't; its message says why, for staff
     */
    Channel readable(String route, LocalDate last) {
        var offered = all().stream()
                .filter(one -> one.route().equals(route))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no route of this name that reads a source"));
        if (offered.extent() instanceof Extent.Kept kept && kept.first() != null && last.isBefore(kept.first())) {
            throw new IllegalArgumentException("The source has nothing of these days any more. " + kept.words());
        }
        if (!offered.isReadable()) {
            throw new IllegalArgumentException(offered.words());
        }
        return offered.channel();
    }

    /** Empty where the route is there no more, or its source can't be read again as it is set now. */
    Optional<Asked> asked(AgainBatch batch) {
        var route = Objects.requireNonNull(batch.route());
        var definition = model().getRouteDefinition(route);
        if (definition == null) {
            return Optional.empty();
        }
        return known(definition, connectorsById())
                .filter(known -> extent(known) instanceof Extent.Kept)
                .flatMap(known -> source(known.connector().id())
                        .map(source -> new Asked(
                                source,
                                new Span(
                                        route,
                                        known.connector().id(),
                                        known.settings(),
                                        batch.first(),
                                        batch.last()))));
    }

    private Optional<Known> known(RouteDefinition route, Map<String, Connector> byId) {
        var id = ofRoutes.of(route.getRouteId());
        var connector = id == null ? null : byId.get(id);
        if (connector == null) {
            return Optional.empty();
        }
        var given = route.getTemplateParameters() == null ? Map.<String, Object>of() : route.getTemplateParameters();
        var settings = new HashMap<String, String>();
        for (var parameter : connector.parameters()) {
            var value = given.containsKey(parameter.name())
                    ? String.valueOf(given.get(parameter.name()))
                    : parameter.defaultValue();
            if (value != null) {
                settings.put(parameter.name(), resolved(value).strip());
            }
        }
        return Optional.of(new Known(connector, settings));
    }

    /** A reference to a secret becomes its handle. */
    private String resolved(String value) {
        try {
            return value.contains("{{") ? camel.resolvePropertyPlaceholders(value) : value;
        } catch (IllegalArgumentException unknown) {
            return value;
        }
    }

    private Model model() {
        return Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class), "Camel's model");
    }
}
