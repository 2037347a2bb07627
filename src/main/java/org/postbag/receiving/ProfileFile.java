package org.postbag.receiving;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Profile.Field;
import org.postbag.receiving.Profile.Outcome;
import org.postbag.retention.Category;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a profile's YAML. Whatever is wrong with it is said with its line and its field. */
final class ProfileFile {

    private static final Set<String> KEYS = Set.of(
            "channel",
            "timeZone",
            "encodings",
            "delimiter",
            "headings",
            "columns",
            "optional",
            "dates",
            "outcomes",
            "withheld",
            "outbound",
            "platforms",
            "source",
            "ids",
            "register",
            "category",
            "categories",
            "kind",
            "kinds");

    /** What only a public source has. */
    private static final Pattern REGISTER = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private static final Set<String> OF_A_SOURCE =
            Set.of("source", "ids", "register", "category", "categories", "kind", "kinds");

    /** The channels whose items are rows of exports. */
    private static final Set<Channel> CHANNELS =
            Set.of(Channel.TELEPHONE, Channel.SOCIAL_TOOL, Channel.PUBLIC_REGISTER);

    private static final Pattern PLATFORM = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    /** What telephone systems write for a number that they don't have or may not show. */
    private static final List<String> WITHHELD = List.of(
            "withheld",
            "number withheld",
            "anonymous",
            "unavailable",
            "number unavailable",
            "not available",
            "unknown",
            "private",
            "private number",
            "restricted",
            "blocked",
            "no caller id",
            "none",
            "n/a",
            "null",
            "-");

    private static final Map<String, Character> DELIMITERS = Map.of("tab", '\t');
    private static final String DELIMITERS_ALLOWED = ",;|\t";
    private static final Set<String> ALWAYS_TRIED = Set.of("uuuu-MM-dd['T'][ ]HH:mm[:ss][.SSS][XXX]", "uuuu-MM-dd");

    private final String file;

    private ProfileFile(String file) {
        this.file = file;
    }

    /** Ends reading a file; it never leaves this class. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String problem) {
            super(problem, null, false, false);
        }
    }

    static ProfileLookup read(String name, String file, String yaml) {
        try {
            return new ProfileFile(file).profile(name, yaml);
        } catch (Wrong wrong) {
            return new ProfileProblem(String.valueOf(wrong.getMessage()));
        }
    }

    private Profile profile(String name, String yaml) {
        var top = mapping(root(yaml), "the file");
        top.forEach((key, node) -> {
            if (!KEYS.contains(key)) {
                throw wrong(node, key, "is not a setting of a profile; they are " + String.join(", ", sorted(KEYS)));
            }
        });
        var channel = channel(top.get("channel"));
        var columns = columns(top.get("columns"), channel);
        return new Profile(
                name,
                channel,
                zone(top.get("timeZone")),
                encodings(top.get("encodings")),
                delimiter(top.get("delimiter")),
                headings(top.get("headings"), columns),
                columns,
                optional(top.get("optional"), columns),
                dates(top.get("dates")),
                outcomes(top.get("outcomes")),
                withheld(top.get("withheld")),
                outbound(top.get("outbound")),
                platforms(top.get("platforms")),
                source(top, channel, columns));
    }

    private @Nullable PublicSource source(Map<String, Node> top, Channel channel, Map<Field, List<String>> columns) {
        if (channel != Channel.PUBLIC_REGISTER) {
            top.forEach((key, node) -> {
                if (OF_A_SOURCE.contains(key)) {
                    throw wrong(node, key, "is a setting of the channel public-register");
                }
            });
            return null;
        }
        if (!top.containsKey("source")) {
            throw new Wrong(file + ": source is missing; it names the public source as people know it");
        }
        if (!columns.containsKey(Field.NAME) && !columns.containsKey(Field.ORGANISATION)) {
            throw wrong(top.get("columns"), "columns.name", "is missing; it names the column that says who it is");
        }
        return new PublicSource(
                sourceName(top.get("source")),
                words(top, "category", "categories", columns.containsKey(Field.CATEGORY), Category::ofContact),
                words(top, "kind", "kinds", columns.containsKey(Field.KIND), PublicSource.Kind::of),
                idsOfPeople(top.get("ids")),
                register(top.get("register"), columns));
    }

    private String sourceName(Node node) {
        var name = text(node, "source").strip();
        if (!PublicSource.NAME.matcher(name).matches()) {
            throw wrong(node, "source", "is a name of at most 100 letters, digits, blanks and - , . ' ( ) &");
        }
        return name;
    }

    private @Nullable String register(@Nullable Node node, Map<Field, List<String>> columns) {
        if (node == null) {
            return null;
        }
        var word = text(node, "register");
        if (!REGISTER.matcher(word).matches()) {
            throw wrong(node, "register", "is a word of at most 40 small letters, digits and hyphens");
        }
        if (!columns.containsKey(Field.ENTRY_ID)) {
            throw wrong(node, "register", "goes with columns.entryId, which are its numbers");
        }
        return word;
    }

    private boolean idsOfPeople(@Nullable Node node) {
        var written = node == null ? "post" : text(node, "ids");
        return switch (written) {
            case "person" -> true;
            case "post" -> false;
            default -> throw wrong(node, "ids", "is person or post");
        };
    }

    /** What the words of a column mean; the empty one is what holds where the column says nothing, or there is none. */
    private <T> Map<String, T> words(
            Map<String, Node> top, String one, String many, boolean column, Function<String, Optional<T>> of) {
        var words = new HashMap<String, T>();
        var constant = top.get(one);
        if (constant != null) {
            var code = text(constant, one);
            words.put("", of.apply(code).orElseThrow(() -> wrong(constant, one, "has an unknown word: " + code)));
        }
        if (top.containsKey(many)) {
            mapping(top.get(many), many).forEach((code, theirs) -> {
                var ours =
                        of.apply(code).orElseThrow(() -> wrong(theirs, many + "." + code, "is not one of our words"));
                for (var word : texts(theirs, many + "." + code)) {
                    if (words.put(Profile.key(word), ours) != null) {
                        throw wrong(theirs, many + "." + code, "has a word that stands there already: " + word);
                    }
                }
            });
        }
        if (column != top.containsKey(many)) {
            throw new Wrong("%s: %s says what the words in the column of columns.%s mean; one needs the other"
                    .formatted(file, many, one));
        }
        if (words.isEmpty()) {
            throw new Wrong("%s: %s is missing, or %s with columns.%s".formatted(file, one, many, one));
        }
        return words;
    }

