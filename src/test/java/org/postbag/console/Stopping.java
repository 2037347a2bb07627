package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.postbag.console.RouteDesk.Outcome;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;

/** Stops routes for tests of what becomes of items meanwhile. Camel alone would not do: what is wanted is carried out again at once. */
public final class Stopping {

    private static final StaffMember OPERATOR =
            new StaffMember("staff:tom", "Tom Ackroyd", Set.of(Role.ROUTE_OPERATOR));

    private Stopping() {}

    public static void stop(RouteDesk desk, String route) {
        change(desk, route, Act.STOP, "stopped");
    }

    public static void start(RouteDesk desk, String route) {
        change(desk, route, Act.START, "started");
    }

    private static void change(RouteDesk desk, String route, Act act, String state) {
        assertThat(desk.change(List.of(route), act, "a test", null, OPERATOR)).isInstanceOf(Outcome.Done.class);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> desk.one(route).orElseThrow().state().equals(state));
    }
}
