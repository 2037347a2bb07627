package org.postbag.receiving.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a platform sends, under {@code items/facebook} and {@code items/x}, is cut and read exactly as the file beside it says. */
class MessageItemsTest {

    private static final Path ITEMS = Path.of("src/test/resources/items");
    private static final Readers READERS = new Readers(new Profiles(Path.of("profiles")));
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static List<Path> items() throws IOException {
        var items = new ArrayList<Path>();
        for (var channel : CHANNELS) {
            try (Stream<Path> files = Files.list(ITEMS.resolve(channel))) {
                files.filter(file -> !file.toString().endsWith(".expected.json"))
                        .sorted()
                        .forEach(items::add);
            }
        }
        return items;
    }

    private static final List<String> CHANNELS = List.of("facebook", "x");

    @ParameterizedTest
    @MethodSource("items")
    void isCutAndReadAsExpected(Path item) throws IOException {
        var expected = Files.readString(expected(item));

        assertThat(summary(item) + "\n").isEqualTo(expected);
    }

    private static Path expected(Path item) {
        return item.resolveSibling(item.getFileName().toString().replace(".json", ".expected.json"));
    }

    /** Writes what comes out now beside each item that has nothing there yet, for a person to read. */
    static void main() throws IOException {
        for (var item : items()) {
            if (!Files.exists(expected(item))) {
                Files.writeString(expected(item), summary(item) + "\n");
            }
        }
    }

    private static String summary(Path item) throws IOException {
        var body = Files.readAllBytes(item);
        var all = new LinkedHashMap<String, Object>();
        switch (item.startsWith(ITEMS.resolve("x"))
                ? XBatch.cut(body, "a-route", "")
                : MessengerBatch.cut(body, "a-route")) {
            case Cut.Malformed(var why) -> all.put("malformed", why);
            case Cut.Items(var arrivals, var passedOver) -> {
                var ids = new ArrayList<String>();
                var series = new ArrayList<String>();
                all.put(
                        "items",
                        arrivals.stream()
                                .map(arrival -> {
                                    var read = read(arrival);
                                    read.put("item", number(ids, HexFormat.of().formatHex(arrival.externalId())));
                                    put(
                                            read,
                                            "series",
                                            arrival.series() == null ? null : number(series, arrival.series()));
                                    return read;
                                })
                                .toList());
                all.put("passedOver", passedOver);
            }
        }
        return JSON.writeValueAsString(all).replace("\r", "");
    }

    /** Ids that are equal have equal numbers. */
    private static int number(List<String> seen, String id) {
        if (!seen.contains(id)) {
            seen.add(id);
        }
        return seen.indexOf(id) + 1;
    }

    private static Map<String, Object> read(Arrival arrival) {
        var receipt = new Receipt(
                new ReceiptId("ab".repeat(32)),
                arrival.channel(),
                arrival.direction(),
                arrival.route(),
                Instant.parse("2026-12-01T10:00:00Z"),
                arrival.content().length,
                null,
                null,
                null,
                null);
        return shown(READERS.normalise(receipt, arrival.content()));
    }

    private static Map<String, Object> shown(Reading reading) {
        var shown = new LinkedHashMap<String, Object>();
        switch (reading) {
            case ListEntry list -> throw new AssertionError("Read as an entry of a list: " + list.seen());
            case Unreadable(var code, var reason) -> shown.put("quarantine", code + ": " + reason);
            case Message m -> {
                put(shown, "direction", m.direction().code().replace("inbound", ""));
                put(shown, "handle", m.sender().handle());
                put(shown, "name", m.sender().name());
                put(shown, "asWritten", m.sender().asWritten());
                put(
                        shown,
                        "to",
                        String.join(
                                " ",
                                m.to().stream()
                                        .map(party -> String.valueOf(party.address()))
                                        .toList()));
                put(shown, "subject", m.subject());
                put(shown, "text", m.text());
                put(
                        shown,
                        "attachments",
                        String.join(
                                " ",
                                m.attachments().stream()
                                        .map(file -> file.name() + ":" + file.type() + ":" + file.size())
                                        .toList()));
                put(shown, "messageId", m.messageId());
                put(shown, "inReplyTo", m.inReplyTo());
                put(shown, "thread", m.threadKey());
                put(shown, "sentAt", m.sentAt());
                put(
                        shown,
                        "automatic",
                        m.automatic() == null ? null : m.automatic().code());
                put(shown, "withdraws", m.withdraws() ? "yes" : null);
                put(shown, "language", m.language());
                put(shown, "damaged", String.join("; ", m.damaged()));
                put(
                        shown,
                        "claims",
                        String.join(
                                "; ",
                                m.claims().stream()
                                        .map(c -> c.kind().code() + " " + c.value())
                                        .toList()));
            }
        }
        return shown;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            map.put(key, value.toString());
        }
    }
}
