package org.postbag.console.seeing;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.changing.Versions;
import org.postbag.console.seeing.RoutesBoard.Known;
import org.postbag.console.seeing.SourceWatch.Seen;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.postbag.staff.Unattended;
import org.postbag.staff.WithoutDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** One route: its state, its steps with what was counted at each, its source, its settings, what is in flight, what failed, and who did what. */
@Controller
@Profile("!command")
@AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class RoutePage {

    static final String PATH = "/routes/{id}";
    private static final int HISTORY_SHOWN_MAX = 30;
    private static final Logger LOG = LoggerFactory.getLogger(RoutePage.class);

    private final RoutesBoard board;
    private final RouteSteps steps;
    private final RouteSettings settings;
    private final Failures failures;
    private final InFlight inFlight;
    private final Tracing tracing;
    private final AlarmWatch alarms;
    private final CamelRoutes running;
    private final Versions versions;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final Clock clock;

    RoutePage(
            RoutesBoard board,
            RouteSteps steps,
            RouteSettings settings,
            Failures failures,
            InFlight inFlight,
            Tracing tracing,
            AlarmWatch alarms,
            CamelRoutes running,
            Versions versions,
            AuditTrail trail,
            CurrentStaff staff,
            Clock clock) {
        this.board = board;
        this.steps = steps;
        this.settings = settings;
        this.failures = failures;
        this.inFlight = inFlight;
        this.tracing = tracing;
        this.alarms = alarms;
        this.running = running;
        this.versions = versions;
        this.trail = trail;
        this.staff = staff;
        this.clock = clock;
    }

    /** A failure as shown. */
    public record ShownFailure(String at, String where, String kind) {}

    /** An item in hand as shown. */
    public record ShownItem(String since, String where, String forWords, boolean blocked) {}

    /** An hour of the sparkline. */
    public record Hour(String from, long items) {}

    @GetMapping(PATH)
    @WithoutDatabase
    ModelAndView route(@PathVariable String id) {
        var known = board.known(id);
        if (known.isEmpty()) {
            return missing(id);
        }
        var page = now("console/route", known.get());
        page.addObject("settings", settings.inWords(id));
        page.addObject("connector", running.connector(id));
        addRecord(page, id);
        page.addObject("trace", tracing.of(id).orElse(null));
        return page;
    }

    /** What stands in the database; where that is away the rest is shown all the same. */
    private void addRecord(ModelAndView page, String id) {
        if (!board.away().isEmpty()) {
            return;
        }
        try {
            page.addObject("version", versions.inForce("route", id).orElse(null));
            page.addObject("history", trail.history(new Subject("route", id), HISTORY_SHOWN_MAX));
        } catch (DataAccessException away) {
            LOG.debug("The history of route {} can't be read now", id, away);
        }
    }

    /** What of the page changes, asked for by the page itself where there is news. */
    @GetMapping(PATH + "/now")
    @Unattended
    @WithoutDatabase
    ModelAndView now(@PathVariable String id) {
        return board.known(id).map(known -> now("console/route :: now", known)).orElseGet(() -> missing(id));
    }

    private ModelAndView now(String view, Known known) {
        var id = known.shown().id();
        var page = new ModelAndView(view);
        addState(page, known);
        addSteps(page, id);
        addSource(page, known.seen(), known.shown().state().equals("started"));
        page.addObject("alarms", alarms.of(id));
        page.addObject("away", board.away());
        addRights(page, staff.member());
        return page;
    }

    static ModelAndView missing(String id) {
        var page = new ModelAndView("console/no-route");
        page.setStatus(HttpStatus.NOT_FOUND);
        page.addObject("id", id);
        return page;
    }

    private void addState(ModelAndView page, Known known) {
        var line = board.line(known);
        page.addObject("route", line);
        page.addObject("shown", known.shown());
        page.addObject("nodes", known.shown().nodes());
        page.addObject("doings", Doing.values());
        page.addObject("hours", hours(known.count().hours()));
    }

    private List<Hour> hours(List<Long> counts) {
        var thisHour = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.HOURS);
        return java.util.stream.IntStream.range(0, counts.size())
                .mapToObj(i -> new Hour(
                        TimeWords.at(thisHour.minus(java.time.Duration.ofHours(counts.size() - 1L - i)), clock),
                        counts.get(i)))
                .toList()
                .reversed();
    }

    private void addSteps(ModelAndView page, String id) {
        var all = steps.of(id);
        page.addObject("steps", all);
        page.addObject("diagram", Diagram.of(all));
        page.addObject(
                "failures",
                failures.of(id).stream()
                        .map(one -> new ShownFailure(
                                TimeWords.at(one.at(), clock), steps.words(id, one.node()), one.kind()))
                        .toList());
        page.addObject(
                "inFlight",
                inFlight.of(id).stream()
                        .map(one -> new ShownItem(
                                TimeWords.at(one.since(), clock),
                                steps.words(id, one.node()),
                                one.atStepFor(),
                                one.blocked()))
                        .toList());
    }

    private void addSource(ModelAndView page, Optional<Seen> seen, boolean runs) {
        var view = seen.map(Seen::view).orElse(null);
        page.addObject("source", view);
        page.addObject(
                "asOf",
                seen.map(Seen::at)
                        .filter(at -> at.plus(RoutesBoard.FRESH).isBefore(clock.instant()))
                        .map(at -> TimeWords.at(at, clock))
                        .orElse(""));
        page.addObject("lookedAt", view == null ? "" : TimeWords.at(view.lookedAt(), clock));
        page.addObject("nextAt", view == null || !runs ? "" : TimeWords.at(view.nextAt(), clock));
        page.addObject(
                "problemSince",
                seen.map(Seen::problemSince).map(at -> TimeWords.at(at, clock)).orElse(""));
    }

    static void addRights(ModelAndView page, StaffMember member) {
        page.addObject("mayAct", RouteRoles.mayAct(member));
        page.addObject("mayEdit", RouteRoles.mayEdit(member));
        page.addObject("mayContent", RouteRoles.maySeeContent(member));
    }
}
