package org.postbag.console;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.console.RouteDesk.Shown;
import org.postbag.receiving.Channel;

/**
 * A route, and what would become of it if something were done.
 *
 * @param channel as people read it
 * @param waiting what waits at its source; empty where that isn't known
 * @param changes whether anything would
 * @param would what, or why nothing
 */
public record WouldBecome(Shown route, String channel, String waiting, boolean changes, String would) {

    static WouldBecome of(Act act, Shown route, String waiting) {
        var channel = Optional.ofNullable(route.channel())
                .flatMap(Channel::of)
                .map(Channel::label)
                .orElse("");
        var stays = stays(act, route);
        return new WouldBecome(route, channel, waiting, stays == null, stays == null ? would(act, route) : stays);
    }

    /** Why nothing would be changed; null where something would. */
    private static @Nullable String stays(Act act, Shown route) {
        if (route.state().equals(RouteState.NOT_LOADED.code())) {
            return "It isn’t loaded, so nothing can be done with it.";
        }
        var wanted = act.wanted();
        if (wanted == null) {
            return route.polls()
                    ? route.wanted().equals(Wanted.STARTED.code())
                            ? null
                            : "It is " + route.wanted() + ". Start it first."
                    : "It takes what comes when it comes: there is no source to look at.";
        }
        return wanted.code().equals(route.wanted()) && wanted == Wanted.STARTED ? "It is to run already." : null;
    }

    private static String would(Act act, Shown route) {
        return switch (act) {
            case START, RESUME ->
                route.polls() ? "Takes what waits at its source, oldest first." : "Takes what is sent from now on.";
            case STOP, SUSPEND -> held(route);
            case RUN -> "Looks at its source at once.";
        };
    }

    /** What becomes of what people send meanwhile. */
    private static String held(Shown route) {
        if (route.polls()) {
            return "What is sent waits at its source, and is taken when it starts again.";
        }
        return switch (Channel.of(String.valueOf(route.channel())).orElse(Channel.EMAIL)) {
            case WEB_FORM -> "People can’t send the form: they are told so, and what they typed stays on their page.";
            case BY_HAND -> "Staff can’t record calls, visits and letters.";
            case X, FACEBOOK -> "What is sent to us is refused, and the sender’s system tries again later.";
            default -> "What is sent to it is refused, and its sender keeps it.";
        };
    }
}
