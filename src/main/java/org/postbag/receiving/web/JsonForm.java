package org.postbag.receiving.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postbag.receiving.ContactForm;
import org.postbag.staff.PageError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a program sent as a form. */
sealed interface JsonForm {

    record Read(ContactForm form) implements JsonForm {}

    /** JSON, but with fields that are not there or not of this type. */
    record Wrong(List<PageError> errors) implements JsonForm {}

    record NotJson(String why) implements JsonForm {}

    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    Set<String> TEXTS = Set.of("name", "email", "telephone", "postcode", "topic", "message", "key");

    static JsonForm parse(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException notJson) {
            return new NotJson("The request body is not JSON in UTF-8, or was cut off. Nothing was taken in");
        }
        if (!root.isObject()) {
            return new NotJson("The request body is JSON, but not an object with fields. Nothing was taken in");
        }
        var errors = wrongFields(root);
        if (!errors.isEmpty()) {
            return new Wrong(errors);
        }
        return new Read(new ContactForm(
                text(root, "key"),
                text(root, "name"),
                text(root, "email"),
                text(root, "telephone"),
                text(root, "postcode"),
                text(root, "topic"),
                text(root, "message"),
                root.path("noReply").booleanValue(false),
                List.of()));
    }

    private static List<PageError> wrongFields(JsonNode root) {
        var errors = new ArrayList<PageError>();
        root.properties().forEach(field -> {
            var name = field.getKey();
            var value = field.getValue();
            if (TEXTS.contains(name)) {
                if (!value.isString() && !value.isNull()) {
                    errors.add(new PageError(name, "This must be a text"));
                }
            } else if (name.equals("noReply")) {
                if (!value.isBoolean() && !value.isNull()) {
                    errors.add(new PageError(name, "This must be true or false"));
                }
            } else {
                errors.add(new PageError(pointer(name), "There is no such field"));
            }
        });
        return errors;
    }

    /** RFC 6901. */
    private static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String text(JsonNode root, String field) {
        return root.path(field).stringValue("");
    }
}
