package org.postbag.normalising.direct;

import static org.postbag.normalising.direct.Json.line;
import static org.postbag.normalising.direct.Json.nullable;
import static org.postbag.normalising.direct.Json.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Claim;
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
 * Reads one thing that someone did in Messenger, as the webhook tells it, with the page's id around it. What the page itself wrote, and reports that a
 * message was delivered or read, are no items and have no reading.
 *
 * @see <a href="https://developers.facebook.com/docs/messenger-platform/reference/webhook-events">Webhook events</a>
 */
public final class MessengerReader {

    private static final int SUBJECT_CHARACTERS_MAX = 80;
    private static final int KIND_CHARACTERS_MAX = 40;

    /** What a platform reports of a person who wrote nothing. */
    private static final Map<String, String> NOTICES = Map.of(
            "optin", "Agreed to be written to",
            "account_linking", "Linked their account, or ended the link",
            "order", "Placed an order",
            "payment", "Made a payment",
            "pass_thread_control", "The conversation was passed on to another app",
            "take_thread_control", "The conversation was taken over by another app",
            "request_thread_control", "Another app asks for the conversation",
            "messaging_feedback", "Answered a question about how they were served",
            "game_play", "Played a game");

    private final Receipt receipt;
    private final JsonNode event;
    private final Handle sender;
    private final String page;
    private final List<String> damaged = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    private MessengerReader(Receipt receipt, JsonNode event, Handle sender, String page) {
        this.receipt = receipt;
        this.event = event;
        this.sender = sender;
        this.page = page;
    }

    public static Reading read(Receipt receipt, byte[] content) {
        return switch (Json.parse(content)) {
            case Json.Parsed.Not(var unreadable) -> unreadable;
            case Json.Parsed.Root(var root) -> read(receipt, root);
        };
    }

    private static Reading read(Receipt receipt, JsonNode root) {
        var entry = root.path("entry").path(0);
        if (!entry.isObject()) {
            return new Unreadable("wrong-shape", "The item is not what Facebook sends: it has no entry");
        }
        var event = Json.first(entry, "messaging", "standby");
        if (event.isEmpty()) {
            return new Unreadable("unknown-event", "Facebook reports something of the page that is not a message");
        }
        if (event.get().has("delivery") || event.get().has("read")) {
            return new Unreadable("not-a-message", "Facebook reports that a message was delivered or read");
        }
        if (event.get().path("message").path("is_echo").booleanValue(false)) {
            return new Unreadable("not-a-message", "This is an echo of what the page wrote");
        }
        var sender = sender(root, event.get());
        if (sender.isEmpty()) {
            return new Unreadable("no-sender", "Facebook reports " + kind(event.get()) + " and doesn't say of whom");
        }
        var to = text(event.get().path("recipient"), "id");
        var page = to.isEmpty() ? text(entry, "id") : to;
        return new MessengerReader(receipt, event.get(), sender.get(), page).message();
    }

    private static Optional<Handle> sender(JsonNode root, JsonNode event) {
        var platform = text(root, "object").equals("instagram") ? "instagram" : "facebook";
        var id = text(event.path("sender"), "id");
        // A guest of the page's chat has no id but one for this conversation.
        var guest = text(event.path("sender"), "user_ref");
        return id.isEmpty() && !guest.isEmpty() ? Handle.of(platform, "guest-" + guest) : Handle.of(platform, id);
    }

    private Reading message() {
        if (event.path("message").isObject()) {
            return said(event.path("message"));
        }
        if (event.path("message_edit").isObject()) {
            var edit = event.path("message_edit");
            var text = text(edit, "text");
            return text.isEmpty()
                    ? new Unreadable("empty", "A message was edited, and the new text is missing")
                    : with(text).messageId(nullable(text(edit, "mid"))).build();
        }
        if (event.path("reaction").isObject()) {
            return reaction(event.path("reaction"));
        }
        if (event.path("postback").isObject()) {
            return postback(event.path("postback"));
        }
        if (event.path("referral").isObject()) {
            return with(referral(event.path("referral"))).build();
        }
        return notice();
    }

