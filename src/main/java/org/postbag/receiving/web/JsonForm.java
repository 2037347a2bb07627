package org.postbag.receiving.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.Topics;
import org.postbag.staff.PageError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a program sent as a form. */
sealed interface JsonForm {

    /** @param answerErrors answers that must be put right */
    record Read(ContactForm form, List<PageError> answerErrors) implements JsonForm {}

    /** JSON, but with fields that are not there or not of this type. */
    record Wrong(List<PageError> errors) implements JsonForm {}

    record NotJson(String why) implements JsonForm {}

    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    String ANSWERS = "answers";
    Set<String> TEXTS = Set.of("name", "email", "telephone", "postcode", "topic", "message", "key");

    static JsonForm parse(byte[] body, FormTopics formTopics, Phrases phrases) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException notJson) {
            return new NotJson("The request body is not JSON in UTF-8, or was cut off. Nothing was taken in");
        }
        if (!root.isObject()) {
            return new NotJson("The request body is JSON, but not an object with fields. Nothing was taken in");
        }
        var topics = formTopics.asking(root.path(ANSWERS).propertyNames());
        var errors = wrongFields(root, topics);
        if (!errors.isEmpty()) {
            return new Wrong(errors);
        }
        var topic = CleanText.line(text(root, "topic"));
        var answers = Answers.of(topics, topic, ANSWERS + "/", phrases, id -> text(root.path(ANSWERS), id));
        var form = new ContactForm(
                text(root, "key"),
                text(root, "name"),
                text(root, "email"),
                text(root, "telephone"),
                text(root, "postcode"),
                topic,
                text(root, "message"),
                root.path("noReply").booleanValue(false),
                List.of(),
                answers.all(),
                "",
                "");
        return new Read(form, answers.errors());
    }

    private static List<PageError> wrongFields(JsonNode root, Topics topics) {
        var errors = new ArrayList<PageError>();
        root.properties().forEach(field -> {
            var name = field.getKey();
            var value = field.getValue();
            if (TEXTS.contains(name)) {
                if (!value.isString() && !value.isNull()) {
                    errors.add(new PageError(name, "This must be a text"));
                }
            } else if (name.equals(ANSWERS)) {
                errors.addAll(wrongAnswers(value, topics));
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

    private static List<PageError> wrongAnswers(JsonNode answers, Topics topics) {
        if (!answers.isObject() && !answers.isNull()) {
            return List.of(new PageError(ANSWERS, "This must be an object with an answer for each question’s id"));
        }
        var errors = new ArrayList<PageError>();
        answers.properties().forEach(answer -> {
            var field = ANSWERS + "/" + pointer(answer.getKey());
            if (topics.question(answer.getKey()).isEmpty()) {
                errors.add(new PageError(field, "There is no such question"));
            } else if (!answer.getValue().isString() && !answer.getValue().isNull()) {
                errors.add(new PageError(field, "This must be a text"));
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
