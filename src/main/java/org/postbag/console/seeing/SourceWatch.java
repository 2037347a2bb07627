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

    private final CamelRoutes routes;
    private final List<ViewedSources> steps;
    private final FolderView folders;
    private final SourceTable table;
    private final Failures failures;
    private final Clock clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Seen> written = new ConcurrentHashMap<>();
    private volatile Map<String, Seen> elsewhere = Map.of();
    private final Map<String, Instant> asking = new ConcurrentHashMap<>();

    SourceWatch(CamelRoutes routes, List<ViewedSources> steps, SourceTable table, Failures failures, Clock clock) {
        this.routes = routes;
        this.steps = steps;
        this.table = table;
        this.failures = failures;
        this.folders = new FolderView(clock);
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

    /**
     * What a source says when it is asked.
     *
     * @param view likewise
     * @param problem likewise
     */
    record Answer(@Nullable SourceView view, @Nullable String problem) {}

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
            var answer = answer(route);
            var problem = answer.problem();
            var before = seen.get(id);
            var now = clock.instant();
            var since = problem == null
                    ? null
                    : before == null || before.problemSince() == null ? now : before.problemSince();
            // What a step asks by a timer fails as an exchange, which is noted already.
            if (problem != null
                    && !(route.getEndpoint() instanceof TimerEndpoint)
                    && (before == null || !problem.equals(before.problem()))) {
                failures.note(id, null, problem);
            }
            seen.put(id, new Seen(now, answer.view(), problem, since));
        } catch (RuntimeException away) {
            LOG.debug("The source of route {} can't be looked at now", id, away);
        } finally {
            asking.remove(id);
        }
    }

    /** What people hand in at a door is told to them: a door has no source that could fail. */
    private Answer answer(Route route) {
        if (route.getConsumer() instanceof PolledSource polled) {
            return new Answer(polled.view(), polled.problem());
        }
        return switch (route.getEndpoint()) {
            case FileEndpoint folder -> taken(route.getRouteId(), folders.look(folder));
            case TimerEndpoint timer -> timed(route.getRouteId(), timer);
            default -> new Answer(null, null);
        };
    }

    /** A folder that can be read, of which a file can't be taken. */
    private Answer taken(String id, Answer folder) {
        var view = folder.view();
        boolean waits = view != null && view.waiting() != null && view.waiting() > 0;
        return folder.problem() == null && waits && failedLast(id)
                ? new Answer(view, "the file that it tried last could not be taken. See the last failures")
                : folder;
    }

    private boolean failedLast(String id) {
        return routes.figures(id).map(SourceWatch::failedLast).orElse(false);
    }

    private static boolean failedLast(ManagedRouteMBean figures) {
        var failed = figures.getLastExchangeFailureTimestamp();
        var well = figures.getLastExchangeCompletedTimestamp();
        return failed != null && (well == null || failed.after(well));
    }

    /** What its step saw, with when the timer has it look again. */
    private Answer timed(String id, TimerEndpoint timer) {
        var view = steps.stream()
                .flatMap(one -> one.view(id).stream())
                .findFirst()
                .orElse(new SourceView(null, null, null, List.of()));
        var begun = routes.figures(id)
                .map(ManagedRouteMBean::getLastExchangeCreatedTimestamp)
                .map(Date::toInstant)
                .orElse(null);
        var period = Duration.ofMillis(timer.getPeriod());
        var next = view.nextAt() != null ? view.nextAt() : begun == null ? null : begun.plus(period);
        var facts = new ArrayList<Fact>(view.facts());
        facts.add(new Fact("Looked at every", TimeWords.duration(period)));
        var problem = steps.stream()
                .flatMap(one -> one.problem(id).stream())
                .findFirst()
                .orElse(failedLast(id) ? "the last look at it failed. See the last failures" : null);
        return new Answer(new SourceView(view.lookedAt(), next, view.waiting(), facts), problem);
    }
}
