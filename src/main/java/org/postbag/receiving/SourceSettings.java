package org.postbag.receiving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Profile.Field;
import org.postbag.retention.Category;
import org.snakeyaml.engine.v2.nodes.Node;

/** The settings of a profile that only a public source has. */
final class SourceSettings {

    private static final Pattern REGISTER = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private static final Set<String> OF_A_SOURCE =
            Set.of("source", "ids", "register", "category", "categories", "kind", "kinds");

    private final ProfileNodes nodes;

    private SourceSettings(ProfileNodes nodes) {
        this.nodes = nodes;
    }

    /** Null on other channels, whose profiles have none of its settings. */
    static @Nullable PublicSource read(
            ProfileNodes nodes, Map<String, Node> top, Channel channel, Map<Field, List<String>> columns) {
        return new SourceSettings(nodes).source(top, channel, columns);
    }

    private @Nullable PublicSource source(Map<String, Node> top, Channel channel, Map<Field, List<String>> columns) {
        if (channel != Channel.PUBLIC_REGISTER) {
            top.forEach((key, node) -> {
                if (OF_A_SOURCE.contains(key)) {
                    throw nodes.wrong(node, key, "is a setting of the channel public-register");
                }
            });
            return null;
        }
        if (!top.containsKey("source")) {
            throw nodes.missing("source is missing; it names the public source as people know it");
        }
        if (!columns.containsKey(Field.NAME) && !columns.containsKey(Field.ORGANISATION)) {
            throw nodes.wrong(
                    top.get("columns"), "columns.name", "is missing; it names the column that says who it is");
        }
        return new PublicSource(
                sourceName(top.get("source")),
                words(top, "category", "categories", columns.containsKey(Field.CATEGORY), Category::ofContact),
                words(top, "kind", "kinds", columns.containsKey(Field.KIND), PublicSource.Kind::of),
                idsOfPeople(top.get("ids")),
                register(top.get("register"), columns));
    }

    private String sourceName(Node node) {
        var name = nodes.text(node, "source").strip();
        if (!PublicSource.NAME.matcher(name).matches()) {
            throw nodes.wrong(node, "source", "is a name of at most 100 letters, digits, blanks and - , . ' ( ) &");
        }
        return name;
    }

    private @Nullable String register(@Nullable Node node, Map<Field, List<String>> columns) {
        if (node == null) {
            return null;
        }
        var word = nodes.text(node, "register");
        if (!REGISTER.matcher(word).matches()) {
            throw nodes.wrong(node, "register", "is a word of at most 40 small letters, digits and hyphens");
        }
        if (!columns.containsKey(Field.ENTRY_ID)) {
            throw nodes.wrong(node, "register", "goes with columns.entryId, which are its numbers");
        }
        return word;
    }

    private boolean idsOfPeople(@Nullable Node node) {
        var written = node == null ? "post" : nodes.text(node, "ids");
        return switch (written) {
            case "person" -> true;
            case "post" -> false;
            default -> throw nodes.wrong(node, "ids", "is person or post");
        };
    }

    /** What the words of a column mean; the empty one is what holds where the column says nothing, or there is none. */
    private <T> Map<String, T> words(
            Map<String, Node> top, String one, String many, boolean column, Function<String, Optional<T>> of) {
        var words = new HashMap<String, T>();
        var constant = top.get(one);
        if (constant != null) {
            var code = nodes.text(constant, one);
            words.put("", of.apply(code).orElseThrow(() -> nodes.wrong(constant, one, "has an unknown word: " + code)));
        }
        if (top.containsKey(many)) {
            nodes.mapping(top.get(many), many).forEach((code, theirs) -> {
                var ours = of.apply(code)
                        .orElseThrow(() -> nodes.wrong(theirs, many + "." + code, "is not one of our words"));
                for (var word : nodes.texts(theirs, many + "." + code)) {
                    if (words.put(Profile.key(word), ours) != null) {
                        throw nodes.wrong(theirs, many + "." + code, "has a word that stands there already: " + word);
                    }
                }
            });
        }
        if (column != top.containsKey(many)) {
            throw nodes.missing("%s says what the words in the column of columns.%s mean; one needs the other"
                    .formatted(many, one));
        }
        if (words.isEmpty()) {
            throw nodes.missing("%s is missing, or %s with columns.%s".formatted(one, many, one));
        }
        return words;
    }
}
