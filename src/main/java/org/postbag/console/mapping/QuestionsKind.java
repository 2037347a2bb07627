package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postbag.console.changing.CarriedOut;
import org.postbag.console.changing.Changeable;
import org.postbag.console.changing.Finding;
import org.postbag.console.changing.Finding.Stage;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.TextsInForce;
import org.postbag.receiving.Topics;
import org.postbag.receiving.TopicsLookup;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The contact form's topics and questions, as a thing that is changed in the console. */
@Component
@Profile("!command")
class QuestionsKind implements Changeable {

    static final String KIND = TextsInForce.QUESTIONS;
    static final String NAME = TextsInForce.CONTACT_FORM;

    private final FormTopics topics;
    private final QuestionsFile file;
    private final JdbcClient jdbc;

    QuestionsKind(FormTopics topics, QuestionsFile file, JdbcClient jdbc) {
        this.topics = topics;
        this.file = file;
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String label() {
        return "set of topics and questions";
    }

    @Override
    public List<String> names() {
        return file.text().isPresent() ? List.of(NAME) : List.of();
    }

    @Override
    public Optional<String> fileText(String name) {
        return name.equals(NAME) ? file.text() : Optional.empty();
    }

    @Override
    public List<Finding> check(String name, String text) {
        if (!name.equals(NAME)) {
            return List.of(Finding.stop(Stage.READING, "There is one form, called " + NAME));
        }
        return switch (Topics.parse("The file", text)) {
            case TopicsLookup.Problem(var problem) -> List.of(ProfileKind.stop(problem));
            case Topics after -> notes(after);
        };
    }

    private List<Finding> notes(Topics after) {
        var findings = new ArrayList<Finding>();
        var before = topics.now();
        for (var topic : before.names()) {
            if (!after.names().contains(topic)) {
                findings.add(Finding.note(
                        Stage.READING,
                        isUsed(topic)
                                ? "The topic “%s” goes. Enquiries have it: they keep it, and search and reports go on to count them under it, but no new ones come."
                                        .formatted(topic)
                                : "The topic “%s” goes. No enquiry has it.".formatted(topic)));
            }
        }
        after.all().forEach(topic -> {
            long english = topic.questions().stream()
                    .filter(question -> question.welsh() == null)
                    .count();
            if (topic.welshName() == null || english > 0) {
                findings.add(Finding.note(
                        Stage.READING,
                        "On the Welsh page, “%s” is partly in English: %s."
                                .formatted(
                                        topic.name(),
                                        topic.welshName() == null
                                                ? "its name" + (english > 0 ? " and " + questions(english) : "")
                                                : questions(english))));
            }
        });
        return findings;
    }

    private static String questions(long count) {
        return count == 1 ? "1 question" : count + " questions";
    }

    private boolean isUsed(String topic) {
        return jdbc.sql("select exists (select from enquiry where topic = ?)")
                .param(topic)
                .query(Boolean.class)
                .single();
    }

    /** The form asks for what is in force as soon as it is. */
    @Override
    public CarriedOut carryOut(String name, String text) {
        return switch (Topics.parse("The file", text)) {
            case TopicsLookup.Problem(var problem) -> new CarriedOut.LeftAsItWas(problem);
            case Topics _ -> new CarriedOut.InForce();
        };
    }

    @Override
    public String editPath(String name) {
        return QuestionsPages.PATH + "/change";
    }
}
