package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.receiving.Acknowledgement;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.exports.ExportPreview;
import org.postbag.receiving.messages.Cut;
import org.postbag.receiving.messages.MessengerBatch;
import org.postbag.receiving.messages.XBatch;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * What every connector must have: a template of its own name, whose parameters are described and whose secrets are marked as such; a route that uses it;
 * items and samples of its channel; and that each of these items, pushed twice, is filed once. In a program of its own, since others count what they
 * sent.
 */
@ApplicationTest
@TestPropertySource(properties = "postbag.filing.node=connectors")
class ConnectorsTest {

    private static final String ENDING = ".camel.yaml";
    private static final Path ITEMS = Path.of("src/test/resources/items");
    private static final Path SAMPLES = Path.of("samples");
    private static final int ITEMS_MIN = 15;
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secrets?|token|consumerKey|apiKey)");
    private static final Duration FILED_MAX = Duration.ofMinutes(2);

    @Autowired
    private Receiver receiver;

    @Autowired
    private Profiles profiles;

    @Autowired
    private JdbcClient jdbc;

    static List<Path> connectors() throws IOException {
        return files(Path.of("connectors"));
    }

    static List<Channel> channels() throws IOException {
        return connectors().stream().map(ConnectorsTest::channel).distinct().toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String id(Path connector) {
        return connector.getFileName().toString().replace(ENDING, "");
    }

    private static Channel channel(Path connector) {
        return Channel.ofConnector(id(connector))
                .orElseThrow(() -> new AssertionError(connector + " is named after no channel"));
    }

    private static List<Map<String, Object>> entries(Path file) throws IOException {
        var entries = new ArrayList<Map<String, Object>>();
        var read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        for (var entry : (List<?>) read) {
            entries.add(map(entry));
        }
        return entries;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node, "an object");
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void aConnectorIsWhole(Path connector) throws IOException {
        var text = Files.readString(connector);
        assertThat(text).as("says what it is").startsWith("# ");
        var template = map(entries(connector).getFirst().get("routeTemplate"));
        assertThat(template.get("id")).as("has the name of its file").isEqualTo(id(connector));
        for (var one : (List<?>) template.getOrDefault("parameters", List.of())) {
            var parameter = map(one);
            var name = String.valueOf(parameter.get("name"));
            var description = String.valueOf(parameter.get("description"));
            assertThat(description).as("%s of %s is described", name, connector).isNotEqualTo("null");
            assertThat(text).as("%s of %s is used", name, connector).contains("{{" + name + "}}");
            assertThat(description.startsWith("Secret. "))
                    .as("%s of %s is marked as a secret where it is one: %s", name, connector, description)
                    .isEqualTo(SECRET.matcher(name).matches());
        }
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void aRouteUsesItAndHoldsNoSecret(Path connector) throws IOException {
        var uses = new ArrayList<Map<String, Object>>();
        for (var file : files(Path.of("routes"))) {
            for (var entry : entries(file)) {
                if (entry.get("templatedRoute") instanceof Map<?, ?> route
                        && id(connector).equals(route.get("routeTemplateRef"))) {
                    uses.add(map(route));
                }
            }
        }
        assertThat(uses).as("a route uses %s", connector).isNotEmpty();
        for (var route : uses) {
            for (var one : (List<?>) route.getOrDefault("parameters", List.of())) {
                var parameter = map(one);
                if (SECRET.matcher(String.valueOf(parameter.get("name"))).matches()) {
                    assertThat(String.valueOf(parameter.get("value")))
                            .as("a route names a setting, never a secret")
                            .startsWith("{{");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aChannelHasItemsAndSamples(Channel channel) throws IOException {
        assertThat(items(channel)).hasSizeGreaterThanOrEqualTo(ITEMS_MIN);
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .as("samples of %s", channel.code())
                    .anyMatch(name -> channel.code().startsWith(name.replaceAll("s$", "")));
        }
    }

    @ParameterizedTest
    @MethodSource("channels")
    void anItemThatIsPushedTwiceIsFiledOnce(Channel channel) throws IOException {
        var arrivals = new ArrayList<Arrival>();
        for (var item : items(channel)) {
            arrivals.addAll(arrivals(channel, item));
        }
        assertThat(arrivals).isNotEmpty();
        var first = receiver.receive(arrivals);
        var again = receiver.receive(arrivals);

        assertThat(again).allMatch(Acknowledgement::known);
        assertThat(again.stream().map(one -> one.receipt().id()).toList())
                .isEqualTo(first.stream().map(one -> one.receipt().id()).toList());
        var ids = first.stream()
                .map(one -> one.receipt().id().hex())
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .toArray(String[]::new);
        await().atMost(FILED_MAX).untilAsserted(() -> assertThat(decided(ids)).isEqualTo(ids.length));
        assertThat(jdbc.sql(
                                "select count(*) from quarantine where receipt_id = any(?::text[]) and reason_code in ('no-reader', 'reader-failed')")
                        .param(ids)
                        .query(Long.class)
                        .single())
                .as("a reader reads each")
                .isZero();
    }

    private long decided(String[] ids) {
        return jdbc.sql("""
                        select count(*) from receipt r where r.id = any(?::text[]) and r.state in ('filed', 'quarantined', 'erased')
                            and (select count(*) from enquiry e where e.receipt_id = r.id)
                                + (select count(*) from register_sighting s where s.receipt_id = r.id) = case r.state when 'filed' then 1 else 0 end
                        """).param(ids).query(Long.class).single();
    }

    private static List<Path> items(Channel channel) throws IOException {
        return files(ITEMS.resolve(channel.code())).stream()
                .filter(file -> !file.toString().endsWith(".expected.json"))
                .toList();
    }

    /** As the channel's own route makes them. */
    private List<Arrival> arrivals(Channel channel, Path item) throws IOException {
        var content = Files.readAllBytes(item);
        return switch (channel) {
            case EMAIL -> List.of(Identity.mail("a-route", Direction.INBOUND, content));
            case WEB_FORM -> List.of(Identity.form("a-route", item.toString(), content));
            case FACEBOOK -> of(MessengerBatch.cut(content, "a-route"));
            case X -> of(XBatch.cut(content, "a-route", ""));
            case TELEPHONE, SOCIAL_TOOL, PUBLIC_REGISTER -> rows(item);
            default ->
                List.of(Identity.message(
                        channel, Direction.INBOUND, "a-route", "file", item.toString(), null, content));
        };
    }

    private static List<Arrival> of(Cut cut) {
        return cut instanceof Cut.Items batch ? batch.items() : List.of();
    }

    private List<Arrival> rows(Path item) throws IOException {
        var rows = new ArrayList<Arrival>();
        var folder = item.getName(item.getNameCount() - 2).toString();
        var profile = profiles.named(folder) instanceof Profile own ? own : (Profile) profiles.named("contact-centre");
        ExportPreview.cut(item, "a-route", profile, rows::add);
        return rows;
    }

    @Test
    void everyProfileCanBeRead() throws IOException {
        for (var file : files(Path.of("profiles"))) {
            assertThat(profiles.named(file.getFileName().toString().replace(".yaml", "")))
                    .as("%s", file)
                    .isInstanceOf(Profile.class);
        }
    }
}
