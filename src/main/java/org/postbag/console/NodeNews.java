package org.postbag.console;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.postbag.console.NodeTable.Told;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this node tells the others: that it is alive, every now and then; how its routes are, when that changes. */
final class NodeNews {

    private static final Duration BEAT_AGAIN = Duration.ofSeconds(2);

    private final String node;
    private long nextBeatNanos = System.nanoTime();
    private List<Told> told = List.of();

    NodeNews(String node) {
        this.node = node;
    }

    void beat(JdbcClient jdbc) {
        if (System.nanoTime() - nextBeatNanos >= 0) {
            var table = new NodeTable(jdbc, node);
            table.beat();
            table.tell(told);
            nextBeatNanos = System.nanoTime() + BEAT_AGAIN.toNanos();
        }
    }

    void tell(JdbcClient jdbc, Collection<Told> now) {
        if (!lasting(now).equals(lasting(told))) {
            new NodeTable(jdbc, node).tell(now);
        }
        told = List.copyOf(now);
    }

    /** How many items are in hand changes all the time: it is told at once only while somebody waits for it. */
    private static List<Told> lasting(Collection<Told> all) {
        return all.stream()
                .map(told -> switch (told.state()) {
                    case STOPPING, SUSPENDING -> told;
                    default -> new Told(told.route(), told.state(), told.problem(), 0);
                })
                .toList();
    }
}
