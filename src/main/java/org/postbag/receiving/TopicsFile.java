package org.postbag.receiving;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Topics.Topic;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the YAML of the contact form's topics and questions. Whatever is wrong with it is said with its line. */
final class TopicsFile {

    private static final int TOPICS_MAX = 50;
    private static final int QUESTIONS_MAX = 20;
    private static final int OPTIONS_MAX = 50;
    private static final int TEXT_LENGTH_MAX = 300;
    private static final String WELSH_NAME = "welsh-name";
    private static final String WELSH_QUESTION = "welsh-question";
    private static final String WELSH_HINT = "welsh-hint";
    private static final String WELSH_OPTIONS = "welsh-options";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final Set<String> CLAIMS =
            Set.of("name", "email", "telephone", "postcode", "organisation", "location", "handle");
    private static final Set<String> QUESTION_KEYS = Set.of(
            "id",
            "question",
            "hint",
            "kind",
            "options",
            "required",
            "claim",
            WELSH_QUESTION,
            WELSH_HINT,
            WELSH_OPTIONS);

    private final String file;
    private final Set<String> ids = new HashSet<>();

    private TopicsFile(String file) {
        this.file = file;
    }

    sealed interface Read {
        record Whole(Topics topics) implements Read {}

        /** @param problem with file and line */
        record Wrong(String problem) implements Read {}
    }

    /** Ends reading a file; it never leaves this class. */
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;

