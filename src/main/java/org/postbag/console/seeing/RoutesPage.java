package org.postbag.console.seeing;

import java.util.List;
import org.postbag.receiving.Channel;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageStreams;
import org.postbag.staff.Role;
import org.postbag.staff.StaffSessions;
import org.postbag.staff.Unattended;
import org.postbag.staff.WithoutDatabase;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** All routes on one page. Buttons are links to the pages that ask for a reason; who may only look has none. */
@Controller
@Profile("!command")
@AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class RoutesPage {

    static final String PATH = "/routes";

    private final RoutesBoard board;
    private final RouteNews news;
    private final AlarmWatch alarms;
    private final CurrentStaff staff;
    private final StaffSessions sessions;

    RoutesPage(RoutesBoard board, RouteNews news, AlarmWatch alarms, CurrentStaff staff, StaffSessions sessions) {
        this.board = board;
        this.news = news;
        this.alarms = alarms;
        this.staff = staff;
        this.sessions = sessions;
    }

    /** A channel that has routes, to do something with all of them. */
    public record ChannelChoice(String code, String label) {}

    @GetMapping(PATH)
    @WithoutDatabase
    ModelAndView list() {
        var lines = board.lines();
        var totals = board.totals();
        var page = new ModelAndView("console/routes");
        page.addObject("routes", lines);
        page.addObject("totals", totals);
        var open = alarms.open();
        page.addObject("alarms", open);
        page.addObject("channels", channels(lines));
        page.addObject("stamp", PageStreams.stamp(news.news(totals, lines, open)));
        page.addObject("doings", Doing.values());
        page.addObject("mayAct", RouteRoles.mayAct(staff.member()));
        page.addObject("mayEdit", RouteRoles.mayEdit(staff.member()));
        return page;
    }

    private static List<ChannelChoice> channels(List<RouteLine> lines) {
        return lines.stream()
                .map(RouteLine::channelCode)
                .distinct()
                .flatMap(code -> Channel.of(code).stream())
                .map(channel -> new ChannelChoice(channel.code(), channel.label()))
                .toList();
    }

    /** @param shown the stamp of what the page shows. A browser that is answered with 204 doesn't come back by itself. */
    @GetMapping(path = PATH + "/news", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Unattended
    @WithoutDatabase
    ResponseEntity<SseEmitter> open(@RequestParam String shown) {
        return sessions.current()
                .flatMap(session -> news.open(session, shown))
                // A proxy that collects what it passes on would hold events back.
                .map(stream ->
                        ResponseEntity.ok().header("X-Accel-Buffering", "no").body(stream))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}
