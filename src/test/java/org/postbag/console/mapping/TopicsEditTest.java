package org.postbag.console.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.Question;
import org.postbag.receiving.TextsInForce;
import org.postbag.receiving.Topics;
import org.postbag.receiving.Topics.Topic;

/** Topics and questions are changed step by step, and what is written is read as the same. */
class TopicsEditTest {

    private static String file() throws IOException {
        return Files.readString(Path.of("forms/contact.yaml"));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() throws IOException {
        var topics = TopicsEdit.read(file());

        assertThat(topics).hasSize(6);
        assertThat(TopicsText.write(topics, file())).isEqualTo(file());
        var anew = TopicsText.write(topics, "");
        assertThat(TopicsEdit.read(anew)).isEqualTo(topics);
        var moved = TopicsText.write(TopicsEdit.moved(topics, 0, 1), file());
        assertThat(moved).startsWith("# What the contact form's topics are");
        assertThat(TopicsEdit.read(moved).get(1)).isEqualTo(topics.getFirst());
    }

    @Test
    void questionsOfEveryKindAreWrittenAndRead() {
        var hostile = "Is it: \"so\"? # no - [x] 'y' ŵ";
        var topics = List.of(new Topic(
                hostile,
                "C",
                List.of(
                        new Question(
                                "a",
                                hostile,
                                hostile,
                                Question.Kind.CHOICE,
                                List.of("Yes", "no", "007"),
                                true,
                                "name",
                                new Question.Said("cy", "Beth?", "Yma", List.of("Ie", "na", "dim"))),
                        new Question("b", "When?", null, Question.Kind.DATE, List.of(), false, null))));

        assertThat(TopicsEdit.read(TopicsText.write(topics, ""))).isEqualTo(topics);
    }

    @Test
    void aStepToNowhereChangesNothing() {
        var list = List.of("a", "b");

        assertThat(TopicsEdit.moved(list, 0, -1)).isEqualTo(list);
        assertThat(TopicsEdit.moved(list, 9, 1)).isEqualTo(list);
        assertThat(TopicsEdit.moved(list, 0, 1)).containsExactly("b", "a");
        assertThat(TopicsEdit.without(list, -1)).isEqualTo(list);
        assertThat(TopicsEdit.put(list, -1, "c")).containsExactly("a", "b", "c");
    }

    @Test
    void aQuestionGetsANameForProgramsOfItsOwn() {
        assertThat(TopicsEdit.id("On which day is the vote?", Set.of())).isEqualTo("on-which-day-is-the-vote");
        assertThat(TopicsEdit.id("When?", Set.of("when", "when-2"))).isEqualTo("when-3");
        assertThat(TopicsEdit.id("10 questions", Set.of())).isEqualTo("questions");
        assertThat(TopicsEdit.id("什么?", Set.of())).isEqualTo("question");
        assertThat(TopicsEdit.id("x".repeat(400), Set.of()).length()).isLessThanOrEqualTo(40);
        var question = TopicsEdit.question(
                Map.of("question", " When? ", "kind", "CHOICE", "options", "A\r\n\r\n B \nC", "welshOptions", "D"),
                Set.of());
        assertThat(question.options()).containsExactly("A", "B", "C");
        assertThat(question.id()).isEqualTo("when");
    }

    /** What a test puts in force. */
    private static final class Console implements TextsInForce {
        private Map<String, Text> texts = Map.of();
        private List<String> before = List.of();

        @Override
        public Map<String, Text> all(String kind) {
            return texts;
        }

        @Override
        public List<String> earlier(String kind, String name, int limit) {
            return before;
        }
    }

    @Test
    void aFormThatIsOpenIsReadByTheTopicsThatItShowed() {
        var console = new Console();
        var file = (Topics)
                Topics.parse("f", "topics:\n- name: A\n  questions:\n  - {id: x, question: When?, required: true}\n");
        var topics = new FormTopics(file, () -> console);
        var open = topics.now().mark();

        console.texts = Map.of(TextsInForce.CONTACT_FORM, new TextsInForce.Text(2, "topics:\n- name: B\n"));
        topics.refresh();

        assertThat(topics.now().names()).containsExactly("B");
        assertThat(topics.shown(open)).isEqualTo(file);
        assertThat(topics.shown("nonsense").names()).containsExactly("B");
        assertThat(topics.asking(List.of("x"))).isEqualTo(file);
        assertThat(topics.asking(List.of("x", "never")).names()).containsExactly("B");
        console.texts = Map.of(TextsInForce.CONTACT_FORM, new TextsInForce.Text(3, "topics: ["));
        topics.refresh();
        assertThat(topics.now().names()).containsExactly("B");
        console.texts = Map.of();
        topics.refresh();
        assertThat(topics.now()).isEqualTo(file);
    }

    @Test
    void anotherNodeKnowsWhatWasShownBefore() {
        var console = new Console();
        console.texts = Map.of(TextsInForce.CONTACT_FORM, new TextsInForce.Text(2, "topics:\n- name: B\n"));
        console.before = List.of("topics:\n- name: A\n");
        var topics = new FormTopics(Topics.named(List.of("C")), () -> console);
        topics.refresh();

        var shown = (Topics) Topics.parse("f", "topics:\n- name: A\n");
        assertThat(topics.shown(shown.mark())).isEqualTo(shown);
    }
}
