package org.postbag.normalising.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.ReadingProcesses;
import org.postbag.extracting.WordAccuracy;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Each scan under {@code items/letter} says what stands beside it: its facts exactly, of its words at least nine in ten. */
class LetterItemsTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/letter");
    private static final String EXPECTED = ".expected.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final ReadingProcesses OPENING = new ReadingProcesses(2);

    @AfterAll
    static void end() {
        OPENING.close();
    }

    @ParameterizedTest
    @MethodSource("items")
    void aScanSaysWhatItSays(Path item) throws IOException {
        var expected = Files.readString(ITEMS.resolve(item.getFileName() + EXPECTED));
        var text = JSON.readTree(expected).path("text").stringValue("");

        var reading = read(OPENING, item);

        assertThat(expected(reading, text)).isEqualTo(expected);
        if (!text.isEmpty() && reading instanceof Message message) {
            assertThat(WordAccuracy.of(text, message.text())).as(message.text()).isGreaterThan(0.9);
        }
    }

    @Test
    void thereAreItemsOfEveryKind() throws IOException {
        assertThat(items()).hasSizeGreaterThan(20);
    }

    static List<Path> items() throws IOException {
        try (Stream<Path> files = Files.list(ITEMS)) {
            return files.filter(file -> !file.toString().endsWith(EXPECTED))
                    .sorted()
                    .toList();
        }
    }

    static Reading read(FileReading opening, Path item) throws IOException {
        var content = Files.readAllBytes(item);
        var receipt = new Receipt(
                new ReceiptId("ab".repeat(32)),
                Channel.LETTER,
                Direction.INBOUND,
                "a-route",
                Instant.parse("2026-03-04T10:00:00Z"),
                content.length,
                null,
                null,
                null,
                null);
        return new LetterReader(opening).read(receipt, content);
    }

    /** What was read, as it stands beside an item, with the text as it was on the page. */
    static String expected(Reading reading, String text) {
        var all = new LinkedHashMap<String, Object>();
        switch (reading) {
            case ListEntry list -> throw new AssertionError("Read as an entry of a list: " + list.seen());
            case Unreadable unreadable -> {
                all.put("outcome", "quarantine");
                all.put("reason", unreadable.code() + ": " + unreadable.reason());
            }
            case Message message -> {
                all.put("outcome", "message");
                put(all, "name", message.sender().name());
                put(all, "sentAt", message.sentAt());
                put(all, "language", message.language());
                all.put(
                        "claims",
                        message.claims().stream()
                                .map(claim -> claim.kind().code() + ": " + claim.value())
                                .toList());
                all.put("damaged", message.damaged());
                all.put("hardToRead", message.hardToRead());
                all.put("file", message.attachments().getFirst().name());
                all.put("text", text);
            }
        }
        return JSON.writeValueAsString(all).replace("\r", "") + "\n";
    }

    private static void put(Map<String, Object> all, String field, @Nullable Object value) {
        if (value != null) {
            all.put(field, value.toString());
        }
    }
}
