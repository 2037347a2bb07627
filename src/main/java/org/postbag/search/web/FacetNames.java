package org.postbag.search.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private volatile Known authorities = new Known(Instant.MIN, Map.of());
    private volatile Known members = new Known(Instant.MIN, Map.of());

    FacetNames(Locations locations, JdbcClient jdbc, Clock clock) {
        this.locations = locations;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Known(Instant readAt, Map<String, String> names) {}

    /** The value itself where it has no other name. */
    String of(Facet facet, String value) {
        return switch (facet) {
            case CHANNEL -> Channel.of(value).map(Channel::label).orElse(value);
            case DIRECTION -> value.equals(Direction.OUTBOUND.code()) ? "Sent" : "Received";
            case CATEGORY -> Category.of(value).map(Category::label).orElse(value);
            case TOPIC -> value;
            case AUTHORITY -> authorities().getOrDefault(value, value);
            case LANGUAGE -> language(value);
            case FILES -> "With files";
            case AUTOMATIC -> "Automatic";
            case STATUS -> WorkStatus.of(value).map(WorkStatus::label).orElse(value);
            case ASSIGNED -> value.equals(Facet.NOBODY) ? "Nobody" : members().getOrDefault(value, "Somebody");
            case URGENT -> "Urgent";
            case UNREAD -> "Not opened yet";
            case KEPT -> value.equals(Facet.NO_END) ? "No end" : value;
            case MONTH -> month(value);
        };
    }

    /** Where it stands by itself, without its facet's label above it. */
    String chosen(Facet facet, String value) {
        var name = of(facet, value);
        return switch (facet) {
            case ASSIGNED -> "Assigned to " + (value.equals(Facet.NOBODY) ? "nobody" : name);
            case MONTH -> "Received in " + name;
            case KEPT -> value.equals(Facet.NO_END) ? "Kept without an end" : "Kept until " + name;
            default -> name;
        };
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
