package org.postbag.receiving;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A receipt as JSON, in Kafka and before the raw bytes. Unknown fields are skipped, so that an older program reads what a newer one wrote. */
public final class ReceiptCodec {

    private ReceiptCodec() {}

    public static byte[] encode(Receipt receipt) {
        var json = Json.MAPPER.createObjectNode();
        json.put("id", receipt.id().hex());
        json.put("channel", receipt.channel().code());
        json.put("direction", receipt.direction().code());
        json.put("route", receipt.route());
        json.put("receivedAt", receipt.receivedAt().toString());
        json.put("size", receipt.size());
        json.put("series", receipt.series());
        json.put("profile", receipt.profile());
        json.put("sourceFile", receipt.sourceFile());
        json.put("sourceRow", receipt.sourceRow());
        if (receipt.junk()) {
            json.put("junk", true);
        }
        if (receipt.reachedAt() != null) {
            json.put("reachedAt", receipt.reachedAt().toString());
        }
        var origin = receipt.origin();
        if (origin != null) {
            json.put("node", origin.node());
            json.put("routeVersion", origin.routeVersion());
        }
        return Json.MAPPER.writeValueAsBytes(json);
    }

    /** @throws IllegalArgumentException if these bytes are no receipt */
    public static Receipt decode(byte[] bytes) {
        try {
            var json = Json.MAPPER.readTree(bytes);
            return new Receipt(
                    new ReceiptId(required(json, "id")),
                    Channel.of(required(json, "channel"))
                            .orElseThrow(() -> new IllegalArgumentException("A receipt of an unknown channel")),
                    Direction.of(required(json, "direction")),
                    required(json, "route"),
                    Instant.parse(required(json, "receivedAt")),
                    json.path("size").asLong(),
                    text(json, "series"),
                    text(json, "profile"),
                    text(json, "sourceFile"),
                    json.path("sourceRow").isNumber() ? json.path("sourceRow").asInt() : null,
                    json.path("junk").asBoolean(false),
                    moment(json, "reachedAt"),
                    origin(json),
                    null);
        } catch (JacksonException | java.time.format.DateTimeParseException notAReceipt) {
            throw new IllegalArgumentException("Not a receipt", notAReceipt);
        }
    }

    private static Receipt.@Nullable Origin origin(JsonNode json) {
        var node = text(json, "node");
        return node == null
                ? null
                : new Receipt.Origin(
                        node,
                        json.path("routeVersion").isNumber()
                                ? json.path("routeVersion").asInt()
                                : null);
    }

    private static String required(JsonNode json, String field) {
        var value = text(json, field);
        if (value == null) {
            throw new IllegalArgumentException("A receipt without " + field);
        }
        return value;
    }

    private static @Nullable Instant moment(JsonNode json, String field) {
        var value = text(json, field);
        return value == null ? null : Instant.parse(value);
    }

    private static @Nullable String text(JsonNode json, String field) {
        var value = json.path(field);
        return value.isString() ? value.stringValue() : null;
    }
}