    private Reading said(JsonNode message) {
        var mid = nullable(text(message, "mid"));
        if (message.path("is_deleted").booleanValue(false)) {
            return with("The sender took this message back. What it said was erased.")
                    .messageId(mid)
                    .automatic(Automatic.NOTICE)
                    .withdraws(true)
                    .build();
        }
        var parts = new ArrayList<String>();
        add(parts, text(message, "text"));
        for (var attachment : message.path("attachments")) {
            var read = MessengerAttachment.read(attachment);
            add(parts, read.text());
            read.location().ifPresent(place -> claims.add(new Claim(Claim.Kind.LOCATION, place)));
        }
        if (message.path("referral").isObject()) {
            add(parts, referral(message.path("referral")));
        }
        var story = text(message.path("reply_to").path("story"), "url");
        add(parts, story.isEmpty() ? "" : "In answer to the page's story: " + story);
        if (message.path("is_unsupported").booleanValue(false)) {
            damaged.add("Facebook does not pass on what this message holds: it has to be read on Facebook itself");
            add(parts, parts.isEmpty() ? "A message of a kind that Facebook does not pass on" : "");
        }
        if (parts.isEmpty()) {
            return new Unreadable("empty", "The message has neither a text nor an attachment");
        }
        return with(String.join("\n\n", parts))
                .messageId(mid)
                .inReplyTo(nullable(text(message.path("reply_to"), "mid")))
                .build();
    }

    private Message reaction(JsonNode reaction) {
        var emoji = line(reaction, "emoji");
        var name = line(reaction, "reaction");
        var shown = !emoji.isEmpty() && !name.isEmpty() ? emoji + " (" + name + ")" : emoji + name;
        var text = text(reaction, "action").equals("unreact")
                ? "Took back a reaction to a message"
                : "Reacted to a message" + (shown.isEmpty() ? "" : ": " + shown);
        return with(text).inReplyTo(nullable(text(reaction, "mid"))).build();
    }

    private Message postback(JsonNode postback) {
        var parts = new ArrayList<String>();
        var title = line(postback, "title");
        var payload = line(postback, "payload");
        var pressed = title.isEmpty() ? payload : title;
        add(parts, "Pressed a button" + (pressed.isEmpty() ? "" : ": " + pressed));
        if (postback.path("referral").isObject()) {
            add(parts, referral(postback.path("referral")));
        }
        return with(String.join("\n\n", parts))
                .messageId(nullable(text(postback, "mid")))
                .build();
    }

    private static String referral(JsonNode referral) {
        var details = new ArrayList<String>();
        for (var field : List.of("ref", "source", "type", "ad_id", "referer_uri")) {
            var value = line(referral, field);
            if (!value.isEmpty()) {
                details.add(field.replace('_', ' ') + " " + value);
            }
        }
        return "Came by a link" + (details.isEmpty() ? "" : ": " + String.join(", ", details));
    }

    private Reading notice() {
        for (var kind : NOTICES.keySet().stream().sorted().toList()) {
            if (event.has(kind)) {
                asked(event.path(kind).path("requested_user_info"));
                return with(NOTICES.getOrDefault(kind, ""))
                        .automatic(Automatic.NOTICE)
                        .build();
            }
        }
        return new Unreadable("unknown-event", "Facebook reports " + kind(event) + ", which Postbag does not know");
    }

    private void asked(JsonNode person) {
        claim(Claim.Kind.NAME, line(person, "contact_name"));
        claim(Claim.Kind.EMAIL, line(person, "contact_email"));
        claim(Claim.Kind.TELEPHONE, line(person, "contact_phone"));
        claim(Claim.Kind.POSTCODE, line(person.path("shipping_address"), "postal_code"));
    }

    private void claim(Claim.Kind kind, String value) {
        if (!value.isEmpty()) {
            claims.add(new Claim(kind, value));
        }
    }

    /** The name of the field that says what happened, as far as it is one that can be shown. */
    private static String kind(JsonNode event) {
        return event.propertyNames().stream()
                .filter(name -> !List.of("sender", "recipient", "timestamp").contains(name))
                .filter(name -> name.length() <= KIND_CHARACTERS_MAX && name.matches("[a-z_-]+"))
                .findFirst()
                .map(name -> "something of the kind “" + name.replace('_', ' ') + "”")
                .orElse("something");
    }

    private Message.Builder with(String text) {
        return Message.of(receipt)
                .sender(new Sender(null, null, null, sender.value(), null))
                .to(page.isEmpty() ? List.of() : List.of(new Party(sender.platform() + ":" + page, null)))
                .subject(Shortened.of(text.lines().findFirst().orElse(text).strip(), SUBJECT_CHARACTERS_MAX))
                .text(text)
                // All that one person and the page write each other is one conversation.
                .threadKey(sender.platform() + ":" + page)
                .sentAt(Json.moment(event.path("timestamp")))
                .language(Language.of(text))
                .damaged(damaged)
                .claims(claims);
    }

    private static void add(List<String> parts, String part) {
        if (!part.isEmpty()) {
            parts.add(part);
        }
    }
}
