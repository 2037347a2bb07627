package org.postbag.normalising;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import tools.jackson.databind.json.JsonMapper;

class FormReaderTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/web-form");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What an item must be read as. */
    record Expected(
            String outcome,
            @Nullable String code,
            @Nullable String name,
            @Nullable String email,
            @Nullable String telephone,
            @Nullable String asWritten,
            @Nullable String subject,
            @Nullable String text,
            @Nullable String topic,
            @Nullable List<List<String>> claims,
            @Nullable List<List<String>> attachments,
            @Nullable List<String> damaged) {}

    static Stream<String> items() throws IOException {
        try (var files = Files.list(ITEMS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereAreItemsOfEveryKind() throws IOException {
        assertThat(items().count()).isGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("items")
    void readsEachItemAsExpected(String item) throws IOException {
        var content = Files.readAllBytes(ITEMS.resolve(item));
        var expected = JSON.readValue(
                Files.readString(ITEMS.resolve(item.replace(".json", ".expected.json"))), Expected.class);

        assertThat(summary(FormReader.read(receipt(content), content))).isEqualTo(expected);
    }

    @Test
    void aMessageIsAThreadOfItsOwn() {
        var content = "{\"message\":\"Hi\"}".getBytes(UTF_8);

        assertThat(((Message) FormReader.read(receipt(content), content)).threadKey())
                .isEqualTo("a".repeat(64));
    }

    @Test
    void readsAFormOfTwentyMegabytesOfFiles() {
        var file = new ContactForm.File("scan.pdf", "application/pdf", new byte[ContactForm.FILES_BYTES_MAX]);
        var form = new ContactForm("k", "", "x@example.com", "", "", "", "Scan", false, List.of(file));

        var message = (Message) FormReader.read(receipt(new byte[0]), form.toJson());

        assertThat(message.attachments().getFirst().content()).isEqualTo(file.content());
    }

    @ParameterizedTest
    @CsvSource({"cy,cy", "'',", "<b>,", "CY,"})
    void theLanguageOfThePageIsThatOfTheMessage(String language, @Nullable String read) {
        var form = new ContactForm(
                "k", "", "x@example.com", "", "", "", "Hello", false, List.of(), List.of(), "", language);

        assertThat(((Message) FormReader.read(receipt(new byte[0]), form.toJson())).language())
                .isEqualTo(read);
        assertThat(new String(form.toJson(), UTF_8).contains("language")).isEqualTo(read != null);
    }

    @Test
    void cutsAMessageThatNoPageLetsThrough() {
        var content = ("{\"message\":\"" + "😀".repeat(1_500_000) + "\"}").getBytes(UTF_8);

        var message = (Message) FormReader.read(receipt(content), content);

        assertThat(message.text().codePoints().count()).isEqualTo(1_000_000);
        assertThat(message.damaged()).containsExactly("The message was longer than 1,000,000 characters and was cut");
        assertThat(message.subject()).hasSize(80 + 1);
    }

    private static Expected summary(Reading reading) {
        return switch (reading) {
            case ListEntry list -> throw new AssertionError("Read as an entry of a list: " + list.seen());
            case Unreadable(var code, var reason) -> {
                assertThat(reason).isNotBlank();
                yield new Expected("quarantine", code, null, null, null, null, null, null, null, null, null, null);
            }
            case Message m ->
                new Expected(
                        "message",
                        null,
                        m.sender().name(),
                        text(m.sender().email()),
                        text(m.sender().telephone()),
                        m.sender().asWritten(),
                        m.subject(),
                        m.text(),
                        m.topic(),
                        m.claims().stream()
                                .map(c -> List.of(c.kind().code(), c.value()))
                                .toList(),
                        m.attachments().stream()
                                .map(a -> List.of(a.name(), a.type(), Long.toString(a.size())))
                                .toList(),
                        m.damaged());
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Receipt receipt(byte[] content) {
        return new Receipt(
                new ReceiptId("a".repeat(64)),
                Channel.WEB_FORM,
                Direction.INBOUND,
                "public-form",
                Instant.EPOCH,
                content.length,
                null,
                null,
                null,
                null);
    }
}