        Fault(String problem) {
            super(problem, null, false, false);
        }
    }

    static Read read(String file, String yaml) {
        try {
            return new Read.Whole(new TopicsFile(file).topics(yaml));
        } catch (Fault fault) {
            return new Read.Wrong(String.valueOf(fault.getMessage()));
        }
    }

    private Topics topics(String yaml) {
        var root = root(yaml);
        var top = mapping(root, Set.of("topics"));
        var names = new HashSet<String>();
        var welshNames = new HashSet<String>();
        var topics = new ArrayList<Topic>();
        for (var node : items(root, top.get("topics"), "topics", TOPICS_MAX)) {
            var topic = mapping(node, Set.of("name", WELSH_NAME, "questions"));
            var name = name(node, topic.get("name"), "name", names);
            var welsh = topic.get(WELSH_NAME);
            topics.add(new Topic(
                    name,
                    welsh == null ? null : name(node, welsh, WELSH_NAME, welshNames),
                    questions(node, topic.get("questions"))));
        }
        return new Topics(topics);
    }

    private String name(Node topic, @Nullable Node node, String field, Set<String> names) {
        var name = text(topic, node, field);
        if (name.length() > ContactForm.TOPIC_LENGTH_MAX) {
            throw fault(node, "a topic's name may have " + ContactForm.TOPIC_LENGTH_MAX + " characters");
        }
        if (!names.add(name)) {
            throw fault(node, "the topic is there already: " + name);
        }
        return name;
    }

    private List<Question> questions(Node topic, @Nullable Node node) {
        return node == null
                ? List.of()
                : items(topic, node, "questions", QUESTIONS_MAX).stream()
                        .map(this::question)
                        .toList();
    }

    private Question question(Node node) {
        var fields = mapping(node, QUESTION_KEYS);
        var id = text(node, fields.get("id"), "id");
        if (!ID.matcher(id).matches()) {
            throw fault(node, "id must be small letters, digits and hyphens, beginning with a letter");
        }
        if (!ids.add(id)) {
            throw fault(node, "another question has this id: " + id);
        }
        var kind = kind(node, fields.get("kind"));
        if ((kind == Question.Kind.CHOICE) != fields.containsKey("options")) {
            throw fault(node, "a question of the kind choice has options, and no other has");
        }
        return new Question(
                id,
                text(node, fields.get("question"), "question"),
                fields.containsKey("hint") ? text(node, fields.get("hint"), "hint") : null,
                kind,
                options(node, fields.get("options"), "options"),
                required(node, fields.get("required")),
                claim(node, fields.get("claim")),
                welsh(node, fields));
    }

    private List<String> options(Node question, @Nullable Node node, String field) {
        return node == null
                ? List.of()
                : items(question, node, field, OPTIONS_MAX).stream()
                        .map(option -> text(question, option, field))
                        .toList();
    }

    /** A question is asked wholly in Welsh or not at all: in one that is half so, a screen reader would read one language with the voice of the other. */
    private Question.@Nullable Said welsh(Node question, Map<String, Node> fields) {
        if (Stream.of(WELSH_QUESTION, WELSH_HINT, WELSH_OPTIONS).noneMatch(fields::containsKey)) {
            return null;
        }
        var text = text(question, fields.get(WELSH_QUESTION), WELSH_QUESTION);
        if (fields.containsKey("hint") != fields.containsKey(WELSH_HINT)) {
            throw fault(
                    fields.get(WELSH_QUESTION),
                    "a question in Welsh has a " + WELSH_HINT + " if it has a hint, and only then");
        }
        var options = options(question, fields.get(WELSH_OPTIONS), WELSH_OPTIONS);
        if (options.size()
                != options(question, fields.get("options"), "options").size()) {
            throw fault(
                    fields.get(WELSH_QUESTION),
                    "a question in Welsh has as many " + WELSH_OPTIONS + " as options, in their order");
        }
        var hint = fields.get(WELSH_HINT);
        return new Question.Said(Topics.WELSH, text, hint == null ? null : text(question, hint, WELSH_HINT), options);
    }

    private Question.Kind kind(Node question, @Nullable Node node) {
        var written = node == null ? "text" : text(question, node, "kind");
        for (var kind : Question.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(written)) {
                return kind;
            }
        }
        throw fault(node, "kind must be text, choice, date or postcode");
    }

    private boolean required(Node question, @Nullable Node node) {
        var written = node == null ? "false" : text(question, node, "required");
        return switch (written) {
            case "true" -> true;
            case "false" -> false;
            default -> throw fault(node, "required must be true or false");
        };
    }

    private @Nullable String claim(Node question, @Nullable Node node) {
        if (node == null) {
            return null;
        }
        var claim = text(question, node, "claim");
        if (!CLAIMS.contains(claim)) {
            throw fault(
                    node,
                    "claim must be one of "
                            + String.join(", ", CLAIMS.stream().sorted().toList()));
        }
        return claim;
    }

    // ---- nodes

    private Node root(String yaml) {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(yaml)
                    .orElseThrow(() -> new Fault(file + " is empty"));
        } catch (MarkedYamlEngineException notYaml) {
            var line = notYaml.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1))
                    .orElse("");
            throw new Fault(file + line + ": this is not YAML: " + notYaml.getProblem());
        } catch (YamlEngineException notYaml) {
            throw new Fault(file + ": this is not YAML");
        }
    }

    private Map<String, Node> mapping(Node node, Set<String> keys) {
        if (!(node instanceof MappingNode mapping)) {
            throw fault(
                    node,
                    "here must stand names with values: "
                            + String.join(", ", keys.stream().sorted().toList()));
        }
        var entries = new LinkedHashMap<String, Node>();
        for (var entry : mapping.getValue()) {
            var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!keys.contains(key)) {
                throw fault(
                        entry.getKeyNode(),
                        "there is no setting “" + key + "” here; there are "
                                + String.join(", ", keys.stream().sorted().toList()));
            }
            if (entries.put(key, entry.getValueNode()) != null) {
                throw fault(entry.getKeyNode(), key + " is there twice");
            }
        }
        return entries;
    }

    private List<Node> items(Node of, @Nullable Node node, String field, int max) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw fault(node == null ? of : node, field + " must be a list with something in it");
        }
        if (sequence.getValue().size() > max) {
            throw fault(node, field + " may have " + max + " entries");
        }
        return sequence.getValue();
    }

    private String text(Node of, @Nullable Node node, String field) {
        if (node == null) {
            throw fault(of, field + " is missing");
        }
        if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw fault(node, field + " must be a word or a text");
        }
        var text = CleanText.line(scalar.getValue());
        if (text.length() > TEXT_LENGTH_MAX) {
            throw fault(node, field + " may have " + TEXT_LENGTH_MAX + " characters");
        }
        return text;
    }

    private Fault fault(@Nullable Node node, String problem) {
        var line = node == null
                ? ""
                : node.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
        return new Fault(file + line + ": " + problem);
    }
}
