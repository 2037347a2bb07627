package org.postbag.console.again;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.postbag.console.reaching.MadeRoutes;
import org.postbag.console.reaching.MadeRoutes.Made;
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

    private final MadeRoutes routes;
    private final List<RereadSource> sources;

    RouteSources(MadeRoutes routes, List<RereadSource> sources) {
        this.routes = routes;
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

    private record Known(String route, String connector, Channel channel, Map<String, String> settings) {}

    /** Of all routes that were made from a connector, by channel and name. */
    List<Offered> all() {
        return routes.all().stream()
                .map(this::known)
                .flatMap(Optional::stream)
                .map(known -> new Offered(known.route(), known.channel(), extent(known)))
                .sorted(Comparator.comparing(Offered::channel).thenComparing(Offered::route))
                .toList();
    }

    private Extent extent(Known known) {
        return source(known.connector())
                .map(source -> source.extent(known.settings()))
                .orElseGet(() -> new Extent.Nothing(
                        switch (known.channel()) {
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
        return routes.of(route)
                .flatMap(this::known)
                .filter(known -> extent(known) instanceof Extent.Kept)
                .flatMap(known -> source(known.connector())
                        .map(source -> new Asked(
                                source,
                                new Span(route, known.connector(), known.settings(), batch.first(), batch.last()))));
    }

    private Optional<Known> known(Made route) {
        var settings = new HashMap<String, String>();
        for (var setting : route.settings()) {
            if (setting.value() != null) {
                settings.put(
                        setting.parameter().name(),
                        routes.resolved(setting.value()).strip());
            }
        }
        return Channel.ofConnector(route.connector())
                .map(channel -> new Known(route.route(), route.connector(), channel, settings));
    }
}
