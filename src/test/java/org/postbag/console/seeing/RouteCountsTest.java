package org.postbag.console.seeing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.postbag.Records;
import org.postbag.TestServers;
import org.postbag.console.CutDataSource;
import org.postbag.receiving.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What came in by each route, as its pages count it. */
class RouteCountsTest {

    private final CutDataSource network = new CutDataSource(TestServers.database());
    private final JdbcClient jdbc = JdbcClient.create(network);
    private final InstantSource later = () -> Clock.systemUTC().instant().plus(passed());
    private final RouteCounts counts = new RouteCounts(jdbc, later.withZone(ZoneOffset.UTC));
    private Duration passed = Duration.ZERO;

    private Duration passed() {
        return passed;
    }

    private void receive() {
        new Records(jdbc).stored(new Records(jdbc).receipt(Channel.LETTER, Duration.ZERO, null), "filed");
    }

    private long counted() {
        return counts.now().of("test-letter").hours().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void whatWasCountedStaysWhileTheDatabaseIsAway() {
        receive();
        assertThat(counted()).isEqualTo(1);
        network.cut();
        passed = passed.plusSeconds(10);

        assertThat(counted()).isEqualTo(1);

        network.mend();
        receive();
        passed = passed.plusSeconds(10);
        assertThat(counted()).isEqualTo(2);
    }

    /** A database that stood still for minutes, or a clock that jumped. */
    @Test
    void aCountThatStoodStillIsNotRestedFromForLong() {
        assertThat(RouteCounts.rest(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(RouteCounts.rest(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(20));
        assertThat(RouteCounts.rest(Duration.ofMinutes(4))).isEqualTo(Duration.ofMinutes(1));
        assertThat(RouteCounts.rest(Duration.ofHours(-2))).isEqualTo(Duration.ofSeconds(2));
    }
}
