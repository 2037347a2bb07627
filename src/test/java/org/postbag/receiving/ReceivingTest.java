package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.SampleMails;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of items at the edges of receiving, in the whole program. */
@ApplicationTest
class ReceivingTest {

    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final long SEED = 7_301;

    @Autowired
    private KafkaReceiver receiver;

    @Autowired
    private IdentityKey identity;

    @Autowired
    private RawStore rawStore;

    @Autowired
    private ReceiptsSentAgain sentAgain;

    @Autowired
    private ReceivingSettings settings;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Test
    void aRawFileThatTheDatabaseDoesNotKnowHasItsReceiptSentAgainAndIsFiled() throws Exception {
        // given a crash between the raw file and Kafka
        var receipt = rawOnly(SampleMails.mail(SEED, 1, 10));

        // when it is looked for, and filing isn't far behind
        await().atMost(WAIT).until(() -> {
            sentAgain.sendWhatFilingDoesNotKnow();
            return state(receipt.id()).isPresent();
        });

        // then it is filed like any other
        await().atMost(WAIT).until(() -> state(receipt.id()).orElseThrow().equals("filed"));
    }

    @Test
    void ofAnItemThatIsTooLargeStaffFindTheBeginningInQuarantineWithTheReason() {
        var large = Identity.mail("enquiries-mailbox", Direction.INBOUND, SampleMails.mail(SEED, 2, 10))
                .ofSize(150_000_000);

        var receipt = receiver.receive(List.of(large)).getFirst().receipt();

        await().atMost(WAIT).until(() -> state(receipt.id()).isPresent());
        assertThat(state(receipt.id())).hasValue("quarantined");
        assertThat(quarantined(receipt.id()).reasonCode()).isEqualTo("too-large");
        assertThat(quarantined(receipt.id()).reason()).contains("143 MB", "folder of taken mail");
    }

    @Test
    void aRawFileThatIsDamagedGoesToQuarantineAndStopsNobody() throws Exception {
        var receipt = rawOnly(SampleMails.mail(SEED, 3, 10));
        var file = settings.raw()
                .resolve("email")
                .resolve(LocalDate.ofInstant(receipt.receivedAt(), ZoneOffset.UTC)
                        .toString())
                .resolve(receipt.id().hex());
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        receiver.send(List.of(receipt));
        var next = receiver.receive(List.of(mail(SampleMails.mail(SEED, 4, 10))))
                .getFirst()
                .receipt();

        await().atMost(WAIT)
                .until(() -> state(next.id()).isPresent() && state(receipt.id()).isPresent());
        assertThat(state(next.id())).hasValue("filed");
        assertThat(quarantined(receipt.id()).reasonCode()).isEqualTo("raw-damaged");
    }

    private Receipt rawOnly(byte[] mail) throws Exception {
        var arrival = mail(mail);
        var receipt = new Receipt(
                identity.receiptId(arrival),
                Channel.EMAIL,
                Direction.INBOUND,
                arrival.route(),
                clock.instant().minus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.MILLIS),
                mail.length,
                null,
                null,
                null,
                null);
        return rawStore.putIfAbsent(receipt, mail);
    }

    private static Arrival mail(byte[] raw) {
        return Identity.mail("enquiries-mailbox", Direction.INBOUND, raw);
    }

    private Optional<String> state(ReceiptId id) {
        return jdbc.sql("select state from receipt where id = :id")
                .param("id", id.hex())
                .query(String.class)
                .optional();
    }

    private Quarantined quarantined(ReceiptId id) {
        return jdbc.sql("select reason_code, reason from quarantine where receipt_id = :id")
                .param("id", id.hex())
                .query(Quarantined.class)
                .single();
    }

    private record Quarantined(String reasonCode, String reason) {}
}
