package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.postbag.console.seeing.RoutesBoard.Known;
import org.postbag.work.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks now and then what is wrong with the ways in. One node at a time says that an alarm begins or is over; every node shows them. */
@Component
@Profile("!command")
class AlarmWatch {

    private static final Duration KEPT = Duration.ofDays(365);
    private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);

    private final AlarmCauses causes;
    private final AlarmTable table;
    private final RoutesBoard board;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile List<RouteAlarm> open = List.of();

    AlarmWatch(
            AlarmCauses causes,
            AlarmTable table,
            RoutesBoard board,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.causes = causes;
        this.table = table;
        this.board = board;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Those that go on, as they were a few seconds ago. */
    List<RouteAlarm> open() {
        return open;
    }

    List<RouteAlarm> of(String route) {
        return open.stream().filter(alarm -> alarm.route().equals(route)).toList();
    }

    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT20S")
    void look() {
        try {
            transaction.executeWithoutResult(_ -> {
                if (AdvisoryLock.ALARMING.takeUntilEnd(jdbc)) {
                    var now = clock.instant();
                    table.change(causes.now(now, table.openKeys()), now);
                    table.forget(now.minus(KEPT));
                }
            });
            open = table.open(board.known().stream()
                    .map(Known::shown)
                    .map(shown -> shown.id())
                    .collect(Collectors.toSet()));
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("Alarms can't be looked for now", away);
        }
    }
}
