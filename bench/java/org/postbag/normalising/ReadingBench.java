package org.postbag.normalising;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.postbag.bench.Mails;
import org.postbag.bench.Parallel;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.normalising.mail.MailReader;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

/** Reading mails beside Angus Mail, on one thread each, by turns. */
class ReadingBench {

    private static final int MAILS = Math.min(4_000, Integer.getInteger("bench.items", 20_000));
    private static final int SLICE = 200;
    private static final int ROUNDS = 8;

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

    @Test
    void mailBesideAngus() throws Exception {
        var mails = Mails.mails(0, MAILS);
        var ours = new Times();
        var angus = new Times();
        long seen = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round == ROUNDS / 2) {
                ours = new Times();
                angus = new Times();
            }
            for (var slice : Parallel.pieces(mails, SLICE)) {
                long start = System.nanoTime();
                for (var mail : slice) {
                    seen += AngusReading.read(mail);
                }
                long between = System.nanoTime();
                for (var mail : slice) {
                    seen += MailReader.read(RECEIPT, mail) instanceof Message message
                            ? message.text().length()
                            : 0;
                }
                angus.add(between - start);
                ours.add(System.nanoTime() - between);
            }
        }
        long read = (long) MAILS * (ROUNDS - ROUNDS / 2);
        var report = new Report("reading: mails of mixed sizes, one thread");
        report.rate("mail read", ours.perSecond(read), "Angus, every header and part", angus.perSecond(read), 0.8);
        report.note("characters seen", "%,d".formatted(seen), "");
        report.print();
    }
}
