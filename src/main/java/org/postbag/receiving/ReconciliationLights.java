package org.postbag.receiving;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether what came in over the last days is accounted for, one light a channel. It is worked out every few minutes and kept, since it reads the raw store,
 * which a page must not wait for.
 */
@Component
public class ReconciliationLights {

    /** A week, today among it. Longer stretches are for {@code postbag reconcile}. */
    public static final int DAYS = 7;

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationLights.class);

    private final Reconciliation reconciliation;
    private final Clock clock;
    private volatile @Nullable Checked latest;
    private volatile Set<Channel> waitingBefore = Set.of();

    ReconciliationLights(Reconciliation reconciliation, Clock clock) {
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    /** How a channel is. */
    public enum State {
        /** Everything is accounted for, and nothing is left to do. */
        GOOD,
        /** Everything is accounted for, and something is left: in quarantine, or waiting since the look before. */
        TO_DO,
        /** Something is missing, or was counted on one side only. */
        BAD
    }

    /** The sums of a channel's days, as {@link Reconciliation.Day} has them. */
    public record Light(
            Channel channel,
            State state,
            long received,
            long filed,
            long known,
            long quarantined,
            long discarded,
            long waiting,
            long missing) {

        /** How many are nowhere in the record; below zero, how many are there that were never received. */
        public long apart() {
            return received - filed - known - quarantined - discarded - waiting;
        }
    }

    /**
     * @param first the first day, in UTC; the last is that of {@code at}
     * @param lights of the channels by which something came
     */
    public record Checked(Instant at, LocalDate first, List<Light> lights) {}

    /** What the latest look found; null where there was none yet since the program started, or none that could be ended. */
    public @Nullable Checked latest() {
        return latest;
    }

    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT2M")
    void look() {
        try {
            var at = clock.instant();
            var last = LocalDate.ofInstant(at, ZoneOffset.UTC);
            var first = last.minusDays(DAYS - 1L);
            var days = sure(reconciliation.between(first, last));
            var waiting = EnumSet.noneOf(Channel.class);
            days.stream().filter(day -> day.waiting() > 0).forEach(day -> waiting.add(day.channel()));
            latest = new Checked(at, first, lights(days, waitingBefore));
            waitingBefore = waiting;
        } catch (IOException | DataAccessException away) {
            LOG.debug("What came in can't be reconciled now", away);
        }
    }

    /** A day on which something comes in while it is looked at may seem not to add up: it is looked at once more. */
    private List<Reconciliation.Day> sure(List<Reconciliation.Day> days) throws IOException {
        var sure = new ArrayList<Reconciliation.Day>();
        for (var day : days) {
            sure.add(
                    day.addsUp()
                            ? day
                            : reconciliation.between(day.day(), day.day()).stream()
                                    .filter(again -> again.channel() == day.channel())
                                    .findFirst()
                                    .orElse(day));
        }
        return sure;
    }

    static List<Light> lights(List<Reconciliation.Day> days, Set<Channel> waitingBefore) {
        Map<Channel, List<Reconciliation.Day>> byChannel = new EnumMap<>(Channel.class);
        days.forEach(day ->
                byChannel.computeIfAbsent(day.channel(), _ -> new ArrayList<>()).add(day));
        var lights = new ArrayList<Light>();
        byChannel.forEach((channel, own) -> lights.add(light(channel, own, waitingBefore.contains(channel))));
        return List.copyOf(lights);
    }

    private static Light light(Channel channel, List<Reconciliation.Day> days, boolean waitedBefore) {
        long quarantined = sum(days, Reconciliation.Day::quarantined);
        long waiting = sum(days, Reconciliation.Day::waiting);
        boolean left = quarantined > 0 || waiting > 0 && waitedBefore;
        var state = days.stream().allMatch(Reconciliation.Day::addsUp) ? left ? State.TO_DO : State.GOOD : State.BAD;
        return new Light(
                channel,
                state,
                sum(days, Reconciliation.Day::received),
                sum(days, Reconciliation.Day::filed),
                sum(days, Reconciliation.Day::known),
                quarantined,
                sum(days, Reconciliation.Day::discarded),
                waiting,
                sum(days, day -> day.missing().size()));
    }

    private static long sum(List<Reconciliation.Day> days, ToLongFunction<Reconciliation.Day> of) {
        return days.stream().mapToLong(of).sum();
    }
}
