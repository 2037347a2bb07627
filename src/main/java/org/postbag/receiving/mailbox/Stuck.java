package org.postbag.receiving.mailbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Mails that the server fails at and that stay in the folder: each is tried again after a while, and meanwhile keeps nothing up. */
final class Stuck {

    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<Long, Instant> until = new HashMap<>();
    private long validity;

    Stuck(Clock clock) {
        this.clock = clock;
    }

    /** Ids hold only while the folder's validity stays the same (RFC 3501, 2.3.1.1). */
    void in(long folderValidity) {
        if (folderValidity != validity) {
            until.clear();
            validity = folderValidity;
        }
        until.values().removeIf(time -> !time.isAfter(clock.instant()));
    }

    void add(long uid) {
        until.put(uid, clock.instant().plus(TRIED_AGAIN_AFTER));
    }

    boolean holds(long uid) {
        return until.containsKey(uid);
    }
}
