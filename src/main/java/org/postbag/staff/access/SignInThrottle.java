package org.postbag.staff.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Counts failed sign-ins by account and address, so that passwords can't be guessed by trying. An account is not shut for everyone by one who guesses
 * from one address; one who guesses from many meets the account's own, wider limit. What is counted is bounded and lives in memory alone.
 */
@Component
class SignInThrottle {

    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int FAILURES_ACCOUNT_AT_ADDRESS_MAX = 5;
    static final int FAILURES_ADDRESS_MAX = 50;
    static final int FAILURES_ACCOUNT_MAX = 50;
    private static final int COUNTED_MAX = 20_000;

    private final Clock clock;
    private final Map<Key, Count> counts = new LinkedHashMap<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    private record Key(String account, String address, int limit) {}

    private record Count(Instant until, int failures) {}

    /** Counts a try before its password is looked at, so that many at once are many. False: refuse it, whatever the password. */
    synchronized boolean mayTry(String username, String address) {
        var now = clock.instant();
        var keys = keys(username, address);
        if (keys.stream().anyMatch(key -> failures(key, now) >= key.limit())) {
            return false;
        }
        keys.forEach(key -> add(key, now, 1));
        return true;
    }

    /** The password was right: what this account failed at this address is forgotten, and the try counts nowhere. */
    synchronized void succeeded(String username, String address) {
        var now = clock.instant();
        var keys = keys(username, address);
        counts.remove(keys.getFirst());
        keys.stream().skip(1).forEach(key -> add(key, now, -1));
    }

    /** The password could not be looked at: the try counts nowhere. */
    synchronized void neverTried(String username, String address) {
        var now = clock.instant();
        keys(username, address).forEach(key -> add(key, now, -1));
    }

    /** Whether a token from an address is looked at: not for a while after many that nobody has. */
    synchronized boolean mayTryToken(String address) {
        return failures(tokens(address), clock.instant()) < FAILURES_ADDRESS_MAX;
    }

    /** A token came that nobody has. Tokens can't be guessed; this keeps who tries from keeping the database busy. */
    synchronized void unknownToken(String address) {
        add(tokens(address), clock.instant(), 1);
    }

    /** No account is called so: names have no spaces. */
    private static Key tokens(String address) {
        return new Key("a token", address, FAILURES_ADDRESS_MAX);
    }

    private static List<Key> keys(String username, String address) {
        var account = username.strip().toLowerCase(Locale.ROOT);
        return List.of(
                new Key(account, address, FAILURES_ACCOUNT_AT_ADDRESS_MAX),
                new Key("", address, FAILURES_ADDRESS_MAX),
                new Key(account, "", FAILURES_ACCOUNT_MAX));
    }

    private int failures(Key key, Instant now) {
        var count = counts.get(key);
        return count == null || count.until().isBefore(now) ? 0 : count.failures();
    }

    private void add(Key key, Instant now, int failures) {
        var before = counts.get(key);
        var current = before == null || before.until().isBefore(now) ? new Count(now.plus(WINDOW), 0) : before;
        counts.put(key, new Count(current.until(), Math.max(0, current.failures() + failures)));
        if (counts.size() > COUNTED_MAX) {
            counts.remove(counts.keySet().iterator().next());
        }
    }
}
