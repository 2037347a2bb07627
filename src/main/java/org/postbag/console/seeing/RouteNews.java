package org.postbag.console.seeing;

import java.util.List;
import java.util.Optional;
import org.postbag.staff.PageStreams;
import org.postbag.staff.StaffSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Tells open lists of routes what has changed: a change of state within a second. */
@Component
@Profile("!command")
class RouteNews {

    /** A word is sent also without news, so that it is noticed when nobody is there any more: each so many looks. */
    private static final int LOOKS_A_WORD = 10;

    private static final Logger LOG = LoggerFactory.getLogger(RouteNews.class);

    private final PageStreams streams = new PageStreams("routes");
    private final RoutesBoard board;
    private final AlarmWatch alarms;
    private final JsonMapper json;
    private int looks;

    RouteNews(RoutesBoard board, AlarmWatch alarms, JsonMapper json) {
        this.board = board;
        this.alarms = alarms;
        this.json = json;
    }

    /** What a page is told. */
    record News(RoutesBoard.Totals totals, List<Line> routes, List<String> alarms) {}

    /** @param columns where each column of the sparkline begins, and its height */
    record Line(
            String id,
            String sign,
            String state,
            String wanted,
            String health,
            long today,
            List<List<Integer>> columns,
            String rate,
            long inFlight,
            long failed,
            String last,
            String waiting,
            String next,
            List<String> can) {

        static Line of(RouteLine line) {
            return new Line(
                    line.id(),
                    line.sign(),
                    line.state(),
                    line.wanted(),
                    line.health(),
                    line.today(),
                    line.rate().columns().stream()
                            .map(column -> List.of(column.y(), column.height()))
                            .toList(),
                    line.rate().says(),
                    line.inFlight(),
                    line.failed(),
                    line.last(),
                    line.waiting(),
                    line.next(),
                    line.can());
        }
    }

    String news(RoutesBoard.Totals totals, List<RouteLine> lines, List<RouteAlarm> open) {
        return json.writeValueAsString(new News(
                totals,
                lines.stream().map(Line::of).toList(),
                open.stream().map(RouteAlarm::key).toList()));
    }

    Optional<SseEmitter> open(StaffSession session, String shown) {
        return streams.open(session, shown);
    }

    @Scheduled(initialDelayString = "PT3S", fixedDelayString = "PT0.4S")
    void look() {
        if (streams.count() == 0) {
            return;
        }
        try {
            var news = news(board.totals(), board.lines(), alarms.open());
            if (++looks % LOOKS_A_WORD == 0) {
                streams.tell(_ -> news);
            } else {
                streams.tellChanged(news);
            }
        } catch (DataAccessException away) {
            LOG.debug("The routes can't be shown now", away);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        streams.close();
    }

    int count() {
        return streams.count();
    }
}
