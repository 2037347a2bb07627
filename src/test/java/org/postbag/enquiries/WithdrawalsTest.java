package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;

/** What someone takes back is gone, whichever of the two is filed first. */
class WithdrawalsTest {

    private static final String SECRET = "my card ends in 4242";

    private final FilingRig rig = new FilingRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Receipt said(String mid) {
        return item("said " + mid, mid, "{\"mid\":\"" + mid + "\",\"text\":\"" + SECRET + "\"}");
    }

    private Receipt unreadable(String mid) {
        return item("said " + mid, mid, "{\"mid\":\"" + mid + "\",\"text\":\"\"}");
    }

    private Receipt takenBack(String mid) {
        return item("taken back " + mid, mid, "{\"mid\":\"" + mid + "\",\"is_deleted\":true}");
    }

    private Receipt item(String label, String mid, String message) {
        var body = "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[{\"sender\":{\"id\":\"7\"},"
                + "\"recipient\":{\"id\":\"1\"},\"timestamp\":1772359200000,\"message\":" + message + "}]}]}";
        var receipt = rig.items.raw(label, Channel.FACEBOOK, START, null, body.getBytes(UTF_8));
        return new Receipt(
                receipt.id(),
                receipt.channel(),
                receipt.direction(),
                receipt.route(),
                receipt.receivedAt(),
                receipt.size(),
                "series of " + mid,
                null,
                null,
                null);
    }

    private void onlyTheNoticeIsLeft(Receipt said) throws Exception {
        assertThat(rig.text("select string_agg(text, '|') from enquiry"))
                .startsWith("The sender took this message back");
        assertThat(rig.text("select automatic from enquiry")).isEqualTo("notice");
        assertThat(rig.count("quarantine")).isZero();
        assertThat(rig.bean(StoredReceipts.class).state(said.id())).contains(ReceiptState.ERASED);
        rig.bean(EnquiryErasing.class).eraseRawFiles(10);
        assertThat(rig.items.has(said.id())).isFalse();
        assertThat(rig.count("audit_event where action = 'ERASED' and actor = 'job:filing'"))
                .isEqualTo(1);
    }

    @Test
    void afterwards() throws Exception {
        rig.filer().file(List.of(said("m1"), said("m2")));
        assertThat(rig.count("enquiry")).isEqualTo(2);

        rig.filer().file(List.of(takenBack("m1")));
        rig.filer().file(List.of(takenBack("m1")));

        assertThat(rig.count("enquiry where text = '" + SECRET + "'")).isEqualTo(1);
        rig.filer().file(List.of(takenBack("m2")));
        assertThat(rig.count("enquiry where text = '" + SECRET + "'")).isZero();
        assertThat(rig.count("contact")).isEqualTo(1);
        assertThat(rig.count("index_work")).isEqualTo(4);
    }

    @Test
    void beforeItComes() throws Exception {
        rig.filer().file(List.of(takenBack("m1")));

        rig.filer().file(List.of(said("m1")));

        onlyTheNoticeIsLeft(said("m1"));
    }

    @Test
    void inOneBatch() throws Exception {
        rig.filer().file(List.of(said("m1"), takenBack("m1")));

        onlyTheNoticeIsLeft(said("m1"));
    }

    @Test
    void whileItIsInQuarantine() throws Exception {
        rig.filer().file(List.of(unreadable("m1")));
        assertThat(rig.count("quarantine")).isEqualTo(1);

        rig.filer().file(List.of(takenBack("m1")));

        onlyTheNoticeIsLeft(unreadable("m1"));
    }

    @Test
    void whileItWaitsForAReplay() throws Exception {
        rig.filer().file(List.of(unreadable("m1")));
        rig.ownerSql()
                .sql("update receipt set state = 'waiting' where state = 'quarantined'")
                .update();

        rig.filer().file(List.of(takenBack("m1")));
        rig.filer().file(List.of(said("m1")));

        onlyTheNoticeIsLeft(said("m1"));
    }

    @Test
    void atTheSameTimeInManyThreads() throws Exception {
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 30; i++) {
            var receipts = List.of(said("m" + i), takenBack("m" + i));
            for (var receipt : receipts) {
                tasks.add(() -> {
                    rig.filer().file(List.of(receipt));
                    return null;
                });
            }
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }

        assertThat(rig.count("enquiry")).isEqualTo(30);
        assertThat(rig.count("enquiry where automatic = 'notice'")).isEqualTo(30);
        assertThat(rig.count("receipt where state = 'erased'")).isEqualTo(30);
    }

    @Test
    void movesNoDate() {
        rig.filer().file(List.of(takenBack("m1")));

        assertThat(rig.count("contact where last_contact_at is not null")).isZero();
    }
}
