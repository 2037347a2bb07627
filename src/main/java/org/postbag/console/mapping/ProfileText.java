package org.postbag.console.mapping;

import static org.postbag.console.mapping.WrittenProfile.CATEGORIES;
import static org.postbag.console.mapping.WrittenProfile.CATEGORY;
import static org.postbag.console.mapping.WrittenProfile.CHANNEL;
import static org.postbag.console.mapping.WrittenProfile.COLUMNS;
import static org.postbag.console.mapping.WrittenProfile.DATES;
import static org.postbag.console.mapping.WrittenProfile.DELIMITER;
import static org.postbag.console.mapping.WrittenProfile.ENCODINGS;
import static org.postbag.console.mapping.WrittenProfile.HEADINGS;
import static org.postbag.console.mapping.WrittenProfile.IDS;
import static org.postbag.console.mapping.WrittenProfile.KIND;
import static org.postbag.console.mapping.WrittenProfile.KINDS;
import static org.postbag.console.mapping.WrittenProfile.OPTIONAL;
import static org.postbag.console.mapping.WrittenProfile.OUTBOUND;
import static org.postbag.console.mapping.WrittenProfile.OUTCOMES;
import static org.postbag.console.mapping.WrittenProfile.PLATFORMS;
import static org.postbag.console.mapping.WrittenProfile.REGISTER;
import static org.postbag.console.mapping.WrittenProfile.SOURCE;
import static org.postbag.console.mapping.WrittenProfile.TELEPHONE_REGION;
import static org.postbag.console.mapping.WrittenProfile.TIME_ZONE;
import static org.postbag.console.mapping.WrittenProfile.WITHHELD;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Writes a profile as YAML. One that changes keeps the lines of its settings that don't, and with them the comments of the people who wrote it; where that
 * can't be done, it is written anew.
 */
final class ProfileText {

    private static final List<String> ORDER = List.of(
            CHANNEL,
            SOURCE,
            REGISTER,
            TIME_ZONE,
            TELEPHONE_REGION,
            ENCODINGS,
            DELIMITER,
            HEADINGS,
            IDS,
            KIND,
            CATEGORY,
            COLUMNS,
            OPTIONAL,
            DATES,
            OUTCOMES,
            OUTBOUND,
            PLATFORMS,
            KINDS,
            CATEGORIES,
            WITHHELD);

    /** Longer lists stand one to a line. */
    private static final int LINE_LENGTH_MAX = 140;

    private ProfileText() {}

