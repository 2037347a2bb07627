package org.postbag.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long something took, each time; may be added to from many threads. */
public final class Times {

    /** What is timed. */
    public interface Work {
        void run() throws Exception;
    }

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    /** Runs it and adds its time. */
    public void time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        add(System.nanoTime() - start);
    }

    public void add(long tookNanos) {
        nanos.add(tookNanos);
    }

    public int count() {
        return nanos.size();
    }

    public double percentileMillis(double percent) {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        int at = (int) Math.ceil(sorted.length * percent / 100) - 1;
        return sorted[Math.max(0, at)] / 1e6;
    }

    /** Of a number of items in all the times. */
    public double perSecond(long items) {
        return items / (nanos.stream().mapToLong(Long::longValue).sum() / 1e9);
    }

    public double meanMillis() {
        return nanos.stream().mapToLong(Long::longValue).average().orElseThrow() / 1e6;
    }

    public String shown() {
        return "p50 %s, p99 %s, most %s ms"
                .formatted(
                        Report.number(percentileMillis(50)),
                        Report.number(percentileMillis(99)),
                        Report.number(percentileMillis(100)));
    }

    public Duration total() {
        return Duration.ofNanos(Arrays.stream(nanos.toArray(Long[]::new))
                .mapToLong(Long::longValue)
                .sum());
    }
}