    private Channel channel(@Nullable Node node) {
        return node == null
                ? Channel.TELEPHONE
                : Channel.of(text(node, "channel"))
                        .filter(CHANNELS::contains)
                        .orElseThrow(() -> wrong(node, "channel", "is telephone, social-tool or public-register"));
    }

    private Node root(String yaml) {
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

    private Map<Field, List<String>> columns(@Nullable Node node, Channel channel) {
        if (node == null) {
            throw new Wrong(file + ": columns is missing; it says which column holds what");
        }
        var columns = new EnumMap<Field, List<String>>(Field.class);
        mapping(node, "columns").forEach((key, names) -> {
            var field = Field.of(key).orElseThrow(() -> wrong(names, "columns." + key, "is not a field"));
            columns.put(field, texts(names, "columns." + key));
        });
        if (channel != Channel.PUBLIC_REGISTER && !columns.containsKey(Field.WHEN)) {
            throw wrong(node, "columns.when", "is missing; it names the column with the time of the call or message");
        }
        return columns;
    }

    private ZoneId zone(@Nullable Node node) {
        if (node == null) {
            throw new Wrong(file + ": timeZone is missing, such as Europe/London");
        }
        try {
            return ZoneId.of(text(node, "timeZone"));
        } catch (DateTimeException unknown) {
            throw wrong(node, "timeZone", "is not a time zone such as Europe/London");
        }
    }

    private List<Charset> encodings(@Nullable Node node) {
        var encodings = new ArrayList<Charset>();
        for (var name : node == null ? List.of("UTF-8", "windows-1252") : texts(node, "encodings")) {
            try {
                encodings.add(Charset.forName(name));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                throw wrong(node, "encodings", "has an unknown encoding: " + name);
            }
        }
        if (encodings.stream()
                .anyMatch(e -> e.name().startsWith("UTF-16") || e.name().startsWith("UTF-32"))) {
            throw wrong(node, "encodings", "need not name UTF-16 or UTF-32: they are found out from the file itself");
        }
        return encodings.isEmpty() ? List.of(StandardCharsets.UTF_8) : encodings;
    }

    private @Nullable Character delimiter(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        var written = text(node, "delimiter");
        if (written.equals("detect")) {
            return null;
        }
        var delimiter = DELIMITERS.getOrDefault(written, written.length() == 1 ? written.charAt(0) : ' ');
        if (DELIMITERS_ALLOWED.indexOf(delimiter) < 0) {
            throw wrong(node, "delimiter", "is one of , ; | tab or detect");
        }
        return delimiter;
    }

    private List<String> headings(@Nullable Node node, Map<Field, List<String>> columns) {
        if (node == null) {
            return List.of();
        }
        var headings = texts(node, "headings");
        var keys = new HashSet<String>();
        for (var heading : headings) {
            if (!keys.add(Profile.key(heading))) {
                throw wrong(node, "headings", "names a column twice: " + heading);
            }
        }
        for (var names : columns.values()) {
            for (var name : names) {
                if (!keys.contains(Profile.key(name))) {
                    throw wrong(node, "headings", "does not name a column that columns uses: " + name);
                }
            }
        }
        return headings;
    }

    private Set<Field> optional(@Nullable Node node, Map<Field, List<String>> columns) {
        var optional = EnumSet.noneOf(Field.class);
        for (var code : node == null ? List.<String>of() : texts(node, "optional")) {
            var field = Field.of(code).filter(columns::containsKey);
            optional.add(field.orElseThrow(() -> wrong(node, "optional", "names no field of columns: " + code)));
        }
        if (optional.contains(Field.WHEN)) {
            throw wrong(node, "optional", "must not name when: a row without a time can't be filed");
        }
        return optional;
    }

    private List<DateTimeFormatter> dates(@Nullable Node node) {
        var dates = new ArrayList<DateTimeFormatter>();
        for (var pattern : node == null ? List.<String>of() : texts(node, "dates")) {
            try {
                dates.add(format(withProlepticYears(pattern)));
            } catch (IllegalArgumentException notAPattern) {
                throw wrong(node, "dates", "has a format that can't be understood: " + pattern);
            }
        }
        for (var pattern : sorted(ALWAYS_TRIED)) {
            dates.add(format(pattern));
        }
        return dates;
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withChronology(IsoChronology.INSTANCE)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** People write yyyy, which strict parsing takes for a year of an era that nobody writes. */
    private static String withProlepticYears(String pattern) {
        var text = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            text.append(c == 'y' && !quoted ? 'u' : c);
        }
        return text.toString();
    }

    private Map<String, Outcome> outcomes(@Nullable Node node) {
        var outcomes = new HashMap<String, Outcome>();
        if (node != null) {
            mapping(node, "outcomes").forEach((code, words) -> {
                var outcome = Outcome.of(code)
                        .orElseThrow(() -> wrong(
                                words, "outcomes." + code, "is not one of answered, abandoned, outbound or test"));
                for (var word : texts(words, "outcomes." + code)) {
                    if (outcomes.put(Profile.key(word), outcome) != null) {
                        throw wrong(words, "outcomes." + code, "has a word that stands there already: " + word);
                    }
                }
            });
        }
        return outcomes;
    }

    private Set<String> withheld(@Nullable Node node) {
        var words = new HashSet<>(WITHHELD);
        if (node != null) {
            texts(node, "withheld").forEach(word -> words.add(Profile.key(word)));
        }
        return words;
    }

    private Set<String> outbound(@Nullable Node node) {
        var words = new HashSet<String>();
        if (node != null) {
            texts(node, "outbound").forEach(word -> words.add(Profile.key(word)));
        }
        return words;
    }

    private Map<String, String> platforms(@Nullable Node node) {
        var platforms = new HashMap<String, String>();
        if (node != null) {
            mapping(node, "platforms").forEach((code, words) -> {
                if (!PLATFORM.matcher(code).matches()) {
                    throw wrong(words, "platforms." + code, "is not a name of small letters, digits and hyphens");
                }
                for (var word : texts(words, "platforms." + code)) {
                    if (platforms.put(Profile.key(word), code) != null) {
                        throw wrong(words, "platforms." + code, "has a word that stands there already: " + word);
                    }
                }
            });
        }
        return platforms;
    }

    // ---- nodes

    private Map<String, Node> mapping(Node node, String field) {
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

    private List<String> texts(Node node, String field) {
        if (node instanceof SequenceNode sequence) {
            var texts = sequence.getValue().stream().map(n -> text(n, field)).toList();
            if (texts.isEmpty()) {
                throw wrong(node, field, "is empty");
            }
            return texts;
        }
        return List.of(text(node, field));
    }

    private String text(Node node, String field) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw wrong(node, field, "must be a word or a text");
    }

    private Wrong wrong(@Nullable Node node, String field, String problem) {
        var line = node == null
                ? null
                : node.getStartMark().map(m -> m.getLine() + 1).orElse(null);
        return new Wrong("%s%s: %s %s".formatted(file, line == null ? "" : " line " + line, field, problem));
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }
}
