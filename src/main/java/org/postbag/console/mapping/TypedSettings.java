package org.postbag.console.mapping;

import static org.postbag.console.mapping.WrittenProfile.CATEGORY;
import static org.postbag.console.mapping.WrittenProfile.DATES;
import static org.postbag.console.mapping.WrittenProfile.DELIMITER;
import static org.postbag.console.mapping.WrittenProfile.ENCODINGS;
import static org.postbag.console.mapping.WrittenProfile.IDS;
import static org.postbag.console.mapping.WrittenProfile.KIND;
import static org.postbag.console.mapping.WrittenProfile.REGISTER;
import static org.postbag.console.mapping.WrittenProfile.SOURCE;
import static org.postbag.console.mapping.WrittenProfile.TELEPHONE_REGION;
import static org.postbag.console.mapping.WrittenProfile.TIME_ZONE;
import static org.postbag.console.mapping.WrittenProfile.WITHHELD;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postbag.receiving.Channel;
import org.postbag.receiving.TelephoneRegion;
import org.postbag.receiving.exports.SampleLook.Look;

/**
 * What a profile says beside its columns, as it is typed: how the file is written, and what its source is.
 *
 * @param typed by the setting's name; {@code h0} is the name of the first column of a file without a header
 */
record TypedSettings(Map<String, String> typed) {

    private static final String DETECT = "detect";
    private static final String EACH_LINE = "\\R";
    private static final String UK = "Europe/London";
    private static final List<String> OF_A_SOURCE = List.of(SOURCE, REGISTER, IDS, KIND, CATEGORY);
    private static final List<String> OF_A_FILE =
            List.of(TIME_ZONE, TELEPHONE_REGION, DELIMITER, ENCODINGS, WITHHELD, DATES);

    TypedSettings {
        typed = Collections.unmodifiableMap(new LinkedHashMap<>(typed));
    }

    /** As the profile so far has them, and what is usual where there is none. */
    static TypedSettings suggested(WrittenProfile base, Look.Columns look) {
        var typed = new LinkedHashMap<String, String>();
        typed.put(TIME_ZONE, base.word(TIME_ZONE, UK));
        typed.put(TELEPHONE_REGION, base.word(TELEPHONE_REGION, TelephoneRegion.UK.code()));
        typed.put(
                DELIMITER,
                base.columns().isEmpty() && look.delimiter() != null && !look.headed()
                        ? word(look.delimiter())
                        : base.word(DELIMITER, DETECT));
        typed.put(ENCODINGS, String.join(", ", base.list(ENCODINGS)));
        typed.put(WITHHELD, String.join("\n", base.list(WITHHELD)));
        typed.put(DATES, String.join("\n", base.list(DATES)));
        OF_A_SOURCE.forEach(setting -> typed.put(setting, base.word(setting, "")));
        return new TypedSettings(typed);
    }

    private static String word(char delimiter) {
        return delimiter == '\t' ? "tab" : Character.toString(delimiter);
    }

    /** What a page sent: each with {@code s-} before its name. */
    static TypedSettings of(Map<String, String> sent, Look.Columns look) {
        var typed = new LinkedHashMap<String, String>();
        OF_A_FILE.forEach(setting ->
                typed.put(setting, sent.getOrDefault("s-" + setting, "").strip()));
        OF_A_SOURCE.forEach(setting ->
                typed.put(setting, sent.getOrDefault("s-" + setting, "").strip()));
        for (int i = 0; i < look.columns().size() && !look.headed(); i++) {
            typed.put("h" + i, sent.getOrDefault("h" + i, "").strip());
        }
        return new TypedSettings(typed);
    }

    String get(String setting) {
        return typed.getOrDefault(setting, "");
    }

    /** What was typed as the name of a column without a heading. */
    String heading(int at) {
        return get("h" + at);
    }

    List<String> dates() {
        return list(DATES, EACH_LINE);
    }

    /** With one more way in which times are written. */
    TypedSettings withDate(String pattern) {
        var more = new LinkedHashMap<>(typed);
        more.put(DATES, (get(DATES) + "\n" + pattern).strip());
        return new TypedSettings(more);
    }

    private List<String> list(String setting, String between) {
        return Arrays.stream(get(setting).split(between))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** The profile with these. What is usual is said only where it was said before. */
    WrittenProfile in(WrittenProfile profile, Channel channel) {
        var changed = profile.with(TIME_ZONE, get(TIME_ZONE))
                .with(TELEPHONE_REGION, unlessUsual(profile, TELEPHONE_REGION, TelephoneRegion.UK.code()))
                .with(DELIMITER, unlessUsual(profile, DELIMITER, DETECT))
                .with(ENCODINGS, list(ENCODINGS, ","))
                .with(WITHHELD, list(WITHHELD, EACH_LINE))
                .with(DATES, dates());
        if (channel == Channel.PUBLIC_REGISTER) {
            for (var setting : OF_A_SOURCE) {
                changed = changed.with(setting, get(setting));
            }
        }
        return changed;
    }

    private String unlessUsual(WrittenProfile profile, String setting, String usual) {
        return get(setting).equals(usual) && !profile.words().containsKey(setting) ? "" : get(setting);
    }
}
