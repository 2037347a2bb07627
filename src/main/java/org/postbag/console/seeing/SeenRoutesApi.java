package org.postbag.console.seeing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.console.RouteDesk.Shown;
import org.postbag.console.seeing.RoutesBoard.Known;
import org.postbag.console.seeing.SourceWatch.Seen;
import org.postbag.receiving.SourceView;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/routes}: how the ways in are, as the pages show it. */
@RestController
@Profile("!command")
@AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class SeenRoutesApi {

    private final RoutesBoard board;
    private final RouteSteps steps;
    private final RouteSettings settings;
    private final Failures failures;
    private final InFlight inFlight;
    private final AlarmWatch alarms;
    private final FilingQueue filing;

    SeenRoutesApi(
            RoutesBoard board,
            RouteSteps steps,
            RouteSettings settings,
            Failures failures,
            InFlight inFlight,
            AlarmWatch alarms,
            FilingQueue filing) {
        this.board = board;
        this.steps = steps;
        this.settings = settings;
        this.failures = failures;
        this.inFlight = inFlight;
        this.alarms = alarms;
        this.filing = filing;
    }

    record All(
            List<Shown> routes,
            List<Figures> figures,
            List<Alarm> alarms,
            @Nullable Long waitingToBeFiled) {}

    /** @param hours items an hour, this hour last */
    record Figures(
            String id,
            long today,
            List<Long> hours,
            @Nullable Instant lastItemAt,
            long quarantined,
            @Nullable Long waiting,
            @Nullable Instant lookedAt,
            @Nullable Instant nextLookAt,
            @Nullable Instant problemSince) {

        static Figures of(Known known) {
            var view = known.seen().map(Seen::view).orElse(null);
            return new Figures(
                    known.shown().id(),
                    known.count().today(),
                    known.count().hours(),
                    known.count().last(),
                    known.count().quarantined(),
                    view == null ? null : view.waiting(),
                    view == null ? null : view.lookedAt(),
                    view == null ? null : view.nextAt(),
                    known.seen().map(Seen::problemSince).orElse(null));
        }
    }

    record Alarm(String kind, String route, Instant since, String words) {

        static Alarm of(RouteAlarm alarm) {
            return new Alarm(alarm.kind().code(), alarm.route(), alarm.since(), alarm.words());
        }
    }

    record StepShown(String id, String words, Step.@Nullable Figures figures, List<StepShown> inside) {

        static StepShown of(Step step) {
            return new StepShown(
                    step.id(),
                    step.words(),
                    step.figures(),
                    step.inside().stream().map(StepShown::of).toList());
        }
    }

    /** @param node the step that it is at, or null */
    record ItemShown(Instant since, @Nullable String node, long atStepMilliseconds, boolean blocked) {}

    record One(
            Shown route,
            Figures figures,
            List<Alarm> alarms,
            List<StepShown> steps,
            List<SourceView.Fact> source,
            List<RouteSettings.Setting> settings,
            List<Failures.Failure> failures,
            List<ItemShown> inFlight) {}

    @GetMapping("/api/routes")
    All routes() {
        var known = board.known();
        var asked = filing.latest();
        return new All(
                known.stream().map(Known::shown).toList(),
                known.stream().map(Figures::of).toList(),
                alarms.open().stream().map(Alarm::of).toList(),
                asked == null ? null : asked.receipts());
    }

    @GetMapping("/api/routes/{id}")
    One route(@PathVariable String id) {
        var known = board.known(id)
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.NOT_FOUND, "No such route", "No file and no version has such a route"));
        return new One(
                known.shown(),
                Figures.of(known),
                alarms.of(id).stream().map(Alarm::of).toList(),
                steps.of(id).stream().map(StepShown::of).toList(),
                known.seen().map(Seen::view).map(SourceView::facts).orElse(List.of()),
                settings.of(id),
                failures.of(id),
                inFlight.of(id).stream()
                        .map(item -> new ItemShown(
                                item.since(), item.node(), item.atStep().toMillis(), item.blocked()))
                        .toList());
    }
}