    /** A profile from nothing. */
    static String write(WrittenProfile profile) {
        var text = new StringBuilder();
        settings(profile)
                .forEach(setting -> block(profile, setting)
                        .forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }

    /** The same text where it says this already; else as much of it as can stay. */
    static String write(WrittenProfile profile, String before) {
        var old = WrittenProfile.of(before);
        if (old.isEmpty()) {
            return write(profile);
        }
        if (old.get().equals(profile)) {
            return before;
        }
        return changed(profile, old.get(), before)
                .filter(text -> WrittenProfile.of(text).filter(profile::equals).isPresent())
                .orElseGet(() -> headOf(before) + write(profile));
    }

    /** The comment on top of a file says what it is of. */
    private static String headOf(String text) {
        var head = new StringBuilder();
        text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .forEach(line -> head.append(line).append('\n'));
        return head.toString();
    }

    private static List<String> settings(WrittenProfile profile) {
        var all = new ArrayList<String>();
        all.addAll(profile.words().keySet());
        all.addAll(profile.lists().keySet());
        all.addAll(profile.maps().keySet());
        all.sort((one, other) -> place(one) - place(other));
        return all;
    }

    private static int place(String setting) {
        int at = ORDER.indexOf(setting);
        return at < 0 ? ORDER.size() : at;
    }

    private static List<String> block(WrittenProfile profile, String setting) {
        if (profile.words().containsKey(setting)) {
            return List.of(setting + ": " + YamlWords.scalar(profile.word(setting, "")));
        }
        if (profile.lists().containsKey(setting)) {
            return list(setting, profile.list(setting));
        }
        var lines = new ArrayList<String>();
        lines.add(setting + ":");
        profile.map(setting).forEach((name, words) -> lines.addAll(entry(name, words)));
        return lines;
    }

    private static List<String> list(String setting, List<String> words) {
        var line = setting + ": " + YamlWords.list(words);
        if (line.length() <= LINE_LENGTH_MAX) {
            return List.of(line);
        }
        var lines = new ArrayList<String>();
        lines.add(setting + ":");
        words.forEach(word -> lines.add("  - " + YamlWords.scalar(word)));
        return lines;
    }

    private static List<String> entry(String name, List<String> words) {
        return List.of("  " + YamlWords.scalar(name) + ": " + YamlWords.flow(words));
    }

    // ---- keeping what is there

    /** A setting, or an entry of one, and the lines that it takes up. */
    private record Place(String name, int from, int behind) {}

    private static Optional<String> changed(WrittenProfile profile, WrittenProfile old, String before) {
        var root = new Compose(LoadSettings.builder().build()).composeString(before);
        if (!(root.orElse(null) instanceof MappingNode top) || top.getFlowStyle() == FlowStyle.FLOW) {
            return Optional.empty();
        }
        var lines = new ArrayList<>(before.lines().toList());
        var places = places(top);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        for (int i = places.size() - 1; i >= 0; i--) {
            var place = places.get(i);
            var value = top.getValue().get(i).getValueNode();
            if (!settings(profile).contains(place.name())) {
                replace(lines, withItsComment(lines, place), List.of());
            } else if (!same(profile, old, place.name())) {
                change(lines, place, value, profile, old);
            }
        }
        for (var setting : settings(profile)) {
            if (places.stream().noneMatch(place -> place.name().equals(setting))) {
                lines.addAll(block(profile, setting));
            }
        }
        return Optional.of(String.join("\n", lines) + "\n");
    }

    private static boolean same(WrittenProfile profile, WrittenProfile old, String setting) {
        return Objects.equals(profile.words().get(setting), old.words().get(setting))
                && Objects.equals(profile.lists().get(setting), old.lists().get(setting))
                && sameInOrder(profile.maps().get(setting), old.maps().get(setting));
    }

    private static boolean sameInOrder(
            @Nullable Map<String, List<String>> one, @Nullable Map<String, List<String>> other) {
        return Objects.equals(one, other);
    }

    private static void change(
            List<String> lines, Place place, Node value, WrittenProfile profile, WrittenProfile old) {
        if (!(value instanceof MappingNode map)
                || map.getFlowStyle() == FlowStyle.FLOW
                || !profile.maps().containsKey(place.name())) {
            replace(lines, place, block(profile, place.name()));
            return;
        }
        var wanted = new LinkedHashMap<>(profile.map(place.name()));
        var entries = places(map);
        var indent = indent(lines, entries);
        var added = new ArrayList<String>();
        wanted.forEach((name, words) -> {
            if (entries.stream().noneMatch(entry -> entry.name().equals(name))) {
                entry(name, words).forEach(line -> added.add(indent + line.strip()));
            }
        });
        lines.addAll(entries.getLast().behind(), added);
        for (var entry : entries.reversed()) {
            var words = wanted.get(entry.name());
            if (words == null) {
                replace(lines, withItsComment(lines, entry), List.of());
            } else if (!words.equals(old.map(place.name()).get(entry.name()))) {
                replace(
                        lines,
                        entry,
                        List.of(indent + entry(entry.name(), words).getFirst().strip()));
            }
        }
    }

    private static String indent(List<String> lines, List<Place> entries) {
        var line = lines.get(entries.getFirst().from());
        return " ".repeat(line.length() - line.stripLeading().length());
    }

    private static void replace(List<String> lines, Place place, List<String> by) {
        var part = lines.subList(place.from(), place.behind());
        part.clear();
        part.addAll(by);
    }

    /** A comment right above what goes is about it. */
    private static Place withItsComment(List<String> lines, Place place) {
        int from = place.from();
        // What stands on the first line is about the file.
        while (from > 1 && lines.get(from - 1).strip().startsWith("#")) {
            from--;
        }
        return new Place(place.name(), from, place.behind());
    }

    private static List<Place> places(MappingNode node) {
        var places = new ArrayList<Place>();
        for (NodeTuple entry : node.getValue()) {
            var from = entry.getKeyNode().getStartMark().map(mark -> mark.getLine());
            if (from.isEmpty() || !(entry.getKeyNode() instanceof ScalarNode key)) {
                return Collections.emptyList();
            }
            places.add(new Place(key.getValue(), from.get(), lastLine(entry.getValueNode()) + 1));
        }
        return places;
    }

    private static int lastLine(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK) {
            var last = switch (collection) {
                case MappingNode map -> map.getValue().getLast().getValueNode();
                case SequenceNode sequence -> sequence.getValue().getLast();
                default -> null;
            };
            if (last != null) {
                return lastLine(last);
            }
        }
        return node.getEndMark().map(mark -> mark.getLine()).orElse(0);
    }
}
