package org.postbag.normalising.direct;

import static org.postbag.normalising.direct.Json.line;
import static org.postbag.normalising.direct.Json.nullable;
import static org.postbag.normalising.direct.Json.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Handle;
import org.postbag.normalising.Language;
import org.postbag.normalising.Message;
import org.postbag.normalising.Party;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Shortened;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Receipt;
import tools.jackson.databind.JsonNode;

/**
 * Reads a direct message of X in the layouts of API 1.1 ({@code message_create}) and API 2 ({@code event_type}), and a public post that names the body's
 * account. Times are read from the numbers that X gives, never through a time zone.
 */
public final class XReader {

    private static final String PLATFORM = "x";
    private static final int SUBJECT_CHARACTERS_MAX = 80;
    /** X's ids hold the time at which they were given, in milliseconds since this moment, above 22 other bits. */
    private static final long ID_EPOCH_MS = 1_288_834_974_657L;

    private static final int ID_TIME_BITS_AT = 22;

    private final Receipt receipt;
    private final JsonNode root;
    private final JsonNode event;
    private final String senderId;

    private XReader(Receipt receipt, JsonNode root, JsonNode event, String senderId) {
        this.receipt = receipt;
        this.root = root;
        this.event = event;
        this.senderId = senderId;
    }

    public static Reading read(Receipt receipt, byte[] content) {
        return switch (Json.parse(content)) {
            case Json.Parsed.Not(var unreadable) -> unreadable;
            case Json.Parsed.Root(var root) -> read(receipt, root);
        };
    }

    private static Reading read(Receipt receipt, JsonNode root) {
        var message = Json.first(root, "events", "direct_message_events", "data");
        if (message.isPresent()) {
            return message(receipt, root, message.get());
        }
        var post = Json.first(root, "tweet_create_events");
        if (post.isPresent()) {
            var sender = text(post.get().path("user"), "id_str");
            return new XReader(receipt, root, post.get(), sender).post();
        }
        var deleted = Json.first(root, "tweet_delete_events");
        if (deleted.isPresent()) {
            var sender = text(deleted.get().path("status"), "user_id");
            return new XReader(receipt, root, deleted.get(), sender).takenBack();
        }
        return root.has("direct_message_mark_read_events") || root.has("direct_message_indicate_typing_events")
                ? new Unreadable("not-a-message", "X reports that somebody reads or types")
                : new Unreadable("unknown-event", "X reports something that is not a message");
    }

    private static Reading message(Receipt receipt, JsonNode root, JsonNode event) {
        var create = event.path("message_create");
        if (create.isObject()) {
            return new XReader(receipt, root, event, text(create, "sender_id")).direct(create);
        }
        var reader = new XReader(receipt, root, event, text(event, "sender_id"));
        return switch (text(event, "event_type")) {
            case "MessageCreate" -> reader.direct();
            case "ParticipantsJoin" -> reader.notice("Joined the conversation");
            case "ParticipantsLeave" -> reader.notice("Left the conversation");
            default -> new Unreadable("unknown-event", "X reports something in a conversation that is not a message");
        };
    }

    /** API 1.1. */
    private Reading direct(JsonNode create) {
        var data = create.path("message_data");
        var parts = new ArrayList<String>();
        add(parts, XText.expanded(data, "text"));
        XText.media(data.path("attachment").path("media")).ifPresent(link -> add(parts, link));
        add(parts, XText.place(data.path("attachment").path("location")));
        var recipient = text(create.path("target"), "recipient_id");
        return said(parts, conversation(senderId, recipient), List.of(recipient));
    }

    /** API 2. */
    private Reading direct() {
        var parts = new ArrayList<String>();
        add(parts, XText.expanded(event, "text"));
        root.path("includes").path("media").forEach(media -> XText.media(media).ifPresent(link -> add(parts, link)));
        for (var post : event.path("referenced_tweets")) {
            var id = text(post, "id");
            add(parts, id.isEmpty() ? "" : "A post on X: https://x.com/i/status/" + id);
        }
        var conversation = text(event, "dm_conversation_id");
        return said(parts, conversation, others(conversation));
    }

    private Reading post() {
        var whole = event.path("extended_tweet");
        var parts = new ArrayList<String>();
        add(
                parts,
                whole.isObject()
                        ? XText.expanded(whole, "full_text")
                        : XText.expanded(event, event.has("full_text") ? "full_text" : "text"));
        for (var media : event.path("extended_entities").path("media")) {
            XText.media(media).ifPresent(link -> add(parts, link));
        }
        return said(parts, "post", List.of());
    }

