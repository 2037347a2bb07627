package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postbag.receiving.Receipts.NOON;
import static org.postbag.receiving.Receipts.id;
import static org.postbag.receiving.Receipts.receipt;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every raw store promises. */
abstract class RawStoreContract {

    /** A store on the same items as every other of this test, as another process sees them, at a time. */
    abstract RawStore store(Instant now) throws Exception;

    @Test
    void givesBackWhatWasStored() throws Exception {
        var store = store(NOON);
        assertThat(store.putIfAbsent(receipt(1), "hello".getBytes(UTF_8))).isEqualTo(receipt(1));
        assertThat(store.read(id(1), Channel.EMAIL)).hasValue("hello".getBytes(UTF_8));
        assertThat(store.receipt(id(1), Channel.EMAIL)).hasValue(receipt(1));
        assertThat(store.read(id(2), Channel.EMAIL)).isEmpty();
        assertThat(store.receipt(id(1), Channel.TELEPHONE)).isEmpty();
        assertThat(store.receipt(id(2), Channel.EMAIL)).isEmpty();
    }

    @Test
    void whereAChannelNeverHadAnItemTheStoreIsTakenForAway() throws Exception {
        var store = store(NOON);
        store.putIfAbsent(receipt(1), new byte[5]);
        assertThatThrownBy(() -> store.read(id(1), Channel.TELEPHONE))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DamagedRawItem.class);
    }

    @Test
    void storesEmptyAndLargeItems() throws Exception {
        var store = store(NOON);
        var large = new byte[9_000_001];
        new java.util.Random(1).nextBytes(large);
        store.putIfAbsent(receipt(1), new byte[0]);
        store.putIfAbsent(receipt(2), large);
        assertThat(store.read(id(1), Channel.EMAIL)).hasValue(new byte[0]);
        assertThat(store.read(id(2), Channel.EMAIL).orElseThrow()).isEqualTo(large);
    }

    @Test
    void aRepeatIsAnsweredWithTheFirstReceiptWhateverTheDay() throws Exception {
        store(NOON).putIfAbsent(receipt(1), "first".getBytes(UTF_8));
        for (int days : new int[] {0, 1, 2, 400}) {
            var later = NOON.plus(Duration.ofDays(days));
            assertThat(store(later).putIfAbsent(receipt(1, later), "again".getBytes(UTF_8)))
                    .isEqualTo(receipt(1));
            assertThat(store(later).read(id(1), Channel.EMAIL)).hasValue("first".getBytes(UTF_8));
        }
    }

    @Test
    void listsByDay() throws Exception {
        var store = store(NOON);
        var tomorrow = NOON.plus(Duration.ofDays(1));
        store.putIfAbsent(receipt(1), new byte[5]);
        store.putIfAbsent(receipt(2), new byte[5]);
        store(tomorrow).putIfAbsent(receipt(3, tomorrow), new byte[5]);

        assertThat(store.days(Channel.EMAIL))
                .containsExactly(LocalDate.parse("2026-03-03"), LocalDate.parse("2026-03-04"));
        try (var receipts = store.list(Channel.EMAIL, LocalDate.parse("2026-03-03"))) {
            assertThat(receipts).containsExactlyInAnyOrder(receipt(1), receipt(2));
        }
        assertThat(store.ids(Channel.EMAIL, LocalDate.parse("2026-03-04"))).containsExactly(id(3));
        assertThat(store.ids(Channel.EMAIL, LocalDate.parse("2026-03-05"))).isEmpty();
        assertThat(store.days(Channel.LETTER)).isEmpty();
    }

    @Test
    void whatIsErasedIsGoneUnderEveryDayAndMayComeAgain() throws Exception {
        var monthLater = NOON.plus(Duration.ofDays(31));
        var store = store(monthLater);
        store(NOON).putIfAbsent(receipt(1), new byte[5]);
        assertThat(store.read(id(1), Channel.EMAIL)).isPresent();

        store.erase(id(1), Channel.EMAIL);
        store.erase(id(1), Channel.EMAIL);

        assertThat(store.read(id(1), Channel.EMAIL)).isEmpty();
        assertThat(store(NOON).read(id(1), Channel.EMAIL)).isEmpty();
        assertThat(store.putIfAbsent(receipt(1, monthLater), new byte[5])).isEqualTo(receipt(1, monthLater));
    }

    @Test
    void ofManyThreadsAndTwoProcessesOneFindsAnItemAbsent() throws Exception {
        var stores = new RawStore[] {store(NOON), store(NOON.plusMillis(1))};
        int rounds = 40;
        int threads = 8;
        var together = new CyclicBarrier(threads);
        var firsts = new ArrayList<Future<Integer>>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                int thread = t;
                firsts.add(pool.submit(() -> {
                    int first = 0;
                    for (int round = 0; round < rounds; round++) {
                        var mine = receipt(round, NOON.plusMillis(thread));
                        together.await();
                        if (stores[thread % 2].putIfAbsent(mine, new byte[5_000]) == mine) {
                            first++;
                        }
                    }
                    return first;
                }));
            }
        }
        int all = 0;
        for (var one : firsts) {
            all += one.get();
        }
        assertThat(all).isEqualTo(rounds);
        assertThat(stores[0].ids(Channel.EMAIL, LocalDate.parse("2026-03-03"))).hasSize(rounds);
    }
}
