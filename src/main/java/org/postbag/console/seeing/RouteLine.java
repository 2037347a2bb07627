package org.postbag.console.seeing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as a line of the list shows it: words, not codes, and none that change without there being news.
 *
 * @param channel as people read it; empty for a route that no connector tells the channel of
 * @param sign {@code ok}, {@code bad}, {@code amber} or {@code off}: the shape before the state
 * @param state how it is, and who wanted it so
 * @param wanted what is wanted where that differs from what is; empty where it doesn't
 * @param health what is wrong and what to do; empty where nothing is
 * @param waiting how much lies at its source, or empty where that isn't known
 * @param waitingCount likewise as a number; null where it isn't known
 * @param can what may be done with it now: words of {@link Doing}
 */
public record RouteLine(
        String id,
        String channel,
        String channelCode,
        String stateCode,
        String sign,
        String state,
        String wanted,
        String health,
        long today,
        Sparkline rate,
        long inFlight,
        long failed,
        String last,
        String waiting,
        @Nullable Long waitingCount,
        String next,
        List<String> can) {

    public RouteLine {
        can = List.copyOf(can);
    }

    public boolean can(Doing what) {
        return can.contains(what.code());
    }
}
