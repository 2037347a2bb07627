package org.postbag.console.seeing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Routes and alarms as metrics: ids of routes and numbers, nothing of people. */
@Component
@Profile("!command")
class RouteMetrics {

    private final RoutesBoard board;
    private final AlarmWatch alarms;
    private final MultiGauge open;
    private final MultiGauge running;
    private final MultiGauge today;
    private final MultiGauge waiting;
    private final MultiGauge failed;

    RouteMetrics(RoutesBoard board, AlarmWatch alarms, MeterRegistry registry) {
        this.board = board;
        this.alarms = alarms;
        this.open = gauge(registry, "postbag.alarms", "Alarms that go on, by kind");
        this.running = gauge(registry, "postbag.route.running", "1 where the route runs as it is wanted to");
        this.today = gauge(registry, "postbag.route.today", "Items since midnight in the United Kingdom");
        this.waiting = gauge(registry, "postbag.route.waiting", "Mails or files that wait at the source");
        this.failed = gauge(registry, "postbag.route.failed", "Failures since the route was loaded");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    @Scheduled(initialDelayString = "PT25S", fixedDelayString = "PT20S")
    void count() {
        try {
            var lines = board.lines();
            register(running, lines, line -> line.stateCode().equals("started") ? 1 : 0);
            register(today, lines, RouteLine::today);
            register(failed, lines, RouteLine::failed);
            register(
                    waiting,
                    lines.stream().filter(line -> line.waitingCount() != null).toList(),
                    line -> Objects.requireNonNullElse(line.waitingCount(), 0L));
            var now = alarms.open();
            open.register(
                    Arrays.stream(RouteAlarm.Kind.values())
                            .map(kind -> Row.of(
                                    Tags.of("kind", kind.code()),
                                    now.stream()
                                            .filter(alarm -> alarm.kind() == kind)
                                            .count()))
                            .toList(),
                    true);
        } catch (DataAccessException away) {
            // As they were, until it is back.
        }
    }

    private static void register(MultiGauge gauge, List<RouteLine> lines, ToDoubleFunction<RouteLine> of) {
        gauge.register(
                lines.stream()
                        .<Row<?>>map(line -> Row.of(Tags.of("route", line.id()), of.applyAsDouble(line)))
                        .toList(),
                true);
    }
}
