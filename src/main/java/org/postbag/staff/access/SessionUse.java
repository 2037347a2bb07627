package org.postbag.staff.access;

import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** When somebody last used a session. The server's own clock of it is moved by what a page asks by itself too. */
@Component
class SessionUse {

    private static final String USED_AT = SessionUse.class.getName() + ".used-at";

    private final Clock clock;

    SessionUse(Clock clock) {
        this.clock = clock;
    }

    void used(HttpSession session) {
        session.setAttribute(USED_AT, clock.instant());
    }

    /** Whether nobody has used it for the time after which sessions end, or it has ended. */
    boolean isOver(HttpSession session) {
        try {
            var period = Duration.ofSeconds(session.getMaxInactiveInterval());
            return session.getAttribute(USED_AT) instanceof Instant usedAt
                    && period.isPositive()
                    && usedAt.plus(period).isBefore(clock.instant());
        } catch (IllegalStateException ended) {
            return true;
        }
    }
}
