package org.postbag.receiving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people and staff choose from to say what something is about, and what the contact form asks about each. */
public record Topics(List<Topic> all) implements TopicsLookup {

    static final String ENGLISH = "en";
    static final String WELSH = "cy";

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final long FILE_BYTES_MAX = 1_000_000;
    private static final int MARK_DIGITS = 16;

    public Topics {
        all = List.copyOf(all);
    }

    /**
     * @param name what is stored, whatever language it was chosen in
     * @param welshName null where the Welsh page says the name
     * @param questions in the order in which they are asked
     */
    public record Topic(String name, @Nullable String welshName, List<Question> questions) {

        public Topic {
            questions = List.copyOf(questions);
        }

        /** The name on a page in a language, by ISO 639-1. */
        public String nameIn(String language) {
            return welshName != null && language.equals(WELSH) ? welshName : name;
        }
    }

    /** Topics about which nothing more is asked. */
    public static Topics named(List<String> names) {
        return new Topics(
                names.stream().map(name -> new Topic(name, null, List.of())).toList());
    }

    /**
     * The topics of a file; a log line says what is wrong with one that can't be used, with its line.
     *
     * @param otherwise the topics where there is no such file, or it can't be used
     */
    public static Topics read(Path file, List<String> otherwise) {
        if (!Files.exists(file)) {
            return named(otherwise);
        }
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return without(otherwise, file + " is larger than 1 MB");
            }
            return switch (TopicsFile.read(file.toString(), Files.readString(file))) {
                case TopicsFile.Read.Whole(var topics) -> topics;
                case TopicsFile.Read.Wrong(var problem) -> without(otherwise, problem);
            };
        } catch (IOException unreadable) {
            return without(otherwise, file + " can't be read as text in UTF-8");
        }
    }

    /**
     * Reads the YAML of topics, whether it is in force or not.
     *
     * @param label what problems call it
     */
    public static TopicsLookup parse(String label, String yaml) {
        if (yaml.length() > FILE_BYTES_MAX) {
            return new TopicsLookup.Problem(label + " is larger than 1 MB");
        }
        return switch (TopicsFile.read(label, yaml)) {
            case TopicsFile.Read.Whole(var topics) -> topics;
            case TopicsFile.Read.Wrong(var problem) -> new TopicsLookup.Problem(problem);
        };
    }

    /** What tells these topics from others, the same on every node: a page carries it, so that it is read by what it showed. */
    public String mark() {
        var digest = Identity.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, MARK_DIGITS);
    }

    private static Topics without(List<String> names, String problem) {
        LOG.error(
                "The contact form asks no questions about its topics until this is mended and Postbag started again, or they are put in force in the console: {}",
                problem);
        return named(names);
    }

    public List<String> names() {
        return all.stream().map(Topic::name).toList();
    }

    /** What is asked about a topic; nothing about one that there isn't. */
    public List<Question> questions(String topic) {
        return all.stream()
                .filter(one -> one.name().equals(topic))
                .findFirst()
                .map(Topic::questions)
                .orElse(List.of());
    }

    public Optional<Question> question(String id) {
        return all.stream()
                .flatMap(topic -> topic.questions().stream())
                .filter(question -> question.id().equals(id))
                .findFirst();
    }
}
