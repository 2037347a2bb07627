package org.postbag.normalising.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class MailReaderTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/email");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Reading read(byte[] content) {
        var receipt = new Receipt(
                new ReceiptId("a".repeat(64)),
                Channel.EMAIL,
                Direction.INBOUND,
                "test",
                Instant.EPOCH,
                content.length,
                null,
                null,
                null,
                null);
        return MailReader.read(receipt, content);
    }

    static List<String> items() throws IOException {
        try (Stream<Path> files = Files.list(ITEMS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreItemsOfEveryKind() throws IOException {
        assertThat(items()).hasSizeGreaterThan(50);
    }

    /** Each item says only what matters about it; that must be so. */
    @ParameterizedTest
    @MethodSource("items")
    void readsEachItemAsExpected(String item) throws IOException {
        Map<String, Object> expected = JSON.readValue(
                Files.readString(ITEMS.resolve(item + ".expected.json")),
                new TypeReference<LinkedHashMap<String, Object>>() {});

        var actual = summary(read(Files.readAllBytes(ITEMS.resolve(item))));

        assertThat(actual).containsAllEntriesOf(expected);
    }

    @ParameterizedTest
    @MethodSource("items")
    void readsTheSameAgainAndAgain(String item) throws IOException {
        var content = Files.readAllBytes(ITEMS.resolve(item));

        assertThat(summary(read(content))).isEqualTo(summary(read(content)));
    }

    private static Map<String, Object> summary(Reading reading) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        switch (reading) {
            case ListEntry list -> throw new AssertionError("Read as an entry of a list: " + list.seen());
            case Unreadable(var code, var _) -> {
                all.put("outcome", "quarantine");
                all.put("code", code);
            }
            case Message message -> {
                all.put("outcome", "message");
                describe(message, all);
            }
        }
        // Through JSON and back, so that values compare as the expected ones do.
        return JSON.readValue(JSON.writeValueAsString(all), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static void describe(Message message, Map<String, @Nullable Object> all) {
        var email = message.sender().email();
        var address = email == null ? message.sender().asWritten() : email.value();
        all.put("from", mailbox(address, message.sender().name()));
        all.put(
                "to",
                message.to().stream().map(p -> mailbox(p.address(), p.name())).toList());
        all.put("subject", message.subject());
        all.put("text", message.text());
        all.put("reply", message.reply());
        all.put("html", message.html());
        all.put("messageId", message.messageId());
        all.put("inReplyTo", message.inReplyTo());
        all.put("references", message.references());
        all.put("threadKey", message.threadKey());
        var sentAt = message.sentAt();
        all.put("sentAt", sentAt == null ? null : sentAt.toString());
        var automatic = message.automatic();
        all.put("automatic", automatic == null ? null : automatic.code());
        all.put("damaged", message.damaged());
        all.put("language", message.language());
        all.put(
                "claims",
                message.claims().stream()
                        .map(c -> List.of(c.kind().name(), c.value()))
                        .toList());
        all.put("failed", message.failed().stream().map(EmailAddress::value).toList());
        var attachments = new ArrayList<Map<String, Object>>();
        message.attachments()
                .forEach(a -> attachments.add(Map.of("name", a.name(), "type", a.type(), "size", a.size())));
        all.put("attachments", attachments);
    }

    private static Map<String, @Nullable Object> mailbox(@Nullable String address, @Nullable String name) {
        var mailbox = new LinkedHashMap<String, @Nullable Object>();
        mailbox.put("address", address);
        mailbox.put("name", name);
        return mailbox;
    }
}
