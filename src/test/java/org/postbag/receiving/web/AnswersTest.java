package org.postbag.receiving.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.ContactForm.Answer;
import org.postbag.receiving.Question;
import org.postbag.receiving.Question.Kind;
import org.postbag.receiving.Question.Said;
import org.postbag.receiving.Topics;
import org.postbag.receiving.Topics.Topic;
import org.postbag.staff.PageError;

class AnswersTest {

    private static final Question WHERE = new Question(
            "where", "Where?", null, Kind.TEXT, List.of(), true, "location", new Said("cy", "Ble?", null, List.of()));
    private static final Question HOW =
            new Question("how", "How?", null, Kind.CHOICE, List.of("By post", "By proxy"), false, null);
    private static final Question DAY = new Question("day", "When?", null, Kind.DATE, List.of(), false, null);
    private static final Question CODE =
            new Question("code", "Your postcode?", null, Kind.POSTCODE, List.of(), false, "postcode");
    private static final Topics TOPICS = new Topics(List.of(
            new Topic("Voting", "Pleidleisio", List.of(WHERE, HOW, DAY, CODE)), new Topic("Money", null, List.of())));

    private static Answers answers(String topic, Map<String, String> given) {
        return answers(topic, given, PublicLanguage.ENGLISH);
    }

    private static Answers answers(String topic, Map<String, String> given, PublicLanguage language) {
        return Answers.of(TOPICS, topic, "answer-", MessagesTest.phrases(language), id -> given.getOrDefault(id, ""));
    }

    @Test
    void answersComeInTheOrderOfTheQuestionsWithTheQuestionBeside() {
        var answers =
                answers("Voting", Map.of("code", "SA1 3SN", "where", "Swansea", "how", "By post", "day", "7.5.2026"));

        assertThat(answers.errors()).isEmpty();
        assertThat(answers.all())
                .containsExactly(
                        new Answer("where", "Where?", "Swansea", "location"),
                        new Answer("how", "How?", "By post", null),
                        new Answer("day", "When?", "7.5.2026", null),
                        new Answer("code", "Your postcode?", "SA1 3SN", "postcode"));
    }

    @Test
    void whatIsRequiredIsSoForItsOwnTopicAlone() {
        assertThat(answers("Voting", Map.of()).errors())
                .containsExactly(new PageError("answer-where", "Answer the question ‘Where?’"));
        assertThat(answers("Money", Map.of()).errors()).isEmpty();
        assertThat(answers("", Map.of()).errors()).isEmpty();
    }

    @Test
    void onAWelshPageWhatIsWrongIsSaidInWelshAndWhatIsStoredInEnglish() {
        assertThat(answers("Voting", Map.of(), PublicLanguage.WELSH).errors())
                .containsExactly(new PageError("answer-where", "Atebwch y cwestiwn ‘Ble?’"));
        var answers = answers("Voting", Map.of("where", "Abertawe", "day", "7 Mai 2026"), PublicLanguage.WELSH);
        assertThat(answers.errors()).isEmpty();
        assertThat(answers.all()).extracting(Answer::question).containsExactly("Where?", "When?");
    }

    @Test
    void whatWasAnsweredBeforeAnotherTopicWasChosenIsKeptAndNotChecked() {
        var answers = answers("Money", Map.of("day", "soon"));

        assertThat(answers.errors()).isEmpty();
        assertThat(answers.all()).extracting(Answer::text).containsExactly("soon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"how=By pigeon", "day=31/2/2026", "day=soon", "code=Swansea", "code=SA1", "where= "})
    void whatIsNoAnswerMustBePutRight(String given) {
        var parts = given.split("=");
        var all = new java.util.HashMap<>(Map.of("where", "Swansea"));
        all.put(parts[0], parts[1]);

        assertThat(answers("Voting", all).errors()).extracting(PageError::field).containsExactly("answer-" + parts[0]);
    }

    @Test
    void anAnswerHasALength() {
        assertThat(answers("Voting", Map.of("where", "x".repeat(1_001))).errors())
                .extracting(PageError::text)
                .containsExactly("Your answer must be 1,000 characters or fewer");
    }
}
