package org.postbag.staff.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private final Hand hand = new Hand();
    private final SignInThrottle throttle = new SignInThrottle(hand);

    /** A clock that the test moves. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-03-03T16:05:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private void fail(String username, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.mayTry(username, address)).isTrue();
        }
    }

    @Test
    void oneAddressThatGuessesIsStoppedAndTheOwnerElsewhereIsNot() {
        fail("priya", "10.0.0.9", SignInThrottle.FAILURES_ACCOUNT_AT_ADDRESS_MAX);

        assertThat(throttle.mayTry("Priya ", "10.0.0.9")).isFalse();
        assertThat(throttle.mayTry("priya", "10.0.0.1")).isTrue();
        assertThat(throttle.mayTry("owen", "10.0.0.9")).isTrue();
    }

    @Test
    void theWaitEnds() {
        fail("priya", "10.0.0.9", SignInThrottle.FAILURES_ACCOUNT_AT_ADDRESS_MAX);

        hand.pass(SignInThrottle.WINDOW.plusSeconds(1));

        assertThat(throttle.mayTry("priya", "10.0.0.9")).isTrue();
    }

    @Test
    void triesFromManyAddressesAreOneAttackOnTheAccount() {
        for (int i = 0; i < SignInThrottle.FAILURES_ACCOUNT_MAX; i++) {
            fail("priya", "10.0.1." + i, 1);
        }

        assertThat(throttle.mayTry("priya", "10.0.2.1")).isFalse();
    }

    @Test
    void triesAtManyAccountsAreOneAttackFromTheAddress() {
        for (int i = 0; i < SignInThrottle.FAILURES_ADDRESS_MAX; i++) {
            fail("guess" + i, "10.0.0.9", 1);
        }

        assertThat(throttle.mayTry("another", "10.0.0.9")).isFalse();
    }

    @Test
    void aRightPasswordForgetsTheWrongOnesBeforeIt() {
        for (int day = 0; day < 100; day++) {
            fail("priya", "10.0.0.1", SignInThrottle.FAILURES_ACCOUNT_AT_ADDRESS_MAX - 1);
            assertThat(throttle.mayTry("priya", "10.0.0.1")).isTrue();
            throttle.succeeded("priya", "10.0.0.1");
            hand.pass(SignInThrottle.WINDOW.plusSeconds(1));
        }
    }

    @Test
    void manyUnknownTokensShutTheirAddressForTokensAndNothingElse() {
        for (int i = 0; i < SignInThrottle.FAILURES_ADDRESS_MAX; i++) {
            assertThat(throttle.mayTryToken("10.0.0.7")).isTrue();
            throttle.unknownToken("10.0.0.7");
        }

        assertThat(throttle.mayTryToken("10.0.0.7")).isFalse();
        assertThat(throttle.mayTryToken("10.0.0.8")).isTrue();
        assertThat(throttle.mayTry("priya", "10.0.0.7")).isTrue();
        hand.pass(SignInThrottle.WINDOW.plusSeconds(1));
        assertThat(throttle.mayTryToken("10.0.0.7")).isTrue();
    }
}
