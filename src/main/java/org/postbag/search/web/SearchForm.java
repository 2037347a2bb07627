package org.postbag.search.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Facet;
import org.postbag.search.Query;
import org.postbag.search.Reader;
import org.postbag.search.language.AskedDay;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;

/**
 * The search as it stands on the page: what was typed, kept as it was typed.
 *
 * @param programs {@link #WITH} or {@link #WITHOUT} what programs sent; empty for what is usual: with it where words are looked for
 * @param order {@code newest}, {@code oldest}, {@code best}, {@code subject} or {@code contact}; anything else leaves it to whether there are words
 */
record SearchForm(
        String q, Map<Facet, Set<String>> filters, String since, String until, String order, String programs) {

    static final String NEWEST = "newest";
    static final String OLDEST = "oldest";
    static final String BEST = "best";
    static final String SUBJECT = "subject";
    static final String CONTACT = "contact";

    static final String WITH = "with";
    static final String WITHOUT = "without";

    /** Of the two only what is not usual is a choice. */
    static String programs(String typed, String q) {
        return typed.equals(q.isBlank() ? WITH : WITHOUT) ? typed : "";
    }

    /** A chosen filter, and what its tag sends to take it away. */
    record Chosen(String label, String remove) {}

    static SearchForm of(Query query) {
        return new SearchForm(
                query.words(),
                query.filters(),
                UkTime.date(query.since()),
                UkTime.date(query.until()),
                switch (query.order()) {
                    case NEWEST -> NEWEST;
                    case OLDEST -> OLDEST;
                    case BEST -> BEST;
                    case SUBJECT -> SUBJECT;
                    case CONTACT -> CONTACT;
                },
                programs(query.withoutAutomatic() ? WITHOUT : WITH, query.words()));
    }

    /** The order that the next search starts with: the newest first is no choice of anybody's where nothing was typed yet. */
    public String orderChosen() {
        return q.isBlank() && order.equals(NEWEST) ? "" : order;
    }

    /** Without the filter that a tag stands for, such as {@code channel:email} or {@code since}; {@code all} takes every filter away. */
    SearchForm without(@Nullable String filter) {
        if (filter == null) {
            return this;
        }
        if (filter.equals("all")) {
            return new SearchForm(q, Map.of(), "", "", order, "");
        }
        var others = new EnumMap<Facet, Set<String>>(Facet.class);
        filters.forEach((facet, values) -> others.put(
                facet,
                values.stream()
                        .filter(value -> !filter.equals(facet.code() + ":" + value))
                        .collect(Collectors.toSet())));
        return new SearchForm(
                q,
                others,
                filter.equals("since") ? "" : since,
                filter.equals("until") ? "" : until,
                order,
                filter.equals("programs") ? "" : programs);
    }

    List<Chosen> chosen(FacetNames names) {
        var chosen = new ArrayList<Chosen>();
        filters.forEach((facet, values) -> values.stream()
                .sorted()
                .forEach(value -> chosen.add(new Chosen(names.chosen(facet, value), facet.code() + ":" + value))));
        AskedDay.parse(since).ifPresent(day -> chosen.add(new Chosen(names.chosenDay("since", day), "since")));
        AskedDay.parse(until).ifPresent(day -> chosen.add(new Chosen(names.chosenDay("until", day), "until")));
        if (!programs.isEmpty() && !asksForPrograms()) {
            chosen.add(new Chosen(names.programs(programs), "programs"));
        }
        return chosen;
    }

    /** Whether the list is of what people wrote: unless asked for, not where somebody looks for words, for a report may be what they look for. */
    public boolean leavesOutAutomatic() {
        return !asksForPrograms() && (programs.isEmpty() ? q.isBlank() : programs.equals(WITHOUT));
    }

    private boolean asksForPrograms() {
        return !filters.getOrDefault(Facet.AUTOMATIC, Set.of()).isEmpty();
    }

    /** What is wrong with the days; empty where {@link #query} may be asked. */
    List<PageError> errors(StaffTexts texts) {
        var errors = new ArrayList<PageError>();
        var from = day("since", since, errors, texts);
        var to = day("until", until, errors, texts);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            errors.add(new PageError("until", texts.say("search.wrong.order")));
        }
        return errors;
    }

    /** Unknown values, which no page of ours sends, find nothing. */
    Query query() {
        return new Query(
                q,
                filters,
                AskedDay.parse(since).orElse(null),
                AskedDay.parse(until).orElse(null),
                orderAsked(),
                Query.SIZE_DEFAULT,
                null,
                leavesOutAutomatic(),
                false,
                Reader.NOBODY);
    }

    private Query.Order orderAsked() {
        return switch (order) {
            case OLDEST -> Query.Order.OLDEST;
            case NEWEST -> Query.Order.NEWEST;
            case SUBJECT -> Query.Order.SUBJECT;
            case CONTACT -> Query.Order.CONTACT;
            default -> q.isBlank() ? Query.Order.NEWEST : Query.Order.BEST;
        };
    }

    private static Optional<LocalDate> day(String field, String typed, List<PageError> errors, StaffTexts texts) {
        if (typed.isBlank()) {
            return Optional.empty();
        }
        var day = AskedDay.parse(typed);
        if (day.isEmpty()) {
            errors.add(new PageError(field, texts.say("search.wrong." + field)));
        }
        return day;
    }
}
