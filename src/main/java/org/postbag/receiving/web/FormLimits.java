package org.postbag.receiving.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postbag.receiving.ContactForm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps a single network from filling the disk, or everyone's day, through the public form. The limits are wide, since many people may share one address (an office, a
 * library, a mobile network), and files are limited long before words. What is counted is bounded, lives in memory alone, and is never logged.
 */
@Component
class FormLimits {

    private static final Logger LOG = LoggerFactory.getLogger(FormLimits.class);
    private static final Duration HOUR = Duration.ofHours(1);
    /** That many forms at once are a fifth of an hour's. */
    private static final int BURSTS_PER_HOUR = 5;

    private static final int NETWORKS_MAX = 20_000;
    /** One household, in IPv6 (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private final ContactFormSettings settings;
    private final Path raw;
    private final TimeMeter time;
    private final Bucket warnings;
    private final Map<String, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true);

    FormLimits(
            ContactFormSettings settings, @Value("${postbag.raw-folder:${postbag.data}/raw}") Path raw, Clock clock) {
        this.settings = settings;
        this.raw = raw.toAbsolutePath();
        this.time = new ClockMeter(clock);
        this.warnings = bucket(1, 1);
    }

    private record Allowance(Bucket forms, Bucket fileBytes) {}

    /** Counts a form from an address. Zero: it may be taken in; else how long to wait. */
    Duration waitForForm(String address) {
        if (isThisMachine(address)) {
            return Duration.ZERO;
        }
        var taken = allowance(address).forms().tryConsumeAndReturnRemaining(1);
        if (taken.isConsumed()) {
            return Duration.ZERO;
        }
        if (warnings.tryConsume(1)) {
            LOG.warn("Very many forms come from one network and are refused for a while."
                    + " If that is a proxy of your own, name it in postbag.proxies.");
        }
        return Duration.ofNanos(taken.getNanosToWaitForRefill());
    }

    /** Counts what an address brings with a form; false where files of this size may not be kept, for the network's sake or the disk's. */
    boolean mayBringFiles(String address, long bytes) {
        if (bytes > 0 && freeBytes() - bytes < settings.freeSpaceMin().toBytes()) {
            if (warnings.tryConsume(1)) {
                LOG.warn("Forms are taken in without their files: the disk has less free than"
                        + " postbag.contact-form.free-space-min");
            }
            return false;
        }
        // More than a form may hold isn't kept, whatever its length.
        long counted = Math.clamp(bytes, 1, ContactForm.FILES_BYTES_MAX);
        return isThisMachine(address) || allowance(address).fileBytes().tryConsume(counted);
    }

    private long freeBytes() {
        var folder = raw;
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException away) {
            return 0;
        }
    }

    private Allowance allowance(String address) {
        synchronized (allowances) {
            var allowance = allowances.computeIfAbsent(network(address), _ -> newAllowance());
            if (allowances.size() > NETWORKS_MAX) {
                allowances.remove(allowances.keySet().iterator().next());
            }
            return allowance;
        }
    }

    private Allowance newAllowance() {
        long fileBytes = settings.filesPerHour().toBytes();
        int forms = settings.formsPerHour();
        return new Allowance(bucket(Math.max(1, forms / BURSTS_PER_HOUR), forms), bucket(fileBytes, fileBytes));
    }

    private Bucket bucket(long atOnce, long anHour) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(anHour, HOUR))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Try mode and tests; and a proxy here that no setting names yet must not make one sender of all the public. */
    private static boolean isThisMachine(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException whateverAProxySaid) {
            return false;
        }
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException whateverAProxySaid) {
            return "";
        }
    }

    private record ClockMeter(Clock clock) implements TimeMeter {

        private static final long NANOS_PER_MILLISECOND = 1_000_000;

        @Override
        public long currentTimeNanos() {
            return clock.millis() * NANOS_PER_MILLISECOND;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
