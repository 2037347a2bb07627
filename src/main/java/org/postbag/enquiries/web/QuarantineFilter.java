package org.postbag.enquiries.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.QuarantineCounts.Group;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.enquiries.QuarantineFinding.Place;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The filter as it stands in an address: codes alone, nothing of what items say.
 *
 * @param day as typed: kept also where it is no day
 */
record QuarantineFilter(String channel, String route, String reason, String day) {

    private static final int VALUE_LENGTH_MAX = 100;

    QuarantineFilter {
        channel = cut(channel);
        route = cut(route);
        reason = cut(reason);
        day = cut(day);
    }

    private static String cut(String value) {
        return value.strip().substring(0, Math.min(value.strip().length(), VALUE_LENGTH_MAX));
    }

    /** Whether the day is one, or none was given. */
    boolean isSound() {
        return day.isEmpty() || date() != null;
    }

    Filter of(boolean discarded) {
        return new Filter(
                discarded,
                Channel.of(channel).orElse(null),
                route.isEmpty() ? null : route,
                reason.isEmpty() ? null : reason,
                date());
    }

    @Nullable
    LocalDate date() {
        try {
            return day.isEmpty() ? null : LocalDate.parse(day);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    /** The address of a list with this filter. */
    String path(String list) {
        return path(list, Map.of());
    }

    String path(String list, Map<String, String> more) {
        var path = UriComponentsBuilder.fromPath(list);
        var all = new LinkedHashMap<String, String>();
        all.put("channel", channel);
        all.put("route", route);
        all.put("reason", reason);
        all.put("day", day);
        all.putAll(more);
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                path.queryParam(name, "{" + name + "}");
            }
        });
        return path.encode().buildAndExpand(all).toUriString();
    }

    /** A value to choose, with how many items there are under what else is chosen. */
    record Option(String code, String label, long count, boolean chosen, String path) {}

    /** A group of the panel: its values, the commonest first. */
    record Facet(
            String name, List<Option> options, @Nullable String all) {}

    /** What is chosen, to be taken away. */
    record Chip(String label, String path) {}

    List<Facet> facets(String list, List<Group> groups, StaffTexts texts) {
        return List.of(
                facet(list, groups, "reason", Group::reasonCode, QuarantineFilter::words),
                facet(
                        list,
                        groups,
                        "channel",
                        group -> group.channel().code(),
                        code -> Channel.of(code).map(texts::label).orElse(code)),
                facet(list, groups, "route", Group::route, code -> code));
    }

    private Facet facet(
            String list,
            List<Group> groups,
            String name,
            Function<Group, String> value,
            Function<String, String> words) {
        var counts = new LinkedHashMap<String, Long>();
        groups.stream().filter(fits(name)).forEach(group -> counts.merge(value.apply(group), group.count(), Long::sum));
        var options = new ArrayList<Option>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> options.add(new Option(
                        entry.getKey(),
                        words.apply(entry.getKey()),
                        entry.getValue(),
                        entry.getKey().equals(chosen(name)),
                        with(name, entry.getKey()).path(list))));
        return new Facet(
                name, options, chosen(name).isEmpty() ? null : with(name, "").path(list));
    }

    /** How many items all that is chosen finds. */
    long count(List<Group> groups) {
        return groups.stream().filter(fits("")).mapToLong(Group::count).sum();
    }

    private Predicate<Group> fits(String but) {
        return group -> (but.equals("channel")
                        || channel.isEmpty()
                        || group.channel().code().equals(channel))
                && (but.equals("route") || route.isEmpty() || group.route().equals(route))
                && (but.equals("reason")
                        || reason.isEmpty()
                        || group.reasonCode().equals(reason));
    }

    List<Chip> chips(String list, StaffTexts texts) {
        var chips = new ArrayList<Chip>();
        if (!reason.isEmpty()) {
            chips.add(new Chip(words(reason), with("reason", "").path(list)));
        }
        Channel.of(channel)
                .ifPresent(one ->
                        chips.add(new Chip(texts.label(one), with("channel", "").path(list))));
        if (!route.isEmpty()) {
            chips.add(new Chip(route, with("route", "").path(list)));
        }
        if (date() != null) {
            chips.add(new Chip(
                    texts.say("quarantine.received-on.day", UkTime.date(date())),
                    with("day", "").path(list)));
        }
        return chips;
    }

    private String chosen(String name) {
        return switch (name) {
            case "channel" -> channel;
            case "route" -> route;
            default -> reason;
        };
    }

    private QuarantineFilter with(String name, String value) {
        return new QuarantineFilter(
                name.equals("channel") ? value : channel,
                name.equals("route") ? value : route,
                name.equals("reason") ? value : reason,
                name.equals("day") ? value : day);
    }

    static String words(String code) {
        var words = code.replace('-', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Where a page begins, as it stands in an address: a moment and a receipt's id. Empty for what is none. */
    static Optional<Place> place(String written) {
        int dash = written.indexOf('-');
        try {
            return dash < 1
                    ? Optional.empty()
                    : Optional.of(new Place(
                            micros(Long.parseLong(written.substring(0, dash))),
                            new ReceiptId(written.substring(dash + 1))));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException notAPlace) {
            return Optional.empty();
        }
    }

    static String written(Place place) {
        var at = place.receivedAt();
        return (at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000) + "-" + place.id();
    }

    private static Instant micros(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }
}
