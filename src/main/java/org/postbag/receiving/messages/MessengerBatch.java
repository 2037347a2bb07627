package org.postbag.receiving.messages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts the body of a call of Messenger's webhook into items: {@code entry} holds what happened on a page, {@code messaging} what each person did there,
 * {@code standby} the same while another app has the conversation, {@code changes} what isn't of Messenger. An item is a body of its own, with one of
 * these and the page's id around it.
 *
 * @see <a href="https://developers.facebook.com/docs/messenger-platform/webhooks">Webhooks for the Messenger Platform</a>
 */
public final class MessengerBatch {

    /** Facebook puts at most 1,000 into one call. */
    private static final int EVENTS_MAX = 10_000;

    /** The body, its entries, an entry, its list, an event. */
    private static final int LEVELS = 4;

    private static final Set<String> LISTS = Set.of("messaging", "standby", "changes");
    /** Tell nothing that anybody said. */
    private static final Set<String> PASSED_OVER = Set.of("delivery", "read");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final byte[] body;
    private final String route;
    private final List<Arrival> items = new ArrayList<>();
    private int passedOver;

    private MessengerBatch(byte[] body, String route) {
        this.body = body;
        this.route = route;
    }

    public static Cut cut(byte[] body, String route) {
        var root = JsonSlice.ofObject(body, LEVELS);
        if (root.isEmpty()) {
            return new Cut.Malformed("The body is not a JSON object in UTF-8, or was cut off");
        }
        var entries = root.get().list("entry");
        if (entries.isEmpty()) {
            return new Cut.Malformed("The body has no entries");
        }
        var batch = new MessengerBatch(body, route);
        for (var entry : entries) {
            batch.add(root.get(), entry);
            if (batch.items.size() + batch.passedOver > EVENTS_MAX) {
                return new Cut.Malformed("The body has more than 10,000 events");
            }
        }
        return new Cut.Items(batch.items, batch.passedOver);
    }

    private void add(JsonSlice root, JsonSlice entry) {
        boolean empty = true;
        for (var list : LISTS.stream().sorted().toList()) {
            for (var event : entry.list(list)) {
                add(Arrays.copyOfRange(body, event.from(), event.to()), item(root, entry, list, event));
                empty = false;
            }
        }
        if (empty) {
            // Nothing that is known; kept as it is, so that a person can look at it.
            var whole = item(root, entry);
            items.add(arrival("entry", hash(whole), null, whole));
        }
    }

    private void add(byte[] json, byte[] item) {
        var event = JSON.readTree(json);
        var message = event.path("message");
        var mid = text(message.path("mid"));
        if (PASSED_OVER.stream().anyMatch(event::has) || message.path("is_echo").booleanValue(false)) {
            passedOver++;
        } else if (message.path("is_deleted").booleanValue(false) && !mid.isEmpty()) {
            items.add(arrival("taken back", mid, mid, item));
        } else if (!mid.isEmpty()) {
            items.add(arrival("message", mid, mid, item));
        } else if (!text(event.path("message_edit").path("mid")).isEmpty()) {
            var edit = event.path("message_edit");
            var number = text(edit.has("num_edit") ? edit.path("num_edit") : event.path("timestamp"));
            items.add(arrival("edit", text(edit.path("mid")) + "\n" + number, text(edit.path("mid")), item));
        } else {
            // What has no id of its own is the same where it says the same: a moment and a person are in it.
            items.add(arrival("event", hash(json), null, item));
        }
    }

    private Arrival arrival(String event, String id, @Nullable String series, byte[] item) {
        return Identity.message(Channel.FACEBOOK, Direction.INBOUND, route, event, id, series, item);
    }

    private byte[] item(JsonSlice root, JsonSlice entry, String list, JsonSlice event) {
        var item = opened(root);
        item.write("{");
        for (var field : List.of("id", "time")) {
            var value = entry.fields().get(field);
            if (value != null) {
                item.write("\"" + field + "\":");
                item.write(value);
                item.write(",");
            }
        }
        item.write("\"" + list + "\":[");
        item.write(event);
        item.write("]}]}");
        return item.bytes();
    }

    private byte[] item(JsonSlice root, JsonSlice entry) {
        var item = opened(root);
        item.write(entry);
        item.write("]}");
        return item.bytes();
    }

    private ItemWriter opened(JsonSlice root) {
        var item = new ItemWriter(body);
        var object = root.fields().get("object");
        item.write("{");
        if (object != null) {
            item.write("\"object\":");
            item.write(object);
            item.write(",");
        }
        item.write("\"entry\":[");
        return item;
    }

    private static String hash(byte[] bytes) {
        return Signatures.hex(Signatures.sha256(bytes));
    }

    private static String text(JsonNode value) {
        return value.asString("");
    }
}
