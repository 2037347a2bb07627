package org.postbag.staff.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

class SessionUseTest {

    private static final Instant START = Instant.parse("2026-03-03T09:00:00Z");

    private static SessionUse at(Duration later) {
        return new SessionUse(Clock.fixed(START.plus(later), ZoneOffset.UTC));
    }

    @Test
    void aSessionIsOverOnceNobodyHasUsedItForItsTimeHoweverOftenAPageAsked() {
        var session = new MockHttpSession();
        session.setMaxInactiveInterval(3_600);
        at(Duration.ZERO).used(session);

        // What a page asks moves the server's own clock, and not this one.
        session.access();

        assertThat(at(Duration.ofMinutes(60)).isOver(session)).isFalse();
        assertThat(at(Duration.ofMinutes(61)).isOver(session)).isTrue();
        at(Duration.ofMinutes(60)).used(session);
        assertThat(at(Duration.ofMinutes(61)).isOver(session)).isFalse();
    }

    @Test
    void oneThatHasEndedIsOver() {
        var session = new MockHttpSession();
        at(Duration.ZERO).used(session);
        session.invalidate();

        assertThat(at(Duration.ZERO).isOver(session)).isTrue();
    }
}
