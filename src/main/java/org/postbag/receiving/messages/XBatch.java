package org.postbag.receiving.messages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts what X sends or lists into items: a page of direct messages (API 1.1 {@code events}, API 2 {@code data}), or the body of a call of the account
 * activity webhook ({@code direct_message_events} and others whose names end alike). An item has the same layout, with one of these and, of the people,
 * only the one who isn't the body's own account.
 *
 * @see <a href="https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity">Account Activity API: activity data objects</a>
 */
public final class XBatch {

    private static final int EVENTS_MAX = 10_000;
    /** The body, its lists, an event; and the same within {@code includes}. */
    private static final int LEVELS = 3;

    private static final String WEBHOOK_LIST_ENDING = "_events";
    private static final Set<String> LISTS = Set.of("events", "data");
    /** Tell nothing that anybody said. */
    private static final Set<String> PASSED_OVER =
            Set.of("direct_message_indicate_typing_events", "direct_message_mark_read_events");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final byte[] body;
    private final JsonSlice root;
    private final String route;
    private final String account;
    private final List<Arrival> items = new ArrayList<>();
    private final Map<String, JsonSlice> usersById;
    private final Map<String, JsonSlice> mediaByKey;
    private int passedOver;

    private XBatch(byte[] body, JsonSlice root, String route, String account) {
        this.body = body;
        this.root = root;
        this.route = route;
        this.account = account;
        this.usersById = included("users", "id");
        this.mediaByKey = included("media", "media_key");
    }

    /** What stands beside the events, by its key. */
    private Map<String, JsonSlice> included(String list, String key) {
        var included = new HashMap<String, JsonSlice>();
        var includes = root.fields().get("includes");
        if (includes != null) {
            for (var element : includes.list(list)) {
                var node = JSON.readTree(Arrays.copyOfRange(body, element.from(), element.to()));
                included.putIfAbsent(text(node.path(key)), element);
            }
        }
        return included;
    }

    /** @param account the id of the body's own account where it is known and the text doesn't tell, else empty: what it sent is outbound */
    public static Cut cut(byte[] body, String route, String account) {
        var root = JsonSlice.ofObject(body, LEVELS);
        if (root.isEmpty()) {
            return new Cut.Malformed("The body is not a JSON object in UTF-8, or was cut off");
        }
        var named = root.get().fields().get("for_user_id");
        var batch = new XBatch(body, root.get(), route, named == null || named.text() == null ? account : named.text());
        for (var list : root.get().fields().entrySet()) {
            batch.add(list);
            if (batch.items.size() + batch.passedOver > EVENTS_MAX) {
                return new Cut.Malformed("The body has more than 10,000 events");
            }
        }
        if (batch.items.isEmpty() && batch.passedOver == 0 && !batch.isEmptyPage()) {
            // Nothing that is known; kept as it is, so that a person can look at it.
            batch.items.add(batch.arrival(Direction.INBOUND, "body", hash(body), null, body));
        }
        return new Cut.Items(batch.items, batch.passedOver);
    }

    private boolean isEmptyPage() {
        return LISTS.stream().anyMatch(root.fields()::containsKey)
                || root.fields().containsKey("meta");
    }

    private void add(Map.Entry<String, JsonSlice> list) {
        var name = list.getKey();
        if (PASSED_OVER.contains(name)) {
            passedOver += list.getValue().elements().size();
        } else if (LISTS.contains(name) || name.endsWith(WEBHOOK_LIST_ENDING)) {
            list.getValue().elements().forEach(event -> add(name, event));
        }
    }

    private void add(String list, JsonSlice slice) {
        var bytes = Arrays.copyOfRange(body, slice.from(), slice.to());
        var event = JSON.readTree(bytes);
        var id = text(event.path(event.has("id_str") ? "id_str" : "id"));
        switch (list) {
            case "tweet_delete_events" -> {
                var post = text(event.path("status").path("id"));
                add(event, "taken back", post, "post " + post, list, slice);
            }
            case "tweet_create_events" -> add(event, "post", id, "post " + id, list, slice);
            default -> add(event, "message", id, id, list, slice);
        }
    }

    private void add(JsonNode event, String what, String id, String series, String list, JsonSlice slice) {
        var sender = sender(event);
        boolean ours = !account.isEmpty() && account.equals(sender);
        var item = item(list, slice, ours ? recipient(event) : sender, mediaKeys(event));
        var direction = ours ? Direction.OUTBOUND : Direction.INBOUND;
        // What has no id of its own is the same where it says the same.
        items.add(
                id.isEmpty()
                        ? arrival(direction, "event", hash(item), null, item)
                        : arrival(direction, what, id, series, item));
    }

    private Arrival arrival(Direction direction, String event, String id, @Nullable String series, byte[] item) {
        return Identity.message(Channel.X, direction, route, event, id, series, item);
    }

    private static String sender(JsonNode event) {
        for (var id : List.of(
                event.path("sender_id"),
                event.path("message_create").path("sender_id"),
                event.path("user").path("id_str"),
                event.path("status").path("user_id"))) {
            if (!text(id).isEmpty()) {
                return text(id);
            }
        }
        return "";
    }

    /** In a conversation of two its id is made of both of theirs. */
    private String recipient(JsonNode event) {
        var direct = text(event.path("message_create").path("target").path("recipient_id"));
        if (!direct.isEmpty()) {
            return direct;
        }
        return Arrays.stream(text(event.path("dm_conversation_id")).split("-"))
                .filter(id -> !id.equals(account))
                .findFirst()
                .orElse("");
    }

    private static Set<String> mediaKeys(JsonNode event) {
        var keys = new LinkedHashSet<String>();
        event.path("attachments").path("media_keys").forEach(key -> keys.add(text(key)));
        return keys;
    }

    private byte[] item(String list, JsonSlice event, String person, Set<String> media) {
        var item = new ItemWriter(body);
        item.write("{");
        if (!account.isEmpty()) {
            item.write("\"for_user_id\":" + JSON.writeValueAsString(account) + ",");
        }
        item.write("\"" + list + "\":[");
        item.write(event);
        item.write("]");
        var users = root.fields().get("users");
        var user = users == null ? null : users.fields().get(person);
        if (user != null) {
            item.write(",\"users\":{" + JSON.writeValueAsString(person) + ":");
            item.write(user);
            item.write("}");
        }
        var includes = root.fields().get("includes");
        if (includes != null) {
            item.write(",\"includes\":{\"users\":[");
            write(item, usersById, Set.of(person));
            item.write("],\"media\":[");
            write(item, mediaByKey, media);
            item.write("]}");
        }
        item.write("}");
        return item.bytes();
    }

    /** Those that are meant. */
    private static void write(ItemWriter item, Map<String, JsonSlice> elements, Set<String> meant) {
        boolean first = true;
        for (var key : meant) {
            var element = elements.get(key);
            if (element != null) {
                item.write(first ? "" : ",");
                item.write(element);
                first = false;
            }
        }
    }

    private static String hash(byte[] bytes) {
        return Signatures.hex(Signatures.sha256(bytes));
    }

    private static String text(JsonNode value) {
        return value.asString("");
    }
}
