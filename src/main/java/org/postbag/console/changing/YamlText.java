package org.postbag.console.changing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Finding.Stage;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads YAML that somebody wrote into its raw tree. The events of the text are looked at first, one after the other, so that what makes a tree dangerous to
 * build (depth, aliases that multiply, tags that name classes) is refused before there is one. Pure.
 */
final class YamlText {

    static final int LENGTH_MAX = 64_000;
    private static final int DEPTH_MAX = 20;
    private static final int NODES_MAX = 2_000;

    private final List<Finding> findings = new ArrayList<>();

    private YamlText() {}

    /**
     * @param root null where the text can't be read
     */
    record Read(@Nullable Node root, List<Finding> findings) {}

    static Read read(String text) {
        var reading = new YamlText();
        var root = reading.root(text);
        return new Read(root, List.copyOf(reading.findings));
    }

    private @Nullable Node root(String text) {
        if (text.length() > LENGTH_MAX) {
            findings.add(Finding.stop(Stage.READING, "The text is longer than " + LENGTH_MAX + " characters."));
            return null;
        }
        unseen(text).ifPresent(findings::add);
        if (!findings.isEmpty()) {
            return null;
        }
        try {
            var settings = LoadSettings.builder()
                    .setLabel("route")
                    .setCodePointLimit(LENGTH_MAX)
                    .setAllowDuplicateKeys(true) // told with line and column by the policy
                    .build();
            walk(new Parse(settings).parseString(text));
            return findings.isEmpty()
                    ? new Compose(settings).composeString(text).orElseGet(() -> {
                        findings.add(
                                Finding.stop(Stage.READING, "There is nothing in it. Write a list with one route."));
                        return null;
                    })
                    : null;
        } catch (MarkedYamlEngineException wrong) {
            findings.add(at(Stage.READING, "It is not YAML: " + wrong.getProblem() + ".", wrong.getProblemMark()));
        } catch (YamlEngineException wrong) {
            findings.add(Finding.stop(Stage.READING, "It is not YAML."));
        }
        return null;
    }

    /** What changes how a text looks without being seen; in comments too. */
    private static Optional<Finding> unseen(String text) {
        int line = 1;
        int column = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int one = text.codePointAt(at);
            column++;
            if (one == '\n') {
                line++;
                column = 0;
            } else if (isUnseen(one) && !(one == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n')) {
                return Optional.of(Finding.stop(
                        Stage.READING,
                        String.format("There is a character that can’t be seen (U+%04X). Take it out.", one),
                        line,
                        column));
            }
        }
        return Optional.empty();
    }

    static boolean isUnseen(int one) {
        return switch (Character.getType(one)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> one != ' ';
            default -> false;
        };
    }

    private void walk(Iterable<Event> events) {
        int depth = 0;
        int nodes = 0;
        int documents = 0;
        for (var event : events) {
            switch (event.getEventId()) {
                case DocumentStart -> documents += document((DocumentStartEvent) event, documents);
                case Alias ->
                    refuse(
                            "An alias (*" + ((AliasEvent) event).getAlias() + ") is not allowed. Write the value.",
                            event);
                case Scalar, SequenceStart, MappingStart -> {
                    nodes++;
                    plain((NodeEvent) event);
                }
                default -> {}
            }
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event.getEventId() == Event.ID.SequenceEnd || event.getEventId() == Event.ID.MappingEnd) {
                depth--;
            }
            if (depth > DEPTH_MAX || nodes > NODES_MAX) {
                refuse(depth > DEPTH_MAX ? "It is nested too deeply." : "It holds too many entries.", event);
                return;
            }
        }
    }

    private int document(DocumentStartEvent event, int before) {
        if (before > 0) {
            refuse("There is a second document. A route has one.", event);
        }
        if (event.getSpecVersion().isPresent() || !event.getTags().isEmpty()) {
            refuse("A directive (%) is not allowed.", event);
        }
        return 1;
    }

    private void plain(NodeEvent event) {
        if (event.getAnchor().isPresent()) {
            refuse("An anchor (&" + event.getAnchor().get() + ") is not allowed.", event);
        }
        var tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent start ? start.getTag() : Optional.<String>empty();
        if (tag.isPresent()) {
            refuse("A tag (" + tag.get() + ") is not allowed.", event);
        }
    }

    private void refuse(String message, Event event) {
        findings.add(at(Stage.POLICY, message, event.getStartMark()));
    }

    static Finding at(Stage stage, String message, Optional<Mark> mark) {
        return mark.map(where -> Finding.stop(stage, message, where.getLine() + 1, where.getColumn() + 1))
                .orElseGet(() -> Finding.stop(stage, message));
    }
}
