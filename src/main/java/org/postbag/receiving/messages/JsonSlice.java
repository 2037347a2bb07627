package org.postbag.receiving.messages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the values of a JSON text lie in it, so that a batch can be cut into items whose bytes are as they came.
 *
 * @param from offset of its first byte
 * @param to offset after its last
 * @param fields of an object, as far down as was asked for
 * @param elements of an array, likewise
 * @param text of a value that is neither, else null
 */
record JsonSlice(
        int from,
        int to,
        Map<String, JsonSlice> fields,
        List<JsonSlice> elements,
        @Nullable String text) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Empty where the bytes are not one JSON object in UTF-8. @param levels how deep to look; below them a value is taken whole */
    static Optional<JsonSlice> ofObject(byte[] json, int levels) {
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var slice = read(parser, levels);
            // Other encodings of JSON are read too, but without telling where in the bytes a value lies.
            boolean whole = parser.nextToken() == null && slice.from >= 0 && json[slice.to - 1] == '}';
            return whole ? Optional.of(slice) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static JsonSlice read(JsonParser parser, int levels) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        var fields = new LinkedHashMap<String, JsonSlice>();
        var elements = new ArrayList<JsonSlice>();
        String text = null;
        if (!parser.currentToken().isStructStart()) {
            text = parser.getString();
        } else if (levels == 0) {
            parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                fields.put(name, read(parser, levels - 1));
            }
        } else {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(read(parser, levels - 1));
            }
        }
        return new JsonSlice(from, (int) parser.currentLocation().getByteOffset(), fields, elements, text);
    }

    /** The elements of an array in a field; none where there is no such field, or it is no array. */
    List<JsonSlice> list(String field) {
        var list = fields.get(field);
        return list == null ? List.of() : list.elements();
    }
}
