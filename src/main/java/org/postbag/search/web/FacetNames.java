package org.postbag.search.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.postbag.enquiries.location.LocalAuthority;
import org.postbag.enquiries.location.Locations;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.retention.Category;
import org.postbag.search.Facet;
import org.springframework.stereotype.Component;

/** The values of facets as people read them. */
@Component
class FacetNames {

    /** Authorities change their names once in years. */
    private static final Duration AUTHORITIES_KEPT = Duration.ofMinutes(5);

    private final Locations locations;
    private final Clock clock;
    private volatile Authorities authorities = new Authorities(Instant.MIN, Map.of());

    FacetNames(Locations locations, Clock clock) {
        this.locations = locations;
        this.clock = clock;
    }

    private record Authorities(Instant readAt, Map<String, String> names) {}

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
        };
    }

    private static String language(String code) {
        var name = Locale.forLanguageTag(code).getDisplayLanguage(Locale.UK);
        return name.isEmpty() ? code : name;
    }

    private Map<String, String> authorities() {
        var known = authorities;
        var now = clock.instant();
        if (known.readAt().isBefore(now.minus(AUTHORITIES_KEPT))) {
            known = new Authorities(
                    now,
                    locations.authorities().stream()
                            .collect(Collectors.toMap(LocalAuthority::code, LocalAuthority::name)));
            authorities = known;
        }
        return known.names();
    }
}
