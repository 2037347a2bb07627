package org.postbag.console.mapping;

import static org.postbag.console.mapping.WrittenProfile.CHANNEL;
import static org.postbag.console.mapping.WrittenProfile.COLUMNS;
import static org.postbag.console.mapping.WrittenProfile.HEADINGS;
import static org.postbag.console.mapping.WrittenProfile.OPTIONAL;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.postbag.console.mapping.Suggestions.Suggested;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.exports.SampleLook.Column;
import org.postbag.receiving.exports.SampleLook.Look;

/**
 * What was chosen for each column of a sample, and with it the profile. Pure.
 *
 * @param base the profile that reads such exports so far, {@link WrittenProfile#EMPTY} for none
 * @param chosen our field by the place of the column; those that are ignored aren't in it
 * @param optional the fields that an export may leave out
 * @param words what was chosen for the words of a field, by field
 * @param settings what was typed for all else
 */
record Mapping(
        Channel channel,
        WrittenProfile base,
        Look.Columns look,
        Map<Integer, Suggested> suggested,
        Map<Integer, String> chosen,
        Set<String> optional,
        Map<String, List<CodedField.Meant>> words,
        TypedSettings settings) {

    /** A page with more columns than that can't be filled in; the others are ignored. */
    static final int COLUMNS_SHOWN_MAX = 200;

    private static final int VALUES_MAX = 50;

    /** What nobody chose anything for yet: as it is suggested. */
    static Mapping suggested(Channel channel, WrittenProfile base, Look.Columns look) {
        var suggested = Suggestions.of(look.columns(), channel, base);
        var chosen = new TreeMap<Integer, String>();
        suggested.forEach((at, one) -> {
            if (at < COLUMNS_SHOWN_MAX) {
                chosen.put(at, one.field());
            }
        });
        var mapping = new Mapping(
                channel,
                base,
                look,
                suggested,
                chosen,
                new LinkedHashSet<>(base.list(OPTIONAL)),
                Map.of(),
                TypedSettings.suggested(base, look));
        return mapping.missingDates()
                .map(found -> mapping.with(mapping.settings.withDate(found.pattern())))
                .orElse(mapping)
                .withWords();
    }

    private Mapping with(TypedSettings changed) {
        return new Mapping(channel, base, look, suggested, chosen, optional, words, changed);
    }

    /** What a page sent: {@code f0} is the field of the first column, {@code o0} whether it may be left out, {@code w-outcome-0} the meaning of its first word. */
    static Mapping of(Channel channel, WrittenProfile base, Look.Columns look, Map<String, String> sent) {
        var chosen = new TreeMap<Integer, String>();
        var optional = new LinkedHashSet<String>();
        for (int i = 0; i < Math.min(look.columns().size(), COLUMNS_SHOWN_MAX); i++) {
            var field = sent.getOrDefault("f" + i, "");
            if (Fields.of(channel, field).isPresent() && !look.columns().get(i).twice()) {
                chosen.put(i, field);
                if (sent.containsKey("o" + i)) {
                    optional.add(field);
                }
            }
        }
        var mapping = new Mapping(
                channel,
                base,
                look,
                Suggestions.of(look.columns(), channel, base),
                chosen,
                optional,
                Map.of(),
                TypedSettings.of(sent, look));
        return mapping.withWords(sent);
    }

    private Mapping withWords() {
        return withWords(Map.of());
    }

    /** The words of the columns that are chosen, with what the page says of them; what it says of another column's is of no use. */
    private Mapping withWords(Map<String, String> sent) {
        var all = new LinkedHashMap<String, List<CodedField.Meant>>();
        for (var kind : CodedField.ALL) {
            columnOf(kind.field()).ifPresent(at -> {
                boolean same = Integer.toString(at).equals(sent.get("w-" + kind.field()));
                var column = look.columns().get(at);
                var meant = new ArrayList<CodedField.Meant>();
                for (var word : CodedField.of(column)) {
                    var typed = same ? sent.get("w-" + kind.field() + "-" + meant.size()) : null;
                    var meaning = typed == null ? kind.meaning(word, base) : typed;
                    meant.add(new CodedField.Meant(
                            word,
                            column.values().getOrDefault(word, 0),
                            kind.meanings().containsKey(meaning)
                                            || base.map(kind.setting()).containsKey(meaning)
                                    ? meaning
                                    : ""));
                }
                all.put(kind.field(), meant);
            });
        }
        return new Mapping(channel, base, look, suggested, chosen, optional, all, settings);
    }

    /** The place of the only column of a field. */
    Optional<Integer> columnOf(String field) {
        var all = chosen.entrySet().stream()
                .filter(entry -> entry.getValue().equals(field))
                .toList();
        return all.size() == 1 ? Optional.of(all.getFirst().getKey()) : Optional.empty();
    }

    private String nameOf(int at) {
        var typed = settings.heading(at);
        if (!typed.isEmpty()) {
            return typed;
        }
        var known = base.list(HEADINGS);
        return !look.headed() && known.size() == look.columns().size()
                ? known.get(at)
                : look.columns().get(at).name();
    }

    /** The names that the columns have, one that has none by its place. */
    List<String> names() {
        var names = new ArrayList<String>();
        for (int i = 0; i < look.columns().size(); i++) {
            names.add(nameOf(i));
        }
        return names;
    }

    /** The columns that the profile needs so far and that are neither in the file nor chosen anew: our field, and their names. */
    Map<String, List<String>> noLongerThere() {
        var gone = new LinkedHashMap<String, List<String>>();
        base.columns().forEach((field, names) -> {
            var there = Set.copyOf(names().stream().map(Profile::key).toList());
            var missing = names.stream()
                    .filter(name -> !there.contains(Profile.key(name)))
                    .toList();
            if (!missing.isEmpty() && !keeps(field) && !chosen.containsValue(field)) {
                gone.put(field, missing);
            }
        });
        return gone;
    }

    /** A field that an export may leave out stays in the profile when this one does. */
    private boolean keeps(String field) {
        return base.list(OPTIONAL).contains(field)
                && base.columns().getOrDefault(field, List.of()).stream()
                        .noneMatch(name -> names().stream()
                                .anyMatch(one -> Profile.key(one).equals(Profile.key(name))));
    }

    /** The profile that this makes. Whether it is right, reading it says. */
    WrittenProfile profile() {
        var columns = new LinkedHashMap<String, List<String>>();
        var fields = new LinkedHashSet<>(base.columns().keySet());
        Fields.of(channel).forEach(field -> fields.add(field.code()));
        for (var field : fields) {
            if (chosen.containsValue(field)) {
                columns.put(field, columns(field));
            } else if (keeps(field)) {
                columns.put(field, base.columns().getOrDefault(field, List.of()));
            }
        }
        var mayMiss = new ArrayList<>(base.list(OPTIONAL).stream()
                .filter(field ->
                        columns.containsKey(field) && (optional.contains(field) || !chosen.containsValue(field)))
                .toList());
        optional.stream()
                .filter(field -> columns.containsKey(field) && !mayMiss.contains(field) && !field.equals("when"))
                .forEach(mayMiss::add);
        var profile =
                base.with(COLUMNS, columns).with(OPTIONAL, mayMiss).with(HEADINGS, look.headed() ? List.of() : names());
        if (channel != Channel.TELEPHONE || base.words().containsKey(CHANNEL)) {
            profile = profile.with(CHANNEL, channel.code());
        }
        for (var kind : CodedField.ALL) {
            var meant = words.get(kind.field());
            if (meant != null) {
                profile = kind.apply(profile, meant);
            }
        }
        return settings.in(profile, channel);
    }

    /** The columns of a field: where one was renamed, its new name takes the old one's place, since their cells are joined in this order. */
    private List<String> columns(String field) {
        var left = new ArrayList<>(chosen.entrySet().stream()
                .filter(entry -> entry.getValue().equals(field))
                .map(Map.Entry::getKey)
                .toList());
        var names = new ArrayList<String>();
        for (var name : base.columns().getOrDefault(field, List.of())) {
            var same = left.stream()
                    .filter(at -> Profile.key(nameOf(at)).equals(Profile.key(name)))
                    .findFirst();
            if (same.isPresent()) {
                names.add(name);
                left.remove(same.get());
                continue;
            }
            var renamed = left.stream().filter(at -> wasCalled(at, name)).findFirst();
            if (renamed.isPresent()) {
                names.add(nameOf(renamed.get()));
                left.remove(renamed.get());
            }
        }
        left.forEach(at -> names.add(nameOf(at)));
        return names;
    }

    private boolean wasCalled(int at, String name) {
        var one = suggested.get(at);
        return one != null && name.equals(one.was());
    }

    /** How the times of the file are written, where the profile doesn't know that yet. */
    Optional<TimeFormats.Found> missingDates() {
        var field = channel == Channel.PUBLIC_REGISTER ? "seen" : "when";
        var values = new ArrayList<List<String>>();
        var names = columns(field);
        for (var name : names) {
            for (int i = 0; i < look.columns().size(); i++) {
                if (nameOf(i).equals(name)) {
                    values.add(look.columns().get(i).values().keySet().stream()
                            .limit(VALUES_MAX)
                            .toList());
                }
            }
        }
        var joined = joined(values);
        long read = TimeFormats.read(settings.dates(), joined);
        if (read == joined.size()) {
            return Optional.empty();
        }
        return TimeFormats.of(joined, true)
                .filter(found ->
                        !found.pattern().isEmpty() && TimeFormats.read(List.of(found.pattern()), joined) > read);
    }

    /** As many as the longest list has, each of one of every column. */
    private static List<String> joined(List<List<String>> columns) {
        int most = columns.stream().mapToInt(List::size).max().orElse(0);
        if (columns.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        var joined = new ArrayList<String>();
        for (int i = 0; i < most; i++) {
            int at = i;
            joined.add(String.join(
                    " ",
                    columns.stream()
                            .map(values -> values.get(at % values.size()))
                            .toList()));
        }
        return joined;
    }

    /** The column at a place, as it is asked about. */
    Column column(int at) {
        return look.columns().get(at);
    }
}
