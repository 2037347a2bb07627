package org.postbag.search.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.postbag.enquiries.WorkStatus;
import org.postbag.enquiries.location.LocalAuthority;
import org.postbag.enquiries.location.Locations;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.retention.Category;
import org.postbag.search.Facet;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The values of facets as people read them. */
@Component
class FacetNames {

    /** Authorities and members change their names once in years. */
    private static final Duration NAMES_KEPT = Duration.ofMinutes(5);

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.UK);

    private final Locations locations;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final StaffTexts texts;
    private volatile Known authorities = new Known(Instant.MIN, Map.of());
    private volatile Known members = new Known(Instant.MIN, Map.of());

    FacetNames(Locations locations, JdbcClient jdbc, Clock clock, StaffTexts texts) {
        this.locations = locations;
        this.jdbc = jdbc;
        this.clock = clock;
        this.texts = texts;
    }

    private record Known(Instant readAt, Map<String, String> names) {}

    /** The value itself where it has no other name. */
    String of(Facet facet, String value) {
        return switch (facet) {
            case CHANNEL -> Channel.of(value).map(texts::label).orElse(value);
            case DIRECTION -> texts.label(Direction.of(value));
            case CATEGORY -> Category.of(value).map(texts::label).orElse(value);
            case TOPIC -> value;
            case AUTHORITY -> authorities().getOrDefault(value, value);
            case LANGUAGE -> language(value);
            case FILES -> texts.say("search.filter.files");
            case AUTOMATIC -> texts.say("search.filter.automatic");
            case STATUS -> WorkStatus.of(value).map(texts::label).orElse(value);
            case ASSIGNED ->
                value.equals(Facet.NOBODY)
                        ? texts.say("search.filter.nobody")
                        : members().getOrDefault(value, texts.say("search.filter.somebody"));
            case URGENT -> texts.say("search.filter.urgent");
            case UNREAD -> texts.say("search.filter.unread");
            case KEPT -> value.equals(Facet.NO_END) ? texts.say("search.filter.no-end") : value;
            case MONTH -> month(value);
        };
    }

    /** Where it stands by itself, without its facet's label above it. */
    String chosen(Facet facet, String value) {
        var name = of(facet, value);
        return switch (facet) {
            case ASSIGNED ->
                value.equals(Facet.NOBODY)
                        ? texts.say("search.chosen.nobody")
                        : texts.say("search.chosen.assigned", name);
            case MONTH -> texts.say("search.chosen.month", name);
            case KEPT ->
                value.equals(Facet.NO_END) ? texts.say("search.chosen.no-end") : texts.say("search.chosen.kept", name);
            default -> name;
        };
    }

    /** @param end {@code since} or {@code until} */
    String chosenDay(String end, LocalDate day) {
        return texts.say("search.chosen." + end, UkTime.date(day));
    }

    /** @param programs {@link SearchForm#WITH} or {@link SearchForm#WITHOUT} */
    String programs(String programs) {
        return texts.say("search.chosen." + programs);
    }

    private static String month(String value) {
        try {
            return YearMonth.parse(value).format(MONTH);
        } catch (DateTimeParseException unknown) {
            return value;
        }
    }

    private static String language(String code) {
        var name = Locale.forLanguageTag(code).getDisplayLanguage(Locale.UK);
        return name.isEmpty() ? code : name;
    }

    private Map<String, String> authorities() {
        if (isOld(authorities)) {
            authorities = new Known(
                    clock.instant(),
                    locations.authorities().stream()
                            .collect(Collectors.toMap(LocalAuthority::code, LocalAuthority::name)));
        }
        return authorities.names();
    }

    private Map<String, String> members() {
        if (isOld(members)) {
            var names = new HashMap<String, String>();
            jdbc.sql("select id, name from staff_member").query(row -> {
                names.put(row.getString("id"), row.getString("name"));
            });
            members = new Known(clock.instant(), Map.copyOf(names));
        }
        return members.names();
    }

    private boolean isOld(Known known) {
        return known.readAt().isBefore(clock.instant().minus(NAMES_KEPT));
    }
}