    private Reading said(List<String> parts, String conversation, List<String> to) {
        if (parts.isEmpty()) {
            return new Unreadable("empty", "The message has neither a text nor anything attached");
        }
        var text = String.join("\n\n", parts);
        var files = XText.files(root);
        return with(text, conversation, to)
                .map(message -> (Reading) message.attachments(files.attachments())
                        .damaged(files.damaged())
                        .language(Language.of(text))
                        .inReplyTo(nullable(text(event, "in_reply_to_status_id_str")))
                        .build())
                .orElseGet(XReader::noSender);
    }

    private Reading notice(String text) {
        return with(text, text(event, "dm_conversation_id"), List.of())
                .map(message -> (Reading) message.automatic(Automatic.NOTICE).build())
                .orElseGet(XReader::noSender);
    }

    private Reading takenBack() {
        return with("The sender took this post back. What it said was erased.", "post", List.of())
                .map(message -> (Reading)
                        message.automatic(Automatic.NOTICE).withdraws(true).build())
                .orElseGet(XReader::noSender);
    }

    private static Unreadable noSender() {
        return new Unreadable("no-sender", "X doesn't say who wrote this message");
    }

    /** Empty where it is from nobody. */
    private Optional<Message.Builder> with(String text, String conversation, List<String> to) {
        return Handle.of(PLATFORM, senderId)
                .map(sender -> Message.of(receipt)
                        .sender(sender(sender))
                        .to(to.stream()
                                .flatMap(id -> Handle.of(PLATFORM, id).stream())
                                .map(handle -> new Party(handle.value(), nullable(line(user(handle.id()), "name"))))
                                .toList())
                        .subject(Shortened.of(
                                text.lines().findFirst().orElse(text).strip(), SUBJECT_CHARACTERS_MAX))
                        .text(text)
                        .threadKey(PLATFORM + ":" + conversation)
                        .topic(isGroup(conversation) ? "Group conversation" : null)
                        .messageId(id())
                        .sentAt(sentAt()));
    }

    private Sender sender(Handle handle) {
        var user = user(handle.id());
        var screenName = line(user, user.has("screen_name") ? "screen_name" : "username");
        return new Sender(
                nullable(line(user, "name")),
                null,
                null,
                handle.value(),
                screenName.isEmpty() ? null : "@" + screenName);
    }

    /** What the item holds of a person; of all but one, nothing. */
    private JsonNode user(String id) {
        if (root.path("users").has(id)) {
            return root.path("users").path(id);
        }
        for (var user : root.path("includes").path("users")) {
            if (text(user, "id").equals(id)) {
                return user;
            }
        }
        return text(event.path("user"), "id_str").equals(id) ? event.path("user") : root.path("nobody");
    }

    private @Nullable String id() {
        var id = text(event, event.has("id_str") ? "id_str" : "id");
        return nullable(id.isEmpty() ? text(event.path("status"), "id") : id);
    }

    /** As API 2 names a conversation of two: the lower id first. */
    private static String conversation(String one, String other) {
        return Stream.of(one, other)
                .filter(id -> !id.isEmpty())
                .sorted((a, b) -> a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length()))
                .collect(Collectors.joining("-"));
    }

    private static boolean isGroup(String conversation) {
        return !conversation.isEmpty() && !conversation.contains("-") && !conversation.equals("post");
    }

    private List<String> others(String conversation) {
        return isGroup(conversation)
                ? List.of()
                : Arrays.stream(conversation.split("-"))
                        .filter(id -> !id.equals(senderId))
                        .toList();
    }

    private @Nullable Instant sentAt() {
        for (var moment : List.of(event.path("created_timestamp"), event.path("timestamp_ms"))) {
            var at = Json.moment(moment);
            if (at != null) {
                return at;
            }
        }
        try {
            return Instant.parse(text(event, "created_at"));
        } catch (DateTimeException another) {
            return ofId();
        }
    }

    private @Nullable Instant ofId() {
        try {
            long time = Long.parseLong(String.valueOf(id())) >> ID_TIME_BITS_AT;
            return time > 0 ? Instant.ofEpochMilli(time + ID_EPOCH_MS) : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static void add(List<String> parts, String part) {
        if (!part.isEmpty()) {
            parts.add(part);
        }
    }
}
