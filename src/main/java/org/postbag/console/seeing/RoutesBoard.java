package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.console.RouteDesk;
import org.postbag.console.RouteDesk.Shown;
import org.postbag.console.SourceFigures;
import org.postbag.console.changing.LoadProblem;
import org.postbag.console.seeing.SourceWatch.Seen;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReconciliationLights;
import org.postbag.staff.UkTime;
import org.postbag.staff.Wording;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** All routes as the list shows them, put together from what is known already: nothing here waits for a source. */
@Component
@Profile("!command")
class RoutesBoard implements SourceFigures {

    /** What is older is shown with its time. */
    static final Duration FRESH = Duration.ofMinutes(1);

    private final RouteDesk desk;
    private final CamelRoutes running;
    private final RouteCounts counts;
    private final SourceWatch sources;
    private final FilingQueue filing;
    private final ReconciliationLights lights;
    private final Wording wording;
    private final Clock clock;

    RoutesBoard(
            RouteDesk desk,
            CamelRoutes running,
            RouteCounts counts,
            SourceWatch sources,
            FilingQueue filing,
            ReconciliationLights lights,
            Wording wording,
            Clock clock) {
        this.desk = desk;
        this.running = running;
        this.counts = counts;
        this.sources = sources;
        this.filing = filing;
        this.lights = lights;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * The sums above the list.
     *
     * @param filing receipts that wait in Kafka, with the time where that is old; empty where it isn't known
     * @param addsUp whether the last days add up, and when that was looked at; empty before the first look
     * @param away since when the database does not answer, and what that means; empty while it does
     */
    public record Totals(
            long received,
            long filed,
            long quarantined,
            long discarded,
            String filing,
            String addsUp,
            boolean good,
            String away) {}

    /** What a route is, before it is put into words. */
    record Known(Shown shown, RouteCounts.Count count, Optional<Seen> seen) {}

    Totals totals() {
        var today = counted().today();
        var checked = lights.latest();
        boolean good = checked == null
                || checked.lights().stream().noneMatch(light -> light.state() == ReconciliationLights.State.BAD);
        return new Totals(
                today.received(),
                today.filed(),
                today.quarantined(),
                today.discarded(),
                filing.words(),
                checked == null ? "" : (good ? "Yes" : "No") + ", checked at " + UkTime.time(checked.at()),
                good,
                away());
    }

    /** Nobody waits for a database that is known to be away. */
    private RouteCounts.Counted counted() {
        return desk.unknownSince().isPresent() ? counts.latest() : counts.now();
    }

    /** Since when the database does not answer, and what that means here; empty while it does. */
    String away() {
        return desk.unknownSince()
                .map(since ->
                        "The database has not answered since %s. Routes go on as they are. Nothing can be changed until it answers, and counts are of before."
                                .formatted(TimeWords.at(since, clock)))
                .orElse("");
    }

    List<RouteLine> lines() {
        return known().stream()
                .map(this::line)
                .sorted(Comparator.comparing(RouteLine::channel).thenComparing(RouteLine::id))
                .toList();
    }

    List<Known> known() {
        var counted = counted();
        return desk.all().stream()
                .map(shown -> new Known(shown, counted.of(shown.id()), sources.of(shown.id())))
                .toList();
    }

    Optional<Known> known(String id) {
        return known().stream().filter(one -> one.shown().id().equals(id)).findFirst();
    }

    Optional<Channel> channel(Shown shown) {
        return Optional.ofNullable(shown.channel()).flatMap(Channel::of).or(() -> running.channel(shown.id()));
    }

    RouteLine line(Known known) {
        var shown = known.shown();
        var channel = channel(shown);
        var source = known.seen();
        var problem = problem(known);
        var view = source.map(Seen::view).orElse(null);
        return new RouteLine(
                shown.id(),
                channel.map(Channel::label).orElse(""),
                channel.map(Channel::code).orElse(""),
                shown.state(),
                sign(shown, problem, known.count().quarantined()),
                state(shown, known.count().quarantined()),
                shown.state().equals(shown.wanted()) || shown.state().equals("not-loaded")
                        ? ""
                        : "Wanted: " + shown.wantedLabel().toLowerCase(java.util.Locale.UK),
                problem == null ? "" : wording.sentence(problem),
                known.count().today(),
                Sparkline.of(known.count().hours()),
                shown.inHand(),
                shown.failed(),
                last(known.count().last()),
                waiting(source),
                view == null ? null : view.waiting(),
                next(shown, view == null ? null : view.nextAt()),
                Doing.in(shown.state(), shown.polls()));
    }

    /** Of this node's polls, or what the desk knows of another's. */
    private static @Nullable String problem(Known known) {
        var own = known.shown().problem();
        return own != null || !known.shown().state().equals("started")
                ? own
                : known.seen().map(Seen::problem).orElse(null);
    }

    private static String sign(Shown shown, @Nullable String problem, long quarantined) {
        return switch (shown.state()) {
            case "started" -> problem != null ? "bad" : quarantined > 0 ? "amber" : "ok";
            case "stopped", "suspended" -> shown.wanted().equals(shown.state()) ? "off" : "bad";
            case "not-loaded" -> isNotUsed(shown) ? "off" : "bad";
            default -> "amber";
        };
    }

    /** One that lacks settings is a way in that this body doesn't use. */
    static boolean isNotUsed(Shown shown) {
        return shown.problem() != null && shown.problem().startsWith(LoadProblem.NOT_SET);
    }

    private String state(Shown shown, long quarantined) {
        var words = new StringBuilder(shown.stateLabel());
        if (shown.state().equals("started") && quarantined > 0) {
            words.append(", ")
                    .append(wording.count(quarantined, "item", "items"))
                    .append(" in quarantine");
        }
        if (shown.polls() && shown.nodes().size() > 1 && shown.node() != null) {
            words.append(", on ").append(shown.node());
        }
        if (shown.by() != null && !shown.wanted().equals("started")) {
            if (shown.until() != null) {
                words.append(" until ").append(TimeWords.at(shown.until(), clock));
            }
            words.append(" by ").append(shown.by());
            if (shown.reason() != null && !shown.reason().isBlank()) {
                words.append(": ").append(shown.reason());
            }
        }
        return words.toString();
    }

    private String last(@Nullable Instant at) {
        return at == null ? "None in %d days".formatted(RouteCounts.LAST_ITEM_DAYS) : TimeWords.at(at, clock);
    }

    @Override
    public String waiting(String route) {
        return waiting(sources.of(route));
    }

    @Override
    public Optional<SourceFigures.Problem> problem(String route) {
        return sources.of(route)
                .flatMap(seen -> seen.problem() == null || seen.problemSince() == null
                        ? Optional.empty()
                        : Optional.of(new SourceFigures.Problem(seen.problem(), seen.problemSince())));
    }

    private String waiting(Optional<Seen> source) {
        var view = source.map(Seen::view).orElse(null);
        if (view == null || view.waiting() == null) {
            return "";
        }
        var at = source.orElseThrow().at();
        return (view.waiting() == 0 ? "None waiting" : wording.count(view.waiting(), "waiting", "waiting"))
                + (at.plus(FRESH).isBefore(clock.instant()) ? " at " + TimeWords.at(at, clock) : "");
    }

    /** A look that comes within a minute is no news. */
    private String next(Shown shown, @Nullable Instant next) {
        if (!shown.state().equals("started") || next == null) {
            return "";
        }
        var now = clock.instant();
        return next.isBefore(now.plus(FRESH)) ? "" : "next at " + TimeWords.at(next, clock);
    }
}
