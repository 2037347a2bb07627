package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.mailbox.MailPreview;
import org.postbag.receiving.messages.Cut;
import org.postbag.receiving.messages.MessengerBatch;
import org.postbag.receiving.messages.XBatch;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Runs samples through the steps that a connector's items go, and stores nothing. */
@Component
@Profile("!command")
public final class SampleRun {

    /** Of all samples of a run together. */
    public static final int SAMPLES_BYTES_MAX = Samples.SAMPLE_BYTES_MAX;

    public static final int SAMPLES_MAX = 20;
    /** How much is shown of what the samples would become. */
    public static final int SHOWN_MAX = 100;

    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    private static final int AT_ONCE_MAX = 4;
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{N}._ -]");
    private static final int NAME_CHARACTERS_MAX = 100;

    private final Connectors connectors;
    private final MadeRoutes routes;
    private final SampleFiles files;
    private final WouldBeReader reader;
    private final Samples samples;
    private final Bounded bounded = new Bounded(AT_ONCE_MAX, TIME_MAX);

    SampleRun(Connectors connectors, MadeRoutes routes, SampleFiles files, WouldBeReader reader, Samples samples) {
        this.connectors = connectors;
        this.routes = routes;
        this.files = files;
        this.reader = reader;
        this.samples = samples;
    }

    /**
     * What would become of each item in the samples, at most {@link #SHOWN_MAX}. Bounded in time: what isn't read by then is said to be unread. Who may see
     * what the samples say is for the caller to know: {@link LookTrail}.
     */
    public List<WouldBe> run(String connector, Map<String, String> values, List<SampleItem> given) {
        long bytes = given.stream().mapToLong(one -> one.content().length).sum();
        if (given.size() > SAMPLES_MAX || bytes > SAMPLES_BYTES_MAX) {
            return List.of(new WouldBe.Nothing(
                    "All samples", bytes, "Nothing was read: give at most 20 samples, 20 MB together"));
        }
        var known = connectors.named(connector);
        if (known.isEmpty()) {
            return List.of(new WouldBe.Nothing("All samples", bytes, "There is no connector of this name"));
        }
        var settings = Values.of(known.get(), values, routes::resolved).resolved();
        var made = Collections.synchronizedList(new ArrayList<WouldBe>());
        for (var sample : given) {
            if (made.size() < SHOWN_MAX) {
                run(known.get(), settings, sample, made);
            }
        }
        return List.copyOf(made);
    }

    private void run(Connector connector, Map<String, String> settings, SampleItem sample, List<WouldBe> made) {
        var look = new SourceLook();
        var name = name(sample.label());
        int before = made.size();
        look.begin("Read the sample");
        boolean begun = bounded.run(look, () -> {
            find(connector, settings, sample, SHOWN_MAX - before, look);
            for (var found : look.found()) {
                var one = reader.read(found, name);
                look.begin("Read the sample"); // Where it was given up meanwhile, nothing more is added.
                made.add(one instanceof WouldBe.Held held ? new WouldBe.Held(name, held.bytes(), held.reason()) : one);
            }
            look.well("Read");
        });
        if (!begun || look.hasFailed()) {
            made.add(new WouldBe.Nothing(
                    name,
                    sample.content().length,
                    begun
                            ? "Not all of it was read in time"
                            : "It was not read: others are trying samples now. Try again in a minute"));
        } else if (made.size() == before) {
            made.add(new WouldBe.Nothing(name, sample.content().length, "It holds nothing that would be filed"));
        }
    }

    private void find(
            Connector connector, Map<String, String> settings, SampleItem sample, int itemsMax, SourceLook look)
            throws IOException {
        if (SampleFiles.isCut(connector.channel())) {
            samples.inClear(sample.name(), file -> {
                Files.write(file, sample.content());
                files.find(connector.channel(), settings, file, itemsMax, look);
                return true;
            });
            return;
        }
        switch (cut(connector.channel(), sample.content(), settings)) {
            case Cut.Malformed malformed ->
                look.found(new SourceLook.Misfit(sample.label(), sample.content().length, malformed.why()));
            case Cut.Items batch ->
                batch.items().stream().limit(itemsMax).map(SourceLook.Item::new).forEach(look::found);
        }
    }

    private static Cut cut(Channel channel, byte[] content, Map<String, String> settings) {
        return switch (channel) {
            case FACEBOOK -> MessengerBatch.cut(content, Values.ROUTE);
            case X -> XBatch.cut(content, Values.ROUTE, settings.getOrDefault("account", ""));
            case EMAIL ->
                one(MailPreview.arrival(
                        Values.ROUTE, content, content.length, !settings.containsKey("movedTo"), settings));
            case WEB_FORM -> one(Identity.form(Values.ROUTE, "a-sample", content));
            default ->
                one(Identity.message(channel, Direction.INBOUND, Values.ROUTE, "sample", "a-sample", null, content));
        };
    }

    private static Cut one(Arrival arrival) {
        return new Cut.Items(List.of(arrival), 0);
    }

    /** As it may stand on a page. */
    private static String name(String label) {
        var last = label.substring(Math.max(label.lastIndexOf('/'), label.lastIndexOf('\\')) + 1);
        var name = NOT_IN_NAMES.matcher(last).replaceAll("_").strip();
        return name.isEmpty() ? "sample" : name.substring(0, Math.min(name.length(), NAME_CHARACTERS_MAX));
    }
}
