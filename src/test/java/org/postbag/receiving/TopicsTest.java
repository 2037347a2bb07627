package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsTest {

    private static final List<String> OTHERWISE = List.of("Voting", "Something else");

    @TempDir
    private Path folder;

    @Test
    void theFileThatComesWithTheProgramIsRight() {
        var topics = Topics.read(Path.of("forms/contact.yaml"), List.of());

        assertThat(topics.names()).hasSize(6).contains("Registering to vote");
        assertThat(topics.question("how-voting").orElseThrow().options()).contains("By post");
        assertThat(topics.all().stream()
                        .flatMap(topic -> topic.questions().stream())
                        .noneMatch(Question::required))
                .isTrue();
    }

    @Test
    void theFileThatComesWithTheProgramAsksEverythingInWelshToo() {
        var topics = Topics.read(Path.of("forms/contact.yaml"), List.of());

        assertThat(topics.all()).allSatisfy(topic -> {
            assertThat(topic.welshName()).isNotNull();
            assertThat(topic.questions())
                    .allSatisfy(
                            question -> assertThat(question.in("cy").language()).isEqualTo("cy"));
        });
        var voting = topics.question("how-voting").orElseThrow();
        assertThat(voting.in("cy").options()).hasSize(4).contains("Drwy’r post");
        assertThat(voting.options()).contains("By post");
    }

    @Test
    void whatHasNoWelshIsAskedInEnglish() {
        var read = TopicsFile.read("contact.yaml", "topics:\n- name: A\n  questions:\n  - {id: x, question: When?}");

        assertThat(read).isInstanceOfSatisfying(TopicsFile.Read.Whole.class, whole -> {
            var topic = whole.topics().all().getFirst();
            assertThat(topic.nameIn("cy")).isEqualTo("A");
            assertThat(topic.questions().getFirst().in("cy"))
                    .isEqualTo(new Question.Said("en", "When?", null, List.of()));
        });
    }

    @Test
    void withoutAFileTheSettingCounts() {
        assertThat(Topics.read(folder.resolve("contact.yaml"), OTHERWISE)).isEqualTo(Topics.named(OTHERWISE));
    }

    @Test
    void aFileThatIsWrongLeavesTheFormWithoutQuestions() throws IOException {
        var file = folder.resolve("contact.yaml");
        Files.writeString(file, "topics: [");
        assertThat(Topics.read(file, OTHERWISE)).isEqualTo(Topics.named(OTHERWISE));

        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(Topics.read(file, OTHERWISE)).isEqualTo(Topics.named(OTHERWISE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            topics: [                                                                        | line 1: this is not YAML
            ''                                                                               | is empty
            topics: soon                                                                     | line 1: topics must be a list
            topics:\\n- name: A\\n- name: A                                                   | line 3: the topic is there already: A
            topics:\\n- title: A                                                             | line 2: there is no setting “title” here; there are name, questions
            topics:\\n- name: A\\n  questions:\\n  - question: When?                           | line 4: id is missing
            topics:\\n- name: A\\n  questions:\\n  - id: 'x y'\\n    question: When?             | line 4: id must be small letters
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a}\\n  - {id: x, question: b} | line 5: another question has this id: x
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, kind: number}          | line 4: kind must be text, choice, date or postcode
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, kind: choice}          | line 4: a question of the kind choice has options
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, options: [b]}          | line 4: a question of the kind choice has options
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, required: perhaps}     | line 4: required must be true or false
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, claim: age}            | line 4: claim must be one of
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: [a, b]}                   | line 4: question must be a word or a text
            topics:\\n- name: A\\n  welsh-name: C\\n- name: B\\n  welsh-name: C                 | line 5: the topic is there already: C
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, welsh-hint: b}        | line 4: welsh-question is missing
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, hint: b, welsh-question: c} | line 4: a question in Welsh has a welsh-hint if it has a hint
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, kind: choice, options: [b, c], welsh-question: d, welsh-options: [e]} | line 4: a question in Welsh has as many welsh-options as options
            topics:\\n- name: A\\n  questions:\\n  - {id: x, question: a, welsh-question: d, welsh-options: [e]} | line 4: a question in Welsh has as many welsh-options as options
            """)
    void saysWhatIsWrongWithItsLine(String yaml, String problem) {
        var read = TopicsFile.read("contact.yaml", yaml.replace("\\n", "\n"));

        assertThat(read)
                .isInstanceOfSatisfying(
                        TopicsFile.Read.Wrong.class,
                        wrong -> assertThat(wrong.problem())
                                .startsWith("contact.yaml")
                                .contains(problem));
    }
}
