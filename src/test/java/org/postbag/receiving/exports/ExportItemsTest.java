package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each export under {@code items/telephone}, {@code items/social-tool} and {@code items/public-register} becomes exactly the rows, or the reason, in the file beside it. What lies in a
 * folder of a profile's name is read by that profile.
 */
class ExportItemsTest {

    private static final List<Path> ITEMS = List.of(
            Path.of("src/test/resources/items/telephone"),
            Path.of("src/test/resources/items/social-tool"),
            Path.of("src/test/resources/items/public-register"));
    private static final Instant RECEIVED = Instant.parse("2026-12-01T10:00:00Z");
    private static final String ITSELF = "contact-centre";
    private static final String ENDING = ".expected.json";
    private static final Profiles PROFILES = new Profiles(Path.of("profiles"));
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @ParameterizedTest
    @MethodSource("items")
    void anExportBecomesWhatItSays(Path item) throws IOException {
        assertThat(summary(item)).isEqualTo(Files.readString(expected(item)));
    }

    private static Path expected(Path item) {
        return item.resolveSibling(item.getFileName() + ENDING);
    }

    private static String summary(Path item) throws IOException {
        return JSON.writeValueAsString(cut(item)).replace("\r", "") + "\n";
    }

    /** Writes what comes out now beside each item that has nothing there yet, for a person to read. */
    static void main() throws IOException {
        for (var item : items()) {
            if (!Files.exists(expected(item))) {
                Files.writeString(expected(item), summary(item));
            }
        }
    }

    @Test
    void thereAreItemsOfEveryKind() throws IOException {
        assertThat(items()).hasSizeGreaterThan(60);
    }

    static List<Path> items() throws IOException {
        var items = new ArrayList<Path>();
        for (var folder : ITEMS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file ->
                                Files.isRegularFile(file) && !file.toString().endsWith(ENDING))
                        .sorted()
                        .forEach(items::add);
            }
        }
        return items;
    }

    private static Profile profile(Path item) {
        var folder = Objects.requireNonNull(item.getParent());
        return (Profile) PROFILES.named(
                ITEMS.contains(folder) ? ITSELF : folder.getFileName().toString());
    }

    private static Map<String, Object> cut(Path item) throws IOException {
        var profile = profile(item);
        var all = new LinkedHashMap<String, Object>();
        try (var cutter = Cutters.open(item, profile)) {
            var arrivals = new RowArrivals("a-route", profile, "a-file", ListDay.of(item, profile, RECEIVED));
            var rows = new ArrayList<Map<String, Object>>();
            all.put("rows", rows);
            for (var row = cutter.next(); row != null; row = cutter.next()) {
                var arrival = arrivals.arrival(row);
                var receipt = new Receipt(
                        new ReceiptId("ab".repeat(32)),
                        arrival.channel(),
                        arrival.direction(),
                        arrival.route(),
                        RECEIVED,
                        arrival.content().length,
                        arrival.series(),
                        arrival.profile(),
                        arrival.sourceFile(),
                        arrival.sourceRow());
                rows.add(
                        row(profile.name(), row.number(), new Readers(PROFILES).normalise(receipt, arrival.content())));
            }
            put(all, "notes", cutter.notes());
        } catch (BrokenExport broken) {
            all.put("held", broken.reason());
        }
        return all;
    }

    private static Map<String, Object> row(String profile, int number, Reading reading) {
        var row = new LinkedHashMap<String, Object>();
        row.put("row", number);
        switch (reading) {
            case Unreadable unreadable -> row.put("quarantine", unreadable.code() + ": " + unreadable.reason());
            case ListEntry entry -> {
                row.put("seen", entry.seen().toString());
                row.put("kind", entry.kind().code());
                row.put("category", entry.category().code());
                put(row, "name", entry.name());
                put(row, "organisation", entry.organisation());
                put(row, "email", entry.email());
                put(row, "emailWritten", entry.emailWritten());
                put(row, "telephone", entry.telephone());
                put(row, "telephoneWritten", entry.telephoneWritten());
                put(
                        row,
                        "handle",
                        entry.handle() == null ? null : entry.handle().value());
                put(row, "postcode", entry.postcode());
                put(row, "location", entry.location());
                put(row, "damaged", String.join("; ", entry.damaged()));
            }
            case Message message -> {
                row.put("sentAt", String.valueOf(message.sentAt()));
                put(row, "direction", message.direction().code().replace("inbound", ""));
                put(row, "handle", message.sender().handle());
                put(
                        row,
                        "to",
                        String.join(
                                " ",
                                message.to().stream()
                                        .map(party -> String.valueOf(party.address()))
                                        .toList()));
                put(row, "name", message.sender().name());
                put(row, "telephone", message.sender().telephone());
                put(row, "asWritten", message.sender().asWritten());
                put(row, "subject", message.subject());
                put(row, "text", message.text());
                put(
                        row,
                        "thread",
                        message.threadKey() == null ? null : message.threadKey().replace("\n", " "));
                put(row, "topic", ITSELF.equals(profile) ? null : message.topic());
                put(
                        row,
                        "automatic",
                        message.automatic() == null ? null : message.automatic().code());
                put(row, "damaged", String.join("; ", message.damaged()));
                put(
                        row,
                        "claims",
                        String.join(
                                "; ",
                                message.claims().stream()
                                        .map(c -> c.kind().code() + " " + c.value())
                                        .toList()));
            }
        }
        return row;
    }

    private static void put(Map<String, Object> map, String key, @org.jspecify.annotations.Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            map.put(key, value.toString());
        }
    }
}
