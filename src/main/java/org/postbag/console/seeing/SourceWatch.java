package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Route;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.timer.TimerEndpoint;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.PolledSource;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.SourceView.Fact;
import org.postbag.receiving.ViewedSources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What the sources of this node's routes say, gathered in the background. Each is asked by a thread of its own, and not again while that waits: one that hangs
 * keeps neither the others nor a page waiting, and its figures grow old in sight.
 */
@Component
@Profile("!command")
class SourceWatch {

    private static final Duration SHARED_AGAIN = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);

    private final RunningRoutes routes;
    private final List<ViewedSources> steps;
    private final FolderLook folders;
    private final SourceTable table;
    private final Failures failures;
    private final Clock clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Seen> written = new ConcurrentHashMap<>();
    private volatile Map<String, Seen> elsewhere = Map.of();
    private final Map<String, Instant> asking = new ConcurrentHashMap<>();

    SourceWatch(RunningRoutes routes, List<ViewedSources> steps, SourceTable table, Failures failures, Clock clock) {
        this.routes = routes;
        this.steps = steps;
        this.table = table;
        this.failures = failures;
        this.folders = new FolderLook(clock);
        this.clock = clock;
    }

    /**
     * A route's source.
     *
     * @param at when this was gathered
     * @param view null where the route has no source that is asked, such as a door
     * @param problem why it gives nothing and what to do; null where it does
     * @param problemSince since when; null without a problem
     */
    record Seen(
            Instant at,
            @Nullable SourceView view,
            @Nullable String problem,
            @Nullable Instant problemSince) {}

    /** As it was gathered last, here or by the node that asks; empty before that. */
    Optional<Seen> of(String route) {
        return Optional.ofNullable(seen.get(route)).or(() -> Optional.ofNullable(elsewhere.get(route)));
    }

    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT2S")
    void look() {
        var running =
                routes.context().getRoutes().stream().filter(this::isStarted).toList();
        var ids = running.stream().map(Route::getRouteId).toList();
        seen.keySet().retainAll(ids);
        for (var route : running) {
            if (asking.putIfAbsent(route.getRouteId(), clock.instant()) == null) {
                Thread.ofVirtual().name("source " + route.getRouteId()).start(() -> ask(route));
            }
        }
    }

    /** Where it isn't, another node may ask its source. */
    private boolean isStarted(Route route) {
        var status = routes.context().getRouteController().getRouteStatus(route.getRouteId());
        return status != null && status.isStarted();
    }

    /** Tells the other nodes what is new, or that it is as it was. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void share() {
        try {
            seen.forEach((route, now) -> {
                var before = written.get(route);
                if (before == null || before.at().plus(SHARED_AGAIN).isBefore(now.at()) || !alike(before, now)) {
                    table.write(route, now);
                    written.put(route, now);
                }
            });
            elsewhere = table.all();
        } catch (DataAccessException away) {
            LOG.debug("What sources say can't be told to other nodes now", away);
        }
    }

    private static boolean alike(Seen one, Seen other) {
        return Objects.equals(one.problem(), other.problem())
                && Objects.equals(
                        one.view() == null ? null : one.view().waiting(),
                        other.view() == null ? null : other.view().waiting());
    }

    private void ask(Route route) {
        var id = route.getRouteId();
        try {
            var problem = problem(route);
            var before = seen.get(id);
            var now = clock.instant();
            var since = problem == null
                    ? null
                    : before == null || before.problemSince() == null ? now : before.problemSince();
            if (problem != null && (before == null || !problem.equals(before.problem()))) {
                failures.note(id, null, problem);
            }
            seen.put(id, new Seen(now, view(route), problem, since));
        } catch (RuntimeException away) {
            LOG.debug("The source of route {} can't be looked at now", id, away);
        } finally {
            asking.remove(id);
        }
    }

    private @Nullable String problem(Route route) {
        if (route.getConsumer() instanceof PolledSource polled) {
            return polled.problem();
        }
        // What a step asks by a timer fails as a whole; what people hand in at a door is told to them.
        return route.getEndpoint() instanceof TimerEndpoint
                        && routes.figures(route.getRouteId())
                                .map(SourceWatch::failedLast)
                                .orElse(false)
                ? "the last look at it failed. See the last failures"
                : null;
    }

    private static boolean failedLast(ManagedRouteMBean figures) {
        var failed = figures.getLastExchangeFailureTimestamp();
        var well = figures.getLastExchangeCompletedTimestamp();
        return failed != null && (well == null || failed.after(well));
    }

    private @Nullable SourceView view(Route route) {
        if (route.getConsumer() instanceof PolledSource polled) {
            return polled.view();
        }
        if (route.getEndpoint() instanceof FileEndpoint folder) {
            return folders.look(folder);
        }
        return route.getEndpoint() instanceof TimerEndpoint timer ? timed(route, timer) : null;
    }

    /** What its step saw, with when the timer has it look again. */
    private SourceView timed(Route route, TimerEndpoint timer) {
        var id = route.getRouteId();
        var step = steps.stream()
                .flatMap(one -> one.view(id).stream())
                .findFirst()
                .orElse(new SourceView(null, null, null, List.of()));
        var begun = routes.figures(id)
                .map(ManagedRouteMBean::getLastExchangeCreatedTimestamp)
                .map(Date::toInstant)
                .orElse(null);
        var period = Duration.ofMillis(timer.getPeriod());
        var next = step.nextAt() != null ? step.nextAt() : begun == null ? null : begun.plus(period);
        var facts = new ArrayList<Fact>(step.facts());
        facts.add(new Fact("Looked at every", Words.duration(period)));
        return new SourceView(step.lookedAt(), next, step.waiting(), facts);
    }
}
