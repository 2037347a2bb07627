package org.postbag.console.changing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postbag.console.changing.Finding.Stage;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Connectors;
import org.postbag.console.reaching.SampleItem;
import org.postbag.console.reaching.SampleRun;
import org.postbag.console.reaching.Samples;
import org.postbag.console.reaching.Samples.Sample;
import org.postbag.console.reaching.WouldBe;
import org.postbag.receiving.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Runs items through the steps of a draft: those that people uploaded for its route, else a few made-up ones of {@code samples/}, where there are some of its
 * channel. What comes out is told, and stops nothing.
 */
@Component
@Profile("!command")
class RouteSamples {

    private static final Logger LOG = LoggerFactory.getLogger(RouteSamples.class);
    private static final int ITEMS_MAX = 3;
    private static final long BYTES_MAX = 200_000;

    private final Connectors connectors;
    private final SampleRun run;
    private final Samples samples;
    private final Path folder;

    RouteSamples(
            Connectors connectors,
            SampleRun run,
            Samples samples,
            @Value("${postbag.try.samples:samples}") Path folder) {
        this.connectors = connectors;
        this.run = run;
        this.samples = samples;
        this.folder = folder;
    }

    /**
     * An uploaded one.
     *
     * @param label how it is spoken of: its name may say who wrote
     */
    record Own(String label, Sample sample) {}

    /** Those that were uploaded for a route, the oldest first. */
    List<Own> of(String route) {
        try {
            var own = new ArrayList<Own>();
            for (var sample : samples.of(route)) {
                own.add(new Own("Uploaded sample " + (own.size() + 1), sample));
            }
            return own;
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    /** What an uploaded one would become by a draft; empty where it is gone meanwhile. */
    Optional<List<WouldBe>> become(RouteForm form, Own own) {
        return item(own).map(item -> become(form, item));
    }

    List<WouldBe> become(RouteForm form, SampleItem item) {
        return run.run(form.connector(), form.values(), List.of(item));
    }

    private Optional<SampleItem> item(Own own) {
        try {
            return samples.read(own.sample())
                    .map(content -> new SampleItem(own.sample().fileName(), content, own.label()));
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    List<Finding> findings(RouteForm form) {
        try {
            return connectors
                    .named(form.connector())
                    .map(connector -> become(form, connector))
                    .map(all -> all.stream()
                            .map(one -> Finding.note(Stage.SAMPLES, one.item() + ": " + one.words()))
                            .toList())
                    .orElse(List.of());
        } catch (RuntimeException wrong) { // A reader's fault with a sample is no fault of the route.
            LOG.warn("Samples could not be run: {}", wrong.getClass().getSimpleName());
            return List.of(Finding.note(Stage.SAMPLES, "The samples could not be run."));
        }
    }

    /** One uploaded sample at a time: all together they may be large. */
    private List<WouldBe> become(RouteForm form, Connector connector) {
        var found = new ArrayList<WouldBe>();
        for (var own : of(form.id())) {
            become(form, own).ifPresent(all -> found.addAll(all.subList(0, Math.min(ITEMS_MAX, all.size()))));
        }
        if (found.isEmpty()) {
            var items = madeUp(connector.channel());
            if (!items.isEmpty()) {
                run.run(form.connector(), form.values(), items).stream()
                        .limit(ITEMS_MAX * ITEMS_MAX)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private List<SampleItem> madeUp(Channel channel) {
        var items = new ArrayList<SampleItem>();
        for (var name : List.of(channel.code(), channel.code() + "s")) {
            var made = folder.resolve(name);
            if (!Files.isDirectory(made)) {
                continue;
            }
            try (var files = Files.list(made)) {
                for (var file : files.filter(Files::isRegularFile)
                        .sorted()
                        .limit(ITEMS_MAX)
                        .toList()) {
                    if (Files.size(file) <= BYTES_MAX) {
                        items.add(new SampleItem(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
                    }
                }
            } catch (IOException unreadable) {
                LOG.warn("The samples in {} can't be read", made);
            }
        }
        return items;
    }

    /** What to upload for a route of a connector; empty where it has none, and so no steps that a sample could go. */
    Optional<String> asked(String text) {
        return RouteForm.read(text)
                .flatMap(form -> connectors.named(form.connector()))
                .map(connector -> switch (connector.channel()) {
                    case EMAIL -> "A mail, saved as a file (.eml)";
                    case WEB_FORM -> "A form, as JSON";
                    case TELEPHONE, SOCIAL_TOOL, PUBLIC_REGISTER -> "An export: CSV, Excel (.xlsx) or JSON";
                    case LETTER -> "A scan: PDF or TIFF, of one letter or of several";
                    case X, FACEBOOK -> "What the platform sends, as JSON";
                    case BY_HAND -> "A note, as JSON";
                });
    }
}
