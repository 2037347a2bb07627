package org.postbag.receiving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The nodes of a profile's YAML. Whatever isn't as it has to be is said with its line and its field. */
final class ProfileNodes {

    private final String file;

    ProfileNodes(String file) {
        this.file = file;
    }

    /** Ends reading a file. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String problem) {
            super(problem, null, false, false);
        }
    }

    Node root(String yaml) {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(yaml)
                    .orElseThrow(() -> new Wrong(file + " is empty"));
        } catch (MarkedYamlEngineException notYaml) {
            var line = notYaml.getProblemMark()
                    .map(m -> " line " + (m.getLine() + 1))
                    .orElse("");
            throw new Wrong(file + line + ": this is not YAML: " + notYaml.getProblem());
        } catch (YamlEngineException notYaml) {
            throw new Wrong(file + ": this is not YAML");
        }
    }

    Map<String, Node> mapping(Node node, String field) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, field, "must be a list of names with values");
        }
        var entries = new LinkedHashMap<String, Node>();
        for (var entry : mapping.getValue()) {
            var key = text(entry.getKeyNode(), field);
            if (entries.put(key, entry.getValueNode()) != null) {
                throw wrong(entry.getKeyNode(), field, "has " + key + " twice");
            }
        }
        return entries;
    }

    List<String> texts(Node node, String field) {
        if (node instanceof SequenceNode sequence) {
            var texts = sequence.getValue().stream().map(n -> text(n, field)).toList();
            if (texts.isEmpty()) {
                throw wrong(node, field, "is empty");
            }
            return texts;
        }
        return List.of(text(node, field));
    }

    String text(Node node, String field) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw wrong(node, field, "must be a word or a text");
    }

    Wrong wrong(@Nullable Node node, String field, String problem) {
        var line = node == null
                ? null
                : node.getStartMark().map(m -> m.getLine() + 1).orElse(null);
        return new Wrong("%s%s: %s %s".formatted(file, line == null ? "" : " line " + line, field, problem));
    }

    static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    Wrong missing(String what) {
        return new Wrong(file + ": " + what);
    }
}
