package org.postbag.search.web;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postbag.enquiries.WorkStatus;
import org.postbag.search.Facet;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Component;

/** The filters that stand beside results, with how many each would find. */
@Component
class FacetGroups {

    /** Of values nobody has thought of, only those that find most are shown. */
    private static final int OPTIONS_MAX = 12;

    /** Those that stand in the panel, in its order. */
    private static final List<List<Facet>> GROUPS = List.of(
            List.of(Facet.URGENT, Facet.UNREAD, Facet.FILES, Facet.AUTOMATIC),
            List.of(Facet.STATUS),
            List.of(Facet.ASSIGNED),
            List.of(Facet.CHANNEL),
            List.of(Facet.DIRECTION),
            List.of(Facet.CATEGORY),
            List.of(Facet.TOPIC),
            List.of(Facet.AUTHORITY),
            List.of(Facet.LANGUAGE),
            List.of(Facet.KEPT),
            List.of(Facet.MONTH));

    static final Set<Facet> FILTERS =
            GROUPS.stream().flatMap(List::stream).collect(Collectors.toCollection(() -> EnumSet.noneOf(Facet.class)));

    private final FacetNames names;
    private final StaffTexts texts;

    FacetGroups(FacetNames names, StaffTexts texts) {
        this.names = names;
        this.texts = texts;
    }

    /** What may be chosen, of one facet or of several that are yes or no. */
    record Group(String label, List<Option> options) {}

    /** A value of a facet, with how many it would find. */
    record Option(String facet, String code, String label, long count, boolean chosen) {}

    /** Those filters in which there is something to choose. */
    List<Group> of(Map<Facet, Map<String, Long>> counts, Map<Facet, Set<String>> chosen) {
        return GROUPS.stream()
                .map(group -> new Group(
                        group.size() == 1 ? texts.label(group.getFirst()) : texts.say("search.only"),
                        group.stream()
                                .flatMap(facet -> options(
                                        facet,
                                        counts.getOrDefault(facet, Map.of()),
                                        chosen.getOrDefault(facet, Set.of()))
                                        .stream())
                                .toList()))
                .filter(group -> !group.options().isEmpty())
                .toList();
    }

    /** What would find something, and what is chosen: a filter that can't be seen can't be taken away. */
    private List<Option> options(Facet facet, Map<String, Long> counts, Set<String> chosen) {
        var order = order(facet, counts);
        return Stream.concat(chosen.stream(), counts.keySet().stream().sorted(order))
                .distinct()
                .limit(Math.max(OPTIONS_MAX, chosen.size()))
                .sorted(order)
                .map(value -> new Option(
                        facet.code(),
                        value,
                        names.of(facet, value),
                        counts.getOrDefault(value, 0L),
                        chosen.contains(value)))
                .toList();
    }

    /** Years as they come, months from the latest back, a status as far as it is; of anything else the most first. */
    private static Comparator<String> order(Facet facet, Map<String, Long> counts) {
        return switch (facet) {
            case KEPT -> Comparator.naturalOrder();
            case MONTH -> Comparator.reverseOrder();
            case STATUS -> Comparator.comparing(value -> WorkStatus.of(value).orElse(WorkStatus.CLOSED));
            default ->
                Comparator.comparing((String value) -> counts.getOrDefault(value, 0L))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder());
        };
    }
}
