package org.postbag.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** One change of one route at a time on this node, whoever makes it: a start, a stop, a swap of its version. */
@Component
@Profile("!command")
public final class RouteTurns {

    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    /** Waits for its turn. What is done within a turn may take that turn again. */
    public void during(String route, Runnable what) {
        var turn = turns.computeIfAbsent(route, any -> new ReentrantLock());
        turn.lock();
        try {
            what.run();
        } finally {
            turn.unlock();
        }
    }
}
