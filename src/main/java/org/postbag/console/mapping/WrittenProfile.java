package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A profile as it is written: each setting with its words, in the order of the file. It holds what {@link org.postbag.receiving.Profile} no longer tells,
 * such as how a time was written; whether it is right, only reading it as a profile says.
 *
 * @param words settings of one word, such as {@code timeZone}
 * @param lists settings of several, such as {@code dates}
 * @param maps settings of names with their words, such as {@code columns}
 */
record WrittenProfile(
        Map<String, String> words, Map<String, List<String>> lists, Map<String, Map<String, List<String>>> maps) {

    static final String CHANNEL = "channel";
    static final String TIME_ZONE = "timeZone";
    static final String TELEPHONE_REGION = "telephoneRegion";
    static final String DELIMITER = "delimiter";
    static final String SOURCE = "source";
    static final String IDS = "ids";
    static final String REGISTER = "register";
    static final String CATEGORY = "category";
    static final String KIND = "kind";
    static final String ENCODINGS = "encodings";
    static final String HEADINGS = "headings";
    static final String OPTIONAL = "optional";
    static final String DATES = "dates";
    static final String WITHHELD = "withheld";
    static final String OUTBOUND = "outbound";
    static final String COLUMNS = "columns";
    static final String OUTCOMES = "outcomes";
    static final String PLATFORMS = "platforms";
    static final String CATEGORIES = "categories";
    static final String KINDS = "kinds";

    private static final List<String> LISTS = List.of(ENCODINGS, HEADINGS, OPTIONAL, DATES, WITHHELD, OUTBOUND);

    static final WrittenProfile EMPTY = new WrittenProfile(Map.of(), Map.of(), Map.of());

    WrittenProfile {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        var copiedLists = new LinkedHashMap<String, List<String>>();
        lists.forEach((name, list) -> copiedLists.put(name, List.copyOf(list)));
        lists = Collections.unmodifiableMap(copiedLists);
        var copiedMaps = new LinkedHashMap<String, Map<String, List<String>>>();
        maps.forEach((name, map) -> {
            var copied = new LinkedHashMap<String, List<String>>();
            map.forEach((key, list) -> copied.put(key, List.copyOf(list)));
            copiedMaps.put(name, Collections.unmodifiableMap(copied));
        });
        maps = Collections.unmodifiableMap(copiedMaps);
    }

    /** What a profile's YAML says; empty where it isn't YAML of that kind. */
    static Optional<WrittenProfile> of(String yaml) {
        try {
            return new Compose(LoadSettings.builder().build())
                    .composeString(yaml)
                    .flatMap(WrittenProfile::of);
        } catch (YamlEngineException notYaml) {
            return Optional.empty();
        }
    }

    private static Optional<WrittenProfile> of(Node root) {
        if (!(root instanceof MappingNode top)) {
            return Optional.empty();
        }
        var words = new LinkedHashMap<String, String>();
        var lists = new LinkedHashMap<String, List<String>>();
        var maps = new LinkedHashMap<String, Map<String, List<String>>>();
        for (var entry : top.getValue()) {
            var key = scalar(entry.getKeyNode());
            switch (entry.getValueNode()) {
                case ScalarNode one when LISTS.contains(key) -> lists.put(key, List.of(one.getValue()));
                case ScalarNode one -> words.put(key, one.getValue());
                case SequenceNode several -> lists.put(key, texts(several));
                case MappingNode named -> maps.put(key, map(named));
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new WrittenProfile(words, lists, maps));
    }

    private static Map<String, List<String>> map(MappingNode node) {
        var map = new LinkedHashMap<String, List<String>>();
        node.getValue().forEach(entry -> map.put(scalar(entry.getKeyNode()), texts(entry.getValueNode())));
        return map;
    }

    private static List<String> texts(Node node) {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(WrittenProfile::scalar).toList()
                : List.of(scalar(node));
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    String word(String setting, String otherwise) {
        return words.getOrDefault(setting, otherwise);
    }

    List<String> list(String setting) {
        return lists.getOrDefault(setting, List.of());
    }

    Map<String, List<String>> map(String setting) {
        return maps.getOrDefault(setting, Map.of());
    }

    Map<String, List<String>> columns() {
        return map(COLUMNS);
    }

    /** The same with another word; without the setting where that is empty. */
    WrittenProfile with(String setting, String word) {
        var changed = new LinkedHashMap<>(words);
        if (word.isEmpty()) {
            changed.remove(setting);
        } else {
            changed.put(setting, word);
        }
        return new WrittenProfile(changed, lists, maps);
    }

    /** Likewise. */
    WrittenProfile with(String setting, List<String> list) {
        var changed = new LinkedHashMap<>(lists);
        if (list.isEmpty()) {
            changed.remove(setting);
        } else {
            changed.put(setting, new ArrayList<>(list));
        }
        return new WrittenProfile(words, changed, maps);
    }

    /** Likewise; a name without words goes too. */
    WrittenProfile with(String setting, Map<String, List<String>> map) {
        var said = new LinkedHashMap<String, List<String>>();
        map.forEach((name, list) -> {
            if (!list.isEmpty()) {
                said.put(name, list);
            }
        });
        var changed = new LinkedHashMap<>(maps);
        if (said.isEmpty()) {
            changed.remove(setting);
        } else {
            changed.put(setting, said);
        }
        return new WrittenProfile(words, lists, changed);
    }
}
