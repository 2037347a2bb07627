package org.postbag.normalising;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.postbag.bench.Mails;
import org.postbag.bench.Report;
import org.postbag.normalising.mail.MailReader;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

/** Reading mails beside Angus Mail, one thread each, measured by JMH in processes of their own. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReadingBench {

    private static final int MAILS = 4_000;
    private static final int FORKS = 3;
    private static final int WARM_UPS = 4;
    private static final int MEASURED = 6;
    private static final TimeValue EACH = TimeValue.seconds(4);

    private static final Receipt RECEIPT = new Receipt(
            new ReceiptId("0".repeat(64)),
            Channel.EMAIL,
            Direction.INBOUND,
            "bench",
            Instant.parse("2026-03-03T09:00:00Z"),
            1,
            null,
            null,
            null,
            null);

    private List<byte[]> mails = List.of();
    private int next;

    @Setup
    public void mails() {
        mails = Mails.mails(0, MAILS);
    }

    private byte[] mail() {
        next = (next + 1) % mails.size();
        return mails.get(next);
    }

    @Benchmark
    public Object ours() {
        return MailReader.read(RECEIPT, mail());
    }

    /** Every header and every part, decoded. */
    @Benchmark
    public long angus() throws Exception {
        return AngusReading.read(mail());
    }

    @Test
    void mailBesideAngus() throws Exception {
        var options = new OptionsBuilder()
                .include(ReadingBench.class.getName() + "\\.(ours|angus)$")
                .forks(FORKS)
                .warmupIterations(WARM_UPS)
                .warmupTime(EACH)
                .measurementIterations(MEASURED)
                .measurementTime(EACH)
                .build();
        var perSecond = new Runner(options)
                .run().stream()
                        .collect(toMap(
                                run -> run.getPrimaryResult().getLabel(),
                                run -> run.getPrimaryResult().getScore()));
        var report = new Report("reading: mails of mixed sizes, one thread, JMH");
        report.rate(
                "mail read",
                perSecond.getOrDefault("ours", 0.0),
                "Angus, every header and part",
                perSecond.getOrDefault("angus", 1.0),
                0.8);
        report.print();
    }
}
