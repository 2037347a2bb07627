package org.postbag.normalising;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.HandNote;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import tools.jackson.databind.json.JsonMapper;

class HandNoteReaderTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/by-hand");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What an item must be read as. */
    record Expected(
            String outcome,
            @Nullable String code,
            @Nullable String name,
            @Nullable String telephone,
            @Nullable String asWritten,
            @Nullable String subject,
            @Nullable String text,
            @Nullable String reply,
            @Nullable String topic,
            @Nullable String sentAt,
            @Nullable List<List<String>> claims,
            @Nullable String recordedBy,
            @Nullable String kind,
            @Nullable Long contactId,
            @Nullable String answer,
            @Nullable Boolean closed,
            @Nullable List<String> damaged) {}

    static List<String> items() throws IOException {
        try (Stream<Path> files = Files.list(ITEMS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreItemsOfEveryKind() throws IOException {
        assertThat(items()).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("items")
    void readsEachItemAsExpected(String item) throws IOException {
        var content = Files.readAllBytes(ITEMS.resolve(item));
        var expected = JSON.readValue(
                Files.readString(ITEMS.resolve(item.replace(".json", ".expected.json"))), Expected.class);

        assertThat(summary(HandNoteReader.read(receipt(content), content))).isEqualTo(expected);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var note = new HandNote(
                "k",
                HandNote.Kind.VISIT,
                "Gwen Protheroe",
                "01632 960 114",
                "gwen@protheroe.example",
                "SA1 3SN",
                "Voting",
                "Asked\nthis",
                "Told\nthat",
                true,
                Instant.parse("2026-03-03T14:05:00Z"),
                Long.MAX_VALUE,
                "staff:kwame");

        assertThat(HandNote.parse(note.toJson())).isEqualTo(new HandNote.Parsed.Note(note, false));
    }

    private static Expected summary(Reading reading) {
        return switch (reading) {
            case ListEntry list -> throw new AssertionError("Read as an entry of a list: " + list.seen());
            case Unreadable(var code, var reason) -> {
                assertThat(reason).isNotBlank();
                yield new Expected(
                        "quarantine",
                        code,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            }
            case Message m -> {
                var recorded = java.util.Objects.requireNonNull(m.recorded());
                assertThat(m.sender().email()).isNull();
                yield new Expected(
                        "message",
                        null,
                        m.sender().name(),
                        text(m.sender().telephone()),
                        m.sender().asWritten(),
                        m.subject(),
                        m.text(),
                        m.reply(),
                        m.topic(),
                        text(m.sentAt()),
                        m.claims().stream()
                                .map(c -> List.of(c.kind().code(), c.value()))
                                .toList(),
                        recorded.by(),
                        recorded.kind(),
                        recorded.contactId(),
                        recorded.answer(),
                        recorded.closed(),
                        m.damaged());
            }
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Receipt receipt(byte[] content) {
        return new Receipt(
                new ReceiptId("a".repeat(64)),
                Channel.BY_HAND,
                Direction.INBOUND,
                "by-hand",
                Instant.parse("2026-03-03T15:00:00Z"),
                content.length,
                null,
                null,
                null,
                null);
    }
}
