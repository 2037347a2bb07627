package org.postbag.receiving;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Profile.Field;
import org.postbag.receiving.Profile.Outcome;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a profile's YAML. Whatever is wrong with it is said with its line and its field. */
final class ProfileFile {

    private static final Set<String> KEYS = Set.of(
            "channel",
            "timeZone",
            "telephoneRegion",
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

    private final ProfileNodes nodes;

    private ProfileFile(ProfileNodes nodes) {
        this.nodes = nodes;
    }

    static ProfileLookup read(String name, String file, String yaml) {
        try {
            return new ProfileFile(new ProfileNodes(file)).profile(name, yaml);
        } catch (ProfileNodes.Wrong wrong) {
            return new ProfileProblem(String.valueOf(wrong.getMessage()));
        }
    }

    private Profile profile(String name, String yaml) {
        var top = nodes.mapping(nodes.root(yaml), "the file");
        top.forEach((key, node) -> {
            if (!KEYS.contains(key)) {
                throw nodes.wrong(
                        node,
                        key,
                        "is not a setting of a profile; they are " + String.join(", ", ProfileNodes.sorted(KEYS)));
            }
        });
        var channel = channel(top.get("channel"));
        var columns = columns(top.get("columns"), channel);
        return new Profile(
                name,
                channel,
                zone(top.get("timeZone")),
                telephones(top.get("telephoneRegion")),
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
                SourceSettings.read(nodes, top, channel, columns));
    }

    private Channel channel(@Nullable Node node) {
        return node == null
                ? Channel.TELEPHONE
                : Channel.of(nodes.text(node, "channel"))
                        .filter(CHANNELS::contains)
                        .orElseThrow(
                                () -> nodes.wrong(node, "channel", "is telephone, social-tool or public-register"));
    }

    private Map<Field, List<String>> columns(@Nullable Node node, Channel channel) {
        if (node == null) {
            throw nodes.missing("columns is missing; it says which column holds what");
        }
        var columns = new EnumMap<Field, List<String>>(Field.class);
        nodes.mapping(node, "columns").forEach((key, names) -> {
            var field = Field.of(key).orElseThrow(() -> nodes.wrong(names, "columns." + key, "is not a field"));
            columns.put(field, nodes.texts(names, "columns." + key));
        });
        if (channel != Channel.PUBLIC_REGISTER && !columns.containsKey(Field.WHEN)) {
            throw nodes.wrong(
                    node, "columns.when", "is missing; it names the column with the time of the call or message");
        }
        return columns;
    }

    private ZoneId zone(@Nullable Node node) {
        if (node == null) {
            throw nodes.missing("timeZone is missing, such as Europe/London");
        }
        try {
            return ZoneId.of(nodes.text(node, "timeZone"));
        } catch (DateTimeException unknown) {
            throw nodes.wrong(node, "timeZone", "is not a time zone such as Europe/London");
        }
    }

    private TelephoneRegion telephones(@Nullable Node node) {
        return node == null
                ? TelephoneRegion.UK
                : TelephoneRegion.of(nodes.text(node, "telephoneRegion"))
                        .orElseThrow(() -> nodes.wrong(
                                node, "telephoneRegion", "is not a country of two capital letters, such as GB or IE"));
    }

    private List<Charset> encodings(@Nullable Node node) {
        var encodings = new ArrayList<Charset>();
        for (var name : node == null ? List.of("UTF-8", "windows-1252") : nodes.texts(node, "encodings")) {
            try {
                encodings.add(Charset.forName(name));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                throw nodes.wrong(node, "encodings", "has an unknown encoding: " + name);
            }
        }
        if (encodings.stream()
                .anyMatch(e -> e.name().startsWith("UTF-16") || e.name().startsWith("UTF-32"))) {
            throw nodes.wrong(
                    node, "encodings", "need not name UTF-16 or UTF-32: they are found out from the file itself");
        }
        return encodings.isEmpty() ? List.of(StandardCharsets.UTF_8) : encodings;
    }

    private @Nullable Character delimiter(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        var written = nodes.text(node, "delimiter");
        if (written.equals("detect")) {
            return null;
        }
        var delimiter = DELIMITERS.getOrDefault(written, written.length() == 1 ? written.charAt(0) : ' ');
        if (DELIMITERS_ALLOWED.indexOf(delimiter) < 0) {
            throw nodes.wrong(node, "delimiter", "is one of , ; | tab or detect");
        }
        return delimiter;
    }

    private List<String> headings(@Nullable Node node, Map<Field, List<String>> columns) {
        if (node == null) {
            return List.of();
        }
        var headings = nodes.texts(node, "headings");
        var keys = new HashSet<String>();
        for (var heading : headings) {
            if (!keys.add(Profile.key(heading))) {
                throw nodes.wrong(node, "headings", "names a column twice: " + heading);
            }
        }
        for (var names : columns.values()) {
            for (var name : names) {
                if (!keys.contains(Profile.key(name))) {
                    throw nodes.wrong(node, "headings", "does not name a column that columns uses: " + name);
                }
            }
        }
        return headings;
    }

    private Set<Field> optional(@Nullable Node node, Map<Field, List<String>> columns) {
        var optional = EnumSet.noneOf(Field.class);
        for (var code : node == null ? List.<String>of() : nodes.texts(node, "optional")) {
            var field = Field.of(code).filter(columns::containsKey);
            optional.add(field.orElseThrow(() -> nodes.wrong(node, "optional", "names no field of columns: " + code)));
        }
        if (optional.contains(Field.WHEN)) {
            throw nodes.wrong(node, "optional", "must not name when: a row without a time can't be filed");
        }
        return optional;
    }

    private List<DateTimeFormatter> dates(@Nullable Node node) {
        var dates = new ArrayList<DateTimeFormatter>();
        for (var pattern : node == null ? List.<String>of() : nodes.texts(node, "dates")) {
            try {
                dates.add(WrittenTimes.format(pattern));
            } catch (IllegalArgumentException notAPattern) {
                throw nodes.wrong(node, "dates", "has a format that can't be understood: " + pattern);
            }
        }
        dates.addAll(WrittenTimes.ALWAYS_TRIED);
        return dates;
    }

    private Map<String, Outcome> outcomes(@Nullable Node node) {
        var outcomes = new HashMap<String, Outcome>();
        if (node != null) {
            nodes.mapping(node, "outcomes").forEach((code, words) -> {
                var outcome = Outcome.of(code)
                        .orElseThrow(() -> nodes.wrong(
                                words, "outcomes." + code, "is not one of answered, abandoned, outbound or test"));
                for (var word : nodes.texts(words, "outcomes." + code)) {
                    if (outcomes.put(Profile.key(word), outcome) != null) {
                        throw nodes.wrong(words, "outcomes." + code, "has a word that stands there already: " + word);
                    }
                }
            });
        }
        return outcomes;
    }

    private Set<String> withheld(@Nullable Node node) {
        var words = new HashSet<>(WITHHELD);
        if (node != null) {
            nodes.texts(node, "withheld").forEach(word -> words.add(Profile.key(word)));
        }
        return words;
    }

    private Set<String> outbound(@Nullable Node node) {
        var words = new HashSet<String>();
        if (node != null) {
            nodes.texts(node, "outbound").forEach(word -> words.add(Profile.key(word)));
        }
        return words;
    }

    private Map<String, String> platforms(@Nullable Node node) {
        var platforms = new HashMap<String, String>();
        if (node != null) {
            nodes.mapping(node, "platforms").forEach((code, words) -> {
                if (!PLATFORM.matcher(code).matches()) {
                    throw nodes.wrong(words, "platforms." + code, "is not a name of small letters, digits and hyphens");
                }
                for (var word : nodes.texts(words, "platforms." + code)) {
                    if (platforms.put(Profile.key(word), code) != null) {
                        throw nodes.wrong(words, "platforms." + code, "has a word that stands there already: " + word);
                    }
                }
            });
        }
        return platforms;
    }
}
