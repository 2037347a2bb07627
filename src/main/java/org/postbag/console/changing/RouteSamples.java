package org.postbag.console.changing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.postbag.console.changing.Finding.Stage;
import org.postbag.console.reaching.Connectors;
import org.postbag.console.reaching.SampleItem;
import org.postbag.console.reaching.SampleRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Runs a few made-up items of {@code samples/} through the steps of a draft, where there are some of its channel. What comes out is told, and stops nothing. */
@Component
@Profile("!command")
class RouteSamples {

    private static final Logger LOG = LoggerFactory.getLogger(RouteSamples.class);
    private static final int ITEMS_MAX = 3;
    private static final long BYTES_MAX = 200_000;

    private final Connectors connectors;
    private final SampleRun run;
    private final Path folder;

    RouteSamples(Connectors connectors, SampleRun run, @Value("${postbag.try.samples:samples}") Path folder) {
        this.connectors = connectors;
        this.run = run;
        this.folder = folder;
    }

    List<Finding> findings(RouteForm form) {
        try {
            return connectors
                    .named(form.connector())
                    .map(connector -> items(connector.channel().code()))
                    .filter(items -> !items.isEmpty())
                    .map(items -> run.run(form.connector(), form.values(), items).stream()
                            .map(one -> Finding.note(Stage.SAMPLES, one.item() + ": " + one.words()))
                            .limit(ITEMS_MAX * 3L)
                            .toList())
                    .orElse(List.of());
        } catch (RuntimeException wrong) { // A reader's fault with a sample is no fault of the route.
            LOG.warn("Samples could not be run: {}", wrong.getClass().getSimpleName());
            return List.of(Finding.note(Stage.SAMPLES, "The samples could not be run."));
        }
    }

    private List<SampleItem> items(String channel) {
        var items = new ArrayList<SampleItem>();
        for (var name : List.of(channel, channel + "s")) {
            var samples = folder.resolve(name);
            if (!Files.isDirectory(samples)) {
                continue;
            }
            try (var files = Files.list(samples)) {
                for (var file : files.filter(Files::isRegularFile)
                        .sorted()
                        .limit(ITEMS_MAX)
                        .toList()) {
                    if (Files.size(file) <= BYTES_MAX) {
                        items.add(new SampleItem(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
                    }
                }
            } catch (IOException unreadable) {
                LOG.warn("The samples in {} can't be read", samples);
            }
        }
        return items;
    }
}
