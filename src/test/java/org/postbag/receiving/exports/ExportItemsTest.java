package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

/** Each export under {@code items/telephone} becomes exactly the rows, or the reason, in the file beside it. */
class ExportItemsTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/telephone");
    private static final Profiles PROFILES = new Profiles(Path.of("profiles"));
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @ParameterizedTest
    @MethodSource("items")
    void anExportBecomesWhatItSays(Path item) throws IOException {
        var expected = Files.readString(ITEMS.resolve(item.getFileName() + ".expected.json"));

        assertThat(JSON.writeValueAsString(cut(item)).replace("\r", "") + "\n").isEqualTo(expected);
    }

    @Test
    void thereAreItemsOfEveryKind() throws IOException {
        assertThat(items()).hasSizeGreaterThan(35);
    }

    static List<Path> items() throws IOException {
        try (Stream<Path> files = Files.list(ITEMS)) {
            return files.filter(file -> !file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Object> cut(Path item) throws IOException {
        var profile = (Profile) PROFILES.named("contact-centre");
        var all = new LinkedHashMap<String, Object>();
        try (var cutter = Cutters.open(item, profile)) {
            var arrivals = new CallArrivals("a-route", profile, "a-file");
            var rows = new java.util.ArrayList<Map<String, Object>>();
            all.put("rows", rows);
            for (var row = cutter.next(); row != null; row = cutter.next()) {
                var arrival = arrivals.arrival(row);
                var receipt = new Receipt(
                        new ReceiptId("ab".repeat(32)),
                        arrival.channel(),
                        arrival.direction(),
                        arrival.route(),
                        Instant.parse("2026-12-01T10:00:00Z"),
                        arrival.content().length,
                        arrival.series(),
                        arrival.profile(),
                        arrival.sourceFile(),
                        arrival.sourceRow());
                rows.add(row(row.number(), new Readers(PROFILES).normalise(receipt, arrival.content())));
            }
            put(all, "notes", cutter.notes());
        } catch (BrokenExport broken) {
            all.put("held", broken.reason());
        }
        return all;
    }

    private static Map<String, Object> row(int number, Reading reading) {
        var row = new LinkedHashMap<String, Object>();
        row.put("row", number);
        switch (reading) {
            case Unreadable unreadable -> row.put("quarantine", unreadable.code() + ": " + unreadable.reason());
            case Message message -> {
                row.put("sentAt", String.valueOf(message.sentAt()));
                put(row, "direction", message.direction().code().replace("inbound", ""));
                put(row, "name", message.sender().name());
                put(row, "telephone", message.sender().telephone());
                put(row, "asWritten", message.sender().asWritten());
                put(row, "subject", message.subject());
                put(row, "text", message.text());
                put(
                        row,
                        "thread",
                        message.threadKey() == null ? null : message.threadKey().replace("\n", " "));
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
