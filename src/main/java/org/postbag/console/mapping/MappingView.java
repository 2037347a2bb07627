package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.console.mapping.MappingPage.Shown;
import org.postbag.console.mapping.MappingPreview.Filed;
import org.postbag.console.mapping.MappingPreview.Refused;
import org.postbag.receiving.TelephoneRegion;

/**
 * The mapping page's lists, with only what the one who looks at it may see.
 *
 * @param notShown how many columns the page has no room for: they are ignored
 * @param dates how the times of the file are written, where the profile doesn't know that; null where it does
 * @param pages of the rows that would not be filed; 0 where there are none
 */
record MappingView(
        List<Line> lines,
        int notShown,
        List<Fields.One> fields,
        List<WordList> words,
        Map<String, List<String>> noLongerThere,
        TimeFormats.@Nullable Found dates,
        List<Filed> filed,
        List<Refused> refused,
        int page,
        int pages,
        Map<String, String> settings,
        List<TelephoneRegion> regions) {

    private static final int EXAMPLES_MAX = 3;
    private static final int EXAMPLE_LENGTH_MAX = 60;
    private static final int NAME_LENGTH_MAX = 80;
    static final int REFUSED_A_PAGE = 50;

    /**
     * A column of the sample.
     *
     * @param number from 0
     * @param hidden whether its heading isn't shown since it may be somebody's number or address
     * @param was the name that it has in the profile so far, where it has got another; else null
     */
    record Line(
            int number,
            String name,
            boolean hidden,
            boolean twice,
            int filled,
            List<String> examples,
            String field,
            @Nullable String was,
            boolean optional) {}

    /** The words of a field whose meaning is chosen. @param column in which they stand */
    record WordList(
            String field, String question, int column, Map<String, String> meanings, List<CodedField.Meant> words) {}

    static MappingView of(Shown shown, boolean seesContent, String page) {
        var mapping = shown.mapping();
        var preview = shown.preview();
        var refused = preview == null ? List.<Refused>of() : preview.refused();
        int pages = (refused.size() + REFUSED_A_PAGE - 1) / REFUSED_A_PAGE;
        int number = page.matches("[0-9]{1,6}") ? Math.clamp(Integer.parseInt(page), 1, Math.max(1, pages)) : 1;
        return new MappingView(
                lines(mapping, seesContent),
                Math.max(0, mapping.look().columns().size() - Mapping.COLUMNS_SHOWN_MAX),
                Fields.of(mapping.channel()),
                words(mapping, seesContent),
                labelled(mapping.noLongerThere()),
                mapping.missingDates().orElse(null),
                preview == null
                        ? List.of()
                        : seesContent
                                ? preview.filed()
                                : preview.filed().stream().map(Filed::masked).toList(),
                refused.stream()
                        .skip((long) (number - 1) * REFUSED_A_PAGE)
                        .limit(REFUSED_A_PAGE)
                        .toList(),
                number,
                pages,
                mapping.settings().typed(),
                TelephoneRegion.all());
    }

    private static Map<String, List<String>> labelled(Map<String, List<String>> gone) {
        var labelled = new LinkedHashMap<String, List<String>>();
        gone.forEach((field, names) -> labelled.put(Fields.label(field), names));
        return labelled;
    }

    private static List<Line> lines(Mapping mapping, boolean seesContent) {
        var names = mapping.names();
        var lines = new ArrayList<Line>();
        for (int i = 0; i < Math.min(names.size(), Mapping.COLUMNS_SHOWN_MAX); i++) {
            var column = mapping.column(i);
            var suggested = mapping.suggested().get(i);
            boolean hidden = !seesContent && column.isLikePersonalData();
            var field = mapping.chosen().getOrDefault(i, "");
            lines.add(new Line(
                    i,
                    hidden ? "Column " + (i + 1) : cut(names.get(i), NAME_LENGTH_MAX),
                    hidden,
                    column.twice(),
                    column.filled(),
                    column.values().keySet().stream()
                            .limit(EXAMPLES_MAX)
                            .map(value -> seesContent ? cut(value, EXAMPLE_LENGTH_MAX) : Shape.of(value))
                            .distinct()
                            .toList(),
                    field,
                    suggested != null && suggested.isRenamed(names.get(i)) ? suggested.was() : null,
                    mapping.optional().contains(field)));
        }
        return lines;
    }

    private static String cut(String text, int max) {
        return text.length() > max ? text.substring(0, max) + "…" : text;
    }

    private static List<WordList> words(Mapping mapping, boolean seesContent) {
        var lists = new ArrayList<WordList>();
        for (var kind : CodedField.ALL) {
            var meant = mapping.words().get(kind.field());
            if (meant == null || meant.isEmpty()) {
                continue;
            }
            var meanings = new LinkedHashMap<>(kind.meanings());
            mapping.base().map(kind.setting()).keySet().forEach(code -> meanings.putIfAbsent(code, code));
            lists.add(new WordList(
                    kind.field(),
                    kind.question(),
                    mapping.columnOf(kind.field()).orElse(-1),
                    meanings,
                    meant.stream()
                            // A word that the profile knows is nobody's secret; another column's might be.
                            .map(one -> seesContent
                                            || !kind.meaning(one.word(), mapping.base())
                                                    .isEmpty()
                                    ? new CodedField.Meant(
                                            cut(one.word(), EXAMPLE_LENGTH_MAX), one.times(), one.meaning())
                                    : new CodedField.Meant(Shape.of(one.word()), one.times(), one.meaning()))
                            .toList()));
        }
        return lists;
    }
}
