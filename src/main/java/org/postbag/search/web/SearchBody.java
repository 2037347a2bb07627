package org.postbag.search.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.WorkStatus;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.retention.Category;
import org.postbag.search.After;
import org.postbag.search.Facet;
import org.postbag.search.Query;
import org.postbag.search.Reader;
import tools.jackson.databind.JsonNode;

/** The body of a search by the API, read strictly: what is not understood is named, so that nobody takes a filter for set that was passed over. */
final class SearchBody {

    private static final Set<String> FIELDS = Set.of("query", "filters", "sort", "size", "after");
    private static final Set<String> DAYS = Set.of("since", "until");
    private static final Set<String> FILTERS = Stream.concat(
                    DAYS.stream(), Arrays.stream(Facet.values()).map(Facet::code))
            .collect(Collectors.toSet());

    private final List<Wrong> wrong = new ArrayList<>();

    private SearchBody() {}

    /** @param pointer where it is in the body (RFC 6901) */
    record Wrong(String pointer, String detail) {}

    sealed interface Read {}

    record Asked(Query query) implements Read {}

    record NotUnderstood(List<Wrong> wrong) implements Read {}

    static Read read(JsonNode body) {
        var reading = new SearchBody();
        var query = reading.query(body);
        return query == null || !reading.wrong.isEmpty() ? new NotUnderstood(reading.wrong) : new Asked(query);
    }

    private @Nullable Query query(JsonNode body) {
        if (!body.isObject()) {
            wrong("", "Send a JSON object");
            return null;
        }
        onlyThese(body, FIELDS, "");
        var filters = body.path("filters");
        if (filters.isObject()) {
            onlyThese(filters, FILTERS, "/filters");
        } else if (!isAbsent(filters)) {
            wrong(
                    "/filters",
                    "An object with any of "
                            + String.join(", ", FILTERS.stream().sorted().toList()));
        }
        var words = text(body.path("query"), "/query");
        if (words.length() > Query.WORDS_LENGTH_MAX) {
            wrong("/query", "At most " + Query.WORDS_LENGTH_MAX + " characters");
        }
        var chosen = new EnumMap<Facet, Set<String>>(Facet.class);
        for (var facet : Facet.values()) {
            chosen.put(facet, values(facet, filters.path(facet.code())));
        }
        var since = day(filters.path("since"), "/filters/since");
        var until = day(filters.path("until"), "/filters/until");
        var order = order(body.path("sort"), words);
        int size = size(body.path("size"));
        var after = after(body.path("after"), order);
        return wrong.isEmpty()
                ? new Query(words, chosen, since, until, order, size, after, false, false, Reader.NOBODY)
                : null;
    }

    private void onlyThese(JsonNode object, Set<String> known, String at) {
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                wrong(
                        at,
                        "There is no such field here; there are "
                                + String.join(", ", known.stream().sorted().toList()));
                return;
            }
        }
    }

    private Set<String> values(Facet facet, JsonNode node) {
        var values = new LinkedHashSet<String>();
        for (var value : texts(node, "/filters/" + facet.code())) {
            if (isPossible(facet, value)) {
                values.add(value);
            } else {
                wrong("/filters/" + facet.code(), "There is no such " + facet.code());
            }
        }
        return values;
    }

    /** Whether there may be one: of some facets all values are known. */
    private static boolean isPossible(Facet facet, String value) {
        return switch (facet) {
            case CHANNEL -> Channel.of(value).isPresent();
            case CATEGORY -> Category.ofContact(value).isPresent();
            case DIRECTION ->
                Arrays.stream(Direction.values()).map(Direction::code).anyMatch(value::equals);
            case FILES, AUTOMATIC, URGENT, UNREAD -> value.equals(Facet.YES);
            case STATUS -> WorkStatus.of(value).isPresent();
            case ASSIGNED -> value.equals(Facet.NOBODY) || value.matches("[1-9]\\d{0,17}");
            case KEPT -> value.equals(Facet.NO_END) || value.matches("\\d{4}");
            case MONTH -> value.matches("\\d{4}-(0[1-9]|1[0-2])");
            case TOPIC, AUTHORITY, LANGUAGE -> true;
        };
    }

    private List<String> texts(JsonNode node, String pointer) {
        if (!node.isArray()) {
            var one = text(node, pointer);
            return one.isEmpty() ? List.of() : List.of(one);
        }
        if (node.size() > Query.VALUES_MAX) {
            wrong(pointer, "At most " + Query.VALUES_MAX + " values");
            return List.of();
        }
        var texts = new ArrayList<String>();
        node.forEach(value -> texts.add(text(value, pointer)));
        return texts;
    }

    private String text(JsonNode node, String pointer) {
        if (!isAbsent(node) && !node.isString()) {
            wrong(pointer, "A text");
        }
        return node.isString() ? node.stringValue() : "";
    }

    private @Nullable LocalDate day(JsonNode node, String pointer) {
        var text = text(node, pointer);
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            wrong(pointer, "A day such as 2026-03-03");
            return null;
        }
    }

    private Query.Order order(JsonNode node, String words) {
        return switch (text(node, "/sort")) {
            case "newest" -> Query.Order.NEWEST;
            case "oldest" -> Query.Order.OLDEST;
            case "best" -> Query.Order.BEST;
            case "subject" -> Query.Order.SUBJECT;
            case "contact" -> Query.Order.CONTACT;
            case "" -> Query.of(words).order();
            default -> {
                wrong("/sort", "newest, oldest, best, subject or contact");
                yield Query.Order.NEWEST;
            }
        };
    }

    private int size(JsonNode node) {
        if (isAbsent(node)) {
            return Query.SIZE_DEFAULT;
        }
        if (node.isInt() && node.intValue() >= 1 && node.intValue() <= Query.SIZE_MAX) {
            return node.intValue();
        }
        wrong("/size", "A whole number from 1 to " + Query.SIZE_MAX);
        return Query.SIZE_DEFAULT;
    }

    private @Nullable After after(JsonNode node, Query.Order order) {
        var text = text(node, "/after");
        if (text.isEmpty()) {
            return null;
        }
        var after = After.parse(text).filter(a -> a.order() == order);
        if (after.isEmpty()) {
            wrong("/after", "What an answer to the same query and sort gave as its after");
        }
        return after.orElse(null);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private void wrong(String pointer, String detail) {
        wrong.add(new Wrong(pointer, detail));
    }
}
